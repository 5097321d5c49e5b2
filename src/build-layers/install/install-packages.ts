import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CodedError } from '../../model/errors.js'
import type { Installer, PackageVersion } from '../../model/index.js'
import {
  runBuildCommand,
  succeeds,
  type BuildDependencies,
  type CommandPurpose,
  readMachineEnvironment
} from '../command/run-command.js'
import { compilerEnvironment, installerEnvironment } from './installer-environment.js'
import { findPython, readPython, suits, type FoundPython } from './python/find-python.js'
import { givesHashes } from './requirements/requirement-list.js'
import {
  pipForeignArgvs,
  pipInstallArgv,
  uvInstallArgv,
  wheelArgv,
  type Installation,
  type Program
} from './installer-argv.js'
import { missingCompiler, yankedPackages } from './installer-output.js'
import { uvIndexEnvironment } from './python/machine-index.js'
import type { PythonTarget } from './python/python-target.js'
import { verifyConditions } from './requirements/markers.js'

/** What installs a layer's packages, found once per build. */
export interface InstallerSetup {
  readonly program: Program
  /** The interpreter to install and build with: the target's where there is one, else the runner's. */
  readonly python: string
  /** Whether it runs what is compiled for the target. */
  readonly native: boolean
  /** What `python` is; `null` where nobody asked. */
  readonly runs: FoundPython | null
  readonly environment: Readonly<Record<string, string>>
}

/**
 * `builds`: whether code of the layer or of a package is built, hence with the target's Python where there is one; wheels alone are installed by any. Throws
 * `BUILD_FAILED` where the installer that the recipe asks for is missing.
 */
export async function setUpInstaller(
  installer: Installer,
  target: PythonTarget | null,
  ordinary: string,
  builds: boolean,
  deps: BuildDependencies
): Promise<InstallerSetup> {
  const program = await findInstaller(installer, ordinary, deps)
  const machine = await readMachineEnvironment(deps)
  // pip reads conditions for the Python that runs it: the target's, where there is one.
  const matters = builds || program === 'pip'
  const found = target === null || !matters ? null : await findPython(target.version, ordinary, deps)
  // An interpreter of the right version may have come without pip: another one's pip does as well.
  const usable = found !== null && (program === 'uv' || (await hasPip(found.executable, deps)))
  const python = usable ? found.executable : ordinary
  const index = program === 'uv' ? await uvIndexEnvironment(ordinary, machine, deps) : {}
  const native = target === null || (usable && suits(target, found))
  const runs = program === 'uv' || target === null ? null : usable ? found : await readPython(ordinary, deps)
  const environment = { ...installerEnvironment, ...compilerEnvironment(machine), ...index }
  return { program, python, native, runs, environment }
}

/** `auto` takes uv where it is on PATH. */
async function findInstaller(installer: Installer, python: string, deps: BuildDependencies): Promise<Program> {
  if (installer !== 'pip' && (await succeeds(['uv', '--version'], deps))) return 'uv'
  if (installer !== 'uv' && (await hasPip(python, deps))) return 'pip'
  const wanted = { auto: `uv, or ${python} with pip`, uv: 'uv', pip: `${python} with pip` }[installer]
  const step = installer === 'uv' ? 'uv (astral-sh/setup-uv)' : 'Python (actions/setup-python)'
  throw new CodedError('BUILD_FAILED', {
    expected: `${wanted} to install the layer's packages`,
    found: installer === 'auto' ? 'neither' : 'none that runs',
    mend: `add a step that installs ${step} before this action`
  })
}

function hasPip(python: string, deps: BuildDependencies): Promise<boolean> {
  return succeeds([python, '-m', 'pip', '--version'], deps)
}

export interface InstallRequest extends Pick<Installation, 'targetDirectory' | 'requirements' | 'target' | 'complete'> {
  readonly sourceDistributions: boolean
}

/** Runs the installation in `cwd` and leaves its output in `targetDirectory` as it was written. @returns what the installer calls yanked */
export async function installPackages(
  setup: InstallerSetup,
  request: InstallRequest,
  cwd: string,
  deps: BuildDependencies
): Promise<readonly PackageVersion[]> {
  const { program, python, environment } = setup
  const { sourceDistributions, target, requirements } = request
  if (sourceDistributions && !setup.native) throw cannotCompile(target)
  const hashes = await Promise.all(requirements.map(givesHashes))
  const installation = { ...request, python, wheelsOnly: !sourceDistributions, requireHashes: hashes.includes(true) }
  const purpose = {
    ...purposeOf(`${program} install`, installMend(request)),
    mendFor: (words: string) => mendForWords(words, request)
  }
  const yanked = yankedPackages(program)
  const run = (argv: readonly [string, ...string[]], env: Readonly<Record<string, string>>) =>
    runBuildCommand({ argv, cwd, env: { ...environment, ...env } }, { ...purpose, hears: yanked.hear }, deps)
  const argv = pipInstallArgv(installation)
  if (program === 'uv') await run(uvInstallArgv(installation), {})
  else if (target === null) await run(argv, {})
  else if (sourceDistributions) await run(argv, await glibcLimit(request.targetDirectory, target))
  else await pipForeign(installation, target, setup, run)
  return yanked.all()
}

