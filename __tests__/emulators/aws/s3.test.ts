import { createHash } from 'node:crypto'
import { Agent } from 'node:http'
import type { LookupFunction } from 'node:net'
import { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  type S3ClientConfig
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { checksumOf } from '../../../emulators/aws/s3/checksums.js'
import { readCompletion } from '../../../emulators/aws/s3/multipart-completion.js'
import { escapeXml } from '../../../emulators/aws/xml.js'
import type { AwsEmulator } from '../../../emulators/aws/server.js'
import { accounts, failure, production, region, sandbox, sandboxKeys, startS3AndSts } from './start-emulator.js'

let emulator: AwsEmulator
let s3: S3Client
const Bucket = 'sandbox-code'
const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('base64')
const md5 = (data: string | Buffer) => createHash('md5').update(data).digest('base64')
const client = (options: S3ClientConfig = {}) =>
  new S3Client({ endpoint: emulator.url, region, credentials: sandboxKeys, maxAttempts: 1, ...options })
const put = (Key: string, Body: string | Buffer = 'content', more: object = {}) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }))
const text = async (Key: string) => (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString()
beforeAll(async () => {
  emulator = await startS3AndSts()
  s3 = client()
})
afterAll(() => emulator.close())
beforeEach(() => emulator.world.buckets.get(Bucket)?.objects.clear())
afterEach(() => expect(emulator.defects).toEqual([]))

describe('objects', () => {
  it('stores and returns bytes, type, metadata and etag', async () => {
    const stored = await put('a b/ü+%2F(1).zip', 'hello', {
      ContentType: 'application/zip',
      Metadata: { commit: 'c0ffee' }
    })
    const read = await s3.send(new GetObjectCommand({ Bucket, Key: 'a b/ü+%2F(1).zip' }))
    expect(stored.ETag).toBe(`"${createHash('md5').update('hello').digest('hex')}"`)
    expect(read).toMatchObject({ ETag: stored.ETag, ContentType: 'application/zip', ContentLength: 5 })
    expect(read.Metadata).toEqual({ commit: 'c0ffee' })
    expect(await read.Body?.transformToString()).toBe('hello')
    expect([...(emulator.world.buckets.get(Bucket)?.objects.keys() ?? [])]).toEqual(['a b/ü+%2F(1).zip'])
  })

  it('answers HeadObject without a body', async () => {
    await put('key', 'hello')
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'key' }))).toMatchObject({ ContentLength: 5 })
    expect(await failure(s3.send(new HeadObjectCommand({ Bucket, Key: 'none' })))).toMatchObject({
      name: 'NotFound',
      status: 404
    })
  })

  it('reads ranges', async () => {
    await put('key', '0123456789')
    const range = async (Range: string) => {
      const answer = await s3.send(new GetObjectCommand({ Bucket, Key: 'key', Range }))
      return [answer.ContentRange, await answer.Body?.transformToString()]
    }
    expect(await range('bytes=2-4')).toEqual(['bytes 2-4/10', '234'])
    expect(await range('bytes=7-')).toEqual(['bytes 7-9/10', '789'])
    expect(await range('bytes=-3')).toEqual(['bytes 7-9/10', '789'])
    expect(await range('bytes=8-99')).toEqual(['bytes 8-9/10', '89'])
    expect(await failure(range('bytes=10-'))).toMatchObject({ name: 'InvalidRange', status: 416 })
  })

  it('deletes, also what is not there', async () => {
    await put('key')
    const swap = new DeleteObjectCommand({ Bucket, Key: 'key', IfMatch: '"other"' })
    expect(await failure(s3.send(swap))).toMatchObject({ name: 'PreconditionFailed', status: 412 })
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'key' }))
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'key' }))
    expect(await failure(text('key'))).toMatchObject({ name: 'NoSuchKey', status: 404 })
  })

  it('keeps the limits of key and metadata', async () => {
    await put('k'.repeat(1024), 'x', { Metadata: { m: 'v'.repeat(2047) } })
    expect(await failure(put('k'.repeat(1025)))).toMatchObject({ name: 'KeyTooLongError', status: 400 })
    expect(await failure(put('ü'.repeat(513)))).toMatchObject({ name: 'KeyTooLongError' })
    expect(await failure(put('key', 'x', { Metadata: { m: 'v'.repeat(2048) } }))).toMatchObject({
      name: 'MetadataTooLarge',
      status: 400
    })
  })

  it('does not pretend to know other operations', async () => {
    expect(await failure(s3.send(new GetObjectAclCommand({ Bucket, Key: 'key' })))).toMatchObject({
      name: 'NotImplemented',
      status: 501
    })
  })
})

