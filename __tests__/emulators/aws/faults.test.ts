import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client
} from '@aws-sdk/client-s3'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Call, FaultKind } from '../../../emulators/aws/calls.js'
import { createFaultBook, type FaultRule } from '../../../emulators/aws/faults.js'
import type { AwsEmulator } from '../../../emulators/aws/server.js'
import { failure, region, sandboxKeys, startS3AndSts } from './start-emulator.js'

let emulator: AwsEmulator
const Bucket = 'sandbox-code'
const config = () => ({ endpoint: emulator.url, region, credentials: sandboxKeys })
const s3 = (maxAttempts = 1) =>
  new S3Client({ ...config(), maxAttempts, requestHandler: { requestTimeout: 3000, throwOnRequestTimeout: true } })
const put = (maxAttempts = 1) => s3(maxAttempts).send(new PutObjectCommand({ Bucket, Key: 'key', Body: 'content' }))
const stored = () => emulator.world.buckets.get(Bucket)?.objects.has('key')

beforeAll(async () => {
  emulator = await startS3AndSts()
})
afterAll(() => emulator.close())
beforeEach(() => {
  emulator.world.buckets.get(Bucket)?.objects.clear()
  emulator.resetCalls()
})
afterEach(() => {
  expect(emulator.faults.pending()).toEqual([])
  expect(emulator.defects).toEqual([])
})

describe('each kind of fault on a write', () => {
  const rows: [FaultKind, effect: boolean, expected: object][] = [
    ['throttle', false, { name: 'SlowDown', status: 503 }],
    ['error-500-before', false, { name: 'InternalError', status: 500 }],
    ['error-500-after', true, { name: 'InternalError', status: 500 }],
    ['reset-before', false, { message: expect.stringMatching(/ECONNRESET|socket hang up/), status: undefined }],
    ['reset-after', true, { message: expect.stringMatching(/ECONNRESET|socket hang up/), status: undefined }],
    ['hang-before', false, { name: 'TimeoutError', status: undefined }],
    ['hang-after', true, { name: 'TimeoutError', status: undefined }],
    ['truncated', true, { status: undefined }],
    ['denied', false, { name: 'AccessDenied', status: 403 }],
    ['expired-token', false, { name: 'ExpiredToken', status: 400 }]
  ]
  it.each(rows)('%s: effect %s', async (kind, effect, expected) => {
    emulator.faults.add({ action: 's3:PutObject', kind })
    expect(await failure(put())).toMatchObject(expected)
    expect(stored()).toBe(effect)
    expect(emulator.calls).toMatchObject([{ fault: kind, accepted: effect, write: true }])
    await put() // the rule is used up
  })

  it('garbage: the effect happened, the answer says nothing of it', async () => {
    emulator.faults.add({ action: 's3:PutObject', kind: 'garbage' })
    expect((await put()).ETag).toBeUndefined()
    expect(stored()).toBe(true)
    expect(emulator.calls[0]?.delivery).toBe('lost')
  })

  it('slow: late, but whole', async () => {
    emulator.faults.add({ action: 's3:PutObject', kind: 'slow', delayMilliseconds: 150 })
    const before = Date.now()
    expect((await put()).ETag).toBeDefined()
    expect(Date.now() - before).toBeGreaterThanOrEqual(145)
  })

  it('error: any error of the service', async () => {
    emulator.faults.add({ action: 's3:PutObject', kind: 'error', code: 'ConditionalRequestConflict', status: 409 })
    expect(await failure(put())).toMatchObject({ name: 'ConditionalRequestConflict', status: 409 })
    expect(stored()).toBe(false)
  })

  it('error with status 200: an answer that begins well and holds an error, as S3 may give', async () => {
    emulator.faults.add({ action: 's3:PutObject', kind: 'error', code: 'InternalError', status: 200 })
    expect(await failure(put())).toMatchObject({ name: 'InternalError' })
    expect(stored()).toBe(false)
    expect(emulator.calls).toMatchObject([{ status: 200, accepted: false, errorCode: 'InternalError' }])
  })

  it('is healed by the retries of a client that does retry', async () => {
    for (const kind of ['throttle', 'error-500-before', 'error-500-after', 'reset-before', 'reset-after'] as const) {
      emulator.resetCalls()
      emulator.faults.add({ action: 's3:PutObject', kind })
      await put(3)
      expect(emulator.writes()).toHaveLength(2)
    }
  })
})

