import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { sha256Hex } from '../../model/digest.js'
import type { FileTraits } from '../inspect/file-traits.js'
import { archiveSink, type ArchiveSink, centralDirectory, type CentralDirectory } from './archive-sink.js'
import { dictionaryBytes, pieceBytes } from './compress/deflate.js'
import type { FileEntry, SymlinkEntry } from './list-content.js'
import { jobBytes, modeOf, type PackJob, type PackResult } from './compress/pack-job.js'
import { packersOnThisThread, type Packers, type PackSlot } from './compress/packers.js'
import { openUnchanged, packingError } from './read-unchanged.js'
import { dataDescriptor, localHeader, type ZipEntry } from './zip-records.js'

export interface ArchiveOptions {
  /** Who compresses, for layers that are worth it. Default: this thread. */
  readonly packers?: Packers
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

/** What was seen in the content while it was packed: nothing is read a second time for it. */
export interface SeenContent {
  /** Path → what secret the file holds. */
  readonly secrets: ReadonlyMap<string, string>
  readonly traits: ReadonlyMap<string, FileTraits>
  /** How many threads compressed. */
  readonly threads: number
  /** What the content digest is computed from. */
  readonly files: readonly (readonly [path: string, mode: string, sha256: string])[]
}

type PackableEntry = FileEntry | SymlinkEntry

interface Writing {
  readonly root: string
  readonly packers: Packers
  readonly signal: AbortSignal | undefined
  readonly sink: ArchiveSink
  readonly directory: CentralDirectory
  readonly digests: (readonly [path: string, mode: string, sha256: string])[]
  readonly secrets: Map<string, string>
  readonly traits: Map<string, FileTraits>
  /** Ends when all that was handed in so far is written; results are written in the order in which their jobs were made. */
  written: Promise<void>
  failed: boolean
}

/** Less than this is packed before a worker has started. */
const worthWorkersBytes = 3 * 1024 * 1024

/**
 * Writes `entries` of `root`, in their order, into the zip `file`, which must not exist. The same entries give the same bytes, whoever
 * compresses. Where it fails the file is removed. Throws `BUILD_FAILED` where a file is no longer what it was when it was listed, or
 * where the disk refuses; the signal's reason.
 */
export async function writeArchive(
  root: string,
  entries: readonly PackableEntry[],
  file: string,
  options: ArchiveOptions = {}
): Promise<WrittenArchive & SeenContent> {
  const writing: Writing = {
    root,
    packers: isWorthWorkers(entries) ? (options.packers ?? packersOnThisThread()) : packersOnThisThread(),
    signal: options.signal,
    sink: openSink(file),
    directory: centralDirectory(),
    digests: [],
    secrets: new Map(),
    traits: new Map(),
    written: Promise.resolve(),
    failed: false
  }
  let complete = false
  try {
    for (const group of groupsOf(entries)) {
      await (Array.isArray(group) ? addFiles(writing, group) : addLongFile(writing, group))
      if (writing.failed) break
    }
    await writing.written
    const archive = finish(writing)
    complete = true
    return archive
  } catch (thrown) {
    await writing.written.catch(() => undefined)
    throw packingError(thrown)
  } finally {
    writing.sink.close()
    if (!complete) rmSync(file, { force: true })
  }
}

function isWorthWorkers(entries: readonly PackableEntry[]): boolean {
  let bytes = 0
  for (const entry of entries) if ((bytes += jobBytes(entry)) > worthWorkersBytes) return true
  return false
}

function openSink(file: string): ArchiveSink {
  try {
    return archiveSink(file)
  } catch (thrown) {
    throw packingError(thrown)
  }
}

/** The entries in their order: files that are packed whole, as many as make one job, and long files by themselves. */
function* groupsOf(entries: readonly PackableEntry[]): Generator<PackableEntry[] | FileEntry> {
  let group: PackableEntry[] = []
  let bytes = 0
  for (const entry of entries) {
    const long = entry.kind === 'file' && entry.sizeBytes > pieceBytes
    if (group.length > 0 && (long || bytes + jobBytes(entry) > pieceBytes)) {
      yield group
      group = []
      bytes = 0
    }
    if (long) yield entry
    else {
      group.push(entry)
      bytes += jobBytes(entry)
    }
  }
  if (group.length > 0) yield group
}

async function freeSlot({ packers, signal }: Writing): Promise<PackSlot> {
  signal?.throwIfAborted()
  return packers.acquire()
}

async function addFiles(writing: Writing, entries: readonly PackableEntry[]): Promise<void> {
  const slot = await freeSlot(writing)
  enqueue(writing, slot, { kind: 'files', root: writing.root, entries }, (result, output) => {
    const start = writing.sink.offset()
    writing.sink.write(output)
    result.files.forEach((file, index) => {
      const entry = entries[index]
      if (entry === undefined) return
      const mode = modeOf(entry)
      writing.directory.add(entry.path, mode, file, start + file.offset, false)
      writing.digests.push([entry.path, digestMode(mode), file.sha256])
    })
  })
}

/** A file of more than one piece: a deflate stream of pieces that are compressed side by side, sizes and CRC after it. */
async function addLongFile(writing: Writing, entry: FileEntry): Promise<void> {
  const { path, sizeBytes } = entry
  const mode = modeOf(entry)
  const sums = { crc32: 0, compressedBytes: 0, sizeBytes, offset: 0 }
  const header = (): ZipEntry => ({ ...sums, name: path, mode, method: 'deflated', streamed: true })
  const hash = createHash('sha256')
  const reader = openUnchanged(writing.root, entry)
  let machineCode = false
  let before = new Uint8Array(0)
  try {
    for (let at = 0; at < sizeBytes && !writing.failed; at += pieceBytes) {
      const slot = await freeSlot(writing)
      const data = Buffer.from(slot.memory.input, dictionaryBytes, Math.min(pieceBytes, sizeBytes - at))
      const [first, last] = [at === 0, at + pieceBytes >= sizeBytes]
      try {
        reader.readInto(data)
        if (last) reader.assertUnchanged()
      } catch (thrown) {
        slot.release()
        throw thrown
      }
      hash.update(data)
      sums.crc32 = crc32(data, sums.crc32)
      if (first) machineCode = data.subarray(0, 4).equals(elfMagic)
      new Uint8Array(slot.memory.input).set(before, dictionaryBytes - before.byteLength)
      // A copy: the slot goes on to other data while the next piece still needs this one's end.
      before = new Uint8Array(data.subarray(-dictionaryBytes))
      const beforeBytes = first ? 0 : dictionaryBytes
      const job: PackJob = { kind: 'piece', path, dataBytes: data.byteLength, beforeBytes, first, last, machineCode }
      enqueue(writing, slot, job, (_result, output) => {
        if (first) {
          sums.offset = writing.sink.offset()
          writing.sink.write(localHeader(header()))
        }
        writing.sink.write(output)
        sums.compressedBytes += output.byteLength
        if (!last) return
        writing.sink.write(dataDescriptor(header()))
        const sha256 = hash.digest('hex')
        writing.directory.add(path, mode, { ...sums, deflated: true, sha256 }, sums.offset, true)
        writing.digests.push([path, digestMode(mode), sha256])
      })
    }
  } finally {
    reader.close()
  }
}

const elfMagic = Buffer.from([0x7f, 0x45, 0x4c, 0x46])

/** Modes as git writes them. */
function digestMode(mode: number): string {
  return mode === 0o120777 ? '120000' : mode.toString(8)
}

/** Starts the job; what it gives is written when everything before it is. */
function enqueue(
  writing: Writing,
  slot: PackSlot,
  job: PackJob,
  write: (result: PackResult, output: Buffer) => void
): void {
  const { written } = writing
  const packed = slot.run(job)
  // Waited for in order: until its turn a failure counts as handled.
  packed.catch(() => undefined)
  const turn = async (): Promise<void> => {
    try {
      const [, result] = await Promise.all([written, packed])
      write(result, Buffer.from(slot.memory.output, 0, result.outputBytes))
      for (const [path, what] of result.secrets) if (!writing.secrets.has(path)) writing.secrets.set(path, what)
      for (const [path, traits] of result.traits) writing.traits.set(path, traits)
    } catch (thrown) {
      writing.failed = true
      // The memory is free only when nobody works in it any more.
      await packed.catch(() => undefined)
      throw thrown
    } finally {
      slot.release()
    }
  }
  writing.written = turn()
  writing.written.catch(() => undefined)
}

function finish(writing: Writing): WrittenArchive & SeenContent {
  const { sink, directory, digests, secrets, traits } = writing
  for (const piece of directory.finish(sink.offset())) sink.write(piece)
  const { sha256, sizeBytes } = sink.finish()
  return {
    // The same text as canonical JSON has for arrays of strings.
    contentDigest: sha256Hex(JSON.stringify(digests)),
    artifactSha256: sha256,
    sizeBytes,
    unzippedBytes: directory.unzippedBytes(),
    fileCount: digests.length,
    secrets,
    traits,
    threads: writing.packers.threads,
    files: digests
  }
}
