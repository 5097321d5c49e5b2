/** Runs the commands of a build, with variables that make them reproducible, and the few of the step that a build may see. */
import { CodedError } from '../../model/errors.js'
import type { Log } from '../../ports/runner.js'
import type { Packers } from '../archive/compress/packers.js'
import { CommandFailed, type Command, type CommandResult, type ProcessRunner } from '../../ports/process.js'
import { reasonOf } from './failure.js'
import type { Isolation } from './isolation/build-place.js'

export interface BuildDependencies {
  readonly process: ProcessRunner
  readonly log: Log
  /** Ends the packing; commands are ended by the process runner's own signal. */
  readonly signal?: AbortSignal
  /** What one command may take, with all that it starts. Default 15 minutes. */
  readonly commandSeconds?: number
  /** Which variables of the step a command sees. Default: the ordinary ones. */
  readonly sees?: (name: string) => boolean
  /** Where the commands of this build run, apart from the job's secrets. Default: where `process` runs them. */
  readonly place?: ProcessRunner
  /** A text that a command wrote, with the paths as they are outside of its place. */
  readonly outside?: (text: string) => string
  /** How the builds of a run are kept apart, found once, at the first command; each build finds it where it is not given. */
  readonly isolation?: () => Promise<Isolation>
  /** The superproject's checkout, whose git folder a build does not see. */
  readonly checkout?: string
  /** Who compresses; one set for all builds of a run. Default: the build's own thread. */
  readonly packers?: Packers
}

/** What a user reads where a command of the build fails. */
export interface CommandPurpose {
  /** What was to succeed: "build.command of layer da_flask". */
  readonly what: string
  /** Where it exits with another code than 0. */
  readonly mend: string
  /** A mend that fits what the program said at the end, before `mend`. */
  readonly mendFor?: (words: string) => string
  /** Each line that it prints. */
  readonly hears?: (line: string) => void
  /** Where the program does not exist. */
  readonly mendMissing: string
}

const buildTimeoutSeconds = 15 * 60
/** A compiler and an installer print much after the reason. */
const tailLines = 400
/** What went before, an installer has got over. */
const mendLines = 40

/** Runs one command of a build with its output in the log. Throws `BUILD_FAILED` unless it exits with 0, `CANCELLED` where the run is cancelled. */
export async function runBuildCommand(
  command: Command,
  purpose: CommandPurpose,
  { process, place = process, sees = visibleToBuild([]), log, commandSeconds = buildTimeoutSeconds }: BuildDependencies
): Promise<CommandResult> {
  const tail: string[] = []
  const onLine = (line: string): void => {
    const shown = withoutCredentials(line)
    log.info(shown)
    purpose.hears?.(shown)
    if (shown.trim() !== '') tail.push(shown.trim())
    if (tail.length > tailLines) tail.shift()
  }
  const env = { ...buildEnvironment, ...command.env }
  let result: CommandResult
  try {
    result = await place.run({ timeoutSeconds: commandSeconds, inherit: sees, ...command, env, onLine })
  } catch (thrown) {
    throw commandFailure(thrown, purpose, tail)
  }
  if (result.exitCode === 0) return result
  throw new CodedError('BUILD_FAILED', {
    expected: `${purpose.what} to exit with 0`,
    found: [`exit code ${result.exitCode}`, reasonOf(tail)].filter(text => text !== '').join(': '),
    mend: purpose.mendFor?.(tail.slice(-mendLines).join(' ')) ?? purpose.mend
  })
}

function commandFailure(thrown: unknown, purpose: CommandPurpose, tail: readonly string[]): unknown {
  if (!(thrown instanceof CommandFailed)) return thrown
  if (thrown.reason === 'aborted') {
    if (thrown.cause instanceof CodedError) return thrown.cause
    const mend = 'run the job again'
    const finding = { expected: `${purpose.what} to finish`, found: 'the run was cancelled', mend }
    return new CodedError('CANCELLED', finding, { cause: thrown })
  }
  const mend = mendOf(thrown, purpose)
  const said = tail.length === 0 ? '' : `; last it said: ${tail.slice(-3).join(' | ')}`
  const finding = { expected: `${purpose.what} to finish`, found: `${withoutCredentials(thrown.message)}${said}`, mend }
  return new CodedError('BUILD_FAILED', finding, { cause: thrown })
}

function mendOf({ reason }: CommandFailed, { mend, mendMissing }: CommandPurpose): string {
  if (reason === 'not-found') return mendMissing
  return reason === 'timed-out' ? 'find what it waits for in the log above, or raise the input timeout-minutes' : mend
}

/** `https://user:password@host` without what stands before the `@`. */
function withoutCredentials(line: string): string {
  return line.replace(/(\b[a-z][a-z0-9+.-]*:\/\/)[^/\s@]+@/gi, '$1***@')
}