describe('who may reach a bucket', () => {
  it('refuses a bucket that does not exist', async () => {
    const command = new PutObjectCommand({ Bucket: 'nobodys-code', Key: 'k', Body: 'x' })
    expect(await failure(s3.send(command))).toMatchObject({ name: 'NoSuchBucket', status: 404 })
    expect(await failure(s3.send(new HeadBucketCommand({ Bucket: 'nobodys-code' })))).toMatchObject({ status: 404 })
  })

  it("denies another account's bucket with the bare message", async () => {
    const command = new PutObjectCommand({ Bucket: 'production-code', Key: 'k', Body: 'x' })
    expect(await failure(s3.send(command))).toEqual({ name: 'AccessDenied', message: 'Access Denied', status: 403 })
    expect(await failure(s3.send(new HeadBucketCommand({ Bucket: 'production-code' })))).toMatchObject({ status: 403 })
  })

  it('lets in whom the bucket policy names, but not past ExpectedBucketOwner', async () => {
    const command = (ExpectedBucketOwner: string) =>
      new PutObjectCommand({ Bucket: 'shared-code', Key: 'k', Body: 'x', ExpectedBucketOwner })
    await s3.send(command(production))
    expect(await failure(s3.send(command(sandbox)))).toEqual({
      name: 'AccessDenied',
      message: 'Access Denied',
      status: 403
    })
    expect(await failure(s3.send(command('me')))).toMatchObject({ name: 'InvalidBucketOwnerAWSAccountID' })
  })

  it.each(['Head', 'Get', 'Put', 'List'])('checks ExpectedBucketOwner on %s', async name => {
    await put('key')
    const wrong = { Bucket, Key: 'key', ExpectedBucketOwner: production }
    const work = {
      Head: () => s3.send(new HeadObjectCommand(wrong)),
      Get: () => s3.send(new GetObjectCommand(wrong)),
      Put: () => s3.send(new PutObjectCommand({ ...wrong, Body: 'changed' })),
      List: () => s3.send(new ListObjectsV2Command(wrong))
    }[name]!
    expect(await failure(work())).toMatchObject({ status: 403 })
    expect(await text('key')).toBe('content')
  })

  it('redirects to the region of the bucket', async () => {
    const command = new GetObjectCommand({ Bucket: 'far-code', Key: 'k' })
    expect(await failure(s3.send(command))).toMatchObject({ name: 'PermanentRedirect', status: 301 })
    const head = await s3.send(new HeadBucketCommand({ Bucket: 'far-code' })).catch((error: unknown) => error)
    expect(head).toMatchObject({ $response: { headers: { 'x-amz-bucket-region': 'eu-west-1' } } })
    const found = await client({ followRegionRedirects: true }).send(new HeadBucketCommand({ Bucket: 'far-code' }))
    expect(found.BucketRegion).toBe('eu-west-1')
  })

  it('tells the location of a bucket from any region', async () => {
    const location = await s3.send(new GetBucketLocationCommand({ Bucket: 'far-code' }))
    expect(location.LocationConstraint).toBe('eu-west-1')
  })

  it('knows virtual-host style', async () => {
    const { port } = new URL(emulator.url)
    // Not every resolver knows that names under localhost are this machine.
    const lookup: LookupFunction = (_host, { all }, done) => {
      if (all) done(null, [{ address: '127.0.0.1', family: 4 }])
      else done(null, '127.0.0.1', 4)
    }
    const httpAgent = new Agent({ lookup })
    const virtual = client({ endpoint: `http://localhost:${port}`, requestHandler: { httpAgent } })
    await virtual.send(new PutObjectCommand({ Bucket, Key: 'folder/key', Body: 'x' }))
    expect(emulator.calls.at(-1)?.headers['host']).toBe(`${Bucket}.localhost:${port}`)
    expect(emulator.calls.at(-1)?.resource).toBe(`arn:aws:s3:::${Bucket}/folder/key`)
    expect(await text('folder/key')).toBe('x')
  })
})

