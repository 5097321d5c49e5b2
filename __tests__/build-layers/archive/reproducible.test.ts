import { afterAll, describe, expect, it } from '@jest/globals'
import { chmodSync, existsSync, readFileSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { processRunner } from '../../../src/adapters/process/index.js'
import { scratchFolders, writeTree, type Tree } from '../scratch.js'

const scratch = scratchFolders()
afterAll(() => {
  scratch.remove()
})

const tree: Tree = {
  'python/a/__init__.py': 'VERSION = 1\n'.repeat(2000),
  'python/a/data.bin': Buffer.from(Array.from({ length: 1_500_000 }, (_, i) => (i * i) >> 7)),
  'python/a/tool': { executable: '#!/bin/sh\nexit 0\n' },
  // Enough for workers: several jobs of files, and two long files.
  'python/a/words.txt': Array.from({ length: 400_000 }, (_, i) => `${(i * i) % 7919} `).join(''),
  ...Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`python/many/m${i}.py`, `VALUE = ${i}\n`.repeat(i)])),
  'python/B.py': 'B = 2\n',
  'python/b.d/c.py': 'c = 3\n',
  'python/ä.txt': 'umlaut',
  'lib/libx.so.1': Buffer.alloc(70_000, 'xyz'),
  'lib/libx.so': { link: 'libx.so.1' }
}

interface Surroundings {
  readonly node?: string
  readonly umask?: string
  readonly env?: Readonly<Record<string, string>>
  readonly reversed?: boolean
  readonly mode?: number
  readonly workers?: number
}

/** A copy of the tree, made and packed in other surroundings. */
async function packed({
  node,
  umask = '022',
  env = {},
  reversed = false,
  mode = 0o644,
  workers = 1
}: Surroundings): Promise<string> {
  const folder = scratch.make()
  const items = Object.entries(tree)
  writeTree(folder, Object.fromEntries(reversed ? items.reverse() : items))
  chmodSync(join(folder, 'python/B.py'), mode)
  utimesSync(join(folder, 'python/B.py'), new Date(), new Date(reversed ? 0 : Date.now()))
  const file = join(scratch.make(), 'layer.zip')
  const script = join(process.cwd(), '__tests__/build-layers/archive/pack-folder.ts')
  const command = `umask ${umask}; exec "${node ?? process.execPath}" --import tsx "${script}" "${folder}" "${file}" ${workers}`
  const result = await processRunner().run({ argv: ['sh', '-c', command], cwd: process.cwd(), env })
  if (result.exitCode !== 0) throw new Error(result.stderr)
  return Buffer.from(result.stdout).toString() + readFileSync(file).toString('base64')
}

describe('F43 same input, same bytes', () => {
  const first = packed({})

  it('F43 whatever the order of creation, the times and the modes but for the execute bit', async () => {
    expect(await packed({ reversed: true, mode: 0o666 })).toBe(await first)
  })

  it('F43 whatever umask, time zone, locale, user folder', async () => {
    const env = {
      TZ: 'Pacific/Kiritimati',
      LC_ALL: 'tr_TR.UTF-8',
      LANG: 'de_DE',
      HOME: scratch.make()
    }
    expect(await packed({ umask: '077', env })).toBe(await first)
  })

  it.each([2, 3, 5])('F43 whoever compresses: %s workers', async workers => {
    expect(await packed({ workers })).toBe(await first)
  })

  for (const name of ['node22', 'node24']) {
    const node = join(process.cwd(), 'node_modules', name, 'bin/node')
    // An optional package: it exists for Linux on x64 only.
    const test = existsSync(node) ? it : it.skip
    test(`F43 under ${name}`, async () => {
      expect(await packed({ node, workers: 2 })).toBe(await first)
    })
  }

  it('differs where the execute bit does', async () => {
    expect(await packed({ mode: 0o755 })).not.toBe(await first)
  })
})
