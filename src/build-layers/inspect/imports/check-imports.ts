/** Whether what a layer brings can be imported where it is meant to run: before it is published, not after. */
import { normalizedName } from '../../../model/packages.js'
import { statSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Layer, Verdict } from '../../../model/index.js'
import type { BuildRequest } from '../../build-request.js'
import { readPython, type FoundPython } from '../../install/python/find-python.js'
import type { BuildDependencies } from '../../command/run-command.js'
import type { InstalledFiles } from '../installed-packages.js'
import { declaredPythons } from '../wheel-tags.js'
import { isStandardModule, runtimeModules } from './known-modules.js'
import { layerModules, type LayerModules } from './layer-modules.js'
import { ImportResolver } from './resolve-imports.js'
import { runImports, syntaxErrors, type ImportOutcome } from './run-imports.js'

export interface ImportSubject {
  /** Absolute path of what will be packed. */
  readonly content: string
  readonly installed: InstalledFiles
  /** Normalized names of installed packages that are the team's own. */
  readonly projects: ReadonlySet<string>
  /** What a failed import does. A folder that somebody else has filled is warned about. */
  readonly onFailure: 'refuse' | 'warn'
}

/** The layer's Python of a version where this machine has one that can load the layer's compiled code. */
export type PythonFinder = (minor: number) => Promise<FoundPython | null>

interface Failure {
  readonly module: string
  readonly importer: string
  readonly why: string
}

/** Of a layer that declares no Python runtime: what fails under the oldest and the newest fails. */
const anyPython = [9, 14]
const shown = 3

/** Imports the modules of the team's own source, or follows their imports through the files where the layer's Python is not on this machine. Verdict `LAYER_NOT_IMPORTABLE`. */
export async function checkImports(
  request: BuildRequest,
  subject: ImportSubject,
  pythonFor: PythonFinder,
  deps: BuildDependencies
): Promise<Verdict> {
  const { layer } = request
  if (layer.build.check === 'none') return passed(layer, 'not looked at, by build.check: none')
  const declared = declaredPythons(layer).map(({ minor }) => minor)
  const failures = new Map<number, readonly Failure[]>()
  let count = 0
  let refuses = subject.onFailure === 'refuse'
  for (const minor of declared.length > 0 ? declared : anyPython) {
    const roots = rootsFor(subject.content, minor)
    const modules = layerModules(subject.content, roots, minor, subject.installed, subject.projects)
    // Nothing of the team's own: what it has named is tried, but is not its to mend.
    const tried = refuses && modules.own.length > 0 ? modules.own : [...modules.own, ...modules.installed]
    if (modules.own.length === 0) refuses = false
    if (tried.length === 0) continue
    count = Math.max(count, tried.length)
    const python = declared.length > 0 ? await pythonFor(minor) : null
    failures.set(minor, await failuresOf(request, { roots, minor, tried, modules, python, subject }, deps))
  }
  const all = [...failures.values()]
  const counted = declared.length > 0 ? all.flat() : (all[0] ?? []).filter(one => all.every(each => has(each, one)))
  if (counted.length === 0) return passed(layer, count === 0 ? 'nothing to import' : `${count} modules can be imported`)
  const finding = findingOf(layer, counted)
  if (refuses) return { guard: 'LAYER_NOT_IMPORTABLE', subject: layer.id, passed: false, finding }
  deps.log.warning(`Layer ${layer.id}: ${finding.found}; to have it imported, ${finding.mend}`)
  return passed(layer, `with a warning: ${finding.found}`)
}

function passed(layer: Layer, detail: string): Verdict {
  return { guard: 'LAYER_NOT_IMPORTABLE', subject: layer.id, passed: true, detail }
}

/** AWS Lambda Developer Guide, "Layer paths for each Lambda runtime", in the order of Lambda's `sys.path`. */
export function rootsFor(content: string, minor: number): readonly string[] {
  const folders = [join(content, `python/lib/python3.${minor}/site-packages`), join(content, 'python')]
  return folders.filter(folder => statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true)
}

interface Trial {
  readonly roots: readonly string[]
  readonly minor: number
  readonly tried: readonly string[]
  readonly modules: LayerModules
  readonly python: FoundPython | null
  readonly subject: ImportSubject
}

