/** Builds one layer, from its folder to an inspected archive. */
import { join, relative } from 'node:path'
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import type { Artifact, Layer } from '../model/index.js'
import { listContent, type ContentEntry, type FileEntry, type SymlinkEntry } from './archive/list-content.js'
import { packingError } from './archive/read-unchanged.js'
import { writeArchive } from './archive/write-archive.js'
import { visibleToBuild, readJobEnvironment, type BuildDependencies } from './command/run-command.js'
import { scratchFolder, type BuildRequest } from './build-request.js'
import type { ContentFile } from './bill-of-materials/parts.js'
import { checkContent } from './check-content.js'
import { judgeSecrets } from './inspect/secrets/found-secrets.js'
import { inspectContent, loadabilityOf } from './inspect/inspect-content.js'
import { rootsFor } from './inspect/imports/check-imports.js'
import { optionalModules } from './inspect/imports/optional-modules.js'
import { ownProjects } from './inspect/imports/layer-modules.js'
import { declaredPythons } from './inspect/wheel-tags.js'
import { readInstalledFiles } from './inspect/installed-packages.js'
import { largestPackages, packageText } from '../model/packages.js'
import type { ProcessRunner } from '../ports/process.js'
import { buildPlace, fixedFolders, findIsolation } from './command/isolation/build-place.js'
import { machineError } from './command/failure.js'
import { stageContent, type StagedContent } from './stage-content.js'
import { elfNeeds, type ElfNeeds } from './inspect/elf.js'

export type { BuildDependencies } from './command/run-command.js'
export type { BuildRequest } from './build-request.js'

/**
 * Builds one layer: stages its content, checks it, packs it into `layer.zip` in the output folder, and inspects it. What the inspection finds is in the artifact's
 * verdicts; a build that cannot be done throws `BUILD_FAILED`, `ARCHIVE_LAYOUT`, `ARCHIVE_UNSAFE_PATH` or `CANCELLED`. Opens one group in the log.
 */
export async function buildLayer(request: BuildRequest, deps: BuildDependencies): Promise<Artifact> {
  try {
    return await deps.log.group(`Build layer ${request.layer.id}`, async () =>
      build(request, await inItsPlace(request, deps))
    )
  } catch (thrown) {
    throw machineError(thrown, 'the layer to be built')
  }
}

/** The same, with commands that run where the build's own variables and folders are all that they find. */
async function inItsPlace(request: BuildRequest, deps: BuildDependencies): Promise<BuildDependencies> {
  const { layer, sourceDirectory, outputDirectory } = request
  const named = layer.build.environment ?? []
  const sees = visibleToBuild(named)
  // What a command drops as temporary goes when the build goes.
  const temporary = await scratchFolder(request, 'tmp')
  const base = request.baseDirectory
  const folders = base === undefined ? { source: sourceDirectory, output: outputDirectory } : { all: base }
  const { checkout } = deps
  const fixed = fixedFolders(layer.id, folders)
  let place: Promise<ProcessRunner> | undefined
  // A folder that is taken as it is runs no command, and needs no place.
  const open = async (): Promise<ProcessRunner> => {
    const isolation = await (deps.isolation?.() ?? findIsolation(deps))
    const job = await readJobEnvironment(deps)
    return buildPlace({ fixed, isolation, named, sees, job, checkout }, deps.process)
  }
  return {
    ...deps,
    sees,
    outside: text => fixed.reduce((result, { from, to }) => result.replaceAll(to, from), text),
    place: {
      run: async command => (await (place ??= open())).run({ ...command, env: { TMPDIR: temporary, ...command.env } })
    }
  }
}

async function build(request: BuildRequest, deps: BuildDependencies): Promise<Artifact> {
  const { layer, outputDirectory } = request
  const { content, kind, taken, yanked } = await stageContent(request, deps)
  for (const { name, version } of yanked.slice(0, mostWarnings))
    deps.log.warning(`Layer ${layer.id}: ${name} ${version} is installed although its index has withdrawn it (yanked)`)
  const installed = await readInstalledFiles(content)
  const importable = await checkContent(request, { content, kind, installed }, deps)
  const entries = (await list(content, layer.build.exclude)).filter(isTaken(taken))
  const file = join(outputDirectory, 'layer.zip')
  const options = {
    ...(deps.signal === undefined ? {} : { signal: deps.signal }),
    ...(deps.packers === undefined ? {} : { packers: deps.packers })
  }
  // What is refused has no bytes to pack; its verdict keeps the archive from being used.
  const packed = await writeArchive(content, entries.filter(isPackable), file, options)
  const { secrets, traits, threads, files, ...archive } = packed
  const { unzippedBytes } = archive
  const { allowSecrets = [] } = layer.build
  const judged = judgeSecrets(entries, secrets, path => installed.has(path), allowSecrets)
  for (const entry of judged.unused) deps.log.warning(unusedAllowance(layer.id, entry))
  const packages = largestPackages(entries.filter(isFile), installed)
  const compiled = [...traits].flatMap(([path, { machine }]) => (machine === undefined ? [] : [path]))
  const needs = readElfNeeds(content, compiled)
  const pointers = absolutePointers(content, entries.filter(isFile))
  const found = { entries, unzippedBytes, secrets: judged, traits, packages, needs, pointers }
  const inspected = { ...found, optional: optionalFiles(layer, content, loadabilityOf(layer, found).unfit) }
  const verdicts = inspectContent(layer, inspected)
  for (const each of loadabilityOf(layer, inspected).unknown.slice(0, mostWarnings))
    deps.log.warning(`Layer ${layer.id}: ${each}`)
  deps.log.info(`Largest: ${packages.map(packageText).join(', ')}`)
  deps.log.info(
    `${archive.fileCount} files, ${archive.unzippedBytes} bytes, zipped ${archive.sizeBytes}; content ${archive.contentDigest}; packed by ${threads === 1 ? 'one thread' : `${threads} threads`}`
  )
  const billed = await billOf(request, { root: content, files, kind }, archive.contentDigest, deps)
  return { layerId: layer.id, file, ...archive, packages, yanked, ...billed, verdicts: [...verdicts, importable] }
}

