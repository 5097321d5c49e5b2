/** Where a job keeps its secrets in files. */
import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** Variables that name a file, a folder or a socket with credentials, or a file through which a step steers the steps after it. */
const secretFiles = [
  ...['AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE', 'AWS_WEB_IDENTITY_TOKEN_FILE'],
  ...['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', 'SSH_AUTH_SOCK', 'KUBECONFIG', 'DOCKER_CONFIG', 'AZURE_CONFIG_DIR'],
  ...['GOOGLE_APPLICATION_CREDENTIALS', 'GOOGLE_GHA_CREDS_PATH', 'CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE'],
  ...['GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY', 'GITHUB_EVENT_PATH']
]

/** Below the home folder. What installers look for there (pip.conf, .netrc, git's own configuration) stays. */
const secretsAtHome = [
  ...['.aws', '.azure', '.config/gcloud', '.config/gh', '.config/hub', '.docker', '.kube', '.gnupg', '.pypirc'],
  ...['.cargo/credentials', '.cargo/credentials.toml']
]

/** In `~/.ssh`: what is no key. */
const noKey = /^(known_hosts.*|config|.*\.pub)$/

/** Whoever may talk to these is root on the machine. Shown where a build names DOCKER_HOST. */
const containerSockets = ['docker.sock', 'containerd/containerd.sock', 'podman/podman.sock'].flatMap(name => [
  `/run/${name}`,
  `/var/run/${name}`
])

/** Of a self-hosted runner, beside its work folder. */
const runnersOwn = ['.credentials', '.credentials_rsaparams', '.runner', '_diag']

const mostFolders = 500

/**
 * What a build must not see, as far as it is there. `job`: the step's environment. `named`: the variables that the build may see; what they name stays visible.
 * `checkout`: the superproject's.
 */
export async function hiddenPaths(
  job: Environment,
  named: readonly string[],
  checkout: string | undefined
): Promise<readonly string[]> {
  const byVariable = secretFiles.filter(name => !named.includes(name)).map(name => job[name])
  const commandFiles = byVariable.map(path => (path === undefined ? undefined : commandFolder(path)))
  const home = job['HOME']
  const candidates = [
    ...byVariable,
    ...commandFiles,
    ...(home === undefined ? [] : [...secretsAtHome.map(name => join(home, name)), ...(await sshKeys(home))]),
    ...(named.includes('DOCKER_HOST') ? [] : containerSockets),
    ...runnerFolders(job),
    ...(await gitFolders([checkout, job['GITHUB_WORKSPACE']]))
  ]
  const absolute = candidates.filter((path): path is string => path !== undefined && isAbsolute(path))
  const there = await Promise.all(absolute.map(path => realpath(path).catch(() => null)))
  const paths = [...new Set(there.filter(path => path !== null && path !== '/' && path !== home))] as string[]
  // What lies below another is hidden with it.
  return paths.filter(path => !paths.some(other => path.startsWith(`${other}/`)))
}

/** The files of the other steps lie beside those of this one. */
function commandFolder(path: string): string | undefined {
  const folder = dirname(path)
  return basename(folder) === '_runner_file_commands' ? folder : undefined
}

function runnerFolders(job: Environment): readonly string[] {
  const temporary = job['RUNNER_TEMP']
  if (temporary === undefined || job['GITHUB_ACTIONS'] !== 'true') return []
  const root = dirname(dirname(resolve(temporary)))
  return [temporary, ...runnersOwn.map(name => join(root, name))]
}

async function sshKeys(home: string): Promise<readonly string[]> {
  const names = await readdir(join(home, '.ssh')).catch(() => [])
  return names.filter(name => !noKey.test(name)).map(name => join(home, '.ssh', name))
}

/** The git folders of checkouts at, and up to two levels below, the given folders: the credentials of a checkout stand in them. */
async function gitFolders(roots: readonly (string | undefined)[]): Promise<readonly string[]> {
  const folders = [...new Set(roots.filter(root => root !== undefined && root !== ''))].map(path => ({
    path: path ?? '',
    depth: 0
  }))
  const found: string[] = []
  for (let next = 0; next < folders.length && next < mostFolders; next++) {
    const { path, depth } = folders[next] ?? { path: '', depth: 2 }
    const entries = await readdir(path, { withFileTypes: true }).catch(() => [])
    if (entries.some(({ name }) => name === '.git')) found.push(...(await gitFolderOf(join(path, '.git'))))
    if (depth === 2) continue
    for (const entry of entries) {
      if (entry.isDirectory() && entry.name !== '.git') folders.push({ path: join(path, entry.name), depth: depth + 1 })
    }
  }
  return found
}

/** Of a worktree, or a submodule, the folder lies elsewhere, and what all worktrees share in a third place. */
async function gitFolderOf(path: string): Promise<readonly string[]> {
  if ((await stat(path).catch(() => null))?.isDirectory() === true) return [path]
  const named = /^gitdir: (.+)$/m.exec(await readFile(path, 'utf8').catch(() => ''))?.[1]
  if (named === undefined) return []
  const own = resolve(dirname(path), named)
  const common = (await readFile(join(own, 'commondir'), 'utf8').catch(() => '')).trim()
  return common === '' ? [own] : [own, resolve(own, common)]
}

/** Of what the visible variables point at, the paths below something hidden: a cache, an interpreter, a tool on PATH. */
export function pathsInUse(visible: Environment, hidden: readonly string[]): readonly string[] {
  const below = (path: string): boolean => hidden.some(folder => path.startsWith(`${folder}/`))
  const paths = Object.entries(visible).flatMap(([name, value = '']) => {
    if (name === 'RUNNER_TEMP' || name === 'TMPDIR') return []
    // Of a folder of programs its whole installation: `venv/bin` is nothing without `venv/lib`.
    return value
      .split(':')
      .flatMap(path => (basename(path) === 'bin' && below(dirname(path)) ? [dirname(path)] : [path]))
  })
  return [...new Set(paths.filter(path => isAbsolute(path) && below(resolve(path))).map(path => resolve(path)))]
}