/** By pip's own options; what those do not reach, conditions that another machine would read otherwise, is looked at afterwards. */
async function pipForeign(
  installation: Installation,
  target: PythonTarget,
  { runs }: InstallerSetup,
  run: (argv: readonly [string, ...string[]], env: Readonly<Record<string, string>>) => Promise<unknown>
): Promise<void> {
  try {
    await run(pipInstallArgv(installation), {})
  } catch (thrown) {
    if (!(thrown instanceof CodedError) || !/requires a different python/i.test(thrown.message)) throw thrown
    const wheels = join(dirname(installation.targetDirectory), '..', 'wheels')
    await mkdir(wheels)
    const [download, unpack] = pipForeignArgvs(installation, target, wheels)
    await run(download, {})
    if ((await readdir(wheels)).length > 0) await run(unpack, {})
  }
  if (runs !== null && !suits(target, runs)) await verifyConditions(installation.targetDirectory, target, runs)
}

/** The newest glibc that a wheel may ask for where tags are the running Python's own (PEP 600, "Package Installers"). */
async function glibcLimit(
  targetDirectory: string,
  { glibcMinor }: PythonTarget
): Promise<Readonly<Record<string, string>>> {
  const folder = join(dirname(targetDirectory), '..', 'glibc')
  await mkdir(folder)
  const program = `def manylinux_compatible(major, minor, arch):\n    return (major, minor) <= (2, ${glibcMinor})\n`
  await writeFile(join(folder, '_manylinux.py'), program)
  return { PYTHONPATH: folder }
}

function cannotCompile(target: PythonTarget | null): CodedError {
  const version = target?.version ?? '3'
  return new CodedError('BUILD_FAILED', {
    expected: `python${version} on ${target?.architecture ?? 'this runner'} for source-distributions: true`,
    found: 'none on this runner',
    mend: `add actions/setup-python with python-version ${version} on such a runner, or delete source-distributions`
  })
}

function installMend({ target, sourceDistributions }: InstallRequest): string {
  if (target === null || sourceDistributions) return 'correct the requirements, or the index that they are taken from'
  return (
    `name packages that exist as wheels for python${target.version} on ${target.architecture} and glibc 2.${target.glibcMinor} at most, ` +
    'or set source-distributions: true on a runner of that kind'
  )
}

/** What went wrong, by what pip and uv say, and the mend. The first that fits; the texts are those of pip 22 to 26 and uv 0.5 to 0.13. */
const knownFailures: readonly { readonly words: RegExp; readonly mend: string; readonly first?: true }[] = [
  {
    // pip goes on without the index and ends with "no matching distribution".
    words:
      /40[13] Error|credentials not correct|invalid credentials|could not find.*credentials|401 unauthorized|403 forbidden/i,
    mend: 'correct the user and password of the index (in PIP_INDEX_URL or UV_DEFAULT_INDEX, netrc or keyring), and see that they may read it',
    first: true
  },
  {
    words:
      /hash(?:es)? (?:mismatch|do not match)|do not match the hashes|require-hashes|hashes are required|have a hash/i,
    mend: 'give every requirement the digest of the file that the index has, for example with `uv pip compile --generate-hashes`'
  },
  {
    words:
      /max retries exceeded|error sending request|failed to establish a new connection|connection (?:refused|reset|error|timed out)|name resolution|dns error|failed to fetch|could not fetch url|timed out|40[13] (?:client error|unauthorized|forbidden)|HTTP status (?:client|server) error/i,
    mend: 'make the index reachable from this runner (PIP_INDEX_URL or UV_DEFAULT_INDEX, with its credentials), then run again'
  },
  {
    words: /ResolutionImpossible|conflicting dependencies|requirements are unsatisfiable|are incompatible/i,
    mend: 'make the versions in the requirements agree'
  }
]

function mendForWords(words: string, request: InstallRequest): string {
  const compiler = request.sourceDistributions ? missingCompiler(words) : null
  if (compiler !== null) return compiler
  const noWheel = /no (?:usable |matching )?wheels?|no wheels with a matching|only-binary/i.test(words)
  const known = knownFailures.find(failure => failure.words.test(words))
  return known === undefined || (noWheel && known.first !== true) ? installMend(request) : known.mend
}

/** Builds the project's wheel. The project's folder is written to: give a copy. `cwd` is a folder without Python modules. */
export async function buildWheel(
  { program, python, environment }: InstallerSetup,
  project: string,
  wheelDirectory: string,
  deps: BuildDependencies
): Promise<void> {
  const argv = wheelArgv(program, python, project, wheelDirectory)
  const purpose = purposeOf(`building the wheel with ${program}`, 'correct pyproject.toml or setup.py')
  const mendFor = (words: string): string => missingCompiler(words) ?? purpose.mend
  await runBuildCommand({ argv, cwd: wheelDirectory, env: environment }, { ...purpose, mendFor }, deps)
}

function purposeOf(what: string, mend: string): CommandPurpose {
  return { what, mend, mendMissing: 'add a step that installs Python (actions/setup-python) or uv before this action' }
}
