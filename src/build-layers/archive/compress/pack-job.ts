/**
 * The work of packing in units that run anywhere: on this thread or in a worker, in any order, at the same time. Input and output
 * lie in a slot of shared memory; only numbers and names travel between threads. The bytes depend on the job alone.
 */
import { hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { traitsOf, type FileTraits } from '../../inspect/file-traits.js'
import {
  carriedBytes,
  secretScan,
  type FileStretch,
  type SecretFindings,
  type SecretScan
} from '../../inspect/secrets/secret-scan.js'
import {
  dictionaryBytes,
  inputBytes,
  newDeflater,
  outputBytes,
  type Deflater,
  isCompressed,
  writeStoredBlocks
} from './deflate.js'
import type { FileEntry, SymlinkEntry } from '../list-content.js'
import { openUnchanged } from '../read-unchanged.js'
import { localHeaderBytes, writeLocalHeader } from '../zip-records.js'
import { CodedError, type ErrorCode, type Finding } from '../../../model/errors.js'

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

/** Does one job after the other. Throws what reading throws, see `openUnchanged`. */
export type Packer = (job: PackJob, memory: SlotMemory) => PackResult

/** What one thread needs for its jobs: some 3 MB, made with the first. */
export function newPacker(makeDeflater: () => Deflater = newDeflater): Packer {
  let tools: Tools | undefined
  return (job, memory) => {
    tools ??= makeTools(makeDeflater())
    return job.kind === 'files' ? packFiles(tools, job, memory) : packPiece(tools, job, memory)
  }
}

function makeTools(deflater: Deflater): Tools {
  return { deflater, findSecrets: secretScan(deflater.searchFor) }
}

interface Tools {
  readonly deflater: Deflater
  readonly findSecrets: SecretScan
}

function packPiece({ deflater, findSecrets }: Tools, job: PackJob & { kind: 'piece' }, memory: SlotMemory): PackResult {
  const { path, dataBytes, beforeBytes, first, last, machineCode } = job
  const { input } = deflater
  input.set(
    new Uint8Array(memory.input, dictionaryBytes - beforeBytes, beforeBytes + dataBytes),
    dictionaryBytes - beforeBytes
  )
  const data = input.subarray(dictionaryBytes, dictionaryBytes + dataBytes)
  const piece = { at: dictionaryBytes, dataBytes, beforeBytes, last, machineCode }
  const deflated = isCompressed(path) ? 0 : deflater.deflate(piece, 0)
  const output = Buffer.from(memory.output)
  if (deflated > 0) deflater.output.copy(output, 0, 0, deflated)
  const written = deflated > 0 ? deflated : writeStoredBlocks(data, last, output)
  const carried = Math.min(beforeBytes, carriedBytes)
  const text = input.subarray(dictionaryBytes - carried, dictionaryBytes + dataBytes)
  const secrets = findSecrets(text, [{ path, start: 0, end: text.byteLength, first, last }])
  const traits = first ? traitsOf(path, data) : null
  return {
    outputBytes: written,
    files: [],
    secrets,
    traits: traits === null ? [] : [[path, traits]]
  }
}

function packFiles({ deflater, findSecrets }: Tools, job: PackJob & { kind: 'files' }, memory: SlotMemory): PackResult {
  const { input, output } = deflater
  const files: PackedFile[] = []
  const traits: [string, FileTraits][] = []
  const stretches: FileStretch[] = []
  let read = dictionaryBytes
  let written = 0
  for (const entry of job.entries) {
    const start = read
    read += readEntry(job.root, entry, input.subarray(start))
    const found = entry.kind === 'file' ? traitsOf(entry.path, input.subarray(start, read)) : null
    if (found !== null) traits.push([entry.path, found])
    const file = packFile(deflater, entry, { start, end: read, machineCode: found?.machine !== undefined }, written)
    written = file.end
    files.push(file.packed)
    stretches.push({ path: entry.path, start, end: read, first: true, last: true })
  }
  const secrets = findSecrets(input.subarray(0, read), stretches)
  output.copy(new Uint8Array(memory.output), 0, 0, written)
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

/** Writes header and data to the deflater's output at `offset`: stored, where deflate does not make it shorter. */
function packFile(
  deflater: Deflater,
  entry: FileEntry | SymlinkEntry,
  { start, end, machineCode }: { readonly start: number; readonly end: number; readonly machineCode: boolean },
  offset: number
): { readonly packed: PackedFile; readonly end: number } {
  const { input, output } = deflater
  const data = input.subarray(start, end)
  const sizeBytes = data.byteLength
  const dataStart = offset + localHeaderBytes(entry.path)
  const deflates = entry.kind === 'file' && sizeBytes > 0 && !isCompressed(entry.path)
  const piece = { at: start, dataBytes: sizeBytes, beforeBytes: 0, last: true, machineCode }
  const deflated = deflates ? deflater.deflate(piece, dataStart) : 0
  if (deflated === 0) output.set(data, dataStart)
  const packed: PackedFile = {
    offset,
    deflated: deflated > 0,
    compressedBytes: deflated > 0 ? deflated : sizeBytes,
    sizeBytes,
    crc32: crc32(data),
    sha256: hash('sha256', data, 'hex')
  }
  const { compressedBytes } = packed
  const sums = { crc32: packed.crc32, compressedBytes, sizeBytes, offset: 0 }
  const header = { name: entry.path, mode: modeOf(entry), method: methodOf(packed), streamed: false, ...sums }
  writeLocalHeader(output, offset, header)
  return { packed, end: dataStart + compressedBytes }
}

export function methodOf({ deflated }: Pick<PackedFile, 'deflated'>): 'stored' | 'deflated' {
  return deflated ? 'deflated' : 'stored'
}

/** As `stat` gives it; of the permissions only the execute bit is the file's own. */
export function modeOf(entry: FileEntry | SymlinkEntry): number {
  if (entry.kind === 'symlink') return 0o120777
  return entry.executable ? 0o100755 : 0o100644
}

/** Errors on their way between threads: a structured clone keeps neither class nor the fields of a system error. */
export type PortableError =
  | { readonly kind: 'coded'; readonly code: ErrorCode; readonly finding: Finding }
  | {
      readonly kind: 'system'
      readonly message: string
      readonly code: string
      readonly syscall: string
      readonly path: string | null
    }
  | { readonly kind: 'defect'; readonly message: string; readonly stack: string }

export function portableError(thrown: unknown): PortableError {
  if (thrown instanceof CodedError) return { kind: 'coded', code: thrown.code, finding: thrown.finding }
  if (!(thrown instanceof Error)) return { kind: 'defect', message: String(thrown), stack: '' }
  const { message, code, syscall, path = null, stack = '' } = thrown as NodeJS.ErrnoException
  if (code === undefined || syscall === undefined) return { kind: 'defect', message, stack }
  return { kind: 'system', message, code, syscall, path }
}

/** The error as it would have been thrown on this thread. */
export function fromPortable(error: PortableError): Error {
  switch (error.kind) {
    case 'coded':
      return new CodedError(error.code, error.finding)
    case 'system': {
      const { code, syscall, path } = error
      return Object.assign(new Error(error.message), { code, syscall, ...(path === null ? {} : { path }) })
    }
    case 'defect':
      return Object.assign(new Error(error.message), { stack: error.stack })
  }
}
