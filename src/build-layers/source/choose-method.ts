import { CodedError } from '../../model/errors.js'
import type { BuildMethod, Installer } from '../../model/index.js'
import {
  declaresDependencies,
  dependencyList,
  mentionsDependencies,
  type FolderEntry,
  type LayerFolder,
  beside,
  codeIn,
  dataIn,
  namesOf,
  packagesOf
} from './layer-folder.js'

export type { FolderEntry } from './layer-folder.js'
export { packagesOf } from './layer-folder.js'

/** How the layer's content comes about. */
export type ContentMethod =
  | { readonly kind: 'command'; readonly command: string }
  /** These paths of the folder are the content. */
  | { readonly kind: 'prebuilt'; readonly taken: readonly string[] }
  /** `pyproject.toml` or `setup.py`: the folder itself is installed. */
  | (InstallerChoice & { readonly kind: 'project'; readonly lock: LockFile | null })
  | (InstallerChoice &
      CopiedPaths & {
        readonly kind: 'requirements'
        readonly requirements: string
      })
  /** What a lock pins is installed; the layer's own code is no package, but copied. `folder`: where the lock lies, relative to the layer's. */
  | (InstallerChoice &
      CopiedPaths & {
        readonly kind: 'locked'
        readonly lock: LockFile
        readonly folder: string
      })

interface CopiedPaths {
  /** Copied under `python/`, over what was installed. */
  readonly source: readonly string[]
  /** Folders of Lambda's layout that are copied beside `python/`. Absent where there is none. */
  readonly besidePython?: readonly string[]
}

interface InstallerChoice {
  readonly installer: Installer
  readonly sourceDistributions: boolean
}

const lockFiles = ['uv.lock', 'poetry.lock', 'pdm.lock', 'pylock.toml', 'Pipfile.lock'] as const
export type LockFile = (typeof lockFiles)[number]

/** AWS Lambda Developer Guide, "Layer paths for each Lambda runtime"; extensions: "Using the Lambda Extensions API". */
const layoutFolders = ['python', 'nodejs', 'java', 'ruby', 'bin', 'lib', 'extensions']
/** Looked for last: a Python project may have a `bin/` or `lib/`. */
const otherRuntimeFolders = ['nodejs', 'java', 'ruby', 'bin', 'lib']

type Recipe = Exclude<BuildMethod, { kind: 'command' }>

/**
 * Decides how a layer is built from its recipe and from what its folder holds. Without a recipe: a project with a build backend (`pyproject.toml`, `setup.py`), with what its
 * lock pins; else a folder with `python/` as it is; else `Pipfile.lock`, else `requirements.txt`, with the folder's packages; else another runtime's folder as it is. What
 * of the team's code or lists of dependencies would be left out without a word is refused. Throws `ARCHIVE_LAYOUT`.
 */
export function chooseMethod(build: BuildMethod, folder: LayerFolder): ContentMethod {
  if (build.kind === 'command') return build
  const method = build.kind === 'requirements' ? 'requirements' : build.method
  if (method === 'project') return forcedProject(build, folder)
  if (method === 'prebuilt') return prebuilt(folder, build.source ?? [], false)
  return method === 'requirements' ? forcedRequirements(build, folder) : detected(build, folder)
}

function detected(build: Recipe, folder: LayerFolder): ContentMethod {
  const { pyproject } = folder
  const buildable = /^[ \t]*\[[ \t]*build-system[ \t]*\]/m.test(pyproject) || holds(folder, 'file', 'setup.py')
  if (holds(folder, 'folder', 'python') && !buildable) return prebuilt(folder, build.source ?? [], true)
  if (buildable || (holds(folder, 'file', 'pyproject.toml') && isProject(pyproject))) return project(build, folder)
  const requirements = ['pylock.toml', 'Pipfile.lock', 'requirements.txt'].find(name => holds(folder, 'file', name))
  if (requirements !== undefined) return requirementsMethod(build, requirements, folder)
  if (holds(folder, 'folder', ...otherRuntimeFolders)) return prebuilt(folder, build.source ?? [], true)
  throw nothingToBuildFrom(folder)
}

