/**
 * The work of packing in units that run anywhere: on this thread or in a worker, in any order, at the same time. Input and output
 * lie in a slot of shared memory; only numbers and names travel between threads. The bytes depend on the job alone.
 */
import { hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { traitsOf, type FileTraits } from '../inspect/file-traits.js'
import { carriedBytes, secretScan, type FileStretch, type SecretFindings } from '../inspect/secret-scan.js'
import { deflatePiece, dictionaryBytes, isCompressed, writeStoredBlocks } from './deflate.js'
import type { FileEntry, SymlinkEntry } from './list-content.js'
import { openUnchanged } from './read-unchanged.js'
import { writeLocalHeader } from './zip-records.js'

/** Files up to one piece travel together; longer ones are compressed piece by piece, several at once. */
export const pieceBytes = 1024 * 1024
/** Where the data of a slot's input begins: the piece before it stands there as dictionary. */
export const dataOffset = dictionaryBytes
const inputBytes = dataOffset + pieceBytes
/** Room for the header of a file that is a job by itself, and for what stored blocks add. */
const outputBytes = pieceBytes + 64 * 1024

/** Memory that main thread and workers see at once. */
export interface SlotMemory {
  readonly input: SharedArrayBuffer
  readonly output: SharedArrayBuffer
}

export type PackJob =
  /** Whole files and links, in their order; the output holds their local headers and data. */
  | { readonly kind: 'files'; readonly root: string; readonly entries: readonly (FileEntry | SymlinkEntry)[] }
  /** One piece of a long file, which stands in the slot's input; the output holds its part of the deflate stream. */
  | {
      readonly kind: 'piece'
      readonly path: string
      readonly dataBytes: number
      /** How many bytes before the data are the end of the piece before. */
      readonly beforeBytes: number
      readonly first: boolean
      readonly last: boolean
      readonly machineCode: boolean
    }

export interface PackedFile {
  /** Of the local header, in the output. */
  readonly offset: number
  readonly deflated: boolean
  readonly compressedBytes: number
  readonly sizeBytes: number
  readonly crc32: number
  readonly sha256: string
}

export interface PackResult {
  /** How much of the slot's output counts. */
  readonly outputBytes: number
  /** Of a job of whole files: one for each, in their order. */
  readonly files: readonly PackedFile[]
  readonly secrets: SecretFindings
  readonly traits: readonly (readonly [path: string, traits: FileTraits])[]
}

export function newSlotMemory(): SlotMemory {
  return { input: new SharedArrayBuffer(inputBytes), output: new SharedArrayBuffer(outputBytes) }
}

/** How much of a job an entry is; a job of whole files has at most `pieceBytes`, which also bounds headers and names. */
export function jobBytes(entry: FileEntry | SymlinkEntry): number {
  const contentLength = entry.kind === 'file' ? entry.sizeBytes : 3 * entry.target.length
  // A small file costs far more time than its bytes: so jobs are of about one length.
  return Math.max(contentLength + 3 * entry.path.length + headerBytes, smallestShare)
}

const headerBytes = 64
const smallestShare = 2048

const findSecrets = secretScan()

/** Does one job. Throws what reading throws, see `openUnchanged`. */
export function runPackJob(job: PackJob, memory: SlotMemory): PackResult {
  const input = Buffer.from(memory.input)
  const output = Buffer.from(memory.output)
  return job.kind === 'files' ? packFiles(job, input, output) : packPiece(job, input, output)
}

function packPiece(job: PackJob & { kind: 'piece' }, input: Buffer, output: Buffer): PackResult {
  const { path, dataBytes, beforeBytes, first, last, machineCode } = job
  const data = input.subarray(dataOffset, dataOffset + dataBytes)
  const before = input.subarray(dataOffset - beforeBytes, dataOffset)
  const deflated = isCompressed(path) ? null : deflatePiece({ data, before, last, machineCode })
  const shrinks = deflated !== null && deflated.byteLength < data.byteLength
  if (shrinks) output.set(deflated)
  const written = shrinks ? deflated.byteLength : writeStoredBlocks(data, last, output)
  const carried = Math.min(beforeBytes, carriedBytes)
  const text = input.subarray(dataOffset - carried, dataOffset + dataBytes)
  const secrets = findSecrets(text, [{ path, start: 0, end: text.byteLength, first, last }])
  const traits = first ? traitsOf(path, data) : null
  return {
    outputBytes: written,
    files: [],
    secrets,
    traits: traits === null ? [] : [[path, traits]]
  }
}

function packFiles(job: PackJob & { kind: 'files' }, input: Buffer, output: Buffer): PackResult {
  const files: PackedFile[] = []
  const traits: [string, FileTraits][] = []
  const stretches: FileStretch[] = []
  let read = dataOffset
  let written = 0
  for (const entry of job.entries) {
    const data = input.subarray(read, read + readEntry(job.root, entry, input.subarray(read)))
    read += data.byteLength
    const found = entry.kind === 'file' ? traitsOf(entry.path, data) : null
    if (found !== null) traits.push([entry.path, found])
    const file = packFile(entry, data, found?.machine !== undefined, output, written)
    written = file.end
    files.push(file.packed)
    stretches.push({ path: entry.path, start: read - data.byteLength, end: read, first: true, last: true })
  }
  const secrets = findSecrets(input.subarray(0, read), stretches)
  return { outputBytes: written, files, secrets, traits }
}

/** Reads the whole entry into the buffer and gives its length. */
function readEntry(root: string, entry: FileEntry | SymlinkEntry, target: Buffer): number {
  if (entry.kind === 'symlink') return target.write(entry.target)
  const reader = openUnchanged(root, entry)
  try {
    reader.readInto(target.subarray(0, entry.sizeBytes))
    reader.assertUnchanged()
    return entry.sizeBytes
  } finally {
    reader.close()
  }
}

/** Writes header and data at `offset`: stored, where deflate does not make it shorter. */
function packFile(
  entry: FileEntry | SymlinkEntry,
  data: Buffer,
  machineCode: boolean,
  output: Buffer,
  offset: number
): { readonly packed: PackedFile; readonly end: number } {
  const deflates = entry.kind === 'file' && data.byteLength > 0 && !isCompressed(entry.path)
  const deflated = deflates ? deflatePiece({ data, before: noBytes, last: true, machineCode }) : data
  const body = deflated.byteLength < data.byteLength ? deflated : data
  const packed: PackedFile = {
    offset,
    deflated: body !== data,
    compressedBytes: body.byteLength,
    sizeBytes: data.byteLength,
    crc32: crc32(data),
    sha256: hash('sha256', data, 'hex')
  }
  const { compressedBytes, sizeBytes } = packed
  const sums = { crc32: packed.crc32, compressedBytes, sizeBytes, offset: 0 }
  const header = { name: entry.path, mode: modeOf(entry), method: methodOf(packed), streamed: false, ...sums }
  const dataStart = writeLocalHeader(output, offset, header)
  output.set(body, dataStart)
  return { packed, end: dataStart + body.byteLength }
}

const noBytes = new Uint8Array(0)

export function methodOf({ deflated }: Pick<PackedFile, 'deflated'>): 'stored' | 'deflated' {
  return deflated ? 'deflated' : 'stored'
}

/** As `stat` gives it; of the permissions only the execute bit is the file's own. */
export function modeOf(entry: FileEntry | SymlinkEntry): number {
  if (entry.kind === 'symlink') return 0o120777
  return entry.executable ? 0o100755 : 0o100644
}
