/** What every request to S3 says: whose bucket is meant, which checksum, which encryption; and what becomes of a write that meets another. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AwsEmulator } from '../../../../emulators/aws/index.js'
import { createAws } from '../../../../src/adapters/aws/index.js'
import { sha256Hex } from '../../../../src/model/digest.js'
import type { Encryption } from '../../../../src/model/index.js'
import type { ObjectStore } from '../../../../src/ports/aws.js'
import { region, sandbox, sandboxKeys, startS3AndSts } from '../../../emulators/aws/start-emulator.js'

const MiB = 1024 * 1024
const folder = mkdtempSync(join(tmpdir(), 'requests-'))
const place = { bucket: 'sandbox-code', owner: sandbox, key: 'layer-deploy/artifacts/x/1.zip' }
const statePlace = { ...place, key: 'layer-deploy/state/x.json' }
const keyArn = `arn:aws:kms:${region}:${sandbox}:key/mrk-0123EXAMPLE`
const before = { ...process.env }
let emulator: AwsEmulator

beforeAll(async () => {
  emulator = await startS3AndSts()
  const { accessKeyId, secretAccessKey } = sandboxKeys
  const keys = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey }
  Object.assign(process.env, { ...keys, AWS_ENDPOINT_URL: emulator.url })
})
afterEach(() => {
  emulator.faults.clear()
  bucket().objects.clear()
  emulator.resetCalls()
  Object.assign(bucket(), { settings: undefined })
  expect([...(bucket().uploads?.keys() ?? [])]).toEqual([])
})
afterAll(async () => {
  process.env = before
  rmSync(folder, { recursive: true })
  await emulator.close()
})

const bucket = () => emulator.world.buckets.get('sandbox-code')!

function store(encryption: Encryption | null = null): ObjectStore {
  const { signal } = new AbortController()
  const aws = createAws({ environment: process.env, signal, homeRegion: region, accountId: sandbox, encryption })
  return aws.region(region).objects
}

function archive(bytes: number) {
  const body = Buffer.alloc(bytes, 'content')
  const file = join(folder, `${bytes}.zip`)
  writeFileSync(file, body)
  return { body, upload: { file, sha256: sha256Hex(body), sizeBytes: bytes, metadata: {} } }
}

/** Every kind of request that a deploy makes, one after another. */
async function everyRequest(objects: ObjectStore, owner = sandbox): Promise<void> {
  const at = (key: string) => ({ ...place, owner, key })
  const { upload } = archive(20 * MiB)
  await objects.putIfAbsent(at('large'), upload)
  await objects.putIfAbsent(at('small'), archive(100).upload)
  await objects.head(at('small'))
  const written = await objects.replace(at('state'), '{}', null)
  const read = await objects.get(at('state'), 100)
  expect(written).toEqual({ etag: read?.etag })
  await objects.replace(at('state'), '{"a":1}', read?.etag ?? '')
  emulator.faults.add({ action: 's3:UploadPart', kind: 'denied', nth: 2, times: 3 })
  await expect(objects.putIfAbsent(at('broken'), upload)).rejects.toMatchObject({ code: 'ACCESS_DENIED' })
}

it('F55 names the account that the bucket must belong to in every request, whatever it asks for', async () => {
  await everyRequest(store())
  const apis = new Set(emulator.calls.map(({ api }) => api.replace('s3:', '')))
  const uploads = ['CreateMultipartUpload', 'UploadPart', 'CompleteMultipartUpload', 'AbortMultipartUpload']
  expect([...apis].sort()).toEqual([...uploads, 'GetObject', 'HeadObject', 'PutObject'].sort())
  expect(emulator.calls.filter(({ headers }) => headers['x-amz-expected-bucket-owner'] !== sandbox)).toEqual([])
})

it.each([
  [
    'putIfAbsent, small',
    (objects: ObjectStore) => objects.putIfAbsent({ ...place, owner: '444455556666' }, archive(100).upload)
  ],
  [
    'putIfAbsent, large',
    (objects: ObjectStore) => objects.putIfAbsent({ ...place, owner: '444455556666' }, archive(20 * MiB).upload)
  ],
  ['head', (objects: ObjectStore) => objects.head({ ...place, owner: '444455556666' })],
  ['get', (objects: ObjectStore) => objects.get({ ...place, owner: '444455556666' }, 100)],
  ['replace', (objects: ObjectStore) => objects.replace({ ...place, owner: '444455556666' }, '{}', null)]
])('F55 %s in a bucket of another account is refused', async (_name, ask) => {
  await expect(ask(store())).rejects.toMatchObject({ code: 'BUCKET_OWNER_MISMATCH' })
  expect(bucket().objects.size).toBe(0)
})

