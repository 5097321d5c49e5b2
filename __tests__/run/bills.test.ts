import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { copyBills } from '../../src/run/bills.js'

let root = ''
let temporary = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'bills-'))
  temporary = join(root, 'temporary')
  await mkdir(temporary)
  await writeFile(join(root, 'built.json'), '{}\n')
})
afterEach(() => rm(root, { recursive: true, force: true }))
const bill = () => ({ file: join(root, 'built.json'), sha256: '', sizeBytes: 3 })

it('gives each run a folder of its own', async () => {
  const first = await copyBills(temporary, [{ layerId: 'da_flask', bill: bill() }, { layerId: 'none' }])
  await writeFile(join(root, 'built.json'), '{"second":1}\n')
  const second = await copyBills(temporary, [{ layerId: 'da_flask', bill: bill() }])
  expect([Object.keys(first), Object.keys(second)]).toEqual([['da_flask'], ['da_flask']])
  const texts = [first, second].map(paths => readFile(paths['da_flask'] ?? '', 'utf8'))
  expect(await Promise.all(texts)).toEqual(['{}\n', '{"second":1}\n'])
})

it('makes nothing where no layer was built', async () => {
  expect(await copyBills(temporary, [{ layerId: 'none' }])).toEqual({})
  expect(await readdir(temporary)).toEqual([])
})
