/**
 * The content digest of a zip: what the packer states of the files it packs, read back from any archive.
 * Format: PKWARE, "APPNOTE.TXT - .ZIP File Format Specification", 6.3.10. AWS takes no zip64 of this size, so neither do we.
 */
import { inflateRawSync } from 'node:zlib'
import { canonicalJson, sha256Hex } from '../../model/digest.js'

interface Entry {
  readonly name: Buffer
  readonly mode: number
  readonly method: number
  readonly compressedBytes: number
  readonly sizeBytes: number
  readonly localOffset: number
}

/** @throws Error where the bytes are no zip whose entries hold what they state */
export function contentDigestOfZip(zip: Uint8Array): string {
  const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength)
  const files = entriesOf(bytes)
    .filter(({ name }) => name.at(-1) !== 0x2f)
    .sort((a, b) => Buffer.compare(a.name, b.name))
  const digests = files.map(entry => [entry.name.toString('utf8'), modeOf(entry), sha256Hex(contentOf(bytes, entry))])
  return sha256Hex(canonicalJson(digests))
}

function entriesOf(zip: Buffer): readonly Entry[] {
  // The end record is 22 bytes and a comment of at most 64 KiB.
  const end = zip.subarray(-22 - 0xffff).lastIndexOf(Buffer.from('PK\u0005\u0006'))
  const at = end === -1 ? -1 : Math.max(0, zip.length - 22 - 0xffff) + end
  require(at !== -1 && at + 22 <= zip.length, 'no end of central directory')
  const count = zip.readUInt16LE(at + 10)
  let offset = zip.readUInt32LE(at + 16)
  require(count !== 0xffff && offset !== 0xffffffff, 'a zip64 archive')
  return Array.from({ length: count }, () => {
    require(offset + 46 <= zip.length && zip.readUInt32LE(offset) === 0x02014b50, 'no entry where one must be')
    const [nameBytes, extra, comment] = [28, 30, 32].map(field => zip.readUInt16LE(offset + field)) as [
      number,
      number,
      number
    ]
    const entry: Entry = {
      name: zip.subarray(offset + 46, offset + 46 + nameBytes),
      mode: zip.readUInt32LE(offset + 38) >>> 16,
      method: zip.readUInt16LE(offset + 10),
      compressedBytes: zip.readUInt32LE(offset + 20),
      sizeBytes: zip.readUInt32LE(offset + 24),
      localOffset: zip.readUInt32LE(offset + 42)
    }
    offset += 46 + nameBytes + extra + comment
    return entry
  })
}

function contentOf(zip: Buffer, entry: Entry): Buffer {
  const { localOffset: at, compressedBytes, sizeBytes, method } = entry
  require(at + 30 <= zip.length && zip.readUInt32LE(at) === 0x04034b50, 'no file where one must be')
  const start = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28)
  const stored = zip.subarray(start, start + compressedBytes)
  require(method === 0 || method === 8, `compression method ${method}`)
  const content = method === 0 ? stored : inflateRawSync(stored, { maxOutputLength: Math.max(1, sizeBytes) })
  require(content.length === sizeBytes, 'a file of another size than stated')
  return content
}

/** As the packer has it: links, executables, all else. A writer that keeps no modes has plain files. */
function modeOf({ mode }: Entry): string {
  if ((mode & 0o170000) === 0o120000) return '120000'
  return (mode & 0o111) === 0 ? '100644' : '100755'
}

function require(holds: boolean, found: string): void {
  if (!holds) throw new Error(`not a zip that can be read: ${found}`)
}