async function failuresOf(request: BuildRequest, trial: Trial, deps: BuildDependencies): Promise<readonly Failure[]> {
  const { roots, minor, tried, modules, python, subject } = trial
  const resolver = new ImportResolver(roots, minor)
  const outcomes = python === null ? null : await runs(request, trial, python, deps)
  const failures = tried.flatMap(module => {
    const outcome = outcomes?.get(module)
    if (outcome?.kind === 'imported') return []
    if (outcome?.kind === 'broken' && !lacksOnRunner(outcome, minor)) return [outcome]
    const failed = resolver.resolve(module, module)
    if (outcome !== undefined && failed === null) deps.log.warning(unclearText(request.layer, module, outcome))
    return failed === null ? [] : [failed]
  })
  if (python === null) failures.push(...(await unparsed(request, trial, resolver.filesRead(), deps)))
  if (modules.own.length > 0 && failures.length === 0 && subject.onFailure === 'refuse')
    tellInside(request.layer, modules.inside, resolver, deps)
  return failures
}

/** Where the layer's Python is not here: the team's files that are imported and are not written in it, as far as a newer one can tell. */
async function unparsed(
  request: BuildRequest,
  { minor, subject }: Trial,
  read: readonly string[],
  deps: BuildDependencies
): Promise<readonly Failure[]> {
  const { content, installed, projects } = subject
  const files = read
    .map(file => relative(content, file))
    .filter(file => projects.has(normalizedName(installed.get(file)?.name ?? '')) || !installed.has(file))
  const python = files.length === 0 ? null : await readPython(request.python ?? 'python3', deps)
  if (python === null || Number(python.version.split('.')[1]) < minor) return []
  const scratch = join(request.outputDirectory, `syntax-${minor}`)
  await mkdir(scratch)
  const found = await syntaxErrors({ executable: python.executable, minor, root: content, files, scratch }, deps)
  return found.map(({ file, why }) => {
    const module = file
      .replace(/^python\/(?:lib\/[^/]+\/site-packages\/)?|(?:\/__init__)?\.py$/g, '')
      .replaceAll('/', '.')
    return { module, importer: module, why }
  })
}

async function runs(
  request: BuildRequest,
  { roots, tried, minor, subject }: Trial,
  python: FoundPython,
  deps: BuildDependencies
): Promise<ReadonlyMap<string, ImportOutcome>> {
  const scratch = join(request.outputDirectory, `imports-${minor}`)
  await mkdir(scratch)
  const env = {
    HOME: scratch,
    // As in Lambda: a client of AWS that is made while a module is imported finds its region.
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    LD_LIBRARY_PATH: join(subject.content, 'lib')
  }
  return runImports({ executable: python.executable, roots, modules: tried, scratch, env }, deps)
}

/** The runner's Python may have been built without a part of the standard library that Lambda's has. */
function lacksOnRunner({ module }: Failure, minor: number): boolean {
  const top = module.split('.')[0] ?? ''
  return isStandardModule(top, minor) || runtimeModules.includes(top)
}

function unclearText({ id }: Layer, module: string, outcome: ImportOutcome): string {
  const why = outcome.kind === 'imported' ? '' : outcome.why
  return `Layer ${id}: importing ${module} on this runner ended in ${why}; in Lambda it may succeed, so the layer is not refused for it`
}

/** Modules that nothing at the top imports may need what only some functions have. */
function tellInside(layer: Layer, inside: readonly string[], resolver: ImportResolver, deps: BuildDependencies): void {
  const failures = inside.flatMap(module => resolver.resolve(module, module) ?? [])
  if (failures.length === 0) return
  deps.log.warning(
    `Layer ${layer.id}: ${listed(failures)}; the layer is published, as nothing imports that at its top: add it to the layer if a function needs it`
  )
}

function has(failures: readonly Failure[], { module, importer }: Failure): boolean {
  return failures.some(other => other.module === module && other.importer === importer)
}

function findingOf(layer: Layer, failures: readonly Failure[]): { expected: string; found: string; mend: string } {
  const runtimes = layer.compatibleRuntimes.filter(runtime => runtime.startsWith('python')).join(', ') || 'Python'
  const broken = failures.filter(({ why }) => why.includes('SyntaxError'))
  const lacking = failures.filter(failure => !broken.includes(failure))
  const names = [...new Set(lacking.map(({ module }) => module.split('.')[0] ?? module))].slice(0, shown)
  return {
    expected: `the modules of the layer to be importable under ${runtimes} with nothing but the layer, the standard library and what Lambda brings`,
    found: listed(failures),
    mend:
      names.length === 0
        ? `write ${broken[0]?.module ?? 'the code'} in the Python that the layer declares, or declare the one that it is written in`
        : `add ${names.join(', ')} to what the layer installs or copies, in a version that fits; where another layer brings it, set build.check: none`
  }
}

function listed(failures: readonly Failure[]): string {
  const texts = [...new Set(failures.map(({ importer, why }) => `${importer}: ${why}`))]
  const more = texts.length - shown
  return texts.slice(0, shown).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
