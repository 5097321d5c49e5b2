/** Checks out one submodule: one fetch of one commit, with the access that the superproject's checkout has. */
import { lstat, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { decodePath, parseTree } from '../../../detect-changes/tree.js'
import { CodedError } from '../../../model/errors.js'
import type { CommandResult } from '../../../ports/process.js'
import {
  credentialsIn,
  parseSettings,
  readLocalConfig,
  remoteEnvironment,
  type LocalConfig,
  type Place
} from './local-config.js'
import { redact } from '../redact.js'
import { gitFailed, type GitCall, type RunGit } from '../run.js'
import { checkSubmoduleUrl, submoduleProtocol, submoduleSource, type SubmoduleSource } from './submodule-source.js'

/** The inputs `ssh-key` and `ssh-known-hosts`. */
export interface SshAccess {
  readonly key: string
  /** `null`: the known hosts of the machine. */
  readonly knownHosts: string | null
}

/** A submodule's first transfer may be large; a stalled one is ended by git itself (`http.lowSpeedTime`). */
const transferSeconds = 300
const notGivenOut = /not our ref|unadvertised object|couldn't find remote ref/i
const notLetIn = /permission denied|host key verification failed|could not read from remote repository/i

/** What a second attempt may cure. */
const passing = /returned error: (429|5\d\d)|early EOF|hung up|connection (reset|timed out)|could not resolve host/i

/** Settings of the superproject that `git submodule init` writes: one writer at a time, git does not wait for its lock. */
async function registered(place: Place, path: string): Promise<void> {
  await place.oneAtATime(() => place.run({ args: ['submodule', '--quiet', 'init', '--', path] }))
}

/**
 * Checks out the submodule at `path` at the commit of HEAD's gitlink, at depth 1, without the submodules inside it.
 * @throws CodedError `GIT_FAILED`, naming the submodule, the commit and the remote
 */
export async function initialiseSubmodule(place: Place, path: string): Promise<void> {
  const commit = await gitlinkCommit(place.run, path)
  const source = submoduleSource(path, await readGitmodules(place.run))
  const gitDirectory = await prepareFolder(place, source)
  await registered(place, path)
  for (const secret of credentialsIn(source.url)) place.mask(secret)
  const local = await readLocalConfig(place)
  const url = local.settings.findLast(([key]) => key === `submodule.${source.name}.url`)?.[1] ?? source.url
  checkSubmoduleUrl(path, url, 'resolved')
  const directory = join(place.directory, path)
  await place.run({ args: ['init', '--quiet', '--template=', '--separate-git-dir', gitDirectory, directory] })
  await withSshFiles(place, async sshEnvironment => {
    const remote = { path, url, commit, directory, local, env: sshEnvironment }
    await fetchGitlink(place, remote)
  })
  const checkout = ['checkout', '--quiet', '--force', '--detach', '--no-recurse-submodules', commit] as const
  await place.run({ args: checkout, directory, timeoutSeconds: transferSeconds })
}

async function gitlinkCommit(run: RunGit, path: string): Promise<string> {
  const { stdout } = await run({ args: ['ls-tree', '-z', '--full-tree', 'HEAD', '--', path] })
  const entry = parseTree(stdout).find(each => each.path === path)
  if (entry?.mode === '160000') return entry.objectId
  const found = entry === undefined ? 'nothing' : `mode ${entry.mode}`
  const mend = 'set `path` of the layer to the path of a submodule'
  throw new CodedError('GIT_FAILED', { expected: `a submodule at ${JSON.stringify(path)}`, found, mend })
}

/** From the commit, not from the workspace: what a step wrote there is not what was reviewed. */
async function readGitmodules(run: RunGit): Promise<readonly (readonly [string, string])[]> {
  const args = ['config', '--blob', 'HEAD:.gitmodules', '--list', '-z'] as const
  const result = await run({ args, answers: [1, 128] })
  if (result.exitCode === 0) return parseSettings(result.stdout)
  if (/unable to (resolve|read)|does not exist|not found/i.test(result.stderr)) return []
  throw gitFailed(args, '.', result)
}

/** The submodule's git directory, after a look at both places: nothing may be written through a link or into another repository. */
async function prepareFolder(place: Place, source: SubmoduleSource): Promise<string> {
  const location = ['rev-parse', '--path-format=absolute', '--git-path', `modules/${source.name}`] as const
  const gitDirectory = decodePath((await place.run({ args: location })).stdout).trimEnd()
  const parts = source.name.split('/')
  const outer = parts.slice(1).map((_part, index) => join(gitDirectory, ...parts.slice(index + 1).map(() => '..')))
  for (const each of outer) {
    if (await exists(join(each, 'HEAD')))
      throw unsafeFolder(source.path, 'its git directory inside that of another submodule')
  }
  const folder = join(place.directory, source.path)
  await mkdir(folder, { recursive: true })
  if ((await realpath(folder)) !== join(await realpath(place.directory), source.path)) {
    throw unsafeFolder(source.path, 'a symbolic link on the way to it')
  }
  await mkdir(dirname(gitDirectory), { recursive: true })
  return gitDirectory
}

async function exists(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    () => false
  )
}

