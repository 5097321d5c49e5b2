const storedBlockBytes = 0xffff
/** What deflate cannot shrink. */
const compressedNames =
  /\.(gz|tgz|bz2|xz|zst|br|lz4|7z|zip|whl|egg|jar|png|jpe?g|gif|webp|woff2?|mp[34]|webm|ogg|parquet|npz)$/i

export function isCompressed(path: string): boolean {
  return compressedNames.test(path)
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
