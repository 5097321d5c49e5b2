/** One git command: the options and environment that every call shares, and what its failure means to a person. */
import { CodedError, type Finding } from '../../model/errors.js'
import { CommandFailed, type CommandResult, type ProcessRunner } from '../../ports/process.js'
import { redact } from './redact.js'

export interface GitCall {
  readonly args: readonly [string, ...string[]]
  /** Where git runs. Default: the superproject. */
  readonly directory?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly stdin?: Uint8Array
  /** Default 30; what talks to a remote passes its own. */
  readonly timeoutSeconds?: number
  /** Exit codes besides 0 that are an answer, not a failure. */
  readonly answers?: readonly number[]
}

export type RunGit = (call: GitCall) => Promise<CommandResult>

/** A remote call that answers nothing ends after this time; one that transfers too slowly ends by itself. */
export const remoteSeconds = 60

const options = [
  ['core.quotePath', 'false'],
  // A hook of the workspace is not part of what we were asked to do.
  ['core.hooksPath', '/dev/null'],
  ['http.lowSpeedLimit', '1000'],
  ['http.lowSpeedTime', '30']
].flatMap(([key, value]) => ['-c', `${key}=${value}`])

const environment: Readonly<Record<string, string | undefined>> = {
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  LC_ALL: 'C',
  LANGUAGE: undefined,
  // What a calling hook or step may have left: any of these would make git look at another repository.
  GIT_DIR: undefined,
  GIT_WORK_TREE: undefined,
  GIT_INDEX_FILE: undefined,
  GIT_PREFIX: undefined,
  GIT_COMMON_DIR: undefined,
  GIT_NAMESPACE: undefined,
  GIT_OBJECT_DIRECTORY: undefined,
  GIT_ALTERNATE_OBJECT_DIRECTORIES: undefined,
  GIT_LITERAL_PATHSPECS: undefined,
  GIT_ICASE_PATHSPECS: undefined
}

/** Runs git in `superproject`. The function throws `GIT_FAILED`; its messages hold no credentials. */
export function gitRunner(process: ProcessRunner, superproject: string): RunGit {
  return async call => {
    const directory = call.directory ?? superproject
    try {
      const result = await process.run({
        argv: ['git', ...options, '--literal-pathspecs', ...call.args],
        cwd: directory,
        env: { ...environment, ...call.env },
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

const mends: readonly (readonly [RegExp, (directory: string) => string])[] = [
  [
    /dubious ownership|unsafe repository/i,
    directory => `run \`git config --global --add safe.directory ${directory}\` in a step before this one`
  ],
  [
    /not a git repository|must be run in a work tree/i,
    () => 'run actions/checkout before this action, and set `working-directory` to its path'
  ],
  [
    /unknown revision|bad revision|not a valid object name|bad object|invalid object|not a tree object/i,
    () => 'fetch the commit: set `fetch-depth: 0` in actions/checkout'
  ],
  [
    /could not read Username|Authentication failed|Permission denied|access denied|returned error: 40[13]|Repository not found|returned error: 404/i,
    () => 'give the checkout a token that may read the repository (`token` of actions/checkout), or set `ssh-key` here'
  ],
  [/host key verification failed/i, () => 'set `ssh-known-hosts` to the lines that `ssh-keyscan` prints for the host'],
  [
    /could not resolve host|connection (timed out|refused|reset)|unable to access|early EOF|hung up/i,
    () => 'check that the runner reaches the remote, and run again'
  ],
  [
    /index\.lock|shallow\.lock|unable to create '.*\.lock'/i,
    () => 'end the other git process in the workspace, or remove its lock file'
  ],
  [/unknown option|usage: git/i, () => 'update git to 2.31 or newer']
]

function mendFor(said: string, directory: string): string {
  const match = mends.find(([pattern]) => pattern.test(said))
  // git names the very path that it wants to see in safe.directory.
  const owned = /repository at '([^']+)'/.exec(said)?.[1]
  return match?.[1](owned ?? directory) ?? 'run the same git command in the workspace to see why it fails'
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