describe('conditional requests', () => {
  it('writes once with If-None-Match: *', async () => {
    await put('key', 'first', { IfNoneMatch: '*' })
    expect(await failure(put('key', 'second', { IfNoneMatch: '*' }))).toMatchObject({
      name: 'PreconditionFailed',
      status: 412
    })
    expect(await failure(put('key', 'second', { IfNoneMatch: '"abc"' }))).toMatchObject({ name: 'NotImplemented' })
    expect(await text('key')).toBe('first')
  })

  it('lets exactly one of many writers win', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 16 }, (_, n) => put('key', `writer ${n}`, { IfNoneMatch: '*' }))
    )
    expect(outcomes.filter(outcome => outcome.status === 'fulfilled')).toHaveLength(1)
  })

  it('compares and swaps with If-Match', async () => {
    const { ETag } = await put('key', 'first')
    await put('key', 'second', { IfMatch: ETag })
    expect(await failure(put('key', 'third', { IfMatch: ETag }))).toMatchObject({
      name: 'PreconditionFailed',
      status: 412
    })
    expect(await failure(put('none', 'x', { IfMatch: ETag }))).toMatchObject({ name: 'NoSuchKey', status: 404 })
    expect(await text('key')).toBe('second')
  })

  it('reads under conditions', async () => {
    const { ETag } = await put('key')
    const get = (more: object) => s3.send(new GetObjectCommand({ Bucket, Key: 'key', ...more }))
    expect(await failure(get({ IfNoneMatch: ETag }))).toMatchObject({ status: 304 })
    expect(await failure(get({ IfMatch: '"other"' }))).toMatchObject({ name: 'PreconditionFailed', status: 412 })
    expect((await get({ IfMatch: ETag, IfNoneMatch: '"other"' })).$metadata.httpStatusCode).toBe(200)
  })
})

describe('integrity', () => {
  it('F56 refuses a body whose SHA-256 is another', async () => {
    expect(await failure(put('key', 'content', { ChecksumSHA256: sha256('other') }))).toMatchObject({
      name: 'BadDigest',
      status: 400
    })
    expect(await failure(put('key', 'content', { ChecksumSHA256: 'short' }))).toMatchObject({ name: 'InvalidRequest' })
    expect(emulator.world.buckets.get(Bucket)?.objects.size).toBe(0)
  })

  it('states the checksum only where it is asked for', async () => {
    const answer = await put('key', 'content', { ChecksumSHA256: sha256('content') })
    expect(answer).toMatchObject({ ChecksumSHA256: sha256('content'), ChecksumType: 'FULL_OBJECT' })
    const head = (ChecksumMode?: 'ENABLED') =>
      s3.send(new HeadObjectCommand({ Bucket, Key: 'key', ...(ChecksumMode && { ChecksumMode }) }))
    expect((await head('ENABLED')).ChecksumSHA256).toBe(sha256('content'))
    expect((await head()).ChecksumSHA256).toBeUndefined()
  })

  it.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)(
    'agrees with the SDK on %s, sent and read back',
    async ChecksumAlgorithm => {
      await put('key', 'content', { ChecksumAlgorithm })
      const read = await s3.send(new GetObjectCommand({ Bucket, Key: 'key', ChecksumMode: 'ENABLED' }))
      expect(read[`Checksum${ChecksumAlgorithm}`]).toBe(
        checksumOf(ChecksumAlgorithm, Buffer.from('content')).toString('base64')
      )
      expect(await read.Body?.transformToString()).toBe('content')
    }
  )

  it('computes the published check values of the CRCs', () => {
    const check = (algorithm: 'CRC32' | 'CRC32C' | 'CRC64NVME') =>
      checksumOf(algorithm, Buffer.from('123456789')).toString('hex')
    expect([check('CRC32'), check('CRC32C'), check('CRC64NVME')]).toEqual(['cbf43926', 'e3069283', 'ae8b14860a799888'])
    expect(crc32(Buffer.from('123456789')).toString(16)).toBe('cbf43926')
  })

  it('keeps a CRC64NVME where the client stated nothing', async () => {
    const plain = client({ requestChecksumCalculation: 'WHEN_REQUIRED' })
    await plain.send(new PutObjectCommand({ Bucket, Key: 'key', Body: 'content' }))
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'key', ChecksumMode: 'ENABLED' }))
    expect(head.ChecksumCRC64NVME).toBe(checksumOf('CRC64NVME', Buffer.from('content')).toString('base64'))
  })

  it('verifies Content-MD5', async () => {
    await put('key', 'content', { ContentMD5: md5('content') })
    expect(await failure(put('key', 'content', { ContentMD5: md5('other') }))).toMatchObject({ name: 'BadDigest' })
    expect(await failure(put('key', 'content', { ContentMD5: 'x' }))).toMatchObject({ name: 'InvalidDigest' })
  })

  it('refuses two checksums at once', async () => {
    const two = {
      ChecksumSHA256: sha256('content'),
      ChecksumSHA1: createHash('sha1').update('content').digest('base64')
    }
    expect(await failure(put('key', 'content', two))).toMatchObject({ name: 'InvalidRequest' })
  })

  it('decodes a streamed body with a trailing checksum', async () => {
    const Body = Readable.from([Buffer.from('streamed '), Buffer.from('content')])
    const command = new PutObjectCommand({ Bucket, Key: 'key', Body, ContentLength: 16, ChecksumAlgorithm: 'SHA256' })
    await s3.send(command)
    const call = emulator.calls.at(-1)
    expect(call?.headers['x-amz-content-sha256']).toBe('STREAMING-UNSIGNED-PAYLOAD-TRAILER')
    expect(call?.headers['x-amz-checksum-sha256']).toBe(sha256('streamed content'))
    expect(await text('key')).toBe('streamed content')
  })
})

