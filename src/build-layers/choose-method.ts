import { CodedError } from '../errors.js'
import type { BuildMethod, Installer } from '../model.js'

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
  | { readonly kind: 'project'; readonly installer: Installer }
  | {
      readonly kind: 'requirements'
      readonly installer: Installer
      readonly requirements: string
      /** Copied under `python/`, over what was installed. */
      readonly source: readonly string[]
    }

/** Names at the top of a project that no layer imports (of those that setuptools leaves out in "Package discovery", the plain ones). */
const notPartOfProject =
  /^(tests?|docs?|examples?|benchmarks?|build|dist|venv|htmlcov|conftest|setup|toxfile|noxfile|[.].*)$/

/** Folders of AWS Lambda's layer layout other than `python/`, looked for last: a Python project may have a `bin/` or `lib/`. */
const otherRuntimeFolders = ['nodejs', 'java', 'ruby', 'bin', 'lib']

/**
 * Decides how a layer is built from its recipe and from what its folder holds. Without a recipe: a folder with `python/` as it is; else `pyproject.toml` or
 * `setup.py`; else `requirements.txt`; else another runtime's folder as it is. Throws `ARCHIVE_LAYOUT` where there is nothing to build from.
 */
export function chooseMethod(build: BuildMethod, folder: readonly FolderEntry[]): ContentMethod {
  if (build.kind === 'command') return build
  if (build.kind === 'requirements') {
    const { installer, requirements } = build
    return { kind: 'requirements', installer, requirements, source: build.source ?? packagesOf(folder) }
  }
  const holds = (kind: FolderEntry['kind'], ...names: string[]): boolean =>
    folder.some(entry => entry.kind === kind && names.includes(entry.name))
  const { installer } = build
  if (holds('folder', 'python')) return { kind: 'prebuilt' }
  if (holds('file', 'pyproject.toml', 'setup.py')) return { kind: 'project', installer }
  if (holds('file', 'requirements.txt')) {
    return { kind: 'requirements', installer, requirements: 'requirements.txt', source: packagesOf(folder) }
  }
  if (holds('folder', ...otherRuntimeFolders)) return { kind: 'prebuilt' }
  throw new CodedError('ARCHIVE_LAYOUT', {
    expected: `python/, pyproject.toml, setup.py, requirements.txt, or one of ${otherRuntimeFolders.map(name => `${name}/`).join(', ')} in the layer's folder`,
    found: folder.length === 0 ? 'an empty folder' : `only ${namesOf(folder)}`,
    mend: 'add one of them, or say with build.command how the layer is built'
  })
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
