/**
 * An archive that was not packed in this run, read as a stranger's: whoever may write to the bucket may have put anything there.
 * What two readers of a zip could read in two ways is refused: a name that differs between its two headers, bytes that belong
 * to no file, two files of one name. Format: PKWARE, "APPNOTE.TXT - .ZIP File Format Specification", 6.3.10. AWS takes no zip64
 * of this size, so neither do we.
 */
import { isUtf8 } from 'node:buffer'
import { crc32, inflateRawSync } from 'node:zlib'
import { canonicalJson, sha256Hex } from '../../model/digest.js'

export interface ArchivedFile {
  readonly path: string
  /** As the content digest has it. */
  readonly mode: '100644' | '100755' | '120000'
  /** Of a link its target. */
  readonly content: Buffer
}

interface Entry {
  readonly name: Buffer
  readonly flags: number
  readonly mode: number
  readonly method: number
  readonly crc32: number
  readonly compressedBytes: number
  readonly sizeBytes: number
  readonly localOffset: number
}

/** AWS Lambda Developer Guide, "Lambda quotas": unzipped. The zip itself is hardly ever larger. */
export const maximumArchiveBytes = 262_144_000

/** @throws Error where the bytes are no zip whose entries hold what they state */
export function contentDigestOfZip(zip: Uint8Array): string {
  return digestOf([...filesOf(zip)].map(digestLine))
}

/** One file after the other, in the order of their names; not more than one is in memory by our doing. @throws Error */
export function* filesOf(zip: Uint8Array): Generator<ArchivedFile> {
  const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength)
  const { entries, directoryOffset } = directoryOf(bytes)
  const stated = entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  demand(stated <= maximumArchiveBytes, `${stated} bytes unzipped`)
  assertNames(entries)
  assertNothingBetween(bytes, entries, directoryOffset)
  const files = entries.filter(({ name }) => name.at(-1) !== slash).sort((a, b) => Buffer.compare(a.name, b.name))
  for (const entry of files) {
    yield { path: entry.name.toString('utf8'), mode: modeOf(entry), content: contentOf(bytes, entry) }
  }
}

export type DigestLine = readonly [path: string, mode: string, sha256: string]

export function digestLine({ path, mode, content }: ArchivedFile): DigestLine {
  return [path, mode, sha256Hex(content)]
}

/** The same value as the packer states of the files that it packs. */
export function digestOf(lines: readonly DigestLine[]): string {
  return sha256Hex(canonicalJson(lines))
}

const slash = 0x2f
const endBytes = 22

function directoryOf(zip: Buffer): { readonly entries: readonly Entry[]; readonly directoryOffset: number } {
  // The end record is 22 bytes and a comment of at most 64 KiB.
  const tail = zip.subarray(-endBytes - 0xffff)
  const end = tail.lastIndexOf(Buffer.from('PK\u0005\u0006'))
  const at = end === -1 ? -1 : zip.length - tail.length + end
  demand(at !== -1 && at + endBytes <= zip.length, 'no end of central directory')
  demand(at + endBytes + zip.readUInt16LE(at + 20) === zip.length, 'bytes after its end')
  const count = zip.readUInt16LE(at + 10)
  const directoryOffset = zip.readUInt32LE(at + 16)
  demand(count !== 0xffff && directoryOffset !== 0xffffffff, 'a zip64 archive')
  let offset = directoryOffset
  const entries = Array.from({ length: count }, () => {
    demand(offset + 46 <= at && zip.readUInt32LE(offset) === 0x02014b50, 'no entry where one must be')
    const [nameBytes = 0, extra = 0, comment = 0] = [28, 30, 32].map(field => zip.readUInt16LE(offset + field))
    const entry: Entry = {
      name: zip.subarray(offset + 46, offset + 46 + nameBytes),
      flags: zip.readUInt16LE(offset + 8),
      mode: zip.readUInt32LE(offset + 38) >>> 16,
      method: zip.readUInt16LE(offset + 10),
      crc32: zip.readUInt32LE(offset + 16),
      compressedBytes: zip.readUInt32LE(offset + 20),
      sizeBytes: zip.readUInt32LE(offset + 24),
      localOffset: zip.readUInt32LE(offset + 42)
    }
    offset += 46 + nameBytes + extra + comment
    return entry
  })
  demand(offset === at, 'bytes between its directory and its end')
  return { entries, directoryOffset }
}