describe('F126 encryption', () => {
  const policyOf = (condition: unknown) => ({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'EncryptedOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:PutObject',
        Resource: 'arn:aws:s3:::sandbox-code/*',
        Condition: condition
      }
    ]
  })
  it.each([
    ['aes256', { kind: 'aes256' } as const, { algorithm: 'AES256' }],
    ['kms-key', { kind: 'kms-key', arn: keyArn } as const, { algorithm: 'aws:kms', keyId: keyArn }],
    [
      'kms-key with {region}',
      { kind: 'kms-key', arn: keyArn.replace(region, '{region}') } as const,
      { algorithm: 'aws:kms', keyId: keyArn }
    ]
  ])('%s is said with every object: state, archive, parts', async (_name, encryption, expected) => {
    await everyRequest(store(encryption))
    const stored = [...bucket().objects.values()]
    expect(stored.map(({ key }) => key).sort()).toEqual(['large', 'small', 'state'])
    expect(stored.map(object => object.encryption)).toEqual([expected, expected, expected])
    const writes = emulator.calls.filter(({ api }) => /:(PutObject|CreateMultipartUpload)$/.test(api))
    expect(writes).toHaveLength(5)
    expect(writes.map(({ headers }) => headers['x-amz-server-side-encryption'])).toEqual(
      Array<string>(5).fill(expected.algorithm)
    )
  })

  it('nothing is said where nothing is configured', async () => {
    await everyRequest(store())
    expect(emulator.calls.flatMap(({ headers }) => headers['x-amz-server-side-encryption'] ?? [])).toEqual([])
  })

  it.each([
    ['any', { Null: { 's3:x-amz-server-side-encryption': 'true' } }, { kind: 'aes256' } as const],
    [
      'KMS',
      { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
      { kind: 'kms-key', arn: keyArn } as const
    ],
    [
      'one key',
      { StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': keyArn } },
      { kind: 'kms-key', arn: keyArn } as const
    ]
  ])('a bucket policy that demands %s is met, and refuses who says nothing', async (_name, condition, encryption) => {
    Object.assign(bucket(), { settings: { policy: policyOf(condition) } })
    const large = { ...place, key: 'large' }
    const denied = { code: 'ACCESS_DENIED' }
    await expect(store().putIfAbsent(place, archive(100).upload)).rejects.toMatchObject(denied)
    await expect(store().putIfAbsent(large, archive(20 * MiB).upload)).rejects.toMatchObject(denied)
    await expect(store().replace(statePlace, '{}', null)).rejects.toMatchObject(denied)
    expect(bucket().objects.size).toBe(0)
    const objects = store(encryption)
    expect(await objects.putIfAbsent(place, archive(100).upload)).toBe('created')
    expect(await objects.putIfAbsent(large, archive(20 * MiB).upload)).toBe('created')
    expect(await objects.replace(statePlace, '{}', null)).toMatchObject({ etag: expect.any(String) })
  })
})

it('F127 an upload names the algorithm of its checksum, as a state file does', async () => {
  await store().putIfAbsent(place, archive(100).upload)
  await store().replace(statePlace, '{}', null)
  const writes = emulator.calls.filter(({ api }) => api === 's3:PutObject')
  expect(writes.map(({ headers }) => headers['x-amz-sdk-checksum-algorithm'])).toEqual(['SHA256', 'SHA256'])
})

describe('F128 ConditionalRequestConflict', () => {
  const conflict = { kind: 'error', code: 'ConditionalRequestConflict', status: 409 } as const

  it('an upload in one request is sent again', async () => {
    emulator.faults.add({ ...conflict, action: 's3:PutObject', times: 3 })
    const { body, upload } = archive(100)
    expect(await store().putIfAbsent(place, upload)).toBe('created')
    expect(bucket().objects.get(place.key)?.body.equals(body)).toBe(true)
    expect(emulator.faults.pending()).toEqual([])
  })

  it('the writer who was faster keeps the key', async () => {
    const theirs = archive(200)
    await store().putIfAbsent(place, theirs.upload)
    emulator.faults.add({ ...conflict, action: 's3:PutObject' })
    expect(await store().putIfAbsent(place, archive(100).upload)).toBe('exists')
    expect(bucket().objects.get(place.key)?.body.equals(theirs.body)).toBe(true)
  })

  it('an upload in parts is begun anew, and leaves nothing behind', async () => {
    emulator.faults.add({ ...conflict, action: 's3:CompleteMultipartUpload', times: 2 })
    const { body, upload } = archive(20 * MiB)
    expect(await store().putIfAbsent(place, upload)).toBe('created')
    expect(bucket().objects.get(place.key)?.body.equals(body)).toBe(true)
    expect(emulator.faults.pending()).toEqual([])
  })

  it.each([
    ['PutObject', 100],
    ['CompleteMultipartUpload', 20 * MiB]
  ])('a %s that never gets its turn ends, with the reason', async (api, bytes) => {
    emulator.faults.add({ ...conflict, action: `s3:${api}`, times: 100 })
    await expect(store().putIfAbsent(place, archive(bytes).upload)).rejects.toMatchObject({ code: 'AWS_FAILED' })
    expect(bucket().objects.size).toBe(0)
  })
})
