import { join } from 'node:path'
import type { Artifact } from '../model.js'
import { listContent, type ContentEntry, type FileEntry, type SymlinkEntry } from './archive/list-content.js'
import { packingError } from './archive/read-unchanged.js'
import { writeArchive } from './archive/write-archive.js'
import type { BuildRequest } from './build-request.js'
import { checkContent } from './check-content.js'
import { inspectContent } from './inspect/inspect-content.js'
import type { BuildDependencies } from './run-command.js'
import { stageContent } from './stage-content.js'

export type { BuildDependencies } from './run-command.js'
export type { BuildRequest } from './build-request.js'

/**
 * Builds one layer: stages its content, checks it, packs it into `layer.zip` in the output folder, and inspects it. What the inspection finds is in the artifact's
 * verdicts; a build that cannot be done throws `BUILD_FAILED`, `ARCHIVE_LAYOUT`, `ARCHIVE_UNSAFE_PATH` or `CANCELLED`. Opens one group in the log.
 */
export async function buildLayer(request: BuildRequest, deps: BuildDependencies): Promise<Artifact> {
  const { layer, outputDirectory } = request
  return deps.log.group(`Build layer ${layer.id}`, async () => {
    const content = await stageContent(request, deps)
    await checkContent(request, content, deps)
    const entries = await list(content, layer.build.exclude)
    const file = join(outputDirectory, 'layer.zip')
    const options = {
      ...(deps.signal === undefined ? {} : { signal: deps.signal }),
      ...(deps.packers === undefined ? {} : { packers: deps.packers })
    }
    // What is refused has no bytes to pack; its verdict keeps the archive from being used.
    const packed = await writeArchive(content, entries.filter(isPackable), file, options)
    const { secrets, traits, threads, ...archive } = packed
    const verdicts = inspectContent(layer, { entries, unzippedBytes: archive.unzippedBytes, secrets, traits })
    deps.log.info(
      `${archive.fileCount} files, ${archive.unzippedBytes} bytes, zipped ${archive.sizeBytes}; content ${archive.contentDigest}; packed by ${threads === 1 ? 'one thread' : `${threads} threads`}`
    )
    return { layerId: layer.id, file, ...archive, verdicts }
  })
}

async function list(content: string, exclude: readonly string[]): Promise<readonly ContentEntry[]> {
  try {
    return await listContent(content, exclude)
  } catch (thrown) {
    throw packingError(thrown)
  }
}

function isPackable(entry: ContentEntry): entry is FileEntry | SymlinkEntry {
  return entry.kind !== 'refused'
}
