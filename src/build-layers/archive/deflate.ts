import { constants, deflateRawSync } from 'node:zlib'

/** Level 6: level 1 is 12 % larger, level 9 takes 2.4 times as long for 0.5 %; level 5 saves a fifth of the time for 0.7 %. */
const level = 6
/** Machine code changes its nature more often than text: blocks of half the length are 0.1 to 0.3 % smaller. */
const machineCodeMemory = { memLevel: 7 }
/** What one piece can look back at: deflate's window (RFC 1951). */
export const dictionaryBytes = 32 * 1024
/** Output is gathered in buffers of this size: a larger one would be garbage of that size per file. */
const outputBytes = 64 * 1024
const storedBlockBytes = 0xffff
/** What deflate cannot shrink. */
const compressedNames =
  /\.(gz|tgz|bz2|xz|zst|br|lz4|7z|zip|whl|egg|jar|png|jpe?g|gif|webp|woff2?|mp[34]|webm|ogg|parquet|npz)$/i

/** One piece of a file to compress. The pieces' outputs, joined, are one deflate stream. */
export interface DeflatePiece {
  readonly data: Uint8Array
  /** Up to 32 KiB that stand before the piece; empty for the first. */
  readonly before: Uint8Array
  readonly last: boolean
  readonly machineCode: boolean
}

export function isCompressed(path: string): boolean {
  return compressedNames.test(path)
}

/** Compresses one piece on this thread. The same piece gives the same bytes, whoever compresses the others. */
export function deflatePiece({ data, before, last, machineCode }: DeflatePiece): Uint8Array {
  return deflateRawSync(data, {
    level,
    ...(machineCode ? machineCodeMemory : {}),
    chunkSize: Math.min(outputBytes, Math.max(1024, data.byteLength)),
    finishFlush: last ? constants.Z_FINISH : constants.Z_SYNC_FLUSH,
    ...(before.byteLength === 0 ? {} : { dictionary: before })
  })
}

/** Writes the data as stored blocks of a deflate stream (RFC 1951, 3.2.4), for pieces that do not shrink. Gives the bytes written. */
export function writeStoredBlocks(data: Uint8Array, last: boolean, output: Buffer): number {
  const count = Math.max(1, Math.ceil(data.byteLength / storedBlockBytes))
  let at = 0
  for (let index = 0; index < count; index++) {
    const block = data.subarray(index * storedBlockBytes, (index + 1) * storedBlockBytes)
    at = output.writeUInt8(last && index === count - 1 ? 1 : 0, at)
    at = output.writeUInt16LE(block.byteLength, at)
    at = output.writeUInt16LE(~block.byteLength & 0xffff, at)
    output.set(block, at)
    at += block.byteLength
  }
  return at
}