/** bash, as on GitHub's runners: it stops at the first command that fails, in a pipe too. Where there is none, sh. */
export async function runShell(
  command: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
  what: string,
  deps: BuildDependencies
): Promise<void> {
  const mend = 'correct the command, or install what it needs before this action'
  const purpose = { what, mend, mendMissing: 'install bash or sh on this runner' }
  try {
    await runBuildCommand({ argv: ['bash', '-eo', 'pipefail', '-c', command], cwd, env }, purpose, deps)
  } catch (thrown) {
    const missing = thrown instanceof CodedError && thrown.cause instanceof CommandFailed && thrown.cause
    if (!missing || missing.reason !== 'not-found') throw thrown
    await runBuildCommand({ argv: ['sh', '-ec', command], cwd, env }, purpose, deps)
  }
}

/** What a short command prints, `null` where it fails or does not exist. */
export async function succeeded(
  argv: Command['argv'],
  deps: BuildDependencies,
  question: Pick<Command, 'isQuestion'> = {}
): Promise<string | null> {
  try {
    const { exitCode, stdout } = await deps.process.run({
      argv,
      ...question,
      inherit: deps.sees ?? visibleToBuild([]),
      env: buildEnvironment,
      timeoutSeconds: 60
    })
    return exitCode === 0 ? Buffer.from(stdout).toString() : null
  } catch (thrown) {
    if (thrown instanceof CommandFailed && thrown.reason !== 'aborted') return null
    throw thrown
  }
}

/** Whether a program answers `--version`, or a question as short. */
export async function succeeds(argv: Command['argv'], deps: BuildDependencies): Promise<boolean> {
  return (await succeeded(argv, deps, { isQuestion: true })) !== null
}

/** The variables that a command of a build sees. */
export type MachineEnvironment = Readonly<Record<string, string | undefined>>

/** As `env` prints them: what an installer would read. Empty where there is no `env`. */
export async function readMachineEnvironment(deps: BuildDependencies): Promise<MachineEnvironment> {
  return parsed(await succeeded(['env', '-0'], deps))
}

/** The step's, secrets included: to know where they lie. */
export function readJobEnvironment(deps: BuildDependencies): Promise<MachineEnvironment> {
  return readMachineEnvironment({ ...deps, sees: () => true })
}

function parsed(printed: string | null): MachineEnvironment {
  const environment: Record<string, string> = {}
  for (const pair of (printed ?? '').split('\0')) {
    const equals = pair.indexOf('=')
    if (equals > 0) environment[pair.slice(0, equals)] = pair.slice(equals + 1)
  }
  return environment
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

/** Added to the environment of a command; `undefined` removes a variable. */
const buildEnvironment: Readonly<Record<string, string | undefined>> = reproducible

/**
 * A build runs code of every package that it installs. Of the step's variables it gets what commands need to run at all, where the machine's tools and caches lie, what
 * installers and proxies are set up with, and what GitHub says of the commit; everything else only by name (`build.environment`).
 */
const ordinary = new Set([
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'TMPDIR', 'TERM', 'HOSTNAME', 'LANG', 'LANGUAGE', 'NO_COLOR'],
  ...['CI', 'GITHUB_ACTIONS', 'GITHUB_WORKSPACE', 'GITHUB_SERVER_URL', 'GITHUB_REPOSITORY', 'GITHUB_SHA'],
  ...['GITHUB_REF', 'GITHUB_REF_NAME', 'RUNNER_OS', 'RUNNER_ARCH', 'RUNNER_TOOL_CACHE', 'AGENT_TOOLSDIRECTORY'],
  ...['CC', 'CXX', 'AR', 'CFLAGS', 'CPPFLAGS', 'CXXFLAGS', 'LDFLAGS', 'MAKEFLAGS', 'CMAKE_ARGS', 'CMAKE_PREFIX_PATH'],
  ...['PKG_CONFIG_PATH', 'LD_LIBRARY_PATH', 'LIBRARY_PATH', 'CPATH', 'RUSTFLAGS', 'CARGO_HOME', 'RUSTUP_HOME'],
  ...['RUSTUP_TOOLCHAIN', 'GOPATH', 'GOROOT', 'JAVA_HOME', 'NVM_DIR', 'VIRTUAL_ENV', 'CONDA_PREFIX'],
  ...['pythonLocation', 'Python_ROOT_DIR', 'Python2_ROOT_DIR', 'Python3_ROOT_DIR', 'PYENV_ROOT', 'PYENV_VERSION'],
  ...['SSL_CERT_FILE', 'SSL_CERT_DIR', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS', 'GIT_SSL_CAINFO'],
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'no_proxy', 'all_proxy'],
  ...['POETRY_HOME', 'POETRY_CACHE_DIR', 'PIPENV_CACHE_DIR', 'PDM_CACHE_DIR', 'NETRC']
])

/** pip's and uv's settings, the credentials of an index among them: without these nothing can be installed from a private one. */
const installerSettings = /^(?:PIP|UV|XDG|LC)_/

/** Those of them with which something is published. */
const publishing = /^UV_PUBLISH_|^PIP_.*_PUBLISH/

/** Which variables of the step a command of a build sees, the `named` ones among them. */
export function visibleToBuild(named: readonly string[]): (name: string) => boolean {
  const more = new Set(named)
  return name => more.has(name) || ordinary.has(name) || (installerSettings.test(name) && !publishing.test(name))
}
