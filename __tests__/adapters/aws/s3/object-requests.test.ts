/** Every request to S3, whole: which bucket of whom, which condition, which checksum, which part. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { createAws } from '../../../../src/adapters/aws/index.js'
import { sha256Hex } from '../../../../src/model/digest.js'
import type { CodedError } from '../../../../src/model/errors.js'
import type { Encryption } from '../../../../src/model/index.js'
import type { ObjectStore } from '../../../../src/ports/aws.js'
import { accountId, bucketName, openAccount, otherAccountId, region, type Account } from '../../../trials/account.js'
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
  objects = store()
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
function store(encryption: Encryption | null = null, from = region): ObjectStore {
  const { signal } = new AbortController()
  const aws = createAws({ environment: process.env, signal, homeRegion: region, accountId, encryption })
  return aws.region(from).objects
}
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

const key = `arn:aws:kms:${region}:${accountId}:key/mrk-0123EXAMPLE`
it.each<[string, Encryption, object]>([
  ['of S3', { kind: 'aes256' }, { 'x-amz-server-side-encryption': 'AES256' }],
  [
    'by a key of each region',
    { kind: 'kms-key', arn: key.replace(region, '{region}') },
    { 'x-amz-server-side-encryption': 'aws:kms', 'x-amz-server-side-encryption-aws-kms-key-id': key }
  ]
])('encryption %s is said with every object, and with no part of one', async (_what, encryption, headers) => {
  const encrypted = store(encryption)
  await encrypted.putIfAbsent(place('small.zip'), { ...archive(100).local, metadata: {} })
  await encrypted.putIfAbsent(place('large.zip'), { ...archive(17 * MiB).local, metadata: {} })
  await encrypted.replace(place('s.json'), '{}', null)
  const said = (api: string) =>
    asked()
      .filter(each => each[0] === api)
      .map(each => Object.fromEntries(Object.entries(each[1]).filter(([name]) => name.includes('encryption'))))
  expect([...said('s3:PutObject'), ...said('s3:CreateMultipartUpload')]).toEqual([headers, headers, headers])
  expect([...said('s3:UploadPart'), ...said('s3:CompleteMultipartUpload')]).toEqual([{}, {}, {}, {}])
})

type Ask = (at: ReturnType<typeof place>, from: ObjectStore) => Promise<unknown>
const asks: readonly [string, Ask][] = [
  ['a look', (at, from) => from.head(at)],
  ['a reading', (at, from) => from.get(at, 100)],
  ['the end', (at, from) => from.end(at, 22)],
  ['a write', (at, from) => from.replace(at, '{}', null)],
  ['an upload', (at, from) => from.putIfAbsent(at, { ...archive(100).local, metadata: {} })],
  ['an upload in parts', (at, from) => from.putIfAbsent(at, { ...archive(17 * MiB).local, metadata: {} })]
]
it.each(asks)('%s in a bucket that is not ours says what is wrong with it', async (what, ask) => {
  const refusal = async (at: ReturnType<typeof place>, from = objects) => {
    const error: unknown = await ask(at, from).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'BUCKET_OWNER_MISMATCH' })
    return (error as CodedError).finding
  }
  expect(await refusal({ ...place('a.zip'), owner: otherAccountId })).toEqual({
    expected: `the bucket ${bucketName} to belong to account ${otherAccountId} and to admit the caller`,
    found: 'Access Denied',
    mend: "set artifact-bucket to a bucket of the environment's account, or allow the role to use it"
  })
  expect(await refusal(place('a.zip'), store(null, 'eu-west-1'))).toEqual({
    expected: `the bucket ${bucketName} in region eu-west-1`,
    found: 'a bucket in another region',
    mend: 'give each region a bucket of its own, for example artifact-bucket: name-{region}'
  })
  const nowhere = { ...place('a.zip'), bucket: 'nowhere' }
  // A look is answered without words, as for an object that is not there.
  if (what === 'a look') expect(await ask(nowhere, objects)).toBeNull()
  else
    expect(await refusal(nowhere)).toEqual({
      expected: `the bucket nowhere in account ${accountId}`,
      found: 'no such bucket',
      mend: 'create the bucket in that account, or correct artifact-bucket'
    })
})

it.each(asks)('%s that is not allowed names the action and the object as IAM does', async (what, ask) => {
  const action = /upload|write/.test(what) ? 's3:PutObject' : 's3:GetObject'
  // A look bears no words: the reason is asked for once more.
  account.emulator.faults.add({ action, kind: 'denied', times: what === 'a look' ? 2 : 1 })
  await expect(ask(place('a.zip'), objects)).rejects.toMatchObject({
    ...{ code: 'ACCESS_DENIED', finding: { expected: `permission for ${action} on arn:aws:s3:::${bucketName}/a.zip` } }
  })
  expect(account.emulator.faults.pending()).toEqual([])
})

it.each([
  ['PutObject', 100],
  ['CompleteMultipartUpload', 17 * MiB]
])('a %s that meets another one is sent again', async (api, bytes) => {
  const conflict = { kind: 'error', code: 'ConditionalRequestConflict', status: 409 } as const
  account.emulator.faults.add({ ...conflict, action: `s3:${api}` })
  expect(await objects.putIfAbsent(place('a.zip'), { ...archive(bytes).local, metadata: {} })).toBe('created')
  expect(asked().filter(each => each[0] === `s3:${api}`)).toHaveLength(2)
  expect([...account.emulator.world.buckets.get(bucketName)!.uploads!.keys()]).toEqual([])
})
