/** What one git command is asked, before the options that every call shares. */
import type { CommandResult } from '../../../ports/process.js'

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
