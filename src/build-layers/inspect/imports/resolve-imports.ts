/** Follows the imports of a module through the files of a layer, without running any of them. */
import { readFileSync, statSync } from 'node:fs'
import { isStandardModule, runtimeModules } from './known-modules.js'
import { ModuleFinder, type ModuleFiles } from './module-files.js'
import { importSteps, logicalLines, type ImportStep, type PythonImport } from './python-source.js'

/** An import that fails. */
export interface FailedImport {
  /** `flask`, or `flask.json.provider.missing` for a name that its module does not have. */
  readonly module: string
  /** The module that imports it. */
  readonly importer: string
  /** How Python would say it. */
  readonly why: string
}

/** A file of more than this is data. */
const maxSourceBytes = 2_000_000
/** Modules that import each other in a chain: Python itself gives up before (`sys.getrecursionlimit()`, several calls for each). */
const deepestChain = 400
/** A module that makes up its names or its submodules while it runs. */
const dynamicNames = /__getattr__|__path__|sys\s*\.\s*modules|meta_path|globals\s*\(|setattr\s*\(|exec\s*\(|lazy/i

/** One resolver for all modules of a layer under one Python. `roots`: the folders on `sys.path`, the first first. */
export class ImportResolver {
  private readonly finder: ModuleFinder
  private readonly results = new Map<string, FailedImport | null>()
  private readonly sources = new Map<string, string>()
  private readonly code = new Map<string, string>()
  private readonly dynamic = new Map<string, boolean>()
  private depth = 0

  constructor(
    roots: readonly string[],
    private readonly minor: number
  ) {
    this.finder = new ModuleFinder(roots, minor)
  }

  /** The first import that fails where `module` is imported; `null` where none does, as far as can be told without running it. */
  resolve(module: string, importer: string): FailedImport | null {
    const parts = module.split('.')
    for (let count = 1; count <= parts.length; count++) {
      const name = parts.slice(0, count).join('.')
      const files = this.finder.find(name)
      if (files === null) return this.missing(parts, count, importer)
      const failed = this.load(name, files)
      if (failed !== null) return failed
    }
    return null
  }

  /** Absolute paths of the sources that were read so far. */
  filesRead(): readonly string[] {
    return [...this.sources.keys()]
  }

  private missing(parts: readonly string[], count: number, importer: string): FailedImport | null {
    const [top = ''] = parts
    const module = parts.slice(0, count).join('.')
    const failed = { module, importer, why: `no module named ${module}` }
    if (count === 1) return isStandardModule(top, this.minor) || runtimeModules.includes(top) ? null : failed
    const parent = this.finder.find(parts.slice(0, count - 1).join('.'))
    return parent === null || this.isDynamic(parent) ? null : failed
  }

  private isDynamic({ kind, file }: ModuleFiles): boolean {
    return kind === 'compiled' || (file !== null && this.makesNames(file))
  }

  private load(name: string, files: ModuleFiles): FailedImport | null {
    const known = this.results.get(name)
    if (known !== undefined) return known
    // Of what lies deeper nothing is said here; it is looked at as a module of its own.
    if (this.depth >= deepestChain) return null
    // What imports itself in a circle finds itself half loaded.
    this.results.set(name, null)
    if (files.file === null) return null
    const isPackage = files.folders.length > 0
    this.depth += 1
    const failed = this.run(importSteps(this.read(files.file), this.minor), name, isPackage)
    this.depth -= 1
    this.results.set(name, failed)
    return failed
  }

  private run(steps: readonly ImportStep[], name: string, isPackage: boolean): FailedImport | null {
    for (const step of steps) {
      const failed = step.kind === 'import' ? this.follow(step, name, isPackage) : this.attempt(step, name, isPackage)
      if (failed !== null) return failed
    }
    return null
  }

  private attempt(step: ImportStep & { kind: 'try' }, name: string, isPackage: boolean): FailedImport | null {
    const failed = this.run(step.body, name, isPackage)
    if (failed === null || step.otherwise === null) return failed
    return this.run(step.otherwise, name, isPackage)
  }

  private follow({ level, module, names }: PythonImport, importer: string, isPackage: boolean): FailedImport | null {
    const base = absoluteName(level, module, importer, isPackage)
    if (base === null) {
      const shown = '.'.repeat(level) + module
      return { module: shown, importer, why: `${shown} leads out of the package` }
    }
    const failed = this.resolve(base, importer)
    if (failed !== null) return failed
    for (const name of names ?? []) {
      const missing = this.nameFrom(base, name, importer)
      if (missing !== null) return missing
    }
    return null
  }

  /** `from base import name`: something that the module itself has, else a submodule. */
  private nameFrom(base: string, name: string, importer: string): FailedImport | null {
    const files = this.finder.find(base)
    const source = files?.file == null ? '' : this.read(files.file)
    const submodule = `${base}.${name}`
    if (this.finder.find(submodule) !== null) {
      const code = this.codeOf(files?.file ?? null)
      const isBound = base === importer ? binds(code, base, name) : mentions(code, name)
      return isBound ? null : this.resolve(submodule, importer)
    }
    if (files === null || files.kind === 'compiled') return null
    // Generous: a module that mentions the name anywhere, imports with `*`, or may make names while it runs, has it.
    if (/^__\w+__$/.test(name) || mentions(source, name) || /import[\s(]*\*/.test(source)) return null
    if (files.file !== null && this.makesNames(files.file)) return null
    const why = files.kind === 'namespace' ? `no module named ${submodule}` : `cannot import name ${name} from ${base}`
    return { module: submodule, importer, why }
  }

  private makesNames(file: string): boolean {
    const source = this.read(file)
    const known = this.dynamic.get(file) ?? dynamicNames.test(source)
    this.dynamic.set(file, known)
    return known
  }

  /** Without comments and strings, which may mention any name. */
  private codeOf(file: string | null): string {
    if (file === null) return ''
    let code = this.code.get(file)
    if (code === undefined) {
      code = logicalLines(this.read(file))
        .map(({ text }) => text)
        .join('\n')
      this.code.set(file, code)
    }
    return code
  }

  private read(file: string): string {
    const known = this.sources.get(file)
    if (known !== undefined) return known
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
    // Of what is not read nothing can be said.
    const source = size > maxSourceBytes ? '__getattr__' : readFileSync(file, 'utf8')
    this.sources.set(file, source)
    return source
  }
}

/** Whether a package's own code makes the name, other than by importing its submodule of that name. */
function binds(code: string, base: string, name: string): boolean {
  const itself = new RegExp(`^from\\s*(?:\\.|${base.replaceAll('.', '[.]')})\\s*import\\b`)
  const binding = new RegExp(`^(?:(?:async\\s+)?def|class)\\s+${name}\\b|^(?:from|import)\\b.*\\b${name}\\b`)
  return code.split('\n').some(line => !itself.test(line) && (binding.test(line) || assigns(line, name)))
}

/** Among the targets of an assignment. Taken apart, not matched in one: a line of a megabyte would be gone through for each of its names. */
function assigns(line: string, name: string): boolean {
  const end = line.search(/[:=]/)
  const targets = end === -1 ? '' : line.slice(0, end)
  return /^[\w\s,()]*$/.test(targets) && targets.split(/[\s,()]+/).includes(name)
}

function mentions(text: string, name: string): boolean {
  return new RegExp(`(?<![\\w])${name}(?![\\w])`).test(text)
}

/** `null` where the dots lead out of the top package. */
export function absoluteName(level: number, module: string, importer: string, isPackage: boolean): string | null {
  if (level === 0) return module
  const parts = importer.split('.')
  const up = isPackage ? level - 1 : level
  if (up >= parts.length) return null
  const base = parts.slice(0, parts.length - up).join('.')
  return module === '' ? base : `${base}.${module}`
}
