import { crc32 } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import { entriesFromEnd, type ArchiveEnd, type ReadEnd } from '../../../src/build-layers/archive/directory-entries.js'
import { zipOf } from '../../support/zip-file.js'

const files = (count: number, nameBytes = 0) =>
  Array.from({ length: count }, (_, index) => ({
    path: `python/${'x'.repeat(nameBytes)}${index}.py`,
    content: `n = ${index}\n`
  }))

/** What S3 answers, and how much was asked for. */
function reader(zip: Buffer) {
  const asked: number[] = []
  const read = (count: number): Promise<ArchiveEnd> => {
    asked.push(count)
    return Promise.resolve({ bytes: zip.subarray(Math.max(0, zip.length - count)), sizeBytes: zip.length })
  }
  return { asked, read }
}

const namesFromEnd = async (read: ReadEnd) => (await entriesFromEnd(read))?.map(({ path }) => path) ?? null

describe('the names in an archive, from its end', () => {
  it('one read is enough', async () => {
    const { read, asked } = reader(zipOf(files(3)))
    expect(await namesFromEnd(read)).toEqual(files(3).map(({ path }) => path))
    expect(asked).toHaveLength(1)
  })
  it('each with the checksum and the size of its content', async () => {
    const [entry] = (await entriesFromEnd(reader(zipOf(files(1))).read)) ?? []
    expect(entry).toEqual({ path: 'python/0.py', mode: '100644', crc32: crc32('n = 0\n'), sizeBytes: 6 })
  })
  it('of a small archive with large files only its end is read', async () => {
    const zip = zipOf([{ path: 'python/large.bin', content: Buffer.alloc(2 << 20) }, ...files(1)])
    const { read, asked } = reader(zip)
    expect(await namesFromEnd(read)).toEqual(['python/large.bin', 'python/0.py'])
    expect(asked[0]).toBeLessThan(zip.length)
    expect(asked).toHaveLength(1)
  })
  it('a directory that is larger is read with a second call, to the byte', async () => {
    const zip = zipOf(files(3000, 400))
    const { read, asked } = reader(zip)
    expect(await namesFromEnd(read)).toHaveLength(3000)
    expect(asked).toEqual([1 << 20, zip.length - zip.readUInt32LE(zip.length - 6)])
  })
  it('what is not there, or no archive, has none that are known', async () => {
    expect(await namesFromEnd(() => Promise.resolve(null))).toBeNull()
    for (const bytes of [Buffer.alloc(0), Buffer.from('no zip'), Buffer.from('PK\u0005\u0006')]) {
      expect(await namesFromEnd(reader(bytes).read)).toBeNull()
    }
  })
  it('an end that lies is not followed', async () => {
    const lies: ((zip: Buffer) => void)[] = [
      zip => zip.writeUInt16LE(900, zip.length - 12),
      zip => zip.writeUInt16LE(0xffff, zip.length - 12),
      zip => zip.writeUInt32LE(0xffffffff, zip.length - 6),
      zip => zip.writeUInt32LE(zip.length, zip.length - 6),
      zip => zip.writeUInt32LE(3, zip.length - 6),
      zip => zip.writeUInt16LE(0xfff0, zip.readUInt32LE(zip.length - 6) + 28)
    ]
    for (const lie of lies) {
      const zip = zipOf(files(2))
      lie(zip)
      expect(await namesFromEnd(reader(zip).read)).toBeNull()
    }
  })
  it('an archive that is another one by the second read, or is gone, is not known', async () => {
    const zip = zipOf(files(3000, 400))
    const first = { bytes: zip.subarray(zip.length - (1 << 20)), sizeBytes: zip.length }
    for (const second of [null, { ...first, sizeBytes: zip.length + 1 }, first]) {
      let calls = 0
      expect(await namesFromEnd(() => Promise.resolve((calls += 1) === 1 ? first : second))).toBeNull()
    }
  })
})
