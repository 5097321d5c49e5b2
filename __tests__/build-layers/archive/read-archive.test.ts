import { mkdtemp, readFile, rm, symlink, writeFile, chmod, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { listContent, type FileEntry, type SymlinkEntry } from '../../../src/build-layers/archive/list-content.js'
import { writeArchive } from '../../../src/build-layers/archive/write-archive.js'
import { contentDigestOfZip } from '../../../src/build-layers/archive/read-archive.js'
import { zipOf } from '../../support/zip-file.js'

it('reads back the content digest that the packer stated: small, long, incompressible, linked, executable', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'zip-content-'))
  const root = join(folder, 'root')
  await mkdir(join(root, 'python', 'ü'), { recursive: true })
  await writeFile(join(root, 'python', 'a.py'), 'a = 1\n')
  await writeFile(join(root, 'python', 'ü', 'empty'), '')
  await writeFile(join(root, 'python', 'long.txt'), 'line\n'.repeat(600_000))
  await writeFile(join(root, 'python', 'random.bin'), randomBytes(5_000))
  await symlink('a.py', join(root, 'python', 'b.py'))
  await chmod(join(root, 'python', 'a.py'), 0o755)
  const entries = (await listContent(root)) as readonly (FileEntry | SymlinkEntry)[]
  const file = join(folder, 'layer.zip')
  const { contentDigest } = await writeArchive(root, entries, file)
  const zip = await readFile(file)
  expect(contentDigestOfZip(zip)).toBe(contentDigest)
  // Cut or changed anywhere, it ends in a digest or an error, and never hangs or takes memory without end.
  fc.assert(
    fc.property(fc.integer({ min: 0, max: zip.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const damaged = Buffer.from(zip.subarray(0, change % 7 === 0 ? at : zip.length))
      if (damaged.length === zip.length) damaged[at] = (damaged[at] ?? 0) ^ change
      try {
        return typeof contentDigestOfZip(damaged) === 'string'
      } catch (error) {
        return typeof (error as Error).message === 'string'
      }
    }),
    { numRuns: 200 }
  )
  await rm(folder, { recursive: true })
})

it('refuses what is no zip', () => {
  for (const text of ['', 'PK', 'no zip at all', 'PK\u0005\u0006']) {
    expect(() => contentDigestOfZip(Buffer.from(text))).toThrow('not a zip that can be read')
  }
})

describe('F136 what two readers could read in two ways is refused', () => {
  const file = (path: string, content = 'a = 1\n') => ({ path, content })
  it.each([
    ['a name twice', zipOf([file('python/a.py'), file('python/a.py', 'b')])],
    ['a name that leads out', zipOf([file('../a.py')])],
    ['an absolute name', zipOf([file('/a.py')])],
    ['a name with a backslash', zipOf([file('python\\a.py')])],
    ['a file below a file', zipOf([file('python'), file('python/a.py')])],
    ['a file below a link', zipOf([{ ...file('python', '/etc'), mode: 0o120777 }, file('python/a.py')])],
    ['two names of one file', zipOf([{ ...file('python/b.py'), listedAs: 'python/a.py' }])],
    ['bytes before it', Buffer.concat([Buffer.from('x'), zipOf([file('a.py')])])],
    ['bytes after it', Buffer.concat([zipOf([file('a.py')]), Buffer.from('x')])]
  ])('%s', (_name, zip) => {
    expect(() => contentDigestOfZip(zip)).toThrow('not a zip that can be read')
  })

  it('another checksum than that of the bytes', () => {
    const zip = zipOf([file('a.py')])
    zip[zip.indexOf('a = 1')] = 0x62
    expect(() => contentDigestOfZip(zip)).toThrow('checksum')
  })

  it('more than Lambda takes', () => {
    const zip = zipOf([file('a.py')])
    const directory = zip.lastIndexOf(Buffer.from('PK\u0001\u0002'))
    zip.writeUInt32LE(262_144_001, directory + 24)
    expect(() => contentDigestOfZip(zip)).toThrow('262144001 bytes unzipped')
  })
})
