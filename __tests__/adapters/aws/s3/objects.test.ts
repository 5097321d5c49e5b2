import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { createAws } from '../../../../src/adapters/aws/index.js'
import type { ObjectStore } from '../../../../src/ports/aws.js'
import { sha256Hex } from '../../../../src/model/digest.js'
import { accountId, bucketName, openAccount, region, type Account } from '../../../trials/account.js'

let account: Account
let objects: ObjectStore
let scratch = ''
beforeAll(async () => {
  account = await openAccount()
  scratch = await mkdtemp(join(tmpdir(), 'objects-'))
  const { signal } = new AbortController()
  objects = createAws({ environment: process.env, signal, homeRegion: region, accountId }).region(region).objects
})
afterAll(async () => {
  await account.close()
  await rm(scratch, { recursive: true, force: true })
})

const place = (key: string) => ({ bucket: bucketName, owner: accountId, key })

it('F56 an upload whose bytes are not those of its checksum is refused, and nothing is stored', async () => {
  const file = join(scratch, 'changed.zip')
  await writeFile(file, 'changed since')
  const put = objects.putIfAbsent(place('changed.zip'), {
    file,
    sha256: sha256Hex('as it was packed'),
    sizeBytes: 13,
    metadata: {}
  })
  await expect(put).rejects.toMatchObject({ code: 'AWS_FAILED' })
  expect(await objects.head(place('changed.zip'))).toBeNull()
})

it('tells for how long an object has been as it is, by the clock of the store', async () => {
  await objects.replace(place('state.json'), '{}', null)
  expect(await objects.get(place('state.json'), 1000)).toMatchObject({ ageSeconds: 0 })
  const stored = account.emulator.world.buckets.get(bucketName)!.objects
  stored.set('state.json', { ...stored.get('state.json')!, lastModified: Date.now() - 100_000 })
  const age = (await objects.get(place('state.json'), 1000))?.ageSeconds ?? 0
  expect(age).toBeGreaterThan(97)
  expect(age).toBeLessThanOrEqual(100)
})

it('reads the end of an object, and says how large the whole is', async () => {
  await objects.replace(place('end.zip'), '0123456789', null)
  const read = async (count: number) => {
    const end = await objects.end(place('end.zip'), count)
    return end === null ? null : [Buffer.from(end.bytes).toString(), end.sizeBytes]
  }
  expect(await read(3)).toEqual(['789', 10])
  expect(await read(10)).toEqual(['0123456789', 10])
  expect(await read(1000)).toEqual(['0123456789', 10])
  expect(await objects.end(place('none.zip'), 3)).toBeNull()
  await expect(objects.end({ ...place('end.zip'), owner: '999999999999' }, 3)).rejects.toMatchObject({
    code: 'BUCKET_OWNER_MISMATCH'
  })
})
