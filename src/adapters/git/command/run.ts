/** One git command: the options and environment that every call shares, and what its failure means to a person. */
import { type RunGit, environmentOf, placeOptions, remoteOptions, sharedOptions } from './call.js'
import { CodedError, type Finding } from '../../../model/errors.js'
import { CommandFailed, type CommandResult, type ProcessRunner } from '../../../ports/process.js'
import { mendFor, redact } from './messages.js'

/** A remote call that answers nothing ends after this time; one that transfers too slowly ends by itself. */
export const remoteSeconds = 60

/** Runs git in `superproject`. The function throws `GIT_FAILED`; its messages hold no credentials. */
export function gitRunner(process: ProcessRunner, superproject: string): RunGit {
  return async call => {
    const directory = call.directory ?? superproject
    try {
      const result = await process.run({
        argv: ['git', ...sharedOptions, ...remoteOptions(), ...placeOptions(call), ...call.args],
        cwd: directory,
        env: { ...environmentOf(call), ...call.env },
        ...(call.stdin === undefined ? {} : { stdin: call.stdin }),
        timeoutSeconds: call.timeoutSeconds ?? 30,
        maxOutputBytes: 256 * 1024 * 1024
      })
      if (result.exitCode === 0 || call.answers?.includes(result.exitCode) === true) return result
      throw gitFailed(call.args, directory, result)
    } catch (error) {
      if (error instanceof CommandFailed && error.reason !== 'aborted') throw notFinished(call.args, error)
      throw error
    }
  }
}

/** The coded error for an exit code that is no answer. */
export function gitFailed(args: readonly string[], directory: string, result: CommandResult): CodedError {
  const said = complaint(result.stderr)
  return new CodedError('GIT_FAILED', {
    expected: `${shown(args)} to succeed`,
    found: `exit code ${result.exitCode}${said === '' ? '' : `: ${said}`}`,
    mend: mendFor(said, directory)
  })
}

function notFinished(args: readonly string[], error: CommandFailed): CodedError {
  const finding = (found: string, mend: string): Finding => ({ expected: `${shown(args)} to finish`, found, mend })
  const cases = {
    'not-found': finding(
      'no git on PATH',
      'install git 2.31 or newer in the image of the runner (`apt-get install git`)'
    ),
    'timed-out': finding('no answer in time; git was ended', 'check that the runner reaches the remote, and run again'),
    'output-too-large': finding(
      'more output than can be held',
      'report the size of the repository to the authors of this action'
    )
  }
  const known = error.reason in cases ? cases[error.reason as keyof typeof cases] : undefined
  const other = finding(redact(error.message), 'run again')
  return new CodedError('GIT_FAILED', known ?? other, { cause: redact(error.message) })
}

/** The command as a person would type it, cut to a length that fits into one line. */
function shown(args: readonly string[]): string {
  const text = redact(['git', ...args].join(' '))
  return text.length > 160 ? `${text.slice(0, 159)}…` : text
}

/** The lines of standard error that say why, without progress and hints. */
export function complaint(stderr: string): string {
  const lines = redact(stderr)
    .split(/[\r\n]+/)
    .map(line => line.trim())
  const reasons = lines.filter(line => /^(fatal|error|remote|ssh|.*: permission denied|host key)/i.test(line))
  const chosen = reasons.length > 0 ? reasons : lines.filter(line => line !== '').slice(-2)
  const text = chosen.join(' ')
  return text.length > 400 ? `${text.slice(0, 399)}…` : text
}
