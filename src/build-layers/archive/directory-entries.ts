/**
 * The entries of an archive, read from its end alone: its central directory is there (PKWARE, "APPNOTE.TXT", 6.3.10). They are shown and
 * decide nothing: whoever may write to the bucket may have put anything there, so what is no directory is only not known.
 */
import type { DirectoryEntry } from '../../model/packages.js'

export interface ArchiveEnd {
  readonly bytes: Uint8Array
  /** Of the whole archive. */
  readonly sizeBytes: number
}

/** The last `count` bytes, or all where it has fewer; `null`: it is not there. */
export type ReadEnd = (count: number) => Promise<ArchiveEnd | null>

/** Holds the directory of some ten thousand files: one read does. */
const firstLookBytes = 1 << 20
/** More than 65,535 files of long names have. */
const mostBytes = 16 << 20

export async function entriesFromEnd(read: ReadEnd): Promise<readonly DirectoryEntry[] | null> {
  const end = await read(firstLookBytes)
  const place = end === null ? null : directoryPlace(end)
  if (end === null || place === null) return null
  const wanted = end.sizeBytes - place.offset
  if (wanted <= end.bytes.byteLength) return entriesOf(end, place)
  const whole = wanted > mostBytes ? null : await read(wanted)
  // Another archive may lie there by now.
  return whole === null || whole.sizeBytes !== end.sizeBytes || whole.bytes.byteLength < wanted
    ? null
    : entriesOf(whole, place)
}

interface DirectoryPlace {
  /** In the whole archive. */
  readonly offset: number
  readonly count: number
}

const endBytes = 22

function directoryPlace({ bytes, sizeBytes }: ArchiveEnd): DirectoryPlace | null {
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const at = tail.lastIndexOf(Buffer.from('PK\u0005\u0006'))
  if (at === -1 || at + endBytes > tail.length) return null
  const count = tail.readUInt16LE(at + 10)
  const offset = tail.readUInt32LE(at + 16)
  const isZip64 = count === 0xffff || offset === 0xffffffff
  return isZip64 || offset > sizeBytes - (tail.length - at) ? null : { offset, count }
}

function entriesOf(
  { bytes, sizeBytes }: ArchiveEnd,
  { offset, count }: DirectoryPlace
): readonly DirectoryEntry[] | null {
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = offset - (sizeBytes - tail.length)
  const entries: DirectoryEntry[] = []
  for (let index = 0; index < count; index++) {
    if (at + 46 > tail.length || tail.readUInt32LE(at) !== 0x02014b50) return null
    const [nameBytes = 0, extra = 0, comment = 0] = [28, 30, 32].map(field => tail.readUInt16LE(at + field))
    if (at + 46 + nameBytes > tail.length) return null
    entries.push({
      path: tail.toString('utf8', at + 46, at + 46 + nameBytes),
      mode: modeOf(tail.readUInt32LE(at + 38) >>> 16),
      crc32: tail.readUInt32LE(at + 16),
      sizeBytes: tail.readUInt32LE(at + 24)
    })
    at += 46 + nameBytes + extra + comment
  }
  return entries
}

function modeOf(unix: number): DirectoryEntry['mode'] {
  if ((unix & 0o170000) === 0o120000) return '120000'
  return (unix & 0o111) === 0 ? '100644' : '100755'
}