function unsafeFolder(path: string, found: string): CodedError {
  const expected = `a folder of its own for submodule ${JSON.stringify(path)}`
  return new CodedError('GIT_FAILED', { expected, found, mend: 'rename the submodule or remove the link' })
}

interface Gitlink {
  readonly path: string
  readonly url: string
  readonly commit: string
  readonly directory: string
  readonly local: LocalConfig
  readonly env: Readonly<Record<string, string>>
}

async function fetchGitlink(place: Place, link: Gitlink): Promise<void> {
  let access: readonly (readonly [string, string])[] = []
  let result = await fetchCommitOf(place, link, access, ['--depth=1', 'origin', link.commit])
  const viaHttps = place.ssh === undefined ? httpsInstead(link) : []
  if (result.exitCode !== 0 && notLetIn.test(result.stderr) && viaHttps.length > 0) {
    access = viaHttps
    result = await fetchCommitOf(place, link, access, ['--depth=1', 'origin', link.commit])
  }
  if (result.exitCode !== 0 && notGivenOut.test(result.stderr)) {
    // An old server gives out branch tips only: the commit may still lie on a branch.
    result = await fetchCommitOf(place, link, access, ['origin', '+refs/heads/*:refs/remotes/origin/*'])
    const look = ['cat-file', '-e', `${link.commit}^{commit}`] as const
    const present = await place.run({ args: look, directory: link.directory, answers: [1, 128] })
    if (result.exitCode === 0 && present.exitCode !== 0) throw notOnRemote(link)
  }
  if (result.exitCode !== 0) throw gitFailed(['fetch', redact(link.url), link.commit], link.directory, result)
}

async function fetchCommitOf(
  place: Place,
  link: Gitlink,
  access: readonly (readonly [string, string])[],
  what: readonly string[]
): Promise<CommandResult> {
  const protocols = ['https', 'ssh', ...(submoduleProtocol(link.url) === 'http' ? ['http'] : [])]
  const call: GitCall = {
    args: ['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head', ...what],
    directory: link.directory,
    // The variable outranks any `protocol.*.allow` of the machine, for redirects too.
    env: {
      ...remoteEnvironment([...link.local.settings, ...access], link.url),
      ...link.env,
      GIT_ALLOW_PROTOCOL: protocols.join(':')
    },
    timeoutSeconds: transferSeconds,
    answers: [1, 128]
  }
  const result = await place.run(call)
  return result.exitCode !== 0 && passing.test(result.stderr) ? await place.run(call) : result
}

/**
 * For `git@host:…` where SSH lets nobody in and no key was given: HTTPS, if the checkout left credentials for that host.
 * actions/checkout does the same for submodules when it has no `ssh-key` (its README, input `submodules`).
 */
function httpsInstead(link: Gitlink): readonly (readonly [string, string])[] {
  const host = /^(?:ssh:\/\/)?(?:[^@/]+@)?([^:/]+)/.exec(link.url)?.[1] ?? ''
  if (submoduleProtocol(link.url) !== 'ssh') return []
  const base = `https://${host}/`
  if (!link.local.settings.some(([key]) => key === `http.${base}.extraheader`)) return []
  return [`git@${host}:`, `ssh://git@${host}/`].map(prefix => [`url.${base}.insteadof`, prefix] as const)
}

function notOnRemote({ path, commit, url }: Gitlink): CodedError {
  return new CodedError('GIT_FAILED', {
    expected: `commit ${commit} of submodule ${JSON.stringify(path)} on ${redact(url)}`,
    found: 'no such commit there',
    mend: "push the submodule's commit to its remote, or set the gitlink to one that is there"
  })
}

/** Key and known hosts lie on disk, readable by this user alone, only as long as `work` runs. */
async function withSshFiles(place: Place, work: (env: Record<string, string>) => Promise<void>): Promise<void> {
  if (place.ssh === undefined) {
    await work({})
    return
  }
  const folder = await mkdtemp(join(place.scratchDirectory ?? tmpdir(), 'layer-deploy-ssh-'))
  try {
    const keyFile = join(folder, 'key')
    const hostsFile = join(folder, 'known_hosts')
    // A secret pasted in a browser often lost its last newline or gained carriage returns; OpenSSH refuses both.
    await writeFile(keyFile, `${place.ssh.key.replace(/\r/g, '').trim()}\n`, { mode: 0o600 })
    const options = ['IdentitiesOnly=yes', 'BatchMode=yes', 'StrictHostKeyChecking=yes', 'ConnectTimeout=20']
    if (place.ssh.knownHosts !== null) {
      await writeFile(hostsFile, `${place.ssh.knownHosts.replace(/\r/g, '').trim()}\n`, { mode: 0o600 })
      options.push(`UserKnownHostsFile="${hostsFile}"`)
    }
    const argv = ['ssh', '-i', keyFile, ...options.flatMap(option => ['-o', option])]
    await work({ GIT_SSH_COMMAND: argv.map(quoted).join(' '), GIT_SSH_VARIANT: 'ssh' })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** git hands the command to a shell. */
function quoted(argument: string): string {
  return `'${argument.replaceAll("'", `'\\''`)}'`
}
