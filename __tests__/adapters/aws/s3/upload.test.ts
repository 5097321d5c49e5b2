/** Uploads of archives through the real SDK to the strict emulator: one request up to 16 MiB, parts above it. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AwsEmulator } from '../../../../emulators/aws/index.js'
import { createAws } from '../../../../src/adapters/aws/index.js'
import type { ObjectStore } from '../../../../src/ports/aws.js'
import { sha256Hex } from '../../../../src/model/digest.js'
import { region, sandbox, sandboxKeys, startS3AndSts } from '../../../emulators/aws/start-emulator.js'

const MiB = 1024 * 1024
const folder = mkdtempSync(join(tmpdir(), 'upload-'))
const place = { bucket: 'sandbox-code', owner: sandbox, key: 'layer-deploy/artifacts/x/1.zip' }
const before = { ...process.env }
let emulator: AwsEmulator

beforeAll(async () => {
  emulator = await startS3AndSts()
  const { accessKeyId, secretAccessKey } = sandboxKeys
  const keys = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey }
  Object.assign(process.env, { ...keys, AWS_ENDPOINT_URL: emulator.url })
})
afterEach(() => {
  const pending = emulator.faults.pending()
  emulator.faults.clear()
  emulator.resetCalls()
  bucket().objects.clear()
  expect(pending).toEqual([])
  // What an upload leaves behind costs money and is seen by nobody.
  expect([...(bucket().uploads?.keys() ?? [])]).toEqual([])
})
afterAll(async () => {
  process.env = before
  rmSync(folder, { recursive: true })
  await emulator.close()
})

const bucket = () => emulator.world.buckets.get('sandbox-code')!
const bodyOf = (bytes: number): Buffer => {
  const block = createHash('sha512').update(String(bytes)).digest()
  return Buffer.alloc(bytes, block)
}

function store(signal = new AbortController().signal): ObjectStore {
  const timing = { connectSeconds: 5, attemptSeconds: 5, callSeconds: 10, publishSeconds: 10 }
  const environment = process.env
  return createAws({ environment, signal, homeRegion: region, accountId: sandbox, timing }).region(region).objects
}

function archive(bytes: number) {
  const body = bodyOf(bytes)
  const file = join(folder, `${bytes}.zip`)
  writeFileSync(file, body)
  const sha256 = sha256Hex(body)
  return { body, upload: { file, sha256, sizeBytes: bytes, metadata: { 'artifact-sha256': sha256 } } }
}
const calls = (): readonly string[] => emulator.calls.map(({ api }) => api.replace('s3:', ''))

describe('putIfAbsent', () => {
  it.each([
    [16 * MiB, ['PutObject']],
    [16 * MiB + 1, ['CreateMultipartUpload', ...Array<string>(3).fill('UploadPart'), 'CompleteMultipartUpload']],
    [40 * MiB, ['CreateMultipartUpload', ...Array<string>(5).fill('UploadPart'), 'CompleteMultipartUpload']]
  ])('%d bytes: %j; head vouches for the bytes of the file', async (bytes, expected) => {
    const { body, upload } = archive(bytes)
    expect(await store().putIfAbsent(place, upload)).toBe('created')
    expect(calls()).toEqual(expected)
    expect(bucket().objects.get(place.key)?.body.equals(body)).toBe(true)
    expect(await store().head(place, upload)).toMatchObject({ sha256: upload.sha256, sizeBytes: bytes })
  })

  it('F54 leaves alone what is there, and removes its own parts', async () => {
    const theirs = archive(20 * MiB)
    await store().putIfAbsent(place, theirs.upload)
    expect(await store().putIfAbsent(place, archive(24 * MiB).upload)).toBe('exists')
    expect(bucket().objects.get(place.key)?.body.equals(theirs.body)).toBe(true)
  })

  it('F136 vouches for nothing that only metadata says, and for no other file', async () => {
    const { upload } = archive(20 * MiB)
    const other = archive(24 * MiB).upload
    await store().putIfAbsent(place, upload)
    expect((await store().head(place))?.sha256).toBeNull()
    expect((await store().head(place, other))?.sha256).toBeNull()
    // As large as ours, in as many parts, under our metadata.
    const twin = archive(20 * MiB + 64).upload
    await store().putIfAbsent({ ...place, key: 'twin' }, { ...twin, metadata: upload.metadata })
    expect((await store().head({ ...place, key: 'twin' }, upload))?.sha256).toBeNull()
    expect((await store().head({ ...place, key: 'twin' }, { ...twin, sizeBytes: upload.sizeBytes }))?.sha256).toBeNull()
    expect((await store().head({ ...place, key: 'twin' }, twin))?.sha256).toBe(twin.sha256)
  })

  it.each([
    'throttle',
    'error-500-before',
    'error-500-after',
    'reset-before',
    'reset-after',
    'truncated',
    'garbage'
  ] as const)('G2 comes through a part with %s', async kind => {
    const { body, upload } = archive(20 * MiB)
    emulator.faults.add({ action: 's3:UploadPart', kind, nth: 2 })
    expect(await store().putIfAbsent(place, upload)).toBe('created')
    expect(bucket().objects.get(place.key)?.body.equals(body)).toBe(true)
  })

  it.each([
    'throttle',
    'error-500-before',
    'error-500-after',
    'reset-before',
    'reset-after',
    'truncated',
    'garbage'
  ] as const)('G2 comes through the completion with %s', async kind => {
    const { body, upload } = archive(20 * MiB)
    emulator.faults.add({ action: 's3:CompleteMultipartUpload', kind })
    // Whatever became of the answer: the object is ours.
    expect(await store().putIfAbsent(place, upload)).toBe('created')
    expect(bucket().objects.get(place.key)?.body.equals(body)).toBe(true)
    expect([...bucket().objects.keys()]).toEqual([place.key])
  })

  it('F50 leaves nothing behind where a part is denied', async () => {
    emulator.faults.add({ action: 's3:UploadPart', kind: 'denied', nth: 2 })
    await expect(store().putIfAbsent(place, archive(40 * MiB).upload)).rejects.toMatchObject({ code: 'ACCESS_DENIED' })
    expect(bucket().objects.size).toBe(0)
    expect(calls()).toContain('AbortMultipartUpload')
  })

  it('G7 leaves nothing behind where the run is cancelled', async () => {
    const cancelled = new AbortController()
    const reason = new Error('cancelled')
    emulator.faults.add({ action: 's3:UploadPart', kind: 'hang-before', nth: 2 })
    const put = store(cancelled.signal).putIfAbsent(place, archive(40 * MiB).upload)
    const watch = setInterval(() => {
      if (emulator.faults.pending().length === 0) cancelled.abort(reason)
    }, 5)
    await expect(put).rejects.toBe(reason)
    clearInterval(watch)
    expect(bucket().objects.size).toBe(0)
  })

  it('F56 sends nothing where the file is no longer what was packed', async () => {
    const { upload } = archive(20 * MiB)
    writeFileSync(upload.file, bodyOf(20 * MiB + 64).subarray(64))
    await expect(store().putIfAbsent(place, upload)).rejects.toMatchObject({ code: 'BUILD_FAILED' })
    expect(calls()).toEqual([])
  })
})
