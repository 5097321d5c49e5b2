/**
 * The records of a zip file as bytes (PKWARE, "APPNOTE.TXT - .ZIP File Format Specification", 6.3.10). Nothing in them depends on the
 * machine: the time is fixed, the maker is always Unix, and the only extra field is the zip64 one, where a number needs it.
 */
export interface ZipEntry {
  readonly name: string
  /** As `stat` gives it, with the file type: 0o100644, 0o100755, 0o120777. */
  readonly mode: number
  readonly method: 'stored' | 'deflated'
  /** Sizes and CRC follow the data, since they were not known before it. */
  readonly streamed: boolean
  readonly crc32: number
  readonly compressedBytes: number
  readonly sizeBytes: number
  /** Of the local header, from the start of the archive. */
  readonly offset: number
}

const max32 = 0xffffffff
const max16 = 0xffff
const utf8Flag = 0x0800
const streamedFlag = 0x0008
const version20 = 20
const version45 = 45
const madeByUnix = 3 << 8
/** 1980-01-01 00:00:00, the earliest time that a zip can hold. */
const dosTime = 0
const dosDate = (1 << 5) | 1

/** Whether sizes need 64 bits, decided from the size of the file alone, as it must be before the data is compressed. */
function isLarge(sizeBytes: number): boolean {
  // Stored blocks make deflate's output at most 0.01 % longer than its input.
  return sizeBytes >= max32 - 0x100000
}

/** How long the headers of a name can be: fixed fields, the name, three numbers of the zip64 field. */
export function headerBytesAtMost(name: string): number {
  return 46 + 3 * name.length + 28
}

/** Length of the local header of a file too short for zip64. */
export function localHeaderBytes(name: string): number {
  return 30 + Buffer.byteLength(name)
}

export function localHeader(entry: ZipEntry): Buffer {
  const header = Buffer.allocUnsafe(headerBytesAtMost(entry.name))
  return header.subarray(0, writeLocalHeader(header, 0, entry))
}

/** Writes the header and gives where it ends. */
export function writeLocalHeader(target: Buffer, at: number, entry: ZipEntry): number {
  const large = isLarge(entry.sizeBytes)
  const { crc32, compressedBytes, sizeBytes } = entry.streamed ? unknownYet : entry
  const nameBytes = target.write(entry.name, at + 30)
  const extra = large ? [sizeBytes, compressedBytes] : []
  target.writeUInt32LE(0x04034b50, at)
  target.writeUInt16LE(large ? version45 : version20, at + 4)
  writeSharedFields(target, at + 6, entry)
  target.writeUInt32LE(crc32, at + 14)
  target.writeUInt32LE(large ? max32 : compressedBytes, at + 18)
  target.writeUInt32LE(large ? max32 : sizeBytes, at + 22)
  target.writeUInt16LE(nameBytes, at + 26)
  target.writeUInt16LE(zip64Bytes(extra), at + 28)
  return writeZip64(target, at + 30 + nameBytes, extra)
}

const unknownYet = { crc32: 0, compressedBytes: 0, sizeBytes: 0 }

/** Follows the data of a streamed entry. */
export function dataDescriptor(entry: ZipEntry): Buffer {
  const large = isLarge(entry.sizeBytes)
  const descriptor = Buffer.alloc(large ? 24 : 16)
  descriptor.writeUInt32LE(0x08074b50, 0)
  descriptor.writeUInt32LE(entry.crc32, 4)
  if (large) {
    descriptor.writeBigUInt64LE(BigInt(entry.compressedBytes), 8)
    descriptor.writeBigUInt64LE(BigInt(entry.sizeBytes), 16)
  } else {
    descriptor.writeUInt32LE(entry.compressedBytes, 8)
    descriptor.writeUInt32LE(entry.sizeBytes, 12)
  }
  return descriptor
}

/** Writes the header and gives where it ends. */
export function writeCentralHeader(target: Buffer, at: number, entry: ZipEntry): number {
  const large = isLarge(entry.sizeBytes)
  const far = entry.offset >= max32
  const extra = [...(large ? [entry.sizeBytes, entry.compressedBytes] : []), ...(far ? [entry.offset] : [])]
  const version = extra.length > 0 ? version45 : version20
  const nameBytes = target.write(entry.name, at + 46)
  target.writeUInt32LE(0x02014b50, at)
  target.writeUInt16LE(madeByUnix | version, at + 4)
  target.writeUInt16LE(version, at + 6)
  writeSharedFields(target, at + 8, entry)
  target.writeUInt32LE(entry.crc32, at + 16)
  target.writeUInt32LE(large ? max32 : entry.compressedBytes, at + 20)
  target.writeUInt32LE(large ? max32 : entry.sizeBytes, at + 24)
  target.writeUInt16LE(nameBytes, at + 28)
  target.writeUInt16LE(zip64Bytes(extra), at + 30)
  // No comment, on the first disk, internal attributes: none. Unix keeps the mode in the upper half of the external attributes.
  target.fill(0, at + 32, at + 38)
  target.writeUInt32LE((entry.mode << 16) >>> 0, at + 38)
  target.writeUInt32LE(far ? max32 : entry.offset, at + 42)
  return writeZip64(target, at + 46 + nameBytes, extra)
}

/** The end of central directory record, after the zip64 one and its locator where a number does not fit. */
export function endOfCentralDirectory(count: number, directoryBytes: number, directoryOffset: number): Buffer {
  const large = count >= max16 || directoryBytes >= max32 || directoryOffset >= max32
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Math.min(count, max16), 8)
  end.writeUInt16LE(Math.min(count, max16), 10)
  end.writeUInt32LE(Math.min(directoryBytes, max32), 12)
  end.writeUInt32LE(Math.min(directoryOffset, max32), 16)
  if (!large) return end
  const end64 = Buffer.alloc(56)
  end64.writeUInt32LE(0x06064b50, 0)
  end64.writeBigUInt64LE(44n, 4)
  end64.writeUInt16LE(madeByUnix | version45, 12)
  end64.writeUInt16LE(version45, 14)
  end64.writeBigUInt64LE(BigInt(count), 24)
  end64.writeBigUInt64LE(BigInt(count), 32)
  end64.writeBigUInt64LE(BigInt(directoryBytes), 40)
  end64.writeBigUInt64LE(BigInt(directoryOffset), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeBigUInt64LE(BigInt(directoryOffset + directoryBytes), 8)
  locator.writeUInt32LE(1, 16)
  return Buffer.concat([end64, locator, end])
}

/** Flags, method, time and date: the same eight bytes in both headers. */
function writeSharedFields(header: Buffer, at: number, entry: ZipEntry): void {
  header.writeUInt16LE(utf8Flag | (entry.streamed ? streamedFlag : 0), at)
  header.writeUInt16LE(entry.method === 'deflated' ? 8 : 0, at + 2)
  header.writeUInt16LE(dosTime, at + 4)
  header.writeUInt16LE(dosDate, at + 6)
}

function zip64Bytes(values: readonly number[]): number {
  return values.length === 0 ? 0 : 4 + 8 * values.length
}

/** The extra field with the numbers that 32 bits do not hold. Gives where it ends. */
function writeZip64(target: Buffer, at: number, values: readonly number[]): number {
  if (values.length === 0) return at
  target.writeUInt16LE(0x0001, at)
  target.writeUInt16LE(8 * values.length, at + 2)
  values.forEach((value, index) => target.writeBigUInt64LE(BigInt(value), at + 4 + 8 * index))
  return at + zip64Bytes(values)
}
