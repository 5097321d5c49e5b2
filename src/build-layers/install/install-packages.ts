import { CodedError } from '../../errors.js'
import type { Installer } from '../../model.js'
import { CommandFailed, type Command } from '../../ports/process.js'
import { runBuildCommand, type BuildDependencies, type CommandPurpose } from '../run-command.js'
import { isCross, platformTags, type PythonTarget, type RunningPython } from './python-target.js'

export type Program = 'uv' | 'pip'

/** One installation into an empty folder. Paths are absolute. */
export interface Installation {
  /** The interpreter that runs pip, and that uv resolves and builds with. */
  readonly python: string
  readonly targetDirectory: string
  /** A requirements file, or wheels. */
  readonly from: { readonly requirements: string } | { readonly wheels: readonly string[] }
  /** `null`: for the runner's own Python. */
  readonly target: PythonTarget | null
  /** The target is not what the runner is: only wheels for it may be taken, nothing can be compiled. */
  readonly cross: boolean
}

/** pip's documentation, "pip install". Options that old versions do not know go into the environment, where they are ignored. */
export function pipInstallArgv({ python, targetDirectory, from, target, cross }: Installation): Command['argv'] {
  const foreign =
    target === null || !cross
      ? []
      : [
          '--only-binary=:all:',
          '--implementation=cp',
          `--python-version=${target.version}`,
          ...platformTags(target).map(tag => `--platform=${tag}`)
        ]
  return [
    ...[python, '-m', 'pip', 'install'],
    ...['--no-input', '--disable-pip-version-check', '--no-compile', '--no-warn-script-location'],
    ...['--target', targetDirectory, ...foreign],
    ...sources(from)
  ] as const
}

/** uv's documentation, "uv pip install". Hard links would let the cleaning reach into uv's cache. */
export function uvInstallArgv({ python, targetDirectory, from, target, cross }: Installation): Command['argv'] {
  const tag = target === null ? null : uvPlatform(target)
  return [
    ...(['uv', 'pip', 'install'] as const),
    ...['--no-progress', '--color=never', '--link-mode=copy', '--no-python-downloads', '--python', python],
    ...['--target', targetDirectory],
    ...(target === null || tag === null ? [] : [`--python-version=${target.version}`, `--python-platform=${tag}`]),
    ...(cross ? ['--only-binary=:all:'] : []),
    ...sources(from)
  ]
}

/** Builds the wheel of a project folder: installed from there, it would not count as the "only wheels" that a cross installation takes. */
export function wheelArgv(program: Program, python: string, project: string, wheelDirectory: string): Command['argv'] {
  return program === 'uv'
    ? [
        'uv',
        'build',
        '--wheel',
        '--no-progress',
        '--color=never',
        '--python',
        python,
        '--out-dir',
        wheelDirectory,
        project
      ]
    : [
        ...([python, '-m', 'pip', 'wheel', '--no-input', '--disable-pip-version-check', '--no-deps'] as const),
        ...['--wheel-dir', wheelDirectory, project]
      ]
}

function sources(from: Installation['from']): readonly string[] {
  return 'requirements' in from ? ['-r', from.requirements] : from.wheels
}

/** uv names few glibc versions: the newest that the target has. */
function uvPlatform({ architecture, glibcMinor }: PythonTarget): string {
  return glibcMinor >= 34 ? `${architecture}-manylinux_2_34` : `${architecture}-manylinux2014`
}

/** `auto` takes uv where it is on PATH. Throws `BUILD_FAILED` where the installer that the recipe asks for is missing. */
export async function findInstaller(installer: Installer, python: string, deps: BuildDependencies): Promise<Program> {
  if (installer !== 'pip' && (await succeeds(['uv', '--version'], deps))) return 'uv'
  if (installer !== 'uv' && (await succeeds([python, '-m', 'pip', '--version'], deps))) return 'pip'
  const wanted = { auto: `uv, or ${python} with pip`, uv: 'uv', pip: `${python} with pip` }[installer]
  throw new CodedError('BUILD_FAILED', {
    expected: `${wanted} to install the layer's packages`,
    found: installer === 'auto' ? 'neither' : 'none that runs',
    mend: `add a step that installs ${installer === 'uv' ? 'uv' : 'Python (actions/setup-python)'} before this action`
  })
}

/** The version and machine of an interpreter, to compare with the layer's. */
export async function readRunningPython(python: string, deps: BuildDependencies): Promise<RunningPython> {
  const program = "import platform,sys; print('%d.%d' % sys.version_info[:2], sys.platform + '-' + platform.machine())"
  const { stdout } = await runBuildCommand(
    { argv: [python, '-c', program], timeoutSeconds: 60 },
    purposeOf(`${python} -c …`, 'make the interpreter work on this runner'),
    {
      ...deps,
      log: {
        ...deps.log,
        info: message => {
          deps.log.debug(message)
        }
      }
    }
  )
  const [version = '', machine = ''] = Buffer.from(stdout).toString().trim().split(' ')
  return { version, machine }
}

/** Runs the installation, then leaves its output in `targetDirectory` as it was written. */
export async function installPackages(
  program: Program,
  installation: Omit<Installation, 'cross'>,
  cwd: string,
  deps: BuildDependencies
): Promise<void> {
  const { target, python } = installation
  const cross = target !== null && isCross(target, await readRunningPython(python, deps))
  const argv = (program === 'uv' ? uvInstallArgv : pipInstallArgv)({ ...installation, cross })
  const mend = cross
    ? `name packages that exist as wheels for python${target.version} on ${target.architecture}, or run on such a runner`
    : 'correct the requirements, or the index that they are taken from'
  await runBuildCommand({ argv, cwd, env: installerEnvironment }, purposeOf(`${program} install`, mend), deps)
}

/** Builds the project's wheel. The project's folder is written to: give a copy. */
export async function buildWheel(
  program: Program,
  python: string,
  project: string,
  wheelDirectory: string,
  deps: BuildDependencies
): Promise<void> {
  const argv = wheelArgv(program, python, project, wheelDirectory)
  const purpose = purposeOf(`building the wheel with ${program}`, 'correct pyproject.toml or setup.py')
  await runBuildCommand({ argv, cwd: project, env: installerEnvironment }, purpose, deps)
}

const installerEnvironment = {
  PIP_PROGRESS_BAR: 'off',
  PIP_NO_COLOR: '1',
  PIP_ROOT_USER_ACTION: 'ignore',
  // A user-wide setting of either kind cannot be combined with a target folder.
  PIP_USER: '0',
  PIP_REQUIRE_VIRTUALENV: '0'
}

function purposeOf(what: string, mend: string): CommandPurpose {
  return { what, mend, mendMissing: 'add a step that installs Python (actions/setup-python) or uv before this action' }
}

async function succeeds(argv: Command['argv'], { process }: BuildDependencies): Promise<boolean> {
  try {
    return (await process.run({ argv, timeoutSeconds: 60 })).exitCode === 0
  } catch (thrown) {
    if (thrown instanceof CommandFailed && thrown.reason !== 'aborted') return false
    throw thrown
  }
}