/** Names that lead nowhere else than under the folder that they are unpacked into, each once, none below a file. */
function assertNames(entries: readonly Entry[]): void {
  const files = new Set<string>()
  const folders = new Set<string>()
  for (const { name } of entries) {
    demand(isUtf8(name), 'a name that is not UTF-8')
    const path = name.toString('utf8')
    const isFolder = path.endsWith('/')
    const parts = (isFolder ? path.slice(0, -1) : path).split('/')
    const isPlain = parts.every(part => part !== '' && part !== '.' && part !== '..')
    demand(isPlain && !/[\\\0]/.test(path), `the name ${JSON.stringify(path.slice(0, 100))}`)
    if (isFolder) folders.add(parts.join('/'))
    else {
      demand(!files.has(path), `${JSON.stringify(path.slice(0, 100))} twice`)
      files.add(path)
    }
    for (let depth = 1; depth < parts.length; depth++) folders.add(parts.slice(0, depth).join('/'))
  }
  for (const path of files) demand(!folders.has(path), `${JSON.stringify(path.slice(0, 100))} as file and as folder`)
}

/** Local headers and data fill the archive from its first byte to its directory, and say the same as the directory. */
function assertNothingBetween(zip: Buffer, entries: readonly Entry[], directoryOffset: number): void {
  let expected = 0
  for (const entry of entries.toSorted((a, b) => a.localOffset - b.localOffset)) {
    const { localOffset: at, name, method, flags, compressedBytes } = entry
    demand(at === expected, 'bytes that belong to no file')
    demand(at + 30 <= directoryOffset && zip.readUInt32LE(at) === 0x04034b50, 'no file where one must be')
    const start = dataOffset(zip, at)
    demand(zip.subarray(at + 30, at + 30 + zip.readUInt16LE(at + 26)).equals(name), 'a file of two names')
    demand(zip.readUInt16LE(at + 8) === method && (flags & 1) === 0, 'a file that is packed in two ways, or encrypted')
    expected = start + compressedBytes
    demand(expected <= directoryOffset, 'a file that ends outside of it')
    // Sizes that were not known before the data follow it, with or without a signature.
    if ((flags & 8) !== 0) expected += zip.length >= expected + 4 && zip.readUInt32LE(expected) === 0x08074b50 ? 16 : 12
  }
  demand(expected === directoryOffset, 'bytes that belong to no file')
}

function dataOffset(zip: Buffer, at: number): number {
  return at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28)
}

function contentOf(zip: Buffer, entry: Entry): Buffer {
  const { localOffset, compressedBytes, sizeBytes, method } = entry
  const start = dataOffset(zip, localOffset)
  const stored = zip.subarray(start, start + compressedBytes)
  demand(method === 0 || method === 8, `compression method ${method}`)
  const content = method === 0 ? stored : inflateRawSync(stored, { maxOutputLength: Math.max(1, sizeBytes) })
  demand(content.length === sizeBytes, 'a file of another size than stated')
  demand(crc32(content) === entry.crc32, 'a file whose checksum is not that of its bytes')
  return content
}

/** As the packer has it: links, executables, all else. A writer that keeps no modes has plain files. */
function modeOf({ mode }: Entry): ArchivedFile['mode'] {
  if ((mode & 0o170000) === 0o120000) return '120000'
  return (mode & 0o111) === 0 ? '100644' : '100755'
}

function demand(holds: boolean, found: string): asserts holds {
  if (!holds) throw new Error(`not a zip that can be read: ${found}`)
}
