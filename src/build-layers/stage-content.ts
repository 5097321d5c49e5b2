/** The content of a layer, made by the method that its folder or the configuration asks for, before anything of it is packed. */
import { realpath, lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { PackageVersion } from '../model/index.js'
import { type BuildRequest, scratchFolder } from './build-request.js'
import { chooseMethod, type ContentMethod } from './source/choose-method.js'
import { copySource, insideOf } from './source/copy-source.js'
import { readLayerFolder, type LayerFolder, beside } from './source/layer-folder.js'
import { installLayer } from './install/install-layer.js'
import { type BuildDependencies, runShell } from './command/run-command.js'
import { CodedError } from '../model/errors.js'
import { cleanInstalled } from './install/clean-installed.js'
import { packageFolders } from './inspect/installed-packages.js'

/** What will be packed, less what `build.exclude` leaves out, and how it came about. */
export interface StagedContent {
  /** Absolute path of a folder. */
  readonly content: string
  readonly kind: ContentMethod['kind']
  /** The paths in it that count; `null`: all. */
  readonly taken: readonly string[] | null
  /** Installed although their index has withdrawn them. */
  readonly yanked: readonly PackageVersion[]
}

/** What of the folder is not taken, by name; of a project and a command what they take is theirs to say. */
function leftOutOf(method: ContentMethod, { entries }: LayerFolder): readonly string[] {
  switch (method.kind) {
    case 'command':
    case 'project':
      return []
    case 'prebuilt':
      return beside(entries, method.taken).map(({ name }) => name)
    case 'requirements':
    case 'locked':
      if (method.source.includes('.')) return []
      return beside(entries, [...method.source, ...(method.besidePython ?? [])]).map(({ name }) => name)
  }
}

/** Builds the layer's content. Throws `BUILD_FAILED`, `ARCHIVE_LAYOUT`, `ARCHIVE_UNSAFE_PATH`. */
export async function stageContent(request: BuildRequest, deps: BuildDependencies): Promise<StagedContent> {
  const { layer, sourceDirectory } = request
  if (layer.build.kind === 'requirements') await insideOf(await realpath(sourceDirectory), layer.build.requirements)
  const folder = await readLayerFolder(sourceDirectory)
  const method = chooseMethod(layer.build, folder)
  deps.log.info(describe(method))
  const untaken = leftOutOf(method, folder)
  if (untaken.length > 0) deps.log.info(`Not in the layer: ${untaken.join(', ')}`)
  const { content, yanked } = await contentOf(request, method, deps)
  if ('besidePython' in method) await copySource(sourceDirectory, method.besidePython ?? [], content)
  return { content, kind: method.kind, taken: method.kind === 'prebuilt' ? method.taken : null, yanked }
}

async function contentOf(
  request: BuildRequest,
  method: ContentMethod,
  deps: BuildDependencies
): Promise<Pick<StagedContent, 'content' | 'yanked'>> {
  switch (method.kind) {
    case 'prebuilt':
      for (const path of method.taken) await insideOf(await realpath(request.sourceDirectory), path)
      return { content: request.sourceDirectory, yanked: [] }
    case 'command':
      return { content: await commandContent(request, method.command, deps), yanked: [] }
    case 'project':
    case 'requirements':
    case 'locked':
      return installLayer(request, method, deps)
  }
}

function describe(method: ContentMethod): string {
  switch (method.kind) {
    case 'prebuilt':
      return `Taken as it is: ${method.taken.join(', ')}`
    case 'command':
      return 'Running build.command'
    case 'project':
      return `Installing the project${method.lock === null ? '' : ` with what ${method.lock} pins`}`
    case 'locked':
      return `Installing what ${method.lock} pins and copying ${method.source.join(', ') || 'no source'}`
    case 'requirements':
      return `Installing ${method.requirements} and copying ${method.source.join(', ') || 'no source'}`
  }
}

/**
 * Runs `build.command` in the layer's folder, which is a copy, and gives the folder that it has written. Throws `BUILD_FAILED` where it fails, writes nothing, or writes
 * beside the folders that are its own.
 */
async function commandContent(request: BuildRequest, command: string, deps: BuildDependencies): Promise<string> {
  const { sourceDirectory, outputDirectory, layer } = request
  const content = await scratchFolder(request, 'content')
  const what = `build.command of layer ${layer.id}`
  const before = { output: await readdir(outputDirectory), source: await readdir(sourceDirectory) }
  await runShell(command, sourceDirectory, { LAYER_BUILD_DIR: content }, what, deps)

  const beside = (await readdir(outputDirectory)).filter(name => !before.output.includes(name))
  const stillThere = (await lstat(content).catch(() => null))?.isDirectory() === true
  if (beside.length > 0 || !stillThere) {
    throw new CodedError('BUILD_FAILED', {
      expected: `${what} to write only below $LAYER_BUILD_DIR`,
      found: stillThere ? `${listed(beside)} beside it` : 'that folder replaced or removed',
      mend: 'write into "$LAYER_BUILD_DIR" with the command, and leave the folder itself'
    })
  }
  if ((await readdir(content)).length > 0) {
    // Packages that the command has installed are as full of noise as ours.
    for (const folder of await packageFolders(content)) await cleanInstalled(join(content, folder))
    return content
  }
  const elsewhere = (await readdir(sourceDirectory)).filter(name => !before.source.includes(name))
  throw new CodedError('BUILD_FAILED', {
    expected: `${what} to write into $LAYER_BUILD_DIR`,
    found: elsewhere.length === 0 ? 'nothing in it' : `nothing in it, but ${listed(elsewhere)} in the layer's folder`,
    mend: 'write python/ (or the folder of its runtime) into "$LAYER_BUILD_DIR" with the command'
  })
}

function listed(names: readonly string[]): string {
  return names.slice(0, 5).sort().join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '')
}