/** A layer that nobody can list the packages of is deployed all the same: what is missing is told. */
async function billOf(
  { layer, outputDirectory, sourceDirectory }: BuildRequest,
  content: { readonly root: string; readonly files: readonly ContentFile[]; readonly kind: StagedContent['kind'] },
  contentDigest: string,
  { log }: BuildDependencies
): Promise<Pick<Artifact, 'bill' | 'ownFiles'>> {
  const { id: layerId, compatibleRuntimes, compatibleArchitectures } = layer
  const subject = { layerId, contentDigest, compatibleRuntimes, compatibleArchitectures }
  try {
    const { writeBill } = await import('./bill-of-materials/write-bill.js')
    const { ownFilesIn } = await import('./bill-of-materials/parts.js')
    const { bill, parts } = await writeBill(subject, content, join(outputDirectory, 'bill.cdx.json'))
    // What a folder holds that is taken as it is was installed by somebody else.
    const projects = content.kind === 'prebuilt' ? new Set<string>() : await ownProjects(sourceDirectory)
    return { bill, ownFiles: ownFilesIn(parts, projects) }
  } catch (error) {
    log.warning(`Layer ${layerId} has no bill of materials: ${error instanceof Error ? error.message : String(error)}`)
    return {}
  }
}

async function list(content: string, exclude: readonly string[]): Promise<readonly ContentEntry[]> {
  try {
    return await listContent(content, exclude)
  } catch (thrown) {
    throw packingError(thrown)
  }
}

const mostWarnings = 5

/** Of the files that cannot be loaded, those that no declared Python needs. */
function optionalFiles(
  layer: Layer,
  content: string,
  unfit: readonly { readonly path: string }[]
): ReadonlySet<string> {
  const modules = unfit.map(({ path }) => join(content, path))
  if (modules.length === 0) return new Set()
  const byPython = declaredPythons(layer).map(({ minor }) => optionalModules(rootsFor(content, minor), minor, modules))
  const optional = modules.filter(file => byPython.length > 0 && byPython.every(files => files.has(file)))
  return new Set(optional.map(file => relative(content, file)))
}

/** Only what Lambda mounts for a runtime, and what the recipe names: a README beside it makes no new version. */
function isTaken(taken: readonly string[] | null): (entry: ContentEntry) => boolean {
  return ({ path }) => taken === null || taken.some(each => path === each || path.startsWith(`${each}/`))
}

function unusedAllowance(layerId: string, entry: string): string {
  return `Layer ${layerId}: build.allow-secrets names ${entry}, where nothing looks like a secret: delete the entry, or correct its path`
}

function isFile(entry: ContentEntry): entry is FileEntry {
  return entry.kind === 'file'
}

function isPackable(entry: ContentEntry): entry is FileEntry | SymlinkEntry {
  return entry.kind !== 'refused'
}

/** What of a content's files is read a second time: the few places of compiled files that say what they need, and files that may point out of the layer. */
function readElfNeeds(content: string, paths: readonly string[]): ReadonlyMap<string, ElfNeeds> {
  const needs = new Map<string, ElfNeeds>()
  for (const path of paths) {
    const file = openSync(join(content, path), 'r')
    try {
      const found = elfNeeds((offset, length) => {
        const bytes = Buffer.alloc(length)
        return bytes.subarray(0, readSync(file, bytes, 0, length, offset))
      })
      if (found !== null) needs.set(path, found)
    } finally {
      closeSync(file)
    }
  }
  return needs
}

/** How installers leave a pointer instead of code: setuptools, hatchling, meson-python and others each name theirs in one of these ways. */
const pointerFile = /(^|\/)([^/]+\.(pth|egg-link)|_*editable_[^/]*\.py|[^/]*_editable_(loader|finder|impl)[^/]*\.py)$/i
const mostBytes = 1_000_000

/** Files that lead the import system to an absolute path outside the layer: what lies there on a build machine does not lie there in Lambda. */
function absolutePointers(
  content: string,
  files: readonly { readonly path: string; readonly sizeBytes: number }[]
): readonly string[] {
  return files
    .filter(({ path, sizeBytes }) => pointerFile.test(path) && sizeBytes <= mostBytes)
    .map(({ path }) => path)
    .filter(path => pointsOut(path, readFileSync(join(content, path), 'utf8')))
}

function pointsOut(path: string, text: string): boolean {
  if (/["'](?:\/(?!opt\/)[^"'\n]+\/|[A-Za-z]:[\\/])/.test(text)) return true
  return !path.endsWith('.py') && /^[ \t]*(?:\/(?!opt\/)|[A-Za-z]:[\\/]|file:)/m.test(text)
}
