import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Where a module's code lies. `folders`: what its submodules are looked for in; of a plain module none. */
export interface ModuleFiles {
  readonly kind: 'source' | 'compiled' | 'namespace'
  /** The `.py` file; `null` where there is none to be read. */
  readonly file: string | null
  readonly folders: readonly string[]
}

/** Finds modules in folders of a layer the way Python's import system does ("The import system", Python's documentation), for one Python version. */
export class ModuleFinder {
  private readonly kinds = new Map<string, 'file' | 'folder' | null>()

  constructor(
    private readonly roots: readonly string[],
    private readonly minor: number
  ) {}

  /** `null` where no folder holds it. */
  find(name: string): ModuleFiles | null {
    const parts = name.split('.')
    let folders = this.roots
    let found: ModuleFiles | null = null
    for (const part of parts) {
      found = this.findIn(folders, part)
      if (found === null) return null
      folders = found.folders
    }
    return found
  }

  private findIn(folders: readonly string[], name: string): ModuleFiles | null {
    const namespace: string[] = []
    for (const folder of folders) {
      const path = join(folder, name)
      const isFolder = this.kindOf(path) === 'folder'
      const initial = isFolder ? this.codeAt(join(path, '__init__')) : null
      if (initial !== null) return { ...initial, folders: [path] }
      const module = this.codeAt(path)
      if (module !== null) return module
      if (isFolder) namespace.push(path)
    }
    return namespace.length === 0 ? null : { kind: 'namespace', file: null, folders: namespace }
  }

  private codeAt(stem: string): ModuleFiles | null {
    const isFile = (suffix: string): boolean => this.kindOf(`${stem}${suffix}`) === 'file'
    if (isFile('.py')) return { kind: 'source', file: `${stem}.py`, folders: [] }
    if (isFile('.abi3.so') || isFile('.so') || isFile('.pyc') || this.hasTaggedModule(stem))
      return { kind: 'compiled', file: null, folders: [] }
    return null
  }

  private readonly listings = new Map<string, readonly string[]>()

  /** `_speedups.cpython-310-x86_64-linux-gnu.so` (PEP 3149). */
  private hasTaggedModule(stem: string): boolean {
    const slash = stem.lastIndexOf('/')
    const folder = stem.slice(0, slash)
    let names = this.listings.get(folder)
    if (names === undefined) {
      names = readNames(folder).filter(name => name.endsWith('.so'))
      this.listings.set(folder, names)
    }
    const start = `${stem.slice(slash + 1)}.cpython-3${this.minor}-`
    return names.some(name => name.startsWith(start))
  }

  private kindOf(path: string): 'file' | 'folder' | null {
    const known = this.kinds.get(path)
    if (known !== undefined) return known
    const stats = statSync(path, { throwIfNoEntry: false })
    const kind = stats?.isFile() === true ? 'file' : stats?.isDirectory() === true ? 'folder' : null
    this.kinds.set(path, kind)
    return kind
  }
}

/** The names in a folder, none where there is no such folder. */
export function readNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
