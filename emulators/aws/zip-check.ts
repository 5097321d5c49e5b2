/**
 * Reads a zip the strict way: by its central directory, with every entry inflated and its checksum compared.
 * Source: PKWARE's APPNOTE.TXT 6.3.10, sections 4.3 and 4.4. What no zip writer has reason to do is refused.
 */
import { crc32, inflateRawSync } from 'node:zlib'

export interface ZipEntry {
  /** As stored; a folder ends in `/`. */
  readonly name: string
  /** Unix mode, 0 where the writer recorded none. */
  readonly mode: number
  /** Unzipped size in bytes. */
  readonly sizeBytes: number
  readonly content: Buffer
}

/** Why the bytes are no sound zip. */
export class ZipInvalid extends Error {
  override readonly name = 'ZipInvalid'
}

interface Header {
  readonly name: string
  readonly mode: number
  readonly method: number
  readonly crc: number
  readonly compressedBytes: number
  readonly sizeBytes: number
  readonly localOffset: number
}

const endSignature = 0x06054b50
const centralSignature = 0x02014b50
const localSignature = 0x04034b50
const endLength = 22
const centralLength = 46
const localLength = 30
const flagEncrypted = 0x1
const flagUtf8 = 0x800

/** Sum of the entries' sizes as the central directory states them: cheap, nothing is inflated. */
export function declaredUnzippedBytes(zip: Buffer): number {
  return readHeaders(zip).reduce((sum, header) => sum + header.sizeBytes, 0)
}

/** Every entry in the order of the central directory. Throws `ZipInvalid` where one does not hold what it states. */
export function readZip(zip: Buffer): readonly ZipEntry[] {
  const headers = readHeaders(zip)
  const names = new Set<string>()
  for (const { name } of headers) {
    require(!names.has(name), `two entries are named ${JSON.stringify(name)}`)
    names.add(name)
  }
  return headers.map(header => {
    const { name, mode, sizeBytes } = header
    return { name, mode, sizeBytes, content: readContent(zip, header) }
  })
}

function readHeaders(zip: Buffer): readonly Header[] {
  const end = findEnd(zip)
  const count = zip.readUInt16LE(end + 10)
  require(zip.readUInt16LE(end + 4) === 0 && zip.readUInt16LE(end + 8) === count, 'it is a part of several')
  const length = zip.readUInt32LE(end + 12)
  const start = zip.readUInt32LE(end + 16)
  require(count !== 0xffff && start !== 0xffffffff, 'zip64 is not read here')
  require(start + length === end, 'the central directory does not end where the end record begins')
  const headers: Header[] = []
  let offset = start
  for (let index = 0; index < count; index += 1) {
    require(offset + centralLength <= end, 'the central directory holds fewer entries than stated')
    require(zip.readUInt32LE(offset) === centralSignature, `central entry ${index} has no signature`)
    headers.push(readHeader(zip, offset))
    offset += centralLength + variableLength(zip, offset + 28) + zip.readUInt16LE(offset + 32)
  }
  require(offset === end, 'the central directory holds more than its entries')
  return headers
}

/** The end record is the last thing in the file, but for its own comment. */
function findEnd(zip: Buffer): number {
  for (let offset = zip.length - endLength; offset >= Math.max(0, zip.length - endLength - 0xffff); offset -= 1) {
    const found = zip.readUInt32LE(offset) === endSignature
    if (found && offset + endLength + zip.readUInt16LE(offset + 20) === zip.length) return offset
  }
  throw new ZipInvalid('there is no end of central directory record')
}

function readHeader(zip: Buffer, offset: number): Header {
  const flags = zip.readUInt16LE(offset + 8)
  const nameBytes = zip.subarray(offset + centralLength, offset + centralLength + zip.readUInt16LE(offset + 28))
  const name = nameBytes.toString('utf8')
  require(Buffer.from(name, 'utf8').equals(nameBytes), 'a name is not UTF-8')
  require(name !== '' && !name.includes('\0'), 'a name is empty or holds a NUL')
  require((flags & flagEncrypted) === 0, `${name} is encrypted`)
  require((flags & flagUtf8) !== 0 || nameBytes.every(byte => byte < 0x80), `${name} is not marked as UTF-8`)
  return {
    name,
    mode: zip.readUInt8(offset + 5) === 3 ? zip.readUInt16LE(offset + 40) : 0,
    method: zip.readUInt16LE(offset + 10),
    crc: zip.readUInt32LE(offset + 16),
    compressedBytes: zip.readUInt32LE(offset + 20),
    sizeBytes: zip.readUInt32LE(offset + 24),
    localOffset: zip.readUInt32LE(offset + 42)
  }
}

function readContent(zip: Buffer, header: Header): Buffer {
  const { name, localOffset, compressedBytes, sizeBytes } = header
  require(localOffset + localLength <= zip.length, `${name}: its local header lies outside of the file`)
  require(zip.readUInt32LE(localOffset) === localSignature, `${name}: its local header has no signature`)
  const nameEnd = localOffset + localLength + zip.readUInt16LE(localOffset + 26)
  require(zip.toString('utf8', localOffset + localLength, nameEnd) === name, `${name}: its local header names another`)
  require(zip.readUInt16LE(localOffset + 8) === header.method, `${name}: its two headers state two methods`)
  const start = localOffset + localLength + variableLength(zip, localOffset + 26)
  require(start + compressedBytes <= zip.length, `${name}: its data ends outside of the file`)
  const content = inflate(name, header.method, zip.subarray(start, start + compressedBytes), sizeBytes)
  require(content.length === sizeBytes, `${name}: ${content.length} bytes where ${sizeBytes} are stated`)
  require(crc32(content) === header.crc, `${name}: its CRC-32 differs`)
  return content
}

function inflate(name: string, method: number, data: Buffer, sizeBytes: number): Buffer {
  if (method === 0) return data
  require(method === 8, `${name}: compression method ${method} is neither stored nor deflated`)
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(sizeBytes, 1) })
  } catch (cause) {
    throw new ZipInvalid(`${name}: its data does not inflate`, { cause })
  }
}

/** A name and an extra field, whose lengths stand next to each other. */
function variableLength(zip: Buffer, offset: number): number {
  return zip.readUInt16LE(offset) + zip.readUInt16LE(offset + 2)
}

function require(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new ZipInvalid(otherwise)
}