describe('ListObjectsV2', () => {
  const keys = ['a/1', 'a/2', 'a/b/3', 'b/4', 'ü/5', '%/6']
  const list = (more: object) => s3.send(new ListObjectsV2Command({ Bucket, ...more }))

  it('pages through every key once, in order of bytes', async () => {
    for (const key of keys) await put(key)
    const found: (string | undefined)[] = []
    for await (const page of paginateListObjectsV2({ client: s3, pageSize: 2 }, { Bucket })) {
      expect(page.KeyCount).toBeLessThanOrEqual(2)
      found.push(...(page.Contents ?? []).map(object => object.Key))
    }
    expect(found).toEqual(['%/6', 'a/1', 'a/2', 'a/b/3', 'b/4', 'ü/5'])
  })

  it('knows prefix, delimiter and start-after', async () => {
    for (const key of keys) await put(key)
    expect((await list({ Prefix: 'a/' })).Contents?.map(object => object.Key)).toEqual(['a/1', 'a/2', 'a/b/3'])
    const folders = await list({ Delimiter: '/', MaxKeys: 2 })
    expect(folders.CommonPrefixes?.map(one => one.Prefix)).toEqual(['%/', 'a/'])
    const rest = await list({ Delimiter: '/', ContinuationToken: folders.NextContinuationToken })
    expect(rest.CommonPrefixes?.map(one => one.Prefix)).toEqual(['b/', 'ü/'])
    expect((await list({ StartAfter: 'a/2' })).Contents?.[0]?.Key).toBe('a/b/3')
    expect((await list({ StartAfter: 'a/1', Delimiter: '/' })).CommonPrefixes?.[0]?.Prefix).toBe('a/')
    expect((await list({ EncodingType: 'url', Prefix: 'ü' })).Contents?.[0]?.Key).toBe('%C3%BC/5')
    expect(await failure(list({ ContinuationToken: '?' }))).toMatchObject({ name: 'InvalidArgument', status: 400 })
  })

  it('lists any set of keys completely, whatever the page size', async () => {
    const anyKeys = fc.uniqueArray(
      fc.string({ minLength: 1, maxLength: 6, unit: fc.constantFrom('a', 'b', '/', '&', '<', 'ß') })
    )
    await fc.assert(
      fc.asyncProperty(anyKeys, fc.integer({ min: 1, max: 4 }), async (some, pageSize) => {
        emulator.world.buckets.get(Bucket)?.objects.clear()
        const clean = some.filter(key => !/^\/|\/\//.test(key))
        for (const key of clean) {
          const object = { key, body: Buffer.alloc(0), etag: '"e"', checksumSha256: '', metadata: {}, contentType: '' }
          emulator.world.buckets.get(Bucket)?.objects.set(key, { ...object, lastModified: 0 })
        }
        const found: string[] = []
        for await (const page of paginateListObjectsV2({ client: s3, pageSize }, { Bucket })) {
          found.push(...(page.Contents ?? []).map(object => object.Key ?? ''))
        }
        expect(found).toEqual(clean.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))))
      }),
      { numRuns: 30 }
    )
  })
})

