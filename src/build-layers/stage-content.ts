import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { BuildRequest } from './build-request.js'
import { chooseMethod, type ContentMethod, type FolderEntry } from './source/choose-method.js'
import { commandContent } from './command/command-content.js'
import { installLayer } from './install/install-layer.js'
import type { BuildDependencies } from './command/run-command.js'

/** What will be packed, less what `build.exclude` leaves out, and how it came about. */
export interface StagedContent {
  /** Absolute path of a folder. */
  readonly content: string
  readonly kind: ContentMethod['kind']
}

/** Builds the layer's content. Throws `BUILD_FAILED`, `ARCHIVE_LAYOUT`, `ARCHIVE_UNSAFE_PATH`. */
export async function stageContent(request: BuildRequest, deps: BuildDependencies): Promise<StagedContent> {
  const { layer, sourceDirectory } = request
  const method = chooseMethod(layer.build, await readFolder(sourceDirectory), await readPyproject(sourceDirectory))
  deps.log.info(describe(method))
  return { content: await contentOf(request, method, deps), kind: method.kind }
}

async function contentOf(request: BuildRequest, method: ContentMethod, deps: BuildDependencies): Promise<string> {
  switch (method.kind) {
    case 'prebuilt':
      return request.sourceDirectory
    case 'command':
      return commandContent(request, method.command, deps)
    case 'project':
    case 'requirements':
    case 'locked':
      return installLayer(request, method, deps)
  }
}

async function readFolder(directory: string): Promise<readonly FolderEntry[]> {
  const names = (await readdir(directory)).filter(name => name !== '.git')
  return Promise.all(
    names.map(async name => {
      const kind = await kindOf(join(directory, name))
      const isPackage = kind === 'folder' && (await kindOf(join(directory, name, '__init__.py'))) === 'file'
      return { name, kind, isPackage }
    })
  )
}

async function readPyproject(directory: string): Promise<string> {
  return readFile(join(directory, 'pyproject.toml'), 'utf8').catch(() => '')
}

async function kindOf(path: string): Promise<FolderEntry['kind']> {
  const stats = await stat(path).catch(() => null)
  return stats?.isFile() === true ? 'file' : stats?.isDirectory() === true ? 'folder' : 'other'
}

function describe(method: ContentMethod): string {
  switch (method.kind) {
    case 'prebuilt':
      return 'The folder is taken as it is'
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
