/** An archive that was not packed in this run: unpacked, its content digest recomputed from its bytes, and inspected as a build is. */
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Layer, Verdict } from '../../model/index.js'
import { sha256Hex } from '../../model/digest.js'
import { listContent, type ContentEntry, type FileEntry, type SymlinkEntry } from './list-content.js'
import { digestLine, digestOf, filesOf, type ArchivedFile, type DigestLine } from './read-archive.js'
import { writeArchive } from './write-archive.js'
import { judgeSecrets } from '../inspect/secrets/found-secrets.js'
import { inspectContent } from '../inspect/inspect-content.js'
import { readInstalledFiles } from '../inspect/installed-packages.js'
import { largestPackages } from '../../model/packages.js'

export interface InspectedArchive {
  readonly contentDigest: string
  readonly artifactSha256: string
  readonly sizeBytes: number
  readonly verdicts: readonly Verdict[]
}

/**
 * @param scratchDirectory of this archive's own; it is removed in the end
 * @throws Error where the bytes are no zip that reads in one way only
 */
export async function inspectArchive(
  layer: Pick<Layer, 'id' | 'build' | 'compatibleRuntimes' | 'compatibleArchitectures'>,
  zip: Uint8Array,
  scratchDirectory: string
): Promise<InspectedArchive> {
  const root = join(scratchDirectory, 'content')
  try {
    const contentDigest = await unpack(zip, root)
    const verdicts = await inspectFolder(layer, root, join(scratchDirectory, 'again.zip'), contentDigest)
    return { contentDigest, artifactSha256: sha256Hex(zip), sizeBytes: zip.byteLength, verdicts }
  } finally {
    await rm(scratchDirectory, { recursive: true, force: true })
  }
}

/** Links come last: nothing is written through one. @returns the content digest */
async function unpack(zip: Uint8Array, root: string): Promise<string> {
  await mkdir(root, { recursive: true })
  const lines: DigestLine[] = []
  const links: ArchivedFile[] = []
  for (const file of filesOf(zip)) {
    lines.push(digestLine(file))
    const place = join(root, file.path)
    await mkdir(dirname(place), { recursive: true })
    if (file.mode === '120000') links.push(file)
    else await writeFile(place, file.content, { flag: 'wx', mode: file.mode === '100755' ? 0o755 : 0o644 })
  }
  for (const { path, content } of links) await symlink(content, join(root, path))
  return digestOf(lines)
}

async function inspectFolder(
  layer: Parameters<typeof inspectArchive>[0],
  root: string,
  file: string,
  contentDigest: string
): Promise<readonly Verdict[]> {
  const entries = await listContent(root)
  const packed = await writeArchive(root, entries.filter(isPackable), file)
  if (packed.contentDigest !== contentDigest) throw new Error('not a zip that can be read: files that are not packed')
  const { secrets, traits, unzippedBytes } = packed
  const installed = await readInstalledFiles(root)
  const { allowSecrets = [] } = layer.build
  const judged = judgeSecrets(entries, secrets, path => installed.has(path), allowSecrets)
  const packages = largestPackages(entries.filter(isFile), installed)
  return inspectContent(layer, { entries, unzippedBytes, secrets: judged, traits, packages })
}

function isFile(entry: ContentEntry): entry is FileEntry {
  return entry.kind === 'file'
}

function isPackable(entry: ContentEntry): entry is FileEntry | SymlinkEntry {
  return entry.kind !== 'refused'
}
