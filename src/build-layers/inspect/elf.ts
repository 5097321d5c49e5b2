/** What a shared object or program asks of the machine that loads it ("System V Application Binary Interface"; Linux Standard Base, "Symbol Versioning"). */
export interface ElfNeeds {
  /** DT_NEEDED. */
  readonly libraries: readonly string[]
  /** DT_SONAME. */
  readonly soname: string | null
  /** DT_RUNPATH, or DT_RPATH where there is none. */
  readonly searchPaths: readonly string[]
  /** Versions that must be there: of `libc.so.6` `GLIBC_2.34`. */
  readonly versions: readonly { readonly library: string; readonly version: string }[]
}

/** The bytes at an offset; fewer where the file ends. */
export type ReadBytes = (offset: number, length: number) => Buffer

const segment = { load: 1, dynamic: 2 }
const tag = {
  needed: 1,
  strings: 5,
  soname: 14,
  rpath: 15,
  runpath: 29,
  versions: 0x6ffffffe,
  versionCount: 0x6fffffff
}
const weak = 2
const most = 10_000
const mostTableBytes = 1 << 20
/** A damaged file leads to places that do not exist. */
const outOfRange = /^(ERR_BUFFER_OUT_OF_BOUNDS|ERR_OUT_OF_RANGE|EINVAL)$/

interface Layout {
  readonly wide: boolean
  readonly little: boolean
}

/** `null` for what is no ELF file, is not linked dynamically, or is damaged. */
export function elfNeeds(read: ReadBytes): ElfNeeds | null {
  try {
    return needsOf(read)
  } catch (thrown) {
    if (outOfRange.test((thrown as { code?: string }).code ?? '')) return null
    throw thrown
  }
}

function needsOf(read: ReadBytes): ElfNeeds | null {
  const header = read(0, 64)
  if (header.readUInt32BE(0) !== 0x7f454c46) return null
  const layout = { wide: header[4] === 2, little: header[5] === 1 }
  const segments = segmentsOf(read, header, layout)
  const dynamic = segments.find(({ type }) => type === segment.dynamic)
  if (dynamic === undefined) return null
  const entries = dynamicEntries(read(dynamic.offset, Math.min(dynamic.size, mostTableBytes)), layout)
  const offsetOf = (address: number): number => {
    const home = segments.find(
      ({ type, address: start, size }) => type === segment.load && address >= start && address < start + size
    )
    return home === undefined ? address : address - home.address + home.offset
  }
  const first = (wanted: number): number | undefined => entries.find(([each]) => each === wanted)?.[1]
  const strings = offsetOf(first(tag.strings) ?? 0)
  const text = (at: number): string => {
    const bytes = read(strings + at, 4096)
    return bytes.subarray(0, Math.max(0, bytes.indexOf(0))).toString()
  }
  const paths = first(tag.runpath) ?? first(tag.rpath)
  const soname = first(tag.soname)
  const versions = first(tag.versions)
  return {
    libraries: entries.filter(([each]) => each === tag.needed).map(([, at]) => text(at)),
    soname: soname === undefined ? null : text(soname),
    searchPaths: paths === undefined ? [] : text(paths).split(':'),
    versions:
      versions === undefined ? [] : versionNeeds(read, offsetOf(versions), first(tag.versionCount) ?? 0, layout, text)
  }
}

interface Segment {
  readonly type: number
  readonly offset: number
  readonly address: number
  readonly size: number
}

function segmentsOf(read: ReadBytes, header: Buffer, layout: Layout): readonly Segment[] {
  const { wide } = layout
  const start = wide ? long(header, 32, layout) : word(header, 28, layout)
  const [size, count] = [half(header, wide ? 54 : 42, layout), half(header, wide ? 56 : 44, layout)]
  const table = read(start, Math.min(size * count, mostTableBytes))
  return Array.from({ length: count }, (_, index) => {
    const at = index * size
    const field = (wideAt: number, narrowAt: number): number =>
      wide ? long(table, at + wideAt, layout) : word(table, at + narrowAt, layout)
    return { type: word(table, at, layout), offset: field(8, 4), address: field(16, 8), size: field(32, 16) }
  })
}

function dynamicEntries(table: Buffer, layout: Layout): readonly (readonly [tag: number, value: number])[] {
  const width = layout.wide ? 8 : 4
  const number = layout.wide ? long : word
  const entries: (readonly [number, number])[] = []
  for (let at = 0; at + 2 * width <= table.byteLength; at += 2 * width) {
    const each = number(table, at, layout)
    if (each === 0) break
    entries.push([each, number(table, at + width, layout)])
  }
  return entries
}

function versionNeeds(
  read: ReadBytes,
  start: number,
  count: number,
  layout: Layout,
  text: (at: number) => string
): ElfNeeds['versions'] {
  const needs: { library: string; version: string }[] = []
  let at = start
  for (let file = 0; file < Math.min(count, most); file++) {
    const need = read(at, 16)
    const library = text(word(need, 4, layout))
    let next = at + word(need, 8, layout)
    for (let index = 0; index < half(need, 2, layout); index++) {
      const one = read(next, 16)
      if ((half(one, 4, layout) & weak) === 0) needs.push({ library, version: text(word(one, 8, layout)) })
      if (word(one, 12, layout) === 0) break
      next += word(one, 12, layout)
    }
    if (word(need, 12, layout) === 0) break
    at += word(need, 12, layout)
  }
  return needs
}

function half(bytes: Buffer, at: number, { little }: Layout): number {
  return little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at)
}

function word(bytes: Buffer, at: number, { little }: Layout): number {
  return little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
}

/** Offsets of files that can exist fit into a number; others lead nowhere. */
function long(bytes: Buffer, at: number, { little }: Layout): number {
  return Number(little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at))
}
