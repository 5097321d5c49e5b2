import { lstat, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { copyBills } from '../../../src/build-layers/bill-of-materials/workspace-copies.js'

let root = ''
let workspace = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'bills-'))
  workspace = join(root, 'workspace')
  await mkdir(workspace)
  await writeFile(join(root, 'built.json'), '{}\n')
})
afterEach(() => rm(root, { recursive: true, force: true }))
const bill = () => ({ file: join(root, 'built.json'), sha256: '', sizeBytes: 3 })

it('writes each into a folder that ignores itself, over what an earlier run left', async () => {
  const expected = { da_flask: '.layer-deploy/sboms/da_flask.cdx.json' }
  expect(await copyBills(workspace, [{ layerId: 'da_flask', bill: bill() }, { layerId: 'none' }])).toEqual(expected)
  await writeFile(join(root, 'built.json'), '{"second":1}\n')
  expect(await copyBills(workspace, [{ layerId: 'da_flask', bill: bill() }])).toEqual(expected)
  expect(await readFile(join(workspace, expected.da_flask), 'utf8')).toBe('{"second":1}\n')
  expect(await readFile(join(workspace, '.layer-deploy/sboms/.gitignore'), 'utf8')).toBe('*\n')
})

it('touches nothing where no layer was built', async () => {
  expect(await copyBills(workspace, [{ layerId: 'none' }])).toEqual({})
  await expect(lstat(join(workspace, '.layer-deploy'))).rejects.toThrow('ENOENT')
})

it('follows no link out of the workspace', async () => {
  await mkdir(join(root, 'outside'))
  await symlink(join(root, 'outside'), join(workspace, '.layer-deploy'))
  await expect(copyBills(workspace, [{ layerId: 'a', bill: bill() }])).rejects.toThrow('.layer-deploy')
  await expect(lstat(join(root, 'outside/sboms'))).rejects.toThrow('ENOENT')
  await rm(join(workspace, '.layer-deploy'))
  await writeFile(join(root, 'victim'), 'kept')
  await mkdir(join(workspace, '.layer-deploy/sboms'), { recursive: true })
  await symlink(join(root, 'victim'), join(workspace, '.layer-deploy/sboms/a.cdx.json'))
  await copyBills(workspace, [{ layerId: 'a', bill: bill() }])
  expect(await readFile(join(root, 'victim'), 'utf8')).toBe('kept')
})
