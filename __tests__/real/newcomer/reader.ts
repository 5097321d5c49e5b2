/** A newcomer's machine: a fresh clone of this repository, what it packs installed, a home folder, a clone of the superproject. */
import { execFile } from 'node:child_process'
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { makeHome } from '../../../emulators/world/command-line.js'
import { productionAccount, region, sandboxAccount, type ActionWorld } from '../../support/action-world.js'

const root = resolve(import.meta.dirname, '../../..')
const run = promisify(execFile)

/** What the stand-in for `gh` was told. */
export interface Said {
  readonly name: string
  readonly words: readonly string[]
  readonly environment: string | null
  readonly body: string | null
}

export interface Outcome {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export interface Reader {
  /** The clone of this repository. */
  readonly product: string
  /** The clone of the superproject. */
  readonly checkout: string
  /** Types it in bash. `in`: default the superproject. */
  type(
    command: string,
    at?: { readonly in?: string; readonly env?: Readonly<Record<string, string>> }
  ): Promise<Outcome>
  /** A further clone of the superproject at a commit. */
  cloneAt(commit: string): Promise<string>
  said(): Promise<readonly Said[]>
  close(): Promise<void>
}

/** As the pages call them. */
const accounts: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['sandbox', 'sandbox-admin', 'github-deploy', 'admin'].map(name => [name, sandboxAccount])),
  ...Object.fromEntries(['production', 'production-admin', 'github-deploy-prod'].map(name => [name, productionAccount]))
}

export async function makeReader(world: ActionWorld): Promise<Reader> {
  const folder = await mkdtemp(join(tmpdir(), 'newcomer-'))
  const [product, home, bin] = [join(folder, 'product'), join(folder, 'home'), join(folder, 'bin')]
  await mkdir(bin)
  const profiles = Object.entries(accounts).map(([name, accountId]) => [name, { accountId, region }] as const)
  await makeHome(home, world.aws, Object.fromEntries(profiles))
  await writeFile(join(home, '.gitconfig'), gitConfig(world.superproject.server.url))
  await copyFile(join(import.meta.dirname, 'gh.mjs'), join(bin, 'gh'))
  await chmod(join(bin, 'gh'), 0o755)
  await symlink(process.execPath, join(bin, 'node'))
  const sayings = join(folder, 'gh.jsonl')
  await writeFile(sayings, '')
  const prefix = join(folder, 'prefix')
  const environment = {
    ...{ HOME: home, PATH: `${bin}:${join(prefix, 'bin')}:${process.env['PATH'] ?? ''}`, LANG: 'C.UTF-8' },
    ...{ GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0', AWS_EC2_METADATA_DISABLED: 'true', AWS_PAGER: '' },
    ...{ AWS_ENDPOINT_URL: world.aws.url, GITHUB_API_URL: world.github.url, NEWCOMER_GH: sayings },
    ...{ npm_config_prefix: prefix, npm_config_cache: join(folder, 'cache'), npm_config_offline: 'true' }
  }
  const checkout = join(folder, 'superproject')
  const type: Reader['type'] = (command, { in: directory = checkout, env = {} } = {}) =>
    new Promise(done => {
      const options = { cwd: directory, env: { ...environment, ...env }, maxBuffer: 64 << 20 }
      const child = execFile('bash', ['-e', '-o', 'pipefail', '-c', command], options, (error, stdout, stderr) => {
        done({ exitCode: error === null ? 0 : Number(error.code), stdout, stderr })
      })
      child.stdin?.end()
    })
  await run('git', ['clone', '-q', root, product])
  // Installing the packages of development asks the registry; those of this checkout are the same, by package-lock.json.
  await symlink(join(root, 'node_modules'), join(product, 'node_modules'))
  const cloned = await type('git clone -q https://github.com/octo-org/superproject.git superproject', { in: folder })
  if (cloned.exitCode !== 0) throw new Error(cloned.stderr)
  let clones = 0
  return {
    ...{ product, checkout, type },
    async cloneAt(commit) {
      const name = `superproject-${++clones}`
      await type(`git clone -q superproject ${name} && git -C ${name} checkout -q -B main ${commit}`, { in: folder })
      return join(folder, name)
    },
    async said() {
      const text = await readFile(sayings, 'utf8')
      return text
        .split('\n')
        .filter(line => line !== '')
        .map(line => JSON.parse(line) as Said)
    },
    close: () => rm(folder, { recursive: true, force: true })
  }
}

/** github.com is the emulated server; a person has a name. */
function gitConfig(serverUrl: string): string {
  return `[user]\n\tname = Mona\n\temail = mona@example.com\n[url "${serverUrl}/"]\n\tinsteadOf = https://github.com/octo-org/\n[protocol "file"]\n\tallow = always\n`
}
