import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { traitsOf } from '../../../src/build-layers/inspect/file-traits.js'

function elf(machine: number, { type = 3, bigEndian = false } = {}): Buffer {
  const header = Buffer.alloc(64)
  header.write('\x7fELF', 'latin1')
  header.writeUInt8(bigEndian ? 2 : 1, 5)
  if (bigEndian) {
    header.writeUInt16BE(type, 16)
    header.writeUInt16BE(machine, 18)
  } else {
    header.writeUInt16LE(type, 16)
    header.writeUInt16LE(machine, 18)
  }
  return header
}

describe('F45 traitsOf', () => {
  it.each([
    ['x86_64', elf(62)],
    ['arm64', elf(183)],
    ['arm64', elf(183, { type: 2 })],
    ['i386', elf(3)],
    ['arm (32 bit)', elf(40)],
    ['s390x', elf(22, { bigEndian: true })],
    ['machine 4660', elf(0x1234)]
  ])('reads %s from the ELF header, whatever the name', (machine, start) => {
    expect(traitsOf('bin/tool', start)).toEqual({ machine })
  })

  it('reads the header of a real program', () => {
    const machine = { x64: 'x86_64', arm64: 'arm64' }[process.arch as string]
    expect(traitsOf('node', readFileSync(process.execPath).subarray(0, 64))).toEqual({ machine })
  })

  it('says nothing of objects for a linker, of text, of too short a file', () => {
    expect(traitsOf('a.o', elf(62, { type: 1 }))).toBeNull()
    expect(traitsOf('a.py', Buffer.from('import x'))).toBeNull()
    expect(traitsOf('a.so', elf(62).subarray(0, 19))).toBeNull()
    expect(traitsOf('a.so', Buffer.alloc(0))).toBeNull()
  })

  it('knows an extension module for macOS or Windows, but not a program that is only carried along', () => {
    const mach = Buffer.from('cffaedfe0c000001', 'hex')
    expect(traitsOf('python/a.cpython-310-darwin.so', mach)).toEqual({ machine: 'macOS' })
    expect(traitsOf('python/a.pyd', Buffer.from('MZ\x90\0'))).toEqual({ machine: 'Windows' })
    expect(traitsOf('python/distlib/t64.exe', Buffer.from('MZ\x90\0'))).toBeNull()
  })

  it("reads a wheel's tags", () => {
    const text =
      'Wheel-Version: 1.0\r\nRoot-Is-Purelib: false\r\nTag: cp310-cp310-manylinux_2_17_x86_64\r\nTag:  cp310-cp310-manylinux2014_x86_64\n'
    expect(traitsOf('python/x-1.0.dist-info/WHEEL', Buffer.from(text))).toEqual({
      wheelTags: ['cp310-cp310-manylinux_2_17_x86_64', 'cp310-cp310-manylinux2014_x86_64']
    })
    expect(traitsOf('python/WHEEL', Buffer.from(text))).toBeNull()
  })

  it('G10 never throws', () => {
    const starts = fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      fc.uint8Array({ maxLength: 40 }).map(rest => Buffer.concat([Buffer.from('\x7fELF', 'latin1'), rest]))
    )
    fc.assert(
      fc.property(fc.constantFrom('a.so', 'x.dist-info/WHEEL', 'a'), starts, (path, start) => {
        traitsOf(path, start)
      }),
      { numRuns: 10_000 }
    )
  })
})
