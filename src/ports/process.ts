/** What we ask of this machine: commands, time, the files of a checkout. */

/** One external command. `argv[0]` is looked up on PATH; nothing passes through a shell. */
export interface Command {
  readonly argv: readonly [string, ...string[]]
  readonly cwd?: string
  /** Which variables of this process the command gets. Default all. */
  readonly inherit?: (name: string) => boolean
  /** Added to them; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly stdin?: string | Uint8Array
  /** A short question such as `--version`, whose answer is text: nothing of it needs to be killed. */
  readonly isQuestion?: true
  /** After this time the command and its children are killed. Default 120. */
  readonly timeoutSeconds?: number
  /** Output over this is a failure, never a silent cut. Default 64 MiB. */
  readonly maxOutputBytes?: number
  /** Called for each line of standard output and standard error as it comes. */
  readonly onLine?: (line: string) => void
}

export interface CommandResult {
  readonly exitCode: number
  readonly stdout: Uint8Array
  readonly stderr: string
}

/** Why a command has no exit code. The caller turns it into its own coded error. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed'
  constructor(
    readonly reason: 'not-found' | 'timed-out' | 'aborted' | 'output-too-large' | 'killed' | 'not-started',
    readonly argv: readonly string[],
    detail: string,
    options?: { cause?: unknown }
  ) {
    super(detail, options)
  }
}

export interface ProcessRunner {
  /** A non-zero exit code is a result. Throws `CommandFailed` where there is no exit code. */
  run(command: Command): Promise<CommandResult>
}

/** Time, so that waiting can be tested. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Rejects with the signal's reason as soon as it aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
}

/** The files of a checkout, by paths relative to its root, `/` as separator. */
export interface WorkingFiles {
  /** Names in a folder, sorted, folders with a `/` at the end; none where there is no such folder. */
  list(folder: string): Promise<readonly string[]>
  /** `null` where there is no such file, or none that is read as text (over 1 MiB). */
  read(path: string): Promise<string | null>
  /** Never writes over anything. */
  create(path: string, text: string): Promise<'created' | 'exists'>
}
