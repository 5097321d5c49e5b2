/** Every request to S3, whole: which bucket of whom, which condition, which checksum, which part. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { createAws } from '../../../../src/adapters/aws/index.js'
import { sha256Hex } from '../../../../src/model/digest.js'
import type { ObjectStore } from '../../../../src/ports/aws.js'
import { accountId, bucketName, openAccount, region, type Account } from '../../../trials/account.js'
import { requestsOf } from '../requests-of.js'

const MiB = 1024 * 1024
const folder = mkdtempSync(join(tmpdir(), 'object-requests-'))
const place = (key: string) => ({ bucket: bucketName, owner: accountId, key })
const at = (key: string) => ({ path: `/${bucketName}/${key}`, 'x-amz-expected-bucket-owner': accountId })
const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64')

let account: Account
let objects: ObjectStore
beforeAll(async () => {
  account = await openAccount()
  const { signal } = new AbortController()
  objects = createAws({ environment: process.env, signal, homeRegion: region, accountId }).region(region).objects
})
beforeEach(() => {
  account.emulator.world.buckets.get(bucketName)!.objects.clear()
  account.emulator.resetCalls()
})
afterAll(async () => {
  expect(account.emulator.defects).toEqual([])
  await account.close()
  rmSync(folder, { recursive: true })
})
const asked = () => requestsOf(account.emulator.calls)

function archive(bytes: number) {
  const file = join(folder, `${bytes}.zip`)
  const body = Buffer.alloc(bytes, 'content')
  writeFileSync(file, body)
  return { body, local: { file, sha256: sha256Hex(body), sizeBytes: bytes } }
}

it('an archive is written where there is none, under its SHA-256', async () => {
  const { local, body } = archive(100)
  const metadata = { commit: 'c1', 'artifact-sha256': 'a1' }
  expect(await objects.putIfAbsent(place('a.zip'), { ...local, metadata })).toBe('created')
  const bill = { ...local, contentType: 'application/json', metadata: {} }
  expect(await objects.putIfAbsent(place('a.json'), bill)).toBe('created')
  expect(await objects.putIfAbsent(place('a.zip'), { ...local, metadata })).toBe('exists')
  const checksum = { 'x-amz-checksum-sha256': base64(local.sha256), 'x-amz-sdk-checksum-algorithm': 'SHA256' }
  const write = { ...at('a.zip'), ...checksum, 'if-none-match': '*', 'content-type': 'application/zip' }
  const first = { ...write, 'x-amz-meta-commit': 'c1', 'x-amz-meta-artifact-sha256': 'a1' }
  expect(asked()).toEqual([
    ['s3:PutObject', first],
    ['s3:PutObject', { ...write, ...at('a.json'), 'content-type': 'application/json' }],
    ['s3:PutObject', first]
  ])
  expect(account.emulator.calls[0]?.body.equals(body)).toBe(true)
})

it('a state file is written where there is none, or over what was read', async () => {
  const first = await objects.replace(place('s.json'), '{}', null)
  expect(first).toEqual({ etag: expect.stringMatching(/^"\w+"$/) })
  const { etag } = first as { readonly etag: string }
  expect(await objects.replace(place('s.json'), '{"a":1}', null)).toBe('conflict')
  expect(await objects.replace(place('s.json'), '{"a":1}', etag)).toEqual({ etag: expect.not.stringContaining(etag) })
  expect(await objects.replace(place('s.json'), '{"a":2}', etag)).toBe('conflict')
  expect(await objects.replace(place('none.json'), '{}', etag)).toBe('conflict')
  const write = (text: string, condition: object, key = 's.json') => [
    's3:PutObject',
    {
      ...{ ...at(key), ...condition, 'content-type': 'application/json', 'x-amz-sdk-checksum-algorithm': 'SHA256' },
      'x-amz-checksum-sha256': base64(sha256Hex(text))
    }
  ]
  expect(asked()).toEqual([
    write('{}', { 'if-none-match': '*' }),
    write('{"a":1}', { 'if-none-match': '*' }),
    write('{"a":1}', { 'if-match': etag }),
    write('{"a":2}', { 'if-match': etag }),
    write('{}', { 'if-match': etag }, 'none.json')
  ])
})

it('a look asks for the checksum, a reading for the bytes, the end for a range', async () => {
  const { local, body } = archive(100)
  await objects.putIfAbsent(place('a.zip'), { ...local, metadata: { commit: 'c1' } })
  account.emulator.resetCalls()
  const { sha256, sizeBytes } = local
  expect(await objects.head(place('a.zip'))).toEqual({ sha256, sizeBytes, metadata: { commit: 'c1' } })
  expect(await objects.head(place('none.zip'))).toBeNull()
  expect(Buffer.from((await objects.get(place('a.zip'), 100))!.body).equals(body)).toBe(true)
  expect(await objects.get(place('none.zip'), 100)).toBeNull()
  await expect(objects.get(place('a.zip'), 99)).rejects.toMatchObject({
    code: 'AWS_FAILED',
    finding: {
      expected: `s3://${bucketName}/a.zip of at most 99 bytes`,
      found: 'a larger object',
      mend: 'find out who wrote there, delete the object and run again'
    }
  })
  await objects.end(place('a.zip'), 22)
  const mode = { 'x-amz-checksum-mode': 'ENABLED' }
  expect(asked()).toEqual([
    ['s3:HeadObject', { ...at('a.zip'), ...mode }],
    ['s3:HeadObject', { ...at('none.zip'), ...mode }],
    ['s3:GetObject', { ...at('a.zip'), ...mode }],
    ['s3:GetObject', { ...at('none.zip'), ...mode }],
    ['s3:GetObject', { ...at('a.zip'), ...mode }],
    ['s3:GetObject', { ...at('a.zip'), ...mode, range: 'bytes=-22' }]
  ])
})

it('a large archive goes in parts, each under its SHA-256, and is put together where there is none', async () => {
  const { local, body } = archive(17 * MiB)
  const upload = { ...local, metadata: { commit: 'c1' } }
  expect(await objects.putIfAbsent(place('large.zip'), upload)).toBe('created')
  const parts = [0, 8, 16].map(offset => body.subarray(offset * MiB, (offset + 8) * MiB))
  const sums = parts.map(part => base64(sha256Hex(part)))
  const whole = `${base64(sha256Hex(Buffer.concat(sums.map(sum => Buffer.from(sum, 'base64')))))}-3`
  const uploadId = expect.any(String)
  const [begun, ...rest] = asked()
  const completed = rest.pop()
  expect(begun).toEqual([
    's3:CreateMultipartUpload',
    {
      ...{ ...at('large.zip'), uploads: '', 'content-type': 'application/zip', 'x-amz-meta-commit': 'c1' },
      ...{ 'x-amz-checksum-algorithm': 'SHA256', 'x-amz-checksum-type': 'COMPOSITE' }
    }
  ])
  expect(rest.toSorted((one, other) => Number(one[1]['partNumber']) - Number(other[1]['partNumber']))).toEqual(
    sums.map((sum, index) => [
      's3:UploadPart',
      {
        ...{ ...at('large.zip'), uploadId, partNumber: String(index + 1), 'x-amz-checksum-sha256': sum },
        'content-type': 'application/octet-stream'
      }
    ])
  )
  expect(completed).toEqual([
    's3:CompleteMultipartUpload',
    {
      ...{ ...at('large.zip'), uploadId, 'if-none-match': '*', 'x-amz-mp-object-size': String(17 * MiB) },
      ...{ 'x-amz-checksum-sha256': whole, 'x-amz-checksum-type': 'COMPOSITE', 'content-type': 'application/xml' }
    }
  ])
  const told = account.emulator.calls.at(-1)!.body.toString()
  expect(
    [...told.matchAll(/<ChecksumSHA256>([^<]+)<.*?<PartNumber>(\d)</gs)].map(([, sum, part]) => [sum, part])
  ).toEqual(sums.map((sum, index) => [sum, String(index + 1)]))
  expect(await objects.head(place('large.zip'))).toMatchObject({ sha256: null, sizeBytes: 17 * MiB })
  expect(await objects.head(place('large.zip'), local)).toMatchObject({ sha256: local.sha256 })
  expect(await objects.head(place('large.zip'), archive(16 * MiB).local)).toMatchObject({ sha256: null })
  account.emulator.resetCalls()
  expect(await objects.putIfAbsent(place('large.zip'), upload)).toBe('exists')
  expect(asked().at(-1)).toEqual(['s3:AbortMultipartUpload', { ...at('large.zip'), uploadId }])
})