function nothingToBuildFrom({ entries, unmetLists }: LayerFolder): CodedError {
  const list = unmetLists.find(path => /\.(txt|in)$/.test(path))
  return new CodedError('ARCHIVE_LAYOUT', {
    expected: `python/, pyproject.toml, setup.py, requirements.txt, or one of ${otherRuntimeFolders.map(name => `${name}/`).join(', ')} in the layer's folder`,
    found: entries.length === 0 ? 'an empty folder' : `only ${namesOf(entries)}`,
    mend:
      list === undefined
        ? 'add one of them, or say with build.command how the layer is built'
        : `set build.requirements: ${list} to install it and copy the code, or say with build.command how the layer is built`
  })
}

function holds({ entries }: LayerFolder, kind: FolderEntry['kind'], ...names: string[]): boolean {
  return entries.some(entry => entry.kind === kind && names.includes(entry.name))
}

/** `complete`: what else the folder holds of code and lists of dependencies is refused. */
function prebuilt(folder: LayerFolder, source: readonly string[], complete: boolean): ContentMethod {
  const layout = layoutFolders.filter(name => holds(folder, 'folder', name))
  if (layout.length === 0) {
    throw new CodedError('ARCHIVE_LAYOUT', {
      expected: `one of ${layoutFolders.map(name => `${name}/`).join(', ')} for build.method: prebuilt`,
      found: `only ${namesOf(folder.entries)}`,
      mend: 'put the content under python/, or delete build.method'
    })
  }
  const taken = [...layout, ...source.filter(path => !layout.includes(path))]
  if (!complete) return { kind: 'prebuilt', taken }
  const list = folder.unmetLists.find(
    path => dependencyList.test(path) || path.includes('/') || path === 'pyproject.toml' || path === 'setup.cfg'
  )
  if (list !== undefined) throw unmetList(list)
  const left = beside(folder.entries, taken)
  const code = codeIn(left)
  if (code.length > 0) {
    throw leftOut(
      'all code of the layer in the folders that Lambda mounts',
      `${namesOf(code)} beside ${layout.map(name => `${name}/`).join(', ')}`,
      'move it under python/, or set build.method: prebuilt if it is no part of the layer'
    )
  }
  return { kind: 'prebuilt', taken }
}

function unmetList(list: string): CodedError {
  const installable = list.endsWith('.txt') || list.endsWith('.lock')
  return leftOut(
    'python/ to hold all that the layer needs',
    `${list}, which names what is not in python/`,
    `${installable ? `set build.requirements: ${list} to install it into a copy of python/` : 'install it with build.command'}, or build.method: prebuilt if python/ is complete`
  )
}

function leftOut(expected: string, found: string, mend: string): CodedError {
  return new CodedError('ARCHIVE_LAYOUT', { expected, found, mend })
}

function forcedProject(build: Recipe, folder: LayerFolder): ContentMethod {
  if (!holds(folder, 'file', 'pyproject.toml', 'setup.py')) {
    throw leftOut(
      'pyproject.toml or setup.py for build.method: project',
      `only ${namesOf(folder.entries)}`,
      'add one of them, or delete build.method'
    )
  }
  const lock = projectLock(folder)
  return { kind: 'project', ...choiceOf(build), lock }
}

function choiceOf({ installer, sourceDistributions }: Recipe): InstallerChoice {
  return { installer, sourceDistributions: sourceDistributions === true }
}

function projectLock(folder: LayerFolder): Exclude<LockFile, 'Pipfile.lock'> | null {
  return (
    (['uv.lock', 'poetry.lock', 'pdm.lock', 'pylock.toml'] as const).find(name => holds(folder, 'file', name)) ?? null
  )
}

function project(build: Recipe, folder: LayerFolder): ContentMethod {
  const { pyproject, setup, entries, unmetLists } = folder
  const outside = entries.filter(({ leadsOut }) => leadsOut === true)
  if (codeIn(outside).length > 0) throw linkOut(codeIn(outside))
  const lock = projectLock(folder)
  const saysNothing = !declaresDependencies(pyproject) && !mentionsDependencies(setup)
  const file = holds(folder, 'file', 'pyproject.toml') ? 'pyproject.toml' : 'setup.py'
  const list = unmetLists.find(path => /^requirements(\/\w+)?\.txt$/.test(path) || path === 'Pipfile.lock')
  if (saysNothing && list !== undefined) {
    throw leftOut(
      'one list of what the layer needs',
      `a ${file} that names no dependencies beside ${list}`,
      `name them in ${file}, or set build.requirements: ${list} to install them and copy the code, or build.method: project if the layer needs none`
    )
  }
  const packaged = lock === null || holds(folder, 'file', 'setup.py') || isPackage(lock, pyproject)
  return packaged ? { kind: 'project', ...choiceOf(build), lock } : requirementsMethod(build, lock, folder)
}

