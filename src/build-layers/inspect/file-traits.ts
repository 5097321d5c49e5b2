import { parsePointer } from '../../ports/git.js'

/** What a file's first bytes, or its name, say about where it runs. Read while the file is packed. */
export interface FileTraits {
  /** Of a shared object or program: `x86_64`, `arm64`, or another as a person would call it. */
  readonly machine?: string
  /** Of a wheel's metadata: the platforms that it was built for, `cp310-cp310-manylinux_2_17_x86_64`. */
  readonly wheelTags?: readonly string[]
  /** It stands for a content that Git LFS keeps elsewhere. */
  readonly lfsPointer?: true
}

/** "System V Application Binary Interface", ELF header: the values of e_machine that are met on Linux. */
const elfMachines: Readonly<Record<number, string>> = {
  3: 'i386',
  8: 'mips',
  20: 'ppc',
  21: 'ppc64',
  22: 's390x',
  40: 'arm (32 bit)',
  62: 'x86_64',
  183: 'arm64',
  243: 'riscv64',
  258: 'loongarch64'
}
/** ELF types of what is run or loaded: ET_EXEC, ET_DYN. Objects for a linker (ET_REL) are neither. */
const loadedElfTypes = [2, 3]
/** A Python extension module, whatever is in it. */
const extensionModule = /\.(so|pyd)$/

/** `null` where there is nothing to judge. `start`: at least the first 1024 bytes of the file, of WHEEL files all of it. */
export function traitsOf(path: string, start: Uint8Array): FileTraits | null {
  if (/\.dist-info\/WHEEL$/.test(path)) return { wheelTags: wheelTags(new TextDecoder().decode(start)) }
  if (parsePointer(start) !== null) return { lfsPointer: true }
  const machine = elfMachine(start) ?? (extensionModule.test(path) ? foreignSystem(start) : null)
  return machine === null ? null : { machine }
}

function elfMachine(start: Uint8Array): string | null {
  const isElf = start[0] === 0x7f && start[1] === 0x45 && start[2] === 0x4c && start[3] === 0x46
  if (!isElf || start.byteLength < 20) return null
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength)
  const littleEndian = start[5] === 1
  if (!loadedElfTypes.includes(view.getUint16(16, littleEndian))) return null
  const machine = view.getUint16(18, littleEndian)
  return elfMachines[machine] ?? `machine ${machine}`
}

/** Mach-O (macOS; one architecture or several) and PE (Windows). */
function foreignSystem(start: Uint8Array): string | null {
  const magic = start.subarray(0, 4).reduce((number, byte) => number * 256 + byte, 0)
  if ([0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe, 0xcafebabe].includes(magic)) return 'macOS'
  return start[0] === 0x4d && start[1] === 0x5a ? 'Windows' : null
}

/** Python Packaging User Guide, "Binary distribution format": the lines `Tag:` of WHEEL, each possibly of several platforms. */
function wheelTags(text: string): readonly string[] {
  return [...text.matchAll(/^Tag:\s*(\S+)\s*$/gm)].map(([, tag = '']) => tag)
}