describe('damaged reads', () => {
  const body = 'x'.repeat(10_000)
  beforeEach(() => s3().send(new PutObjectCommand({ Bucket, Key: 'key', Body: body })))
  const get = async () => {
    const answer = await s3().send(new GetObjectCommand({ Bucket, Key: 'key' }))
    return answer.Body?.transformToString()
  }

  it('truncated: the body breaks off', async () => {
    emulator.faults.add({ action: 's3:GetObject', kind: 'truncated' })
    await expect(get()).rejects.toThrow(/aborted/)
    expect(await get()).toBe(body)
  })

  it('slow: the second half comes late', async () => {
    emulator.faults.add({ action: 's3:GetObject', kind: 'slow', delayMilliseconds: 100 })
    expect(await get()).toBe(body)
  })

  it('garbage: no XML where XML was due', async () => {
    emulator.faults.add({ action: 's3:ListBucket', kind: 'garbage' })
    await expect(s3().send(new ListObjectsV2Command({ Bucket }))).rejects.toThrow()
  })

  it("goes by the API's name as well as by IAM's", async () => {
    emulator.faults.add({ action: 's3:HeadObject', kind: 'throttle' })
    expect(await get()).toBe(body)
    expect(await failure(s3().send(new HeadObjectCommand({ Bucket, Key: 'key' })))).toMatchObject({ status: 503 })
  })
})

it("uses STS's own error shapes", async () => {
  const ask = () => failure(new STSClient({ ...config(), maxAttempts: 1 }).send(new GetCallerIdentityCommand({})))
  emulator.faults.add({ action: 'sts:*', kind: 'throttle' })
  expect(await ask()).toEqual({ name: 'Throttling', message: 'Rate exceeded', status: 400 })
  emulator.faults.add({ action: 'sts:*', kind: 'expired-token' })
  expect(await ask()).toMatchObject({ name: 'ExpiredToken', status: 403 })
  emulator.faults.add({ action: 'sts:*', kind: 'error-500-before' })
  expect(await ask()).toMatchObject({ name: 'InternalFailure', status: 500 })
  emulator.faults.add({ action: 'sts:*', kind: 'denied' })
  expect(await ask()).toMatchObject({
    name: 'AccessDenied',
    message:
      'User: arn:aws:iam::111122223333:user/deployer is not authorized to perform: sts:GetCallerIdentity on resource: * because no identity-based policy allows the sts:GetCallerIdentity action'
  })
})

describe('the fault book', () => {
  const call = { action: 's3:GetObject', api: 's3:HeadObject', accountId: 'a', region: 'r', resource: 'arn:x' } as Call
  const hits = (rule: Partial<FaultRule>, calls = 6) => {
    const book = createFaultBook()
    book.add({ action: 's3:GetObject', kind: 'throttle', ...rule })
    return Array.from({ length: calls }, () => (book.take(call) === null ? '-' : 'X')).join('')
  }

  it('hits the nth call, and as many as asked', () => {
    expect(hits({})).toBe('X-----')
    expect(hits({ nth: 3 })).toBe('--X---')
    expect(hits({ nth: 2, times: 3 })).toBe('-XXX--')
    expect(hits({ times: Infinity })).toBe('XXXXXX')
  })

  it('hits exactly what it names, for any nth and times', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), (nth, times) => {
        expect(hits({ nth, times }, 20)).toBe(`${'-'.repeat(nth - 1)}${'X'.repeat(times)}`.padEnd(20, '-'))
      })
    )
  })

  it('matches by name, account, region, resource', () => {
    expect(hits({ action: 's3:Head*' })).toContain('X')
    expect(hits({ action: '*' })).toContain('X')
    expect(hits({ action: 's3:Get' })).not.toContain('X')
    expect(hits({ action: 's3.GetObject' })).not.toContain('X')
    expect(hits({ accountId: 'b' })).not.toContain('X')
    expect(hits({ region: 'q' })).not.toContain('X')
    expect(hits({ resource: 'arn:y' })).not.toContain('X')
    expect(hits({ accountId: 'a', region: 'r', resource: ':x' })).toContain('X')
  })

  it('lets the second of two due rules hit the next call', () => {
    const book = createFaultBook()
    book.add({ action: '*', kind: 'throttle' })
    book.add({ action: '*', kind: 'denied' })
    expect([book.take(call)?.kind, book.take(call)?.kind, book.take(call)]).toEqual(['throttle', 'denied', null])
  })

  it('withdraws rules, and refuses those that cannot hit', () => {
    const book = createFaultBook()
    book.add({ action: '*', kind: 'throttle' })()
    expect(book.take(call)).toBeNull()
    expect(() => book.add({ action: '*', kind: 'throttle', nth: 0 })).toThrow(RangeError)
    expect(() => book.add({ action: '*', kind: 'error' })).toThrow(TypeError)
  })
})
