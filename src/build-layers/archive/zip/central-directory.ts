import { methodOf, type PackedFile } from '../compress/pack-job.js'
import { endOfCentralDirectory, headerBytesAtMost, writeCentralHeader } from './zip-records.js'

/** What stands at the end of a zip. It is gathered while the files are written, in a few large buffers. */
export interface CentralDirectory {
  /** `offset`: of the local header, from the start of the archive. */
  add(path: string, mode: number, file: PackedFile, offset: number, streamed: boolean): void
  unzippedBytes(): number
  /** The whole directory and the end of the archive, in pieces. `offset`: where the directory begins. */
  finish(offset: number): readonly Buffer[]
}

const gatherBytes = 256 * 1024

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
