import { platformTags, uvGlibcMinor, type PythonTarget } from './python/python-target.js'

export type Program = 'uv' | 'pip'
type Argv = readonly [string, ...string[]]

/** One installation into an empty folder. Paths are absolute. */
export interface Installation {
  /** The interpreter that runs pip, and that uv resolves and builds with. */
  readonly python: string
  readonly targetDirectory: string
  /** Requirements files. */
  readonly requirements: readonly string[]
  /** `null`: for the runner's own Python. */
  readonly target: PythonTarget | null
  /** Packages without a suitable wheel are refused; else they are built by `python`, which then is the target's. */
  readonly wheelsOnly: boolean
  /** Every requirement must have a digest, and match it. */
  readonly requireHashes: boolean
  /** The list names all that there is to install: nothing else comes in under a name that only an index knows. */
  readonly complete?: boolean
}

/**
 * pip's documentation, "pip install". By the tags of the layer even where the runner is the same: else a newer runner would
 * take wheels for a newer glibc. Options that old versions do not know go into the environment, where they are ignored.
 */
export function pipInstallArgv(installation: Installation): Argv {
  const { python, targetDirectory, target, wheelsOnly } = installation
  return [
    ...([python, '-m', 'pip', 'install', '--no-input', '--disable-pip-version-check', '--no-compile'] as const),
    ...['--no-warn-script-location', '--no-warn-conflicts'],
    ...['--target', targetDirectory, ...(target === null || !wheelsOnly ? [] : pipTags(target))],
    ...common(installation)
  ]
}

/** What pip is told of the layer's machine and Python (pip's documentation, "pip download"). */
function pipTags(target: PythonTarget): readonly string[] {
  const platforms = platformTags(target).map(tag => `--platform=${tag}`)
  return ['--implementation=cp', `--python-version=${target.version}`, ...platforms]
}

/**
 * `pip install` compares Requires-Python of what it has chosen with the Python that runs it once more; `pip download` with the one that it is told of. So where the two
 * differ: download, then install what is there.
 */
export function pipForeignArgvs(
  installation: Installation,
  target: PythonTarget,
  wheels: string
): readonly [Argv, Argv] {
  const { python, targetDirectory } = installation
  const quiet = ['--no-input', '--disable-pip-version-check']
  const download = ['download', ...quiet, '--dest', wheels, ...pipTags(target), ...common(installation)]
  const install = [
    'install',
    ...quiet,
    '--no-compile',
    '--no-warn-script-location',
    '--no-warn-conflicts',
    '--no-deps',
    '--no-index'
  ]
  const unpack = [
    ...install,
    '--ignore-requires-python',
    '--target',
    targetDirectory,
    ...pipTags(target),
    '--only-binary=:all:'
  ]
  return [
    [python, '-m', 'pip', ...download],
    ['sh', '-c', 'wheels=$1; shift; exec "$@" "$wheels"/*.whl', 'sh', wheels, python, '-m', 'pip', ...unpack]
  ]
}

/** uv's documentation, "uv pip install". Hard links would let the cleaning reach into uv's cache. */
export function uvInstallArgv(installation: Installation): Argv {
  const { python, targetDirectory, target } = installation
  return [
    ...(['uv', 'pip', 'install'] as const),
    ...['--no-progress', '--color=never', '--link-mode=copy', '--no-python-downloads', '--python', python],
    ...['--target', targetDirectory],
    ...(target === null ? [] : [`--python-version=${target.version}`, `--python-platform=${uvPlatform(target)}`]),
    ...common(installation)
  ]
}

function common({ requirements, wheelsOnly, requireHashes, complete = false }: Installation): readonly string[] {
  return [
    ...(wheelsOnly ? ['--only-binary=:all:'] : []),
    ...(requireHashes ? ['--require-hashes'] : []),
    ...(complete ? ['--no-deps'] : []),
    ...requirements.flatMap(file => ['-r', file])
  ]
}

/** Builds the wheel of a project folder: installed from there, it would not count as the "only wheels" that are taken. */
export function wheelArgv(program: Program, python: string, project: string, wheelDirectory: string): Argv {
  if (program === 'pip') {
    const wheel = ['wheel', '--no-input', '--disable-pip-version-check', '--no-deps', '--wheel-dir', wheelDirectory]
    return [python, '-m', 'pip', ...wheel, project]
  }
  const quiet = ['--no-progress', '--color=never', '--no-python-downloads']
  return ['uv', 'build', '--wheel', ...quiet, '--python', python, '--out-dir', wheelDirectory, project]
}

function uvPlatform(target: PythonTarget): string {
  const minor = uvGlibcMinor(target)
  return `${target.architecture}-${minor === 17 ? 'manylinux2014' : `manylinux_2_${minor}`}`
}
