/** G12: the same source gives the same bundle, into any folder and by any Node. `npm run dist:check` builds with the Node that runs. */
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { promisify } from 'node:util'
import { nodeBinaries } from '../../emulators/runner/index.js'
import { sha256Hex } from '../../src/model/digest.js'

const root = resolve(import.meta.dirname, '../..')
const run = promisify(execFile)

let folder = ''
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'dist-build-')))
})
afterAll(() => rm(folder, { recursive: true }))

/** Path of each file below the folder → SHA-256. */
async function digestsOf(directory: string): Promise<Record<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  const digests = files.sort().map(async file => [relative(directory, file), sha256Hex(await readFile(file))] as const)
  return Object.fromEntries(await Promise.all(digests))
}

// One after the other: the builds share a folder for what is compiled.
it.each(nodeBinaries().slice(1))(
  'G12 Node $version builds dist/ as it is committed',
  async ({ version, path }) => {
    const target = join(folder, `built by ${version}`)
    await run(path, ['scripts/build.mjs', target], { cwd: root, maxBuffer: 16 * 1024 * 1024 })
    expect(await digestsOf(target)).toEqual(await digestsOf(join(root, 'dist')))
  },
  600_000
)
