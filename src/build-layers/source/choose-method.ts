import { CodedError } from '../../model/errors.js'
import type { BuildMethod, Installer } from '../../model/index.js'

/** One name directly in the layer's folder; a link counts as what it points at. */
export interface FolderEntry {
  readonly name: string
  readonly kind: 'file' | 'folder' | 'other'
  /** A folder that holds `__init__.py`. */
  readonly isPackage: boolean
}

/** How the layer's content comes about. */
export type ContentMethod =
  | { readonly kind: 'command'; readonly command: string }
  /** The folder is the content. */
  | { readonly kind: 'prebuilt' }
  /** `pyproject.toml` or `setup.py`: the folder itself is installed. */
  | (InstallerChoice & { readonly kind: 'project'; readonly lock: LockFile | null })
  | (InstallerChoice & {
      readonly kind: 'requirements'
      readonly requirements: string
      /** Copied under `python/`, over what was installed. */
      readonly source: readonly string[]
    })
  /** What a lock pins is installed; the layer's own code is no package, but copied. `folder`: where the lock lies, relative to the layer's. */
  | (InstallerChoice & {
      readonly kind: 'locked'
      readonly lock: LockFile
      readonly folder: string
      readonly source: readonly string[]
    })

interface InstallerChoice {
  readonly installer: Installer
  readonly sourceDistributions: boolean
}

const lockFiles = ['uv.lock', 'poetry.lock', 'Pipfile.lock'] as const
export type LockFile = (typeof lockFiles)[number]

/** Names at the top of a project that no layer imports (of those that setuptools leaves out in "Package discovery", the plain ones). */
const notPartOfProject =
  /^(tests?|docs?|examples?|benchmarks?|build|dist|venv|htmlcov|conftest|setup|toxfile|noxfile|[.].*)$/

/** Folders of AWS Lambda's layer layout other than `python/`, looked for last: a Python project may have a `bin/` or `lib/`. */
const otherRuntimeFolders = ['nodejs', 'java', 'ruby', 'bin', 'lib']

/**
 * Decides how a layer is built from its recipe and from what its folder holds. Without a recipe: a folder with `python/` as it is; else a project (`pyproject.toml`,
 * `setup.py`), with what its lock pins; else `Pipfile.lock`; else `requirements.txt`; else another runtime's folder as it is. `pyproject` is that file's text, empty
 * where there is none. Throws `ARCHIVE_LAYOUT` where there is nothing to build from.
 */
export function chooseMethod(build: BuildMethod, folder: readonly FolderEntry[], pyproject: string): ContentMethod {
  if (build.kind === 'command') return build
  const { installer, sourceDistributions = false } = build
  const choice = { installer, sourceDistributions }
  if (build.kind === 'requirements') return requirementsMethod(build.requirements, choice, build.source, folder)
  const holds = (kind: FolderEntry['kind'], ...names: string[]): boolean =>
    folder.some(entry => entry.kind === kind && names.includes(entry.name))
  if (holds('folder', 'python')) return { kind: 'prebuilt' }
  if ((holds('file', 'pyproject.toml') && isProject(pyproject)) || holds('file', 'setup.py')) {
    const lock = (['uv.lock', 'poetry.lock'] as const).find(name => holds('file', name)) ?? null
    if (lock === null || holds('file', 'setup.py') || isPackage(lock, pyproject))
      return { kind: 'project', ...choice, lock }
    return requirementsMethod(lock, choice, null, folder)
  }
  const requirements = ['Pipfile.lock', 'requirements.txt'].find(name => holds('file', name))
  if (requirements !== undefined) return requirementsMethod(requirements, choice, null, folder)
  if (holds('folder', ...otherRuntimeFolders)) return { kind: 'prebuilt' }
  throw new CodedError('ARCHIVE_LAYOUT', {
    expected: `python/, pyproject.toml, setup.py, requirements.txt, or one of ${otherRuntimeFolders.map(name => `${name}/`).join(', ')} in the layer's folder`,
    found: folder.length === 0 ? 'an empty folder' : `only ${namesOf(folder)}`,
    mend: 'add one of them, or say with build.command how the layer is built'
  })
}

function requirementsMethod(
  requirements: string,
  choice: InstallerChoice,
  source: readonly string[] | null,
  folder: readonly FolderEntry[]
): ContentMethod {
  const name = requirements.slice(requirements.lastIndexOf('/') + 1)
  const lock = lockFiles.find(each => each === name)
  const copied = source ?? packagesOf(folder)
  if (lock === undefined) return { kind: 'requirements', ...choice, requirements, source: copied }
  return { kind: 'locked', ...choice, lock, folder: requirements.slice(0, -name.length) || '.', source: copied }
}

/** Many a `pyproject.toml` only sets up linters. */
function isProject(pyproject: string): boolean {
  return hasTable(pyproject, 'project|build-system|tool[.]poetry')
}

/** Whether the tool that made the lock would build the project itself (uv "Configuring projects", Poetry "The pyproject.toml file"). */
function isPackage(lock: LockFile, pyproject: string): boolean {
  if (lock === 'poetry.lock') return !/^\s*package-mode\s*=\s*false\b/m.test(pyproject)
  return hasTable(pyproject, 'build-system') && !/^\s*package\s*=\s*false\b/m.test(pyproject)
}

function hasTable(toml: string, name: string): boolean {
  return new RegExp(`^[ \\t]*\\[[ \\t]*(?:${name})[ \\t]*[\\].]`, 'm').test(toml)
}

/** The importable packages and modules at the top of the folder. */
export function packagesOf(folder: readonly FolderEntry[]): readonly string[] {
  return folder
    .filter(({ name, kind, isPackage }) => (kind === 'file' ? name.endsWith('.py') : isPackage))
    .map(({ name }) => name)
    .filter(name => !notPartOfProject.test(name.replace(/\.py$/, '')))
    .sort()
}

function namesOf(folder: readonly FolderEntry[]): string {
  const names = folder.map(({ name, kind }) => (kind === 'folder' ? `${name}/` : name)).sort()
  return names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '')
}
