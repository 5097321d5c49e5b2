/** What the checkout step left in the superproject's own configuration: the remote, and how to be let in there. */
import type { RunGit } from '../command/call.js'
import { decodePath } from '../command/tree-records.js'
import { urlPasswords } from '../../../redaction/secrets.js'
import type { CommitStore } from '../own/commit-store.js'
import type { OwnFolder } from '../own/own-repository.js'
import type { Workspace } from '../locate.js'

/** Where git works, and what it may use there. */
export interface Place {
  readonly run: RunGit
  readonly directory: string
  readonly scratchDirectory: string | undefined
  readonly ssh: SshAccess | undefined
  readonly mask: (secret: string) => void
  readonly warn: (message: string) => void
  readonly workspace: () => Promise<Workspace>
  /** Read once: a run does not change it. */
  readonly local: () => Promise<LocalConfig>
  /** Where repositories of our own lie. */
  readonly own: OwnFolder
  readonly commits: CommitStore
  /** Folders of the objects that were fetched beside the superproject's own. */
  readonly fetchedObjects: () => readonly string[]
}

/** Settings in git's order, keys as git normalises them. */
export type Settings = readonly (readonly [key: string, value: string])[]

export interface LocalConfig {
  readonly originUrl: string | null
  /** Every setting of the repository itself, included files too. */
  readonly settings: Settings
}

/**
 * The repository's settings as git sees them in the superproject. actions/checkout v4 and v5 write the token to
 * `http.<server>/.extraheader` in .git/config; v6 writes it to a file in RUNNER_TEMP that .git/config includes by
 * `includeIf.gitdir:<workspace>/.git` (actions/checkout pull request 2286). Git follows that include only when asked here:
 * another repository, as a submodule is one, would not match the condition.
 */
export async function readLocalConfig({ run, mask }: Pick<Place, 'run' | 'mask'>): Promise<LocalConfig> {
  const { stdout } = await run({ args: ['config', '--list', '--show-scope', '-z', '--includes'] })
  const fields = decodePath(stdout).split('\0')
  const settings: [string, string][] = []
  for (let index = 0; index + 1 < fields.length; index += 2) {
    // What the machine and the user set applies to every repository as it is.
    if (fields[index] !== 'system' && fields[index] !== 'global') settings.push(setting(fields[index + 1] ?? ''))
  }
  for (const secret of settings.flatMap(([, value]) => credentialsIn(value))) mask(secret)
  const url = settings.findLast(([key]) => key === 'remote.origin.url')
  return { originUrl: url?.[1] ?? null, settings }
}

/** The output of `git config --list -z`. */
export function parseSettings(output: Uint8Array): Settings {
  return decodePath(output)
    .split('\0')
    .filter(each => each !== '')
    .map(setting)
}

function setting(text: string): [string, string] {
  const end = text.indexOf('\n')
  // A key without `=` is git's way to say true.
  return end === -1 ? [text, 'true'] : [text.slice(0, end), text.slice(end + 1)]
}

/** Of `Authorization: basic …` the value and the password in it; of URLs the password. */
export function credentialsIn(value: string): readonly string[] {
  const [, header] = /^authorization:\s*(?:\S+\s+)?(\S+)$/i.exec(value.trim()) ?? []
  if (header === undefined) return urlPasswords(value)
  const decoded = Buffer.from(header, 'base64').toString('utf8')
  const password = /^[^:]*:([!-~]+)$/.exec(decoded)?.[1]
  return [header, ...(password === undefined ? [] : [password])]
}

/** What decides how a remote is reached and who asks. Hooks, filters and the like stay where they were configured. */
const aboutAccess = /^(http\.|credential\.|url\.|ssh\.variant$|core\.sshcommand$|core\.gitproxy$)/

/** What is fetched stays one pack, and nothing tidies up behind it. */
const ours = [
  ['fetch.unpackLimit', '1'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false']
] as const

/**
 * Hands access settings and the remote's URL to a git in another repository, by its environment: arguments, unlike it, are
 * visible to every user of the machine.
 */
export function remoteEnvironment(settings: Settings, originUrl: string): Record<string, string> {
  // A second remote.origin.url would not replace the first one but add to it.
  const handed = [
    ...settings.filter(([key]) => aboutAccess.test(key)),
    ...ours,
    ['remote.origin.url', originUrl] as const
  ]
  const variables = handed.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value]
  ])
  return { GIT_CONFIG_COUNT: String(handed.length), ...(Object.fromEntries(variables) as Record<string, string>) }
}

export interface SshAccess {
  readonly key: string
  /** `null`: the known hosts of the machine. */
  readonly knownHosts: string | null
}
