/** Which modules a layer brings: the team's own, and those of the packages that are installed in it. */
import { statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { normalizedName } from '../../../model/packages.js'
import type { InstalledFiles } from '../installed-packages.js'
import { readNames } from './module-files.js'
import { sourceText } from '../../source/source-text.js'

/** What a layer's folders hold to be imported. Names with dots lie in namespace packages, which do nothing themselves. */
export interface LayerModules {
  /** Of the team's own source. */
  readonly own: readonly string[]
  /** Of packages that an installer has recorded. */
  readonly installed: readonly string[]
  /** Modules inside the own packages, which nothing need import. */
  readonly inside: readonly string[]
}

/** No layer is meant to have these imported. */
const notImported = /^(tests?|testing|conftest|setup|docs?|examples?|benchmarks?|noxfile|toxfile|__pycache__|__main__)$/
/** Beside packages in an installer's target folder. */
const notPackages = /^(bin|lib|lib64|include|share|etc|data|docs?)$/
const sharedLibrary = /^lib[^.]*\.so$/
const mostModules = 2000
const identifier = /^[^\W\d]\w*$/

/** For Python 3.`minor`. `projects`: the installed packages that are the team's own, as their names stand in a RECORD's folder. */
export function layerModules(
  content: string,
  roots: readonly string[],
  minor: number,
  installed: InstalledFiles,
  projects: ReadonlySet<string>
): LayerModules {
  const foreign = [...installed].flatMap(([path, { name }]) => (projects.has(normalizedName(name)) ? [] : [path]))
  const byInstaller = new Set(foreign.flatMap(path => [path, ...foldersOf(path)]))
  const found = { own: new Set<string>(), installed: new Set<string>(), inside: new Set<string>() }
  for (const root of roots) {
    for (const { name, path, kind } of modulesIn(root, '', minor)) {
      if (kind === 'namespace' && notPackages.test(name)) continue
      for (const module of importable(name, path, kind, minor)) {
        const place = relative(content, module.path)
        const set = byInstaller.has(place) ? found.installed : found.own
        set.add(module.name)
        if (set === found.own && module.kind === 'package') addInside(module.name, module.path, minor, found.inside)
      }
    }
  }
  const list = (set: ReadonlySet<string>): readonly string[] => [...set].sort().slice(0, mostModules)
  return { own: list(found.own), installed: list(found.installed), inside: list(found.inside) }
}

function foldersOf(path: string): readonly string[] {
  const folders: string[] = []
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1))
    folders.push(path.slice(0, slash))
  return folders
}

interface Module {
  readonly name: string
  readonly path: string
  readonly kind: 'package' | 'namespace' | 'module'
}

function modulesIn(folder: string, before: string, minor: number): readonly Module[] {
  const names = readNames(folder)
  return names.flatMap((entry): readonly Module[] => {
    const path = join(folder, entry)
    const [, plain = entry, tag] =
      /^(.+?)(?:\.(?:abi3|cpython-(\d+)(?:[A-Za-z-][\w-]*)?))?\.(?:py|so)$/.exec(entry) ?? []
    // Another Python's is none of this one's.
    if (tag !== undefined && tag !== `3${minor}`) return []
    if (!identifier.test(plain) || notImported.test(plain) || sharedLibrary.test(entry)) return []
    const name = `${before}${plain}`
    if (plain !== entry) return [{ name, path, kind: 'module' }]
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return []
    return [{ name, path, kind: isPackage(path) ? 'package' : 'namespace' }]
  })
}

function isPackage(folder: string): boolean {
  return readNames(folder).some(name => /^__init__\.(py|pyc|[\w.-]*so)$/.test(name))
}

/** A namespace package stands for what is in it. */
function importable(name: string, path: string, kind: Module['kind'], minor: number, depth = 0): readonly Module[] {
  if (kind !== 'namespace') return [{ name, path, kind }]
  if (depth > 5) return []
  return modulesIn(path, `${name}.`, minor).flatMap(inner =>
    importable(inner.name, inner.path, inner.kind, minor, depth + 1)
  )
}

function addInside(name: string, path: string, minor: number, inside: Set<string>): void {
  for (const module of modulesIn(path, `${name}.`, minor)) {
    if (inside.size >= mostModules || module.name.endsWith('.__init__')) continue
    if (module.kind !== 'namespace') inside.add(module.name)
    if (module.kind !== 'module') addInside(module.name, module.path, minor, inside)
  }
}

/** Where a project's own name stands (PyPA, "pyproject.toml specification"; Poetry "The pyproject.toml file"; setuptools "setup.cfg"). */
const namePlaces: readonly { readonly file: string; readonly table: RegExp | null }[] = [
  { file: 'pyproject.toml', table: /^\s*\[\s*(project|tool\.poetry|tool\.flit\.metadata)\s*\]/ },
  { file: 'setup.cfg', table: /^\s*\[\s*metadata\s*\]/ },
  { file: 'setup.py', table: null }
]

/** The names under which an installer would record the folder's own project, normalized; none where they are made up while it is built. */
export async function ownProjects(sourceDirectory: string): Promise<ReadonlySet<string>> {
  const names = new Set<string>()
  for (const { file, table } of namePlaces) {
    const text = await sourceText(join(sourceDirectory, file))
    let inside = table === null
    for (const line of text.split('\n')) {
      if (table !== null && /^\s*\[/.test(line)) inside = table.test(line)
      const name = inside ? nameIn(line, file) : null
      if (name !== null) names.add(normalizedName(name))
    }
  }
  return names
}

function nameIn(line: string, file: string): string | null {
  const quoted =
    file === 'setup.py' ? /\bname\s*=\s*["']([^"']+)["']/ : /^\s*(?:name|module)\s*=\s*["']?([A-Za-z0-9._-]+)/
  return quoted.exec(line)?.[1] ?? null
}