describe('multipart upload', () => {
  const mebibyte = 1024 ** 2
  const start = (more: object = {}) =>
    s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'big', ChecksumAlgorithm: 'SHA256', ...more }))
  const part = (UploadId: string | undefined, PartNumber: number, Body: Buffer, more: object = {}) =>
    s3.send(
      new UploadPartCommand({ Bucket, Key: 'big', UploadId, PartNumber, Body, ChecksumAlgorithm: 'SHA256', ...more })
    )
  const complete = (UploadId: string | undefined, Parts: object[], more: object = {}) =>
    s3.send(new CompleteMultipartUploadCommand({ Bucket, Key: 'big', UploadId, MultipartUpload: { Parts }, ...more }))
  const row = (PartNumber: number, answer: { ETag?: string | undefined; ChecksumSHA256?: string | undefined }) => ({
    PartNumber,
    ETag: answer.ETag,
    ChecksumSHA256: answer.ChecksumSHA256
  })

  it('stores what lib-storage uploads, with a composite checksum', async () => {
    const Body = Buffer.alloc(11 * mebibyte, 'layer')
    const params = {
      Bucket,
      Key: 'big',
      Body,
      ChecksumAlgorithm: 'SHA256' as const,
      IfNoneMatch: '*',
      Metadata: { a: 'b' }
    }
    await new Upload({ client: s3, params }).done()
    const slices = [0, 5, 10].map(at => Body.subarray(at * mebibyte, (at + 5) * mebibyte))
    const composite = sha256(Buffer.concat(slices.map(slice => createHash('sha256').update(slice).digest())))
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'big', ChecksumMode: 'ENABLED' }))
    expect(head).toMatchObject({ ChecksumSHA256: `${composite}-3`, ChecksumType: 'COMPOSITE', Metadata: { a: 'b' } })
    expect(head.ETag).toMatch(/^"[0-9a-f]{32}-3"$/)
    expect(emulator.world.buckets.get(Bucket)?.objects.get('big')?.checksumSha256).toBe(sha256(Body))
    expect(await failure(new Upload({ client: s3, params }).done())).toMatchObject({
      name: 'PreconditionFailed',
      status: 412
    })
  })

  it('refuses parts under 5 MiB but for the last', async () => {
    const { UploadId } = await start()
    const one = row(1, await part(UploadId, 1, Buffer.alloc(5 * mebibyte - 1)))
    const two = row(2, await part(UploadId, 2, Buffer.alloc(1)))
    expect(await failure(complete(UploadId, [one, two]))).toMatchObject({ name: 'EntityTooSmall', status: 400 })
    await complete(UploadId, [two])
    expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'big' }))).ContentLength).toBe(1)
  })

  it('refuses wrong order, wrong etag, wrong and missing checksums, unknown parts, no parts', async () => {
    const { UploadId } = await start()
    const one = row(1, await part(UploadId, 1, Buffer.alloc(5 * mebibyte)))
    const two = row(2, await part(UploadId, 2, Buffer.from('end')))
    expect(await failure(complete(UploadId, [two, one]))).toMatchObject({ name: 'InvalidPartOrder', status: 400 })
    expect(await failure(complete(UploadId, [one, { ...two, ETag: one.ETag }]))).toMatchObject({ name: 'InvalidPart' })
    expect(await failure(complete(UploadId, [{ ...two, ChecksumSHA256: sha256('x') }]))).toMatchObject({
      name: 'InvalidPart'
    })
    expect(await failure(complete(UploadId, [{ PartNumber: 2, ETag: two.ETag }]))).toMatchObject({
      name: 'InvalidRequest'
    })
    expect(await failure(complete(UploadId, [one, { ...two, PartNumber: 3 }]))).toMatchObject({ name: 'InvalidPart' })
    expect(await failure(complete(UploadId, []))).toMatchObject({ name: 'MalformedXML' })
    expect(await failure(complete(UploadId, [one, two], { ChecksumSHA256: sha256('x') }))).toMatchObject({
      name: 'BadDigest'
    })
    expect(await failure(complete(UploadId, [one, two], { MpuObjectSize: 7 }))).toMatchObject({
      name: 'InvalidRequest'
    })
    await complete(UploadId, [one, two], { MpuObjectSize: 5 * mebibyte + 3 })
    expect(await failure(complete(UploadId, [one, two]))).toMatchObject({ name: 'NoSuchUpload', status: 404 })
  })

  it('verifies each part', async () => {
    const { UploadId } = await start()
    expect(await failure(part(UploadId, 1, Buffer.from('x'), { ChecksumSHA256: sha256('y') }))).toMatchObject({
      name: 'BadDigest'
    })
    expect(await failure(part(UploadId, 0, Buffer.from('x')))).toMatchObject({ name: 'InvalidArgument' })
    expect(await failure(part(UploadId, 1, Buffer.from('x'), { ChecksumAlgorithm: 'CRC32' }))).toMatchObject({
      name: 'InvalidRequest'
    })
  })

  it('knows no FULL_OBJECT checksum for SHA-256, but for CRC32', async () => {
    expect(await failure(start({ ChecksumType: 'FULL_OBJECT' }))).toMatchObject({ name: 'InvalidRequest', status: 400 })
    const crc = { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' } as const
    const { UploadId } = await start(crc)
    const { ETag } = await part(UploadId, 1, Buffer.from('abc'), { ChecksumAlgorithm: 'CRC32' })
    const done = await complete(UploadId, [{ PartNumber: 1, ETag }], { ChecksumType: 'FULL_OBJECT' })
    expect(done.ChecksumCRC32).toBe(checksumOf('CRC32', Buffer.from('abc')).toString('base64'))
  })

  it('checks the conditions at completion, and aborts', async () => {
    const { UploadId } = await start()
    const one = row(1, await part(UploadId, 1, Buffer.from('x')))
    await put('big', 'someone was faster')
    expect(await failure(complete(UploadId, [one], { IfNoneMatch: '*' }))).toMatchObject({ name: 'PreconditionFailed' })
    await s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'big', UploadId }))
    expect(await failure(complete(UploadId, [one]))).toMatchObject({ name: 'NoSuchUpload' })
    expect(await text('big')).toBe('someone was faster')
  })

  it('reads any list of parts that a client writes', () => {
    const parts = fc.array(fc.record({ partNumber: fc.integer({ min: 1, max: 10000 }), etag: fc.string() }), {
      minLength: 1
    })
    fc.assert(
      fc.property(parts, list => {
        const rows = list.map(
          one => `<Part><ETag>${escapeXml(one.etag)}</ETag><PartNumber>${one.partNumber}</PartNumber></Part>`
        )
        const xml = `<CompleteMultipartUpload xmlns="x">${rows.join('')}</CompleteMultipartUpload>`
        const expected = list.map(one => ({ ...one, etag: one.etag, checksums: {} }))
        expect(readCompletion(Buffer.from(xml))).toEqual(expected)
      })
    )
  })

  it('survives any bytes as a list of parts', () => {
    fc.assert(
      fc.property(fc.string(), xml => {
        try {
          return readCompletion(Buffer.from(xml)).length > 0
        } catch (error) {
          return (error as { code?: string }).code === 'MalformedXML'
        }
      }),
      { numRuns: 10_000 }
    )
  })
})

