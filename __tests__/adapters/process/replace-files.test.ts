import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { replaceFiles } from '../../../src/adapters/process/working-files.js'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'replace-files-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

const all = async (): Promise<readonly string[]> => (await readdir(root, { recursive: true })).sort()

describe('replaceFiles', () => {
  it('writes all of them, over what is there', async () => {
    await mkdir(join(root, 'a'))
    await writeFile(join(root, 'a/one.txt'), 'old')
    await replaceFiles(root, [
      { path: 'a/one.txt', text: 'new' },
      { path: 'b/c/two.txt', text: '2' }
    ])
    expect(await readFile(join(root, 'a/one.txt'), 'utf8')).toBe('new')
    expect(await all()).toEqual(['a', 'a/one.txt', 'b', 'b/c', 'b/c/two.txt'])
  })
  it.each([
    // A folder where a file should go, found after the first file was placed.
    ['the last one cannot be placed', 'z/two.txt/inside.txt'],
    // A file where a folder should go: it cannot even be written.
    ['the last one cannot be written', 'z']
  ])('%s: everything is as it was, nothing else is left', async (_name, obstacle) => {
    await mkdir(join(root, 'a'))
    await writeFile(join(root, 'a/one.txt'), 'old')
    await mkdir(join(root, join(obstacle, '..')), { recursive: true })
    await writeFile(join(root, obstacle), 'mine')
    const before = await all()
    const files = [
      { path: 'a/one.txt', text: 'new' },
      { path: 'fresh/deep/er/three.txt', text: '3' },
      { path: 'z/two.txt', text: '2' }
    ]
    await expect(replaceFiles(root, files)).rejects.toThrow()
    expect(await all()).toEqual(before)
    expect(await readFile(join(root, 'a/one.txt'), 'utf8')).toBe('old')
    expect(await readFile(join(root, obstacle), 'utf8')).toBe('mine')
  })
})
