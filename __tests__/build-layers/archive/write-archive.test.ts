import { afterAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { packersOnThisThread, type Packers } from '../../../src/build-layers/archive/compress/packers.js'
import type { PackJob } from '../../../src/build-layers/archive/compress/pack-job.js'
import { listContent, type FileEntry, type SymlinkEntry } from '../../../src/build-layers/archive/list-content.js'
import { packingError } from '../../../src/build-layers/archive/read-unchanged.js'
import {
  writeArchive,
  type ArchiveOptions,
  type SeenContent,
  type WrittenArchive
} from '../../../src/build-layers/archive/write-archive.js'
import { processRunner } from '../../../src/adapters/process/index.js'
import { sha256Hex } from '../../../src/model/digest.js'
import { scratchFolders, zipRows, zipsRows, type Tree } from '../scratch.js'

const scratch = scratchFolders()
afterAll(() => {
  scratch.remove()
})
const packable = async (root: string): Promise<(FileEntry | SymlinkEntry)[]> =>
  (await listContent(root)).filter(entry => entry.kind !== 'refused')

async function pack(root: string, options?: ArchiveOptions): Promise<WrittenArchive & SeenContent & { file: string }> {
  const file = join(scratch.make(), 'layer.zip')
  return { file, ...(await writeArchive(root, await packable(root), file, options)) }
}

/** Bytes without a pattern, the same ones for the same seed. */
function noise(bytes: number, seed = 'noise'): Buffer {
  const blocks: Buffer[] = []
  for (let at = 0; at < bytes; at += 32) blocks.push(createHash('sha256').update(`${seed}${at}`).digest())
  return Buffer.concat(blocks).subarray(0, bytes)
}
const prose = (bytes: number): Buffer =>
  Buffer.from('def function(argument):\n    return argument\n'.repeat(bytes / 44 + 1)).subarray(0, bytes)

describe('writeArchive', () => {
  it('writes what Python reads back: names, modes, links, content; nothing about time or machine', async () => {
    const root = scratch.make({
      'python/a.py': 'x = 1\n'.repeat(100),
      'python/run': { executable: '#!/bin/sh\n' },
      'python/empty': '',
      'lib/liba.so.1': 'elf',
      'lib/liba.so': { link: 'liba.so.1' },
      'ä/\u{1f600}.txt': 'smile'
    })
    const rows = await zipRows((await pack(root)).file)
    expect(rows.map(({ name, mode, content, method }) => [name, mode, content.slice(0, 6), method])).toEqual([
      ['lib/liba.so', '120777', 'liba.s', 0],
      ['lib/liba.so.1', '100644', 'elf', 0],
      ['python/a.py', '100644', 'x = 1\n', 8],
      ['python/empty', '100644', '', 0],
      ['python/run', '100755', '#!/bin', 0],
      ['ä/\u{1f600}.txt', '100644', 'smile', 0]
    ])
    const alike = rows.map(({ flags, time, extra, maker }) => ({ flags, time, extra, maker }))
    for (const row of alike) expect(row).toEqual({ flags: 0x800, time: [1980, 1, 1, 0, 0, 0], extra: '', maker: 3 })
  })

  it('unpacks with the modes and links that were packed', async () => {
    const root = scratch.make({ 'bin/tool': { executable: 'x' }, 'lib/b': { link: 'a' }, 'lib/a': 'y' })
    const { file } = await pack(root)
    const out = scratch.make()
    const { exitCode } = await processRunner().run({ argv: ['unzip', '-q', file, '-d', out] })
    expect(exitCode).toBe(0)
    expect(statSync(join(out, 'bin/tool')).mode & 0o777).toBe(0o755)
    expect((await listContent(out)).map(entry => [entry.path, entry.kind])).toEqual([
      ['bin/tool', 'file'],
      ['lib/a', 'file'],
      ['lib/b', 'symlink']
    ])
  })

  it('states digests and sizes of what it wrote, without a second look', async () => {
    const root = scratch.make({ 'python/a.py': 'a', 'python/b': { executable: 'bb' }, 'python/c': { link: 'a.py' } })
    const written = await pack(root)
    const bytes = readFileSync(written.file)
    const digests = [
      ['python/a.py', '100644', sha256Hex('a')],
      ['python/b', '100755', sha256Hex('bb')],
      ['python/c', '120000', sha256Hex('a.py')]
    ]
    expect(written).toEqual({
      file: written.file,
      contentDigest: sha256Hex(JSON.stringify(digests)),
      artifactSha256: sha256Hex(bytes),
      sizeBytes: bytes.byteLength,
      unzippedBytes: 7,
      fileCount: 3,
      files: digests,
      secrets: new Map(),
      traits: new Map(),
      threads: 1
    })
  })

  it('writes an archive without entries', async () => {
    expect(await zipRows((await pack(scratch.make())).file)).toEqual([])
  })

  const piece = 1024 * 1024
  it.each([
    ['prose of one piece', prose(piece)],
    ['prose of one piece and a byte', prose(piece + 1)],
    ['prose of many pieces', prose(5 * piece + 12_345)],
    ['noise of many pieces', noise(2 * piece + 70_000)],
    ['noise between prose', Buffer.concat([prose(piece), noise(piece), prose(piece), noise(3)])],
    ['zeros', Buffer.alloc(3 * piece)]
  ])('round-trips a long file: %s', async (_, content) => {
    const { file, sizeBytes } = await pack(scratch.make({ 'python/long': content, 'python/next': 'next' }))
    const rows = await zipRows(file)
    expect(rows.map(({ name }) => name)).toEqual(['python/long', 'python/next'])
    expect(Buffer.from(rows[0]!.content, 'latin1').equals(content)).toBe(true)
    expect(sizeBytes).toBeLessThan(content.byteLength * 1.001 + 1000)
  })

  it('stores what does not shrink, and what is compressed by its name', async () => {
    const root = scratch.make({
      noise: noise(50_000),
      'a.whl': prose(50_000),
      'long.zip': prose(piece + 1),
      prose: prose(50_000)
    })
    const rows = await zipRows((await pack(root)).file)
    expect(rows.map(({ name, method }) => [name, method])).toEqual([
      ['a.whl', 0],
      ['long.zip', 8],
      ['noise', 0],
      ['prose', 8]
    ])
  })

  it('compresses pieces nearly as well as one stream would', async () => {
    const text = Buffer.from(
      Array.from({ length: 300_000 }, (_, i) => `${sha256Hex(String(i % 5000)).slice(0, 9)}\n`).join('')
    )
    const { sizeBytes } = await pack(scratch.make({ text }))
    expect(sizeBytes / deflateRawSync(text).byteLength).toBeLessThan(1.015)
  })

  it('writes more than 65,535 entries', async () => {
    const root = scratch.make({ x: '' })
    const [one] = (await packable(root)) as [FileEntry]
    const entries = Array.from({ length: 66_000 }, () => one)
    const file = join(root, 'layer.zip')
    expect((await writeArchive(root, entries, file)).fileCount).toBe(66_000)
    const count = 'import sys, zipfile; print(len(zipfile.ZipFile(sys.argv[1]).infolist()))'
    const { stdout } = await processRunner().run({ argv: ['python3', '-c', count, file] })
    expect(Buffer.from(stdout).toString()).toBe('66000\n')
  })

  it('F38 F45 sees secrets and machine code wherever they stand, long files included', async () => {
    const key = ['AKIA', 'QWERTY234567ASDF'].join('')
    const elf = Buffer.concat([
      Buffer.from('\x7fELF\x02\x01\x01', 'latin1'),
      Buffer.alloc(9),
      Buffer.from([3, 0, 183, 0])
    ])
    const across = Buffer.concat([elf, noise(piece - elf.byteLength - 10), Buffer.from(key), noise(piece)])
    // Noise could hold letters beside the key, which would make it none.
    across.writeUInt8(0x20, piece - 11)
    across.writeUInt8(0x20, piece + 10)
    const root = scratch.make({ 'a.so': elf, 'long.so': across, 'x.py': `k = "${key}"`, 'y.py': 'nothing' })
    const { secrets, traits } = await pack(root)
    expect([...secrets.keys()]).toEqual(['long.so', 'x.py'])
    expect([...traits]).toEqual([
      ['a.so', { machine: 'arm64' }],
      ['long.so', { machine: 'arm64' }]
    ])
  })

  it('property: arbitrary trees round-trip', async () => {
    const name = fc.stringMatching(/^[a-zA-Z0-9 äß\u{1f600}~'"$&*?-]{1,12}$/u).filter(text => text !== '.git')
    const item = fc.oneof(
      fc.string().map(text => Buffer.from(text)),
      fc.nat(40_000).map(prose),
      fc.nat(40_000).map(bytes => noise(bytes)),
      name.map(link => ({ link })),
      fc.string({ unit: 'grapheme-ascii' }).map(executable => ({ executable }))
    )
    // A folder and a file of one name cannot be made, so folders end in a dot.
    const path = fc
      .tuple(
        fc.array(
          name.map(text => `${text}.`),
          { maxLength: 3 }
        ),
        name
      )
      .map(([dirs, last]) => [...dirs, last].join('/'))
    const trees = fc.array(fc.dictionary(path, item, { maxKeys: 12 }), { minLength: 30, maxLength: 30 })
    const order = (a: { name: string }, b: { name: string }) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name))
    await fc.assert(
      // Many trees a run: starting Python takes far longer than reading a zip.
      fc.asyncProperty(trees, async batch => {
        const files: string[] = []
        for (const tree of batch) files.push((await pack(scratch.make(tree))).file)
        const read = await zipsRows(files)
        batch.forEach((tree, index) => {
          const expected = Object.entries(tree).map(([name, value]) => ({ name, ...asRow(value) }))
          const rows = read[index]?.map(({ name, mode, content }) => ({ name, mode, content }))
          expect(rows).toEqual(expected.sort(order))
        })
      }),
      { numRuns: 4 }
    )
  })
})

function asRow(item: Tree[string]): { mode: string; content: string } {
  if (typeof item === 'string' || Buffer.isBuffer(item))
    return { mode: '100644', content: Buffer.from(item).toString('latin1') }
  return 'link' in item
    ? { mode: '120777', content: Buffer.from(item.link).toString('latin1') }
    : { mode: '100755', content: Buffer.from(item.executable).toString('latin1') }
}

describe('F42 a file changed while packed', () => {
  const changedError = {
    code: 'BUILD_FAILED',
    finding: { found: expect.stringContaining('changed') as unknown as string }
  }
  const cases: readonly [string, (root: string) => void][] = [
    [
      'it grew',
      root => {
        appendFileSync(join(root, 'x'), 'more')
      }
    ],
    [
      'it shrank',
      root => {
        writeFileSync(join(root, 'x'), '')
      }
    ],
    [
      'other bytes of the same length and time',
      root => {
        const { atime, mtime } = statSync(join(root, 'x'))
        writeFileSync(join(root, 'x'), 'other-')
        utimesSync(join(root, 'x'), atime, mtime)
      }
    ],
    [
      'it is gone',
      root => {
        rmSync(join(root, 'x'))
      }
    ],
    [
      'a link took its place',
      root => {
        rmSync(join(root, 'x'))
        symlinkSync('/etc/passwd', join(root, 'x'))
      }
    ]
  ]
  it.each(cases)('F42 %s', async (_, change) => {
    const root = scratch.make({ x: 'before' })
    const entries = await packable(root)
    change(root)
    await expect(writeArchive(root, entries, join(scratch.make(), 'a.zip'))).rejects.toMatchObject(changedError)
  })

  it('F42 a long file changes between two pieces', async () => {
    const root = scratch.make({ x: prose(6_000_000) })
    const packers = meddling(() => {
      appendFileSync(join(root, 'x'), 'more')
    })
    const written = writeArchive(root, await packable(root), join(scratch.make(), 'a.zip'), { packers })
    await expect(written).rejects.toMatchObject(changedError)
  })
})

/** This thread, with something done before each job. */
function meddling(meddle: (job: PackJob) => void): Packers {
  const real = packersOnThisThread()
  return {
    ...real,
    async acquire() {
      const slot = await real.acquire()
      return {
        ...slot,
        run: async job => {
          meddle(job)
          return slot.run(job)
        }
      }
    }
  }
}

describe('writeArchive fails cleanly', () => {
  const files = { a: 'a', long: noise(5_000_000), z: 'z' }

  it('with what the compression throws, leaving nothing behind', async () => {
    const root = scratch.make(files)
    for (const failing of [0, 1, 3, 5, 6]) {
      let job = 0
      const packers = meddling(() => {
        if (job++ === failing) throw new Error('a defect')
      })
      const folder = scratch.make()
      const written = writeArchive(root, await packable(root), join(folder, 'a.zip'), { packers })
      await expect(written).rejects.toThrow('a defect')
      expect(readdirSync(folder)).toEqual([])
    }
  })

  it('where the run is cancelled in the middle, leaving nothing behind', async () => {
    const root = scratch.make(files)
    const reason = new Error('cancelled')
    const cancelled = new AbortController()
    const packers = meddling(job => {
      if (job.kind === 'piece' && !job.first) cancelled.abort(reason)
    })
    const folder = scratch.make()
    const options = { packers, signal: cancelled.signal }
    await expect(writeArchive(root, await packable(root), join(folder, 'a.zip'), options)).rejects.toBe(reason)
    expect(readdirSync(folder)).toEqual([])
  })

  it('where the run is cancelled', async () => {
    const reason = new Error('cancelled')
    await expect(pack(scratch.make({ a: 'a' }), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })

  it('F44 where the disk refuses, with the mend', async () => {
    const root = scratch.make({ a: 'a' })
    const written = writeArchive(root, await packable(root), join(root, 'no/such/folder/a.zip'))
    await expect(written).rejects.toMatchObject({ code: 'BUILD_FAILED' })
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
      syscall: 'write'
    })
    expect(packingError(full)).toMatchObject({ code: 'BUILD_FAILED', finding: { mend: 'free space on the disk' } })
    const defect = new Error('a defect')
    expect(packingError(defect)).toBe(defect)
  })

  it('never overwrites', async () => {
    const root = scratch.make({ a: 'a' })
    const file = join(scratch.make({ 'layer.zip': 'theirs' }), 'layer.zip')
    await expect(writeArchive(root, await packable(root), file)).rejects.toMatchObject({ code: 'BUILD_FAILED' })
    expect(readFileSync(file, 'utf8')).toBe('theirs')
  })
})
