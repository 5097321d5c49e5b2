import { mkdtemp, readFile, rm, symlink, writeFile, chmod, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import { listContent, type FileEntry, type SymlinkEntry } from '../../../src/build-layers/archive/list-content.js'
import { writeArchive } from '../../../src/build-layers/archive/write-archive.js'
import { contentDigestOfZip } from '../../../src/operate/rollback/zip-content.js'

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
