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
