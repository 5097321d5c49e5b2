import { createHash } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'

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
