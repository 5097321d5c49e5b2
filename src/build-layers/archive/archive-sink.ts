/** What is written of an archive: its bytes in their order, hashed on the way, and the directory at its end. */
import { createHash } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import { methodOf, type PackedFile } from './compress/pack-job.js'
import { endOfCentralDirectory, headerBytesAtMost, writeCentralHeader } from './zip-records.js'

/** Small records are gathered up to this size: fewer system calls, fewer calls of the hash. */
const gatherBytes = 256 * 1024

export interface ArchiveSink {
  /** Bytes written so far. */
  offset(): number
  write(data: Buffer): void
  /** Writes what was gathered; the digest is that of every byte of the file. */
  finish(): { readonly sha256: string; readonly sizeBytes: number }
  close(): void
}

/**
 * A new file that is hashed while it is written. Writing is synchronous: it goes to the page cache at memory speed, and a request to
 * the thread pool would queue behind the compression.
 */
export function archiveSink(file: string): ArchiveSink {
  const handle = openSync(file, 'wx', 0o600)
  const hash = createHash('sha256')
  const gathered = Buffer.allocUnsafe(gatherBytes)
  let gatheredBytes = 0
  let offset = 0
  const put = (data: Buffer): void => {
    hash.update(data)
    for (let written = 0; written < data.byteLength;) written += writeSync(handle, data, written)
  }
  const flush = (): void => {
    put(gathered.subarray(0, gatheredBytes))
    gatheredBytes = 0
  }
  return {
    offset: () => offset,
    write(data) {
      offset += data.byteLength
      if (gatheredBytes + data.byteLength > gatherBytes) flush()
      if (data.byteLength > gatherBytes) put(data)
      else gatheredBytes += data.copy(gathered, gatheredBytes)
    },
    finish() {
      flush()
      return { sha256: hash.digest('hex'), sizeBytes: offset }
    },
    close: () => {
      closeSync(handle)
    }
  }
}

/** What stands at the end of a zip. It is gathered while the files are written, in a few large buffers. */
export interface CentralDirectory {
  /** `offset`: of the local header, from the start of the archive. */
  add(path: string, mode: number, file: PackedFile, offset: number, streamed: boolean): void
  unzippedBytes(): number
  /** The whole directory and the end of the archive, in pieces. `offset`: where the directory begins. */
  finish(offset: number): readonly Buffer[]
}

export function centralDirectory(): CentralDirectory {
  const full: Buffer[] = []
  let gathered = Buffer.allocUnsafe(gatherBytes)
  let at = 0
  let count = 0
  let bytes = 0
  let unzippedBytes = 0
  return {
    add(path, mode, file, offset, streamed) {
      if (at + headerBytesAtMost(path) > gatherBytes) {
        full.push(gathered.subarray(0, at))
        gathered = Buffer.allocUnsafe(gatherBytes)
        bytes += at
        at = 0
      }
      const { crc32, compressedBytes, sizeBytes } = file
      const method = methodOf(file)
      const entry = { name: path, mode, method, streamed, crc32, compressedBytes, sizeBytes, offset } as const
      at = writeCentralHeader(gathered, at, entry)
      unzippedBytes += file.sizeBytes
      count++
    },
    unzippedBytes: () => unzippedBytes,
    finish: offset => [...full, gathered.subarray(0, at), endOfCentralDirectory(count, bytes + at, offset)]
  }
}
