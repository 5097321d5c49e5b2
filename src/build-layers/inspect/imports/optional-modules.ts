/** Compiled modules that their packages do without: accelerators with a fallback in Python. */
import { readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { readNames } from './module-files.js'
import { importsInFunctions, importSteps, type ImportStep, type PythonImport } from './python-source.js'
import { absoluteName } from './resolve-imports.js'

/** What the code of a module does with other modules, by their names. */
interface Uses {
  /** It cannot be imported without them. */
  readonly outright: readonly string[]
  /** It goes on without them. */
  readonly guarded: readonly string[]
  /** One of its functions needs them. */
  readonly inFunctions: readonly string[]
}

/** A file of more than this is data. */
const maxSourceBytes = 2_000_000
const mostFiles = 20_000

/**
 * Of compiled modules that cannot be loaded under Python 3.`minor`, those whose failure is caught wherever it shows: what needs them outright is itself imported
 * only under a `try` with a handler for it, and no function imports them.
 * @param roots absolute folders on `sys.path`
 * @param files absolute paths of compiled modules
 */
export function optionalModules(
  roots: readonly string[],
  minor: number,
  files: readonly string[]
): ReadonlySet<string> {
  const uses = new Map<string, Uses>()
  for (const root of roots) readUses(root, '', minor, uses)
  return new Set(
    files.filter(file => {
      const names = roots.flatMap(root => moduleName(root, file) ?? [])
      return names.length > 0 && names.every(name => isOptional(name, uses))
    })
  )
}

/** `yaml._yaml` of `<root>/yaml/_yaml.cpython-311-x86_64-linux-gnu.so`; `null` where it does not lie below the root. */
function moduleName(root: string, file: string): string | null {
  const path = relative(root, file)
  const [, stem] = /^((?:\w+\/)*\w+)(?:\.[\w-]+)?\.so$/.exec(path) ?? []
  return stem === undefined ? null : stem.replaceAll('/', '.')
}

function isOptional(module: string, all: ReadonlyMap<string, Uses>): boolean {
  const broken = new Set([module])
  const fails = (name: string): boolean => prefixesOf(name).some(each => broken.has(each))
  for (let before = 0; before !== broken.size;) {
    before = broken.size
    for (const [name, { outright }] of all)
      if (!broken.has(name) && (fails(name) || outright.some(fails))) broken.add(name)
  }
  const sound = [...all].filter(([name]) => !broken.has(name)).map(([, uses]) => uses)
  if (sound.some(({ inFunctions }) => inFunctions.some(fails))) return false
  const caught = new Set(sound.flatMap(({ guarded }) => guarded.filter(name => broken.has(name))))
  for (const name of caught) for (const next of all.get(name)?.outright ?? []) if (broken.has(next)) caught.add(next)
  return [...broken].every(name => caught.has(name))
}

function readUses(folder: string, before: string, minor: number, uses: Map<string, Uses>): void {
  for (const entry of readNames(folder)) {
    const path = join(folder, entry)
    const [, name, isSource] = /^([^\W\d]\w*)(\.py)?$/.exec(entry) ?? []
    if (name === undefined || uses.size >= mostFiles) continue
    const stats = statSync(path, { throwIfNoEntry: false })
    if (isSource === undefined) {
      if (stats?.isDirectory() === true) readUses(path, `${before}${name}.`, minor, uses)
    } else if (stats?.isFile() === true && stats.size <= maxSourceBytes) {
      const isPackage = name === '__init__' && before !== ''
      const module = isPackage ? before.slice(0, -1) : `${before}${name}`
      uses.set(module, usesOf(readFileSync(path, 'utf8'), module, isPackage, minor))
    }
  }
}

function usesOf(source: string, module: string, isPackage: boolean, minor: number): Uses {
  const outright: string[] = []
  const guarded: string[] = []
  const names = (one: PythonImport): readonly string[] => importedNames(one, module, isPackage)
  const collect = (steps: readonly ImportStep[], into: string[]): void => {
    for (const step of steps) {
      if (step.kind === 'import') for (const name of names(step)) into.push(name)
      else {
        collect(step.body, step.otherwise === null ? into : guarded)
        collect(step.otherwise ?? [], into)
      }
    }
  }
  collect(importSteps(source, minor), outright)
  return { outright, guarded, inFunctions: importsInFunctions(source).flatMap(names) }
}

/** The modules that an import statement loads, as far as they are modules: `from a.b import c` → `a`, `a.b`, `a.b.c`. */
function importedNames(
  { level, module, names }: PythonImport,
  importer: string,
  isPackage: boolean
): readonly string[] {
  const base = absoluteName(level, module, importer, isPackage)
  return base === null ? [] : [...prefixesOf(base), ...(names ?? []).map(name => `${base}.${name}`)]
}

function prefixesOf(name: string): readonly string[] {
  const parts = name.split('.')
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'))
}
