import { setImmediate as nextTurn } from 'node:timers/promises'
import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { canonicalJson, sha256Hex } from '../../sha256.js'
import { archiveSink, type ArchiveSink } from './archive-sink.js'
import { deflateInPool, storedBlocks, type Deflate } from './deflate.js'
import type { FileEntry, SymlinkEntry } from './list-content.js'
import { openUnchanged, packingError, type FileReader } from './read-unchanged.js'
import { centralHeader, dataDescriptor, endOfCentralDirectory, localHeader, type ZipEntry } from './zip-records.js'

/** Files up to one piece have their sizes in the local header; longer ones are compressed piece by piece, several at once. */
const pieceBytes = 1024 * 1024
/** How much may be read and not yet written: it bounds the memory, whatever the layer's size. */
const windowBytes = 16 * 1024 * 1024
/** After so much work without waiting, other promises get their turn. */
const turnBytes = 4 * 1024 * 1024
/** What deflate cannot shrink. */
const compressedNames = /\.(gz|tgz|bz2|xz|zst|zip|whl|jar|png|jpe?g|gif|webp|woff2?|mp4|webm|ogg|mp3)$/i

/** Sees every byte of a file while it is hashed. */
export type ContentScan = (path: string, sizeBytes: number) => { push(chunk: Buffer): void }

export interface ArchiveOptions {
  readonly deflate?: Deflate
  readonly scan?: ContentScan
  readonly signal?: AbortSignal
}

export interface WrittenArchive {
  readonly contentDigest: string
  readonly artifactSha256: string
  readonly sizeBytes: number
  /** Sum of the files' sizes; a link counts as long as its target's path. */
  readonly unzippedBytes: number
  readonly fileCount: number
}

/** What is to be written next; its compression has been started. */
interface QueuedPiece {
  readonly dataBytes: number
  readonly compressed: Buffer | Promise<Buffer> | null
  write(compressed: Buffer | null): void
}

interface Writing {
  readonly sink: ArchiveSink
  readonly deflate: Deflate
  readonly scan: ContentScan
  readonly queue: QueuedPiece[]
  readonly directory: Buffer[]
  readonly digests: (readonly [path: string, mode: string, sha256: string])[]
  queuedBytes: number
  unzippedBytes: number
}

/**
 * Writes `entries` of `root`, in their order, into the zip `file`, which must not exist. The same entries give the same bytes. Throws
 * `BUILD_FAILED` where a file is no longer what it was when it was listed, or where the disk refuses.
 */
export async function writeArchive(
  root: string,
  entries: readonly (FileEntry | SymlinkEntry)[],
  file: string,
  options: ArchiveOptions = {}
): Promise<WrittenArchive> {
  const writing: Writing = {
    sink: openSink(file),
    deflate: options.deflate ?? deflateInPool,
    scan: options.scan ?? (() => ({ push: () => undefined })),
    queue: [],
    directory: [],
    digests: [],
    queuedBytes: 0,
    unzippedBytes: 0
  }
  try {
    let sinceTurn = 0
    for (const entry of entries) {
      options.signal?.throwIfAborted()
      const bytes = entry.kind === 'file' ? await addFile(writing, root, entry) : addSymlink(writing, entry)
      sinceTurn += bytes + 16 * 1024
      if (sinceTurn > turnBytes) {
        sinceTurn = 0
        await nextTurn()
      }
    }
    await writeUntil(writing, -1)
    return finish(writing)
  } catch (thrown) {
    throw packingError(thrown)
  } finally {
    writing.sink.close()
  }
}

function openSink(file: string): ArchiveSink {
  try {
    return archiveSink(file)
  } catch (thrown) {
    throw packingError(thrown)
  }
}

function addSymlink(writing: Writing, entry: SymlinkEntry): number {
  const target = Buffer.from(entry.target)
  writing.digests.push([entry.path, '120000', sha256Hex(target)])
  enqueueWhole(writing, { name: Buffer.from(entry.path), mode: 0o120777, crc32: crc32(target) }, target, null)
  return target.byteLength
}

async function addFile(writing: Writing, root: string, entry: FileEntry): Promise<number> {
  const reader = openUnchanged(root, entry)
  try {
    if (entry.sizeBytes <= pieceBytes) addWholeFile(writing, entry, reader)
    else await addLongFile(writing, entry, reader)
  } finally {
    reader.close()
  }
  await writeUntil(writing, windowBytes)
  return entry.sizeBytes
}

function addWholeFile(writing: Writing, entry: FileEntry, reader: FileReader): void {
  const data = reader.read(entry.sizeBytes)
  reader.assertUnchanged()
  writing.scan(entry.path, entry.sizeBytes).push(data)
  const mode = entry.executable ? 0o100755 : 0o100644
  writing.digests.push([entry.path, mode.toString(8), sha256Hex(data)])
  const deflates = data.byteLength > 0 && !compressedNames.test(entry.path)
  const compressed = deflates ? writing.deflate({ data, before: null, last: true }) : null
  enqueueWhole(writing, { name: Buffer.from(entry.path), mode, crc32: crc32(data) }, data, compressed)
}

