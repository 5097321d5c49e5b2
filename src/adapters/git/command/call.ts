/**
 * What one git command is asked, and what every one of ours shares, so that no setting of the job, the machine or the repository
 * changes what it means.
 */
import { delimiter } from 'node:path'
import type { CommandResult } from '../../../ports/process.js'
import { directServers } from '../../proxy/routes.js'

export interface GitCall {
  readonly args: readonly [string, ...string[]]
  /** Where git runs. Default: the superproject. */
  readonly directory?: string
  /** The repository, where it is not the one that `directory` lies in. Nothing is looked for, and nobody's ownership is asked. */
  readonly gitDirectory?: string
  readonly workTree?: string
  /** Folders of objects that count as the repository's own, for this call. */
  readonly objectFolders?: readonly string[]
  /** `none`: what the machine and its user set is not read, neither settings nor attributes. Default: git's own rules. */
  readonly machineSettings?: 'none'
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly stdin?: Uint8Array
  /** Default 30; what talks to a remote passes its own. */
  readonly timeoutSeconds?: number
  /** Exit codes besides 0 that are an answer, not a failure. */
  readonly answers?: readonly number[]
}

export type RunGit = (call: GitCall) => Promise<CommandResult>

/** Before the subcommand. */
export const sharedOptions: readonly string[] = [
  ...[
    ['core.quotePath', 'false'],
    // A hook of the workspace is not part of what we were asked to do; nor is its watcher of files.
    ['core.hooksPath', '/dev/null'],
    ['core.fsmonitor', 'false'],
    // References of the repository that another one reads through to are of no use to a fetch: this command names none.
    ['core.alternateRefsCommand', 'true'],
    ['http.lowSpeedLimit', '1000'],
    ['http.lowSpeedTime', '30']
  ].flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  '--literal-pathspecs'
]

/**
 * git(1), "Environment Variables". Left as they are: what says how a remote is reached and who asks there (`GIT_SSH*`,
 * `GIT_ASKPASS`, `GIT_PROXY_COMMAND`), and settings (`GIT_CONFIG_*`), which count as those of a file do.
 */
const environment: Readonly<Record<string, string | undefined>> = {
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  // A reference `refs/replace/…` of the checkout would give another content for the same id.
  GIT_NO_REPLACE_OBJECTS: '1',
  // What a partial clone lacks is fetched by us, elsewhere: reading leaves the workspace as it is.
  GIT_NO_LAZY_FETCH: '1',
  LC_ALL: 'C',
  LANGUAGE: undefined,
  // What a calling hook or step may have left: any of these would make git look at another repository, or at it differently.
  GIT_DIR: undefined,
  GIT_WORK_TREE: undefined,
  GIT_INDEX_FILE: undefined,
  GIT_PREFIX: undefined,
  GIT_COMMON_DIR: undefined,
  GIT_NAMESPACE: undefined,
  GIT_OBJECT_DIRECTORY: undefined,
  GIT_ALTERNATE_OBJECT_DIRECTORIES: undefined,
  GIT_QUARANTINE_PATH: undefined,
  GIT_CEILING_DIRECTORIES: undefined,
  GIT_SHALLOW_FILE: undefined,
  GIT_GRAFT_FILE: undefined,
  GIT_REPLACE_REF_BASE: undefined,
  GIT_CONFIG: undefined,
  GIT_ATTR_SOURCE: undefined,
  GIT_DEFAULT_HASH: undefined,
  GIT_DEFAULT_REF_FORMAT: undefined,
  GIT_TEMPLATE_DIR: undefined,
  GIT_EXTERNAL_DIFF: undefined,
  GIT_DIFF_OPTS: undefined,
  GIT_LITERAL_PATHSPECS: undefined,
  GIT_GLOB_PATHSPECS: undefined,
  GIT_NOGLOB_PATHSPECS: undefined,
  GIT_ICASE_PATHSPECS: undefined
}

/** Without the files and variables of git-config(1), "Files" and "Environment", and of gitattributes(5), "Files". */
const noMachineSettings: Readonly<Record<string, string | undefined>> = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_COUNT: undefined,
  GIT_CONFIG_PARAMETERS: undefined,
  GIT_ATTR_NOSYSTEM: '1',
  // A git older than 2.32 knows no GIT_CONFIG_GLOBAL.
  HOME: '/nonexistent',
  XDG_CONFIG_HOME: '/nonexistent'
}

/** Servers that are reached without the proxy, where git does not see it by itself. */
export function remoteOptions(): readonly string[] {
  return directServers(process.env).flatMap(([key, value]) => ['-c', `${key}=${value}`])
}

export function environmentOf(call: GitCall): Readonly<Record<string, string | undefined>> {
  const { objectFolders = [] } = call
  return {
    ...environment,
    ...(call.machineSettings === 'none' ? noMachineSettings : {}),
    ...(objectFolders.length === 0
      ? {}
      : { GIT_ALTERNATE_OBJECT_DIRECTORIES: objectFolders.map(quotedPath).join(delimiter) })
  }
}

export function placeOptions({ gitDirectory, workTree }: GitCall): readonly string[] {
  return [
    ...(gitDirectory === undefined ? [] : [`--git-dir=${gitDirectory}`]),
    ...(workTree === undefined ? [] : [`--work-tree=${workTree}`])
  ]
}

/** A path that holds the separator of the list, or looks quoted, is quoted as in C (git(1), GIT_ALTERNATE_OBJECT_DIRECTORIES). */
function quotedPath(path: string): string {
  if (!path.includes(delimiter) && !path.startsWith('"')) return path
  return `"${path.replace(/["\\]/g, '\\$&')}"`
}
