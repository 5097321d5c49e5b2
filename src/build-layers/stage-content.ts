import { realpath } from 'node:fs/promises'
import type { PackageVersion } from '../model/index.js'
import type { BuildRequest } from './build-request.js'
import { chooseMethod, type ContentMethod } from './source/choose-method.js'
import { copySource, insideOf } from './source/copy-source.js'
import { readLayerFolder, type LayerFolder } from './source/layer-folder.js'
import { beside } from './source/own-code.js'
import { commandContent } from './command/command-content.js'
import { installLayer } from './install/install-layer.js'
import type { BuildDependencies } from './command/run-command.js'

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
