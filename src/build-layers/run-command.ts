import { CodedError } from '../errors.js'
import type { Log } from '../ports/log.js'
import { CommandFailed, type Command, type CommandResult, type ProcessRunner } from '../ports/process.js'

export interface BuildDependencies {
  readonly process: ProcessRunner
  readonly log: Log
  /** Ends the packing; commands are ended by the process runner's own signal. */
  readonly signal?: AbortSignal
}

/** What a user reads where a command of the build fails. */
export interface CommandPurpose {
  /** What was to succeed: "build.command of layer da_flask". */
  readonly what: string
  /** Where it exits with another code than 0. */
  readonly mend: string
  /** Where the program does not exist. */
  readonly mendMissing: string
}

/** The same for every command, so that what it writes does not depend on when and where it runs. */
const reproducible = {
  // 1980-01-01, the earliest time that a zip can hold: wheels are zips.
  SOURCE_DATE_EPOCH: '315532800',
  PYTHONHASHSEED: '0',
  PYTHONDONTWRITEBYTECODE: '1',
  TZ: 'UTC',
  LC_ALL: 'C.UTF-8'
}
/** The action's own secrets are none of a build's business. */
const withheld = { 'INPUT_GITHUB-TOKEN': undefined, 'INPUT_SSH-KEY': undefined }

const buildTimeoutSeconds = 15 * 60
const tailLines = 8

/** Runs one command of a build with its output in the log. Throws `BUILD_FAILED` unless it exits with 0, `CANCELLED` where the run is cancelled. */
export async function runBuildCommand(
  command: Command,
  purpose: CommandPurpose,
  { process, log }: BuildDependencies
): Promise<CommandResult> {
  const tail: string[] = []
  const onLine = (line: string): void => {
    const shown = withoutCredentials(line)
    log.info(shown)
    if (shown.trim() !== '') tail.push(shown.trim())
    if (tail.length > tailLines) tail.shift()
  }
  const env = { ...reproducible, ...withheld, ...command.env }
  let result: CommandResult
  try {
    result = await process.run({ timeoutSeconds: buildTimeoutSeconds, ...command, env, onLine })
  } catch (thrown) {
    throw commandFailure(thrown, purpose)
  }
  if (result.exitCode === 0) return result
  throw new CodedError('BUILD_FAILED', {
    expected: `${purpose.what} to exit with 0`,
    found: [`exit code ${result.exitCode}`, lastWords(tail)].filter(text => text !== '').join(': '),
    mend: purpose.mend
  })
}

function commandFailure(thrown: unknown, purpose: CommandPurpose): unknown {
  if (!(thrown instanceof CommandFailed)) return thrown
  if (thrown.reason === 'aborted') {
    if (thrown.cause instanceof CodedError) return thrown.cause
    const mend = 'run the job again'
    const finding = { expected: `${purpose.what} to finish`, found: 'the run was cancelled', mend }
    return new CodedError('CANCELLED', finding, { cause: thrown })
  }
  const mend = thrown.reason === 'not-found' ? purpose.mendMissing : purpose.mend
  const finding = { expected: `${purpose.what} to finish`, found: withoutCredentials(thrown.message), mend }
  return new CodedError('BUILD_FAILED', finding, { cause: thrown })
}

/** An installer says at the end what went wrong, and why in the lines after that; a script may say it in any words. */
function lastWords(tail: readonly string[]): string {
  const first = tail.findIndex(line => /\b(error|failed)\b|×/i.test(line))
  return (first === -1 ? tail.slice(-3) : tail.slice(first, first + 4)).join(' | ')
}

/** `https://user:password@host` without what stands before the `@`. */
function withoutCredentials(line: string): string {
  return line.replace(/(\b[a-z][a-z0-9+.-]*:\/\/)[^/\s@]+@/gi, '$1***@')
}