function linkOut(links: readonly FolderEntry[]): CodedError {
  return leftOut(
    "the layer's code in its folder",
    `${namesOf(links)}, a link that leads out of it or to nothing`,
    'put the code itself there, or build with build.command and name the other folder in also-watch'
  )
}

function forcedRequirements(build: Recipe, folder: LayerFolder): ContentMethod {
  if (build.kind === 'requirements') return requirementsMethod(build, build.requirements, folder)
  const found = ['requirements.txt', ...lockFiles].find(name => holds(folder, 'file', name))
  if (found !== undefined) return requirementsMethod(build, found, folder)
  throw leftOut(
    `requirements.txt or ${lockFiles.join(', ')} for build.method: requirements`,
    `only ${namesOf(folder.entries)}`,
    'name the file in build.requirements'
  )
}

function requirementsMethod(build: Recipe, requirements: string, folder: LayerFolder): ContentMethod {
  const name = requirements.slice(requirements.lastIndexOf('/') + 1)
  const lock = lockFiles.find(each => each === name)
  const hasPython = holds(folder, 'folder', 'python')
  const source = build.source ?? [...(hasPython ? ['python'] : []), ...allPackages(folder, hasPython)]
  const layout = hasPython ? ['bin', 'lib', 'extensions'].filter(each => holds(folder, 'folder', each)) : []
  const copied = { source, ...(layout.length === 0 ? {} : { besidePython: layout }) }
  if (lock === undefined) return { kind: 'requirements', ...choiceOf(build), requirements, ...copied }
  return { kind: 'locked', ...choiceOf(build), lock, folder: requirements.slice(0, -name.length) || '.', ...copied }
}

/** The packages of the folder. What cannot be told to be one, but is the team's, is refused: `build.source` says it. */
function allPackages({ entries }: LayerFolder, hasPython: boolean): readonly string[] {
  const others = hasPython ? beside(entries, layoutFolders) : entries
  const links = codeIn(others.filter(({ leadsOut }) => leadsOut === true))
  if (links.length > 0) throw linkOut(links)
  if (others.some(({ name, isNamespace }) => name === 'src' && isNamespace === true)) {
    throw leftOut(
      "the layer's packages at the top of its folder",
      'packages in src/',
      'name them in build.source, for example [src/da_flask], or add a pyproject.toml with a build backend'
    )
  }
  const packages = packagesOf(others)
  const data = packages.some(name => name.endsWith('.py')) ? dataIn(others) : []
  if (data.length > 0) {
    throw leftOut(
      'only code beside the modules of the layer',
      `${namesOf(data)} beside ${packages
        .filter(name => name.endsWith('.py'))
        .slice(0, 3)
        .join(', ')}`,
      'name all that belongs to the layer in build.source, modules too'
    )
  }
  return packages
}

/** Many a `pyproject.toml` only sets up linters. */
function isProject(pyproject: string): boolean {
  return hasTable(pyproject, 'project|build-system|tool[.]poetry')
}

/** Whether the tool that made the lock would build the project itself (uv "Configuring projects", Poetry "The pyproject.toml file"). */
function isPackage(lock: LockFile, pyproject: string): boolean {
  if (lock === 'poetry.lock') return !/^[ \t]*package-mode[ \t]*=[ \t]*false\b/m.test(pyproject)
  const distribution = lock === 'pdm.lock' ? 'distribution' : 'package'
  return (
    hasTable(pyproject, 'build-system') &&
    !new RegExp(`^[ \\t]*${distribution}[ \\t]*=[ \\t]*false\\b`, 'm').test(pyproject)
  )
}

function hasTable(toml: string, name: string): boolean {
  return new RegExp(`^[ \\t]*\\[[ \\t]*(?:${name})[ \\t]*[\\].]`, 'm').test(toml)
}