it('runs as the account of the access key', async () => {
  const other = client({ credentials: accounts[1] })
  await other.send(new PutObjectCommand({ Bucket: 'production-code', Key: 'k', Body: 'x' }))
  expect(emulator.calls.at(-1)).toMatchObject({ accountId: production, region, action: 's3:PutObject', write: true })
})

describe('the policy of a bucket', () => {
  const policyOf = async (name: string, options: S3ClientConfig = {}) =>
    JSON.parse((await client(options).send(new GetBucketPolicyCommand({ Bucket: name }))).Policy ?? '') as {
      Statement: readonly { Principal: unknown }[]
    }
  it('is the document, with the accounts that it lets in; where there is none that is an error of its own', async () => {
    const name = 'with-policy'
    const deny = { Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: `arn:aws:s3:::${name}/x` }
    emulator.world.addBucket({
      name,
      ownerAccountId: sandbox,
      region,
      allowedAccountIds: [production],
      settings: { policy: { Version: '2012-10-17', Statement: [deny] } }
    })
    const { Statement } = await policyOf(name)
    expect(Statement).toEqual([
      deny,
      expect.objectContaining({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${production}:root` } })
    ])
    emulator.world.addBucket({ name: 'without-policy', ownerAccountId: sandbox, region })
    expect(await failure(policyOf('without-policy'))).toMatchObject({ name: 'NoSuchBucketPolicy' })
    emulator.world.buckets.delete(name)
    emulator.world.buckets.delete('without-policy')
  })
})