/** Queues an entry whose header states its sizes: stored, where deflate did not make it shorter. */
function enqueueWhole(
  writing: Writing,
  known: Pick<ZipEntry, 'name' | 'mode' | 'crc32'>,
  data: Buffer,
  compressed: Buffer | Promise<Buffer> | null
): void {
  const write = (deflated: Buffer | null): void => {
    const body = deflated !== null && deflated.byteLength < data.byteLength ? deflated : data
    const entry: ZipEntry = {
      ...known,
      method: body === data ? 'stored' : 'deflated',
      streamed: false,
      compressedBytes: body.byteLength,
      sizeBytes: data.byteLength,
      offset: writing.sink.offset()
    }
    writing.sink.write(localHeader(entry))
    writing.sink.write(body)
    writing.directory.push(centralHeader(entry))
  }
  enqueue(writing, data.byteLength, compressed, write)
  writing.unzippedBytes += data.byteLength
}

/** A file of more than one piece: a deflate stream of pieces that are compressed side by side, sizes and CRC after it. */
async function addLongFile(writing: Writing, entry: FileEntry, reader: FileReader): Promise<void> {
  const mode = entry.executable ? 0o100755 : 0o100644
  const zipEntry = { name: Buffer.from(entry.path), mode, method: 'deflated', streamed: true } as const
  const progress = { crc32: 0, compressedBytes: 0, sizeBytes: entry.sizeBytes, offset: 0 }
  const hash = createHash('sha256')
  const scan = writing.scan(entry.path, entry.sizeBytes)
  const deflates = !compressedNames.test(entry.path)
  enqueue(writing, 0, null, () => {
    progress.offset = writing.sink.offset()
    writing.sink.write(localHeader({ ...zipEntry, ...progress }))
  })
  let before: Buffer | null = null
  for (let at = 0; at < entry.sizeBytes; at += pieceBytes) {
    const data = reader.read(Math.min(pieceBytes, entry.sizeBytes - at))
    const last = at + pieceBytes >= entry.sizeBytes
    hash.update(data)
    scan.push(data)
    progress.crc32 = crc32(data, progress.crc32)
    const compressed = deflates ? writing.deflate({ data, before, last }) : null
    enqueue(writing, data.byteLength, compressed, deflated => {
      const body = deflated !== null && deflated.byteLength < data.byteLength ? deflated : storedBlocks(data, last)
      progress.compressedBytes += body.byteLength
      writing.sink.write(body)
    })
    before = data
    await writeUntil(writing, windowBytes)
  }
  reader.assertUnchanged()
  writing.digests.push([entry.path, mode.toString(8), hash.digest('hex')])
  writing.unzippedBytes += entry.sizeBytes
  enqueue(writing, 0, null, () => {
    const complete: ZipEntry = { ...zipEntry, ...progress }
    writing.sink.write(dataDescriptor(complete))
    writing.directory.push(centralHeader(complete))
  })
}

/** `write` gets its turn in the order of the calls, as soon as `compressed` is there. */
function enqueue(
  writing: Writing,
  dataBytes: number,
  compressed: Buffer | Promise<Buffer> | null,
  write: (compressed: Buffer | null) => void
): void {
  // Waited for later, in order: until then a failure counts as handled.
  if (compressed instanceof Promise) compressed.catch(() => undefined)
  writing.queue.push({ dataBytes, compressed, write })
  writing.queuedBytes += dataBytes
}

/** Writes what is ready, and waits for what is not as long as more than `queuedBytes` are held. */
async function writeUntil(writing: Writing, queuedBytes: number): Promise<void> {
  for (let piece = writing.queue[0]; piece !== undefined; piece = writing.queue[0]) {
    const { compressed } = piece
    if (compressed instanceof Promise && writing.queuedBytes <= queuedBytes) return
    piece.write(compressed instanceof Promise ? await compressed : compressed)
    writing.queue.shift()
    writing.queuedBytes -= piece.dataBytes
  }
}

function finish(writing: Writing): WrittenArchive {
  const directoryOffset = writing.sink.offset()
  for (const header of writing.directory) writing.sink.write(header)
  const directoryBytes = writing.sink.offset() - directoryOffset
  writing.sink.write(endOfCentralDirectory(writing.directory.length, directoryBytes, directoryOffset))
  const { sha256, sizeBytes } = writing.sink.finish()
  return {
    contentDigest: sha256Hex(canonicalJson(writing.digests)),
    artifactSha256: sha256,
    sizeBytes,
    unzippedBytes: writing.unzippedBytes,
    fileCount: writing.digests.length
  }
}
