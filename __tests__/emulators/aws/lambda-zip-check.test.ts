import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { declaredUnzippedBytes, readZip, ZipInvalid } from '../../../emulators/aws/zip-check.js'
import { zipOf, type ZipFile } from './layer-fixtures.js'

const files = fc.uniqueArray(
  fc.record({
    name: fc.stringMatching(/^[a-z]{1,8}(\/[a-zé]{1,8}){0,2}$/),
    content: fc.uint8Array({ maxLength: 200 }).map(bytes => Buffer.from(bytes)),
    deflate: fc.boolean()
  }),
  { selector: file => file.name, maxLength: 6 }
)
const shown = (zip: Buffer): unknown => readZip(zip).map(({ name, content }) => [name, content.toString('hex')])

describe('readZip', () => {
  it('reads back what was written, in order', () => {
    fc.assert(
      fc.property(files, written => {
        const zip = zipOf(written)
        expect(shown(zip)).toEqual(written.map(file => [file.name, Buffer.from(file.content).toString('hex')]))
        expect(declaredUnzippedBytes(zip)).toBe(written.reduce((sum, file) => sum + file.content.length, 0))
      }),
      { numRuns: 1000 }
    )
  })

  it('never gives other content for damaged bytes: the same content, or ZipInvalid', () => {
    fc.assert(
      fc.property(files, fc.nat(), fc.integer({ min: 1, max: 255 }), (written, place, flip) => {
        const zip = zipOf(written)
        const contents = shown(zip)
        const damaged = Buffer.from(zip)
        const at = place % zip.length
        damaged.writeUInt8(damaged.readUInt8(at) ^ flip, at)
        try {
          const read = shown(damaged) as [string, string][]
          const hex = (entries: unknown): string[] => (entries as [string, string][]).map(entry => entry[1])
          expect(hex(read)).toEqual(hex(contents))
        } catch (error) {
          if (!(error instanceof ZipInvalid)) throw error
        }
      }),
      { numRuns: 5000 }
    )
  })

  it('refuses every cut of a zip', () => {
    const zip = zipOf([{ name: 'python/a.py', content: 'a = 1\n' }])
    for (let length = 0; length < zip.length; length += 1) {
      expect(() => readZip(zip.subarray(0, length))).toThrow(ZipInvalid)
    }
  })

  it.each<[string, () => Buffer, RegExp]>([
    ['no zip at all', () => Buffer.from('no zip'), /no end of central directory/],
    ['bytes after the end', () => Buffer.concat([zipOf([]), Buffer.from('x')]), /no end of central directory/],
    ['bytes before the start', () => Buffer.concat([Buffer.from('x'), zipOf([])]), /does not end where/],
    ['a name twice', () => zipOf([file('a'), file('a')]), /two entries are named "a"/],
    ['a wrong size', () => zipOf([{ ...file('a'), statedBytes: 3 }]), /a: its data does not inflate|3 are stated/],
    ['a wrong stored size', () => zipOf([{ ...file('a'), deflate: false, statedBytes: 3 }]), /where 3 are stated/]
  ])('refuses %s', (_what, make, message) => {
    expect(() => readZip(make())).toThrow(message)
  })
})

function file(name: string): ZipFile {
  return { name, content: 'some text' }
}
