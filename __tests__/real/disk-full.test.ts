/** F44 on a disk that is really full: a small file system in memory, which only root may mount. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { buildLayer } from '../../src/build-layers/build-layer.js'
import type { BuildRecipe } from '../../src/model/index.js'
import { layer, recordedLog, runnerWith, scratchFolders, type Tree } from '../build-layers/scratch.js'

const scratch = scratchFolders()
const disk = scratch.make()
const asRoot = process.getuid?.() === 0
beforeAll(() => {
  if (asRoot) execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'none', disk])
})
afterAll(() => {
  if (asRoot) execFileSync('umount', [disk])
  scratch.remove()
})

let builds = 0
/** The folder that the caller gives to the build, which is what it removes; what else lies on the disk after. */
async function buildOnDisk(
  recipe: Partial<BuildRecipe>,
  source: Tree
): Promise<{ error: unknown; left: readonly string[] }> {
  const outputDirectory = join(disk, `build-${String(++builds)}`)
  mkdirSync(outputDirectory)
  const request = { layer: layer(recipe), sourceDirectory: scratch.make(source), outputDirectory }
  const error: unknown = await buildLayer(request, { process: runnerWith(), log: recordedLog() }).then(
    () => null,
    (thrown: unknown) => thrown
  )
  const left = readdirSync(outputDirectory)
  execFileSync('rm', ['-r', outputDirectory])
  return { error, left }
}

const large = (): Tree =>
  Object.fromEntries([1, 2, 3].map(n => [`python/${n}.bin`, Buffer.from(randomBytes(1_000_000))]))
const prebuilt: Partial<BuildRecipe> = { kind: 'detect', installer: 'auto' }

;(asRoot ? describe : describe.skip)('F44 a full disk', () => {
  it('while packing: coded, the archive removed, and the next build has the room', async () => {
    const { error, left } = await buildOnDisk(prebuilt, large())
    expect(error).toMatchObject({
      code: 'BUILD_FAILED',
      message: expect.stringMatching(
        /to be packed, found ENOSPC: no space left on device, write\. To fix: free space on the disk\.$/
      )
    })
    expect(left).not.toContain('layer.zip')
    expect((await buildOnDisk(prebuilt, { 'python/a.py': 'a = 1\n' })).error).toBeNull()
  })

  it('while build.command writes: its own words', async () => {
    const { error } = await buildOnDisk({ kind: 'command', command: 'cp -r python "$LAYER_BUILD_DIR"' }, large())
    expect(error).toMatchObject({ code: 'BUILD_FAILED', message: expect.stringContaining('No space left on device') })
  })

  it('while an installer writes: its own words', async () => {
    const { error } = await buildOnDisk(
      { kind: 'detect', installer: 'pip' },
      { 'requirements.txt': 'pip==25.0\n', 'da_flask/__init__.py': '' }
    )
    expect(error).toMatchObject({ code: 'BUILD_FAILED', message: expect.stringContaining('No space left on device') })
  })

  it('while the source is copied', async () => {
    const source = { ...large(), 'requirements.txt': '' }
    const { error } = await buildOnDisk(
      { kind: 'requirements', installer: 'pip', requirements: 'requirements.txt', source: ['python'] },
      source
    )
    expect(error).toMatchObject({ code: 'BUILD_FAILED', message: expect.stringContaining('ENOSPC') })
  })
})
