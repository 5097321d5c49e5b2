import { constants, deflateRaw, deflateRawSync } from 'node:zlib'

/** Level 6: level 1 is 12 % larger, level 9 takes 2.4 times as long for 0.5 %. */
const level = 6
/** Up to this size a synchronous call is faster than the way to the thread pool and back. */
const synchronousBytes = 16 * 1024
const windowBytes = 32 * 1024
const storedBlockBytes = 0xffff

/** One piece of a file to compress. The pieces' outputs, joined, are one deflate stream. */
export interface DeflateTask {
  readonly data: Buffer
  /** The piece before this one, whose last 32 KiB serve as dictionary; `null` for the first. */
  readonly before: Buffer | null
  readonly last: boolean
}

/** Compresses one piece. Where the work is done (thread pool, workers) is the implementation's affair; the bytes must not depend on it. */
export type Deflate = (task: DeflateTask) => Buffer | Promise<Buffer>

/** Node's zlib: small pieces at once, large ones on the thread pool. */
export const deflateInPool: Deflate = ({ data, before, last }) => {
  const options = {
    level,
    // One output buffer that holds it all: no round trip to the thread pool per 16 KiB.
    chunkSize: data.byteLength + (data.byteLength >> 10) + 128,
    finishFlush: last ? constants.Z_FINISH : constants.Z_SYNC_FLUSH,
    ...(before === null ? {} : { dictionary: before.subarray(-windowBytes) })
  }
  if (data.byteLength <= synchronousBytes) return deflateRawSync(data, options)
  return new Promise((resolve, reject) => {
    deflateRaw(data, options, (error, compressed) => {
      if (error === null) resolve(compressed)
      else reject(error)
    })
  })
}

/** The data as stored blocks of a deflate stream (RFC 1951, 3.2.4): for pieces that do not shrink. */
export function storedBlocks(data: Buffer, last: boolean): Buffer {
  const count = Math.max(1, Math.ceil(data.byteLength / storedBlockBytes))
  const blocks = Buffer.allocUnsafe(data.byteLength + 5 * count)
  for (let index = 0, at = 0; index < count; index++) {
    const block = data.subarray(index * storedBlockBytes, (index + 1) * storedBlockBytes)
    at = blocks.writeUInt8(last && index === count - 1 ? 1 : 0, at)
    at = blocks.writeUInt16LE(block.byteLength, at)
    at = blocks.writeUInt16LE(~block.byteLength & 0xffff, at)
    at += block.copy(blocks, at)
  }
  return blocks
}
