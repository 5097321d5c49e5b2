/** Writes the smallest shared objects that a linker could: what they need, and nothing else. */
export interface MadeElf {
  readonly libraries?: readonly string[]
  readonly soname?: string
  readonly runpath?: string
  /** Library → versions. */
  readonly versions?: Readonly<Record<string, readonly string[]>>
  readonly machine?: 'x86_64' | 'arm64'
}

const base = 0x10000

export function elfFile({ libraries = [], soname, runpath, versions = {}, machine = 'x86_64' }: MadeElf): Buffer {
  let strings = '\0'
  const text = (value: string): number => {
    const at = strings.length
    strings += `${value}\0`
    return at
  }
  const entries: [number, number][] = libraries.map(library => [1, text(library)])
  if (soname !== undefined) entries.push([14, text(soname)])
  if (runpath !== undefined) entries.push([29, text(runpath)])
  const needs = Object.entries(versions).map(([library, names]) => ({ library: text(library), names: names.map(text) }))
  const versionTable = Buffer.concat(
    needs.map(({ library, names }, index) => {
      const need = Buffer.alloc(16 + 16 * names.length)
      need.writeUInt16LE(1, 0)
      need.writeUInt16LE(names.length, 2)
      need.writeUInt32LE(library, 4)
      need.writeUInt32LE(16, 8)
      need.writeUInt32LE(index === needs.length - 1 ? 0 : need.byteLength, 12)
      names.forEach((name, each) => {
        need.writeUInt32LE(name, 16 + 16 * each + 8)
        need.writeUInt32LE(each === names.length - 1 ? 0 : 16, 16 + 16 * each + 12)
      })
      return need
    })
  )
  const stringsAt = 64 + 2 * 56
  const versionsAt = stringsAt + strings.length
  const dynamicAt = versionsAt + versionTable.byteLength
  entries.push([5, base + stringsAt])
  if (needs.length > 0) entries.push([0x6ffffffe, base + versionsAt], [0x6fffffff, needs.length])
  const dynamic = Buffer.alloc(16 * (entries.length + 1))
  entries.forEach(([tag, value], index) => {
    dynamic.writeBigUInt64LE(BigInt(tag), 16 * index)
    dynamic.writeBigUInt64LE(BigInt(value), 16 * index + 8)
  })
  const size = dynamicAt + dynamic.byteLength
  const header = Buffer.alloc(stringsAt)
  header.write('\x7fELF\x02\x01\x01', 'latin1')
  header.writeUInt16LE(3, 16)
  header.writeUInt16LE(machine === 'arm64' ? 183 : 62, 18)
  header.writeBigUInt64LE(64n, 32)
  header.writeUInt16LE(56, 54)
  header.writeUInt16LE(2, 56)
  const segment = (at: number, type: number, offset: number, length: number): void => {
    header.writeUInt32LE(type, at)
    header.writeBigUInt64LE(BigInt(offset), at + 8)
    header.writeBigUInt64LE(BigInt(base + offset), at + 16)
    header.writeBigUInt64LE(BigInt(length), at + 32)
  }
  segment(64, 1, 0, size)
  segment(120, 2, dynamicAt, dynamic.byteLength)
  return Buffer.concat([header, Buffer.from(strings, 'latin1'), versionTable, dynamic])
}
