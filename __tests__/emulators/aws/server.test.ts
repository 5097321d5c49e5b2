import { request as httpRequest } from 'node:http'
import {
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig
} from '@aws-sdk/client-s3'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { implicitDenial } from '../../../emulators/aws/error-codes.js'
import { s3Service } from '../../../emulators/aws/s3/service.js'
import { startAwsServer, type AwsEmulator, type AwsEmulatorOptions } from '../../../emulators/aws/server.js'
import { createWorld } from '../../../emulators/aws/world-state.js'
import type { Service } from '../../../emulators/aws/world.js'
import { escapeXml, renderXml } from '../../../emulators/aws/xml.js'
import { accounts, failure, production, region, sandbox, sandboxKeys, startS3AndSts } from './start-emulator.js'

const Bucket = 'sandbox-code'
const started: AwsEmulator[] = []
async function start(options: Partial<AwsEmulatorOptions> = {}): Promise<AwsEmulator> {
  const emulator = await startS3AndSts(options)
  started.push(emulator)
  return emulator
}
afterEach(async () => {
  await Promise.all(started.splice(0).map(emulator => emulator.close()))
})
const s3 = ({ url }: AwsEmulator, options: S3ClientConfig = {}) =>
  new S3Client({ endpoint: url, region, credentials: sandboxKeys, maxAttempts: 1, ...options })
const sts = ({ url }: AwsEmulator, options = {}) =>
  new STSClient({ endpoint: url, region, credentials: sandboxKeys, maxAttempts: 1, ...options })
const put = (Key = 'key') => new PutObjectCommand({ Bucket, Key, Body: 'content' })

interface RawAnswer {
  readonly status: number
  readonly headers: Record<string, unknown>
  readonly body: string
}
function raw(emulator: AwsEmulator, method: string, path: string, headers: Record<string, string> = {}, body = '') {
  return new Promise<RawAnswer>((resolve, reject) => {
    const outgoing = httpRequest(`${emulator.url}${path}`, { method, headers }, incoming => {
      const parts: Buffer[] = []
      incoming.on('data', (part: Buffer) => parts.push(part))
      incoming.on('end', () => {
        const text = Buffer.concat(parts).toString()
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: text })
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

describe('authentication', () => {
  it('refuses anonymous requests', async () => {
    const emulator = await start()
    const answer = await raw(emulator, 'GET', `/${Bucket}/key`)
    expect(answer).toMatchObject({ status: 403, headers: { 'content-type': 'application/xml' } })
    expect(answer.body).toContain('<Code>AccessDenied</Code><Message>Access Denied</Message>')
    expect(emulator.calls).toMatchObject([{ accountId: null, accepted: false, errorCode: 'AccessDenied' }])
  })

  it('refuses what is no Signature Version 4', async () => {
    const answer = await raw(await start(), 'GET', `/${Bucket}/key`, { authorization: 'Basic eA==' })
    expect(answer.body).toContain('<Code>AuthorizationHeaderMalformed</Code>')
  })

  it('refuses an unknown key and a wrong secret, as S3 does', async () => {
    const emulator = await start()
    const unknown = s3(emulator, { credentials: { accessKeyId: 'AKIAUNKNOWNEXAMPLE', secretAccessKey: 'x' } })
    const wrong = s3(emulator, { credentials: { ...sandboxKeys, secretAccessKey: 'x' } })
    expect(await failure(unknown.send(put()))).toMatchObject({ name: 'InvalidAccessKeyId', status: 403 })
    expect(await failure(wrong.send(put()))).toMatchObject({ name: 'SignatureDoesNotMatch', status: 403 })
    expect(emulator.world.buckets.get(Bucket)?.objects.size).toBe(0)
    expect(emulator.writes()).toMatchObject([{ accepted: false }, { accepted: false }])
  })

  it('refuses a request that was changed on its way', async () => {
    const emulator = await start()
    await s3(emulator).send(put())
    const { headers } = emulator.calls[0]!
    const again = (path: string, body: string) => raw(emulator, 'PUT', path, headers, body)
    expect((await again(`/${Bucket}/key?x-id=PutObject`, 'content')).status).toBe(200)
    expect((await again(`/${Bucket}/other?x-id=PutObject`, 'content')).body).toContain('SignatureDoesNotMatch')
    expect((await again(`/${Bucket}/key?x-id=PutObject`, 'CONTENT')).body).toContain('XAmzContentSHA256Mismatch')
  })

  it('F49 refuses a clock that is an hour off, until the client corrects it', async () => {
    const emulator = await start({ clockSkewMilliseconds: 3_600_000 })
    expect(await failure(s3(emulator).send(put()))).toMatchObject({ name: 'RequestTimeTooSkewed', status: 403 })
    const expired = await failure(sts(emulator).send(new GetCallerIdentityCommand({})))
    expect(expired).toMatchObject({ name: 'SignatureDoesNotMatch', status: 403 })
    expect(expired.message).toMatch(/^Signature expired: \d{8}T\d{6}Z is now earlier than/)
    await s3(emulator, { maxAttempts: 2 }).send(put())
    expect(emulator.calls.at(-1)).toMatchObject({ status: 200 })
  })
})

describe('the record of calls', () => {
  it('names service, action, resource, account, region, kind, outcome', async () => {
    const emulator = await start()
    await sts(emulator, { credentials: accounts[1] }).send(new GetCallerIdentityCommand({}))
    await s3(emulator).send(put('folder/key'))
    await s3(emulator).send(new HeadObjectCommand({ Bucket, Key: 'folder/key' }))
    await failure(s3(emulator).send(new HeadObjectCommand({ Bucket, Key: 'none' })))
    const resource = `arn:aws:s3:::${Bucket}/folder/key`
    const mine = { service: 's3', accountId: sandbox, region }
    expect(emulator.calls).toMatchObject([
      { seq: 1, service: 'sts', action: 'sts:GetCallerIdentity', accountId: production, write: false, status: 200 },
      { ...mine, seq: 2, action: 's3:PutObject', resource, write: true, status: 200, accepted: true, delivery: 'sent' },
      { ...mine, seq: 3, action: 's3:GetObject', api: 's3:HeadObject', resource, write: false, status: 200 },
      { ...mine, seq: 4, status: 404, accepted: false }
    ])
    expect(emulator.calls[1]?.bodySha256).toBe('ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73')
    expect(emulator.writes().map(call => call.seq)).toEqual([2])
    emulator.resetCalls()
    expect(emulator.calls).toEqual([])
    await s3(emulator).send(put())
    expect(emulator.calls[0]?.seq).toBe(5)
  })

  it('counts a write that was refused as one that was asked for', async () => {
    const emulator = await start()
    await failure(s3(emulator).send(new PutObjectCommand({ Bucket: 'production-code', Key: 'k', Body: 'x' })))
    expect(emulator.writes()).toMatchObject([{ accepted: false, errorCode: 'AccessDenied', status: 403 }])
  })
})

it('gives an environment that makes a client act for an account', async () => {
  const emulator = await start()
  expect(emulator.env(production)).toEqual({
    AWS_ACCESS_KEY_ID: 'AKIAPRODEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'production-secret-EXAMPLE',
    AWS_ENDPOINT_URL: emulator.url,
    AWS_REGION: 'us-east-2',
    AWS_DEFAULT_REGION: 'us-east-2',
    AWS_EC2_METADATA_DISABLED: 'true'
  })
  expect(() => emulator.env('000000000000')).toThrow('no account')
})

describe('authorize', () => {
  const strict = (allowed: string[]): Promise<AwsEmulator> =>
    start({
      authorize: (operation, principal) =>
        allowed.includes(operation.action) ? 'allow' : { deny: implicitDenial(s3Service, principal, operation) }
    })

  it('F50 denies with the action and the resource in the message', async () => {
    const emulator = await strict([])
    const user = 'arn:aws:iam::111122223333:user/deployer'
    expect(await failure(s3(emulator).send(put()))).toEqual({
      name: 'AccessDenied',
      message: `User: ${user} is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::${Bucket}/key" because no identity-based policy allows the s3:PutObject action`,
      status: 403
    })
    expect(emulator.world.buckets.get(Bucket)?.objects.size).toBe(0)
  })

  it('hides from who may not list that a key is missing', async () => {
    const get = new GetObjectCommand({ Bucket, Key: 'none' })
    expect(await failure(s3(await strict(['s3:GetObject'])).send(get))).toMatchObject({
      name: 'AccessDenied',
      status: 403
    })
    const both = await strict(['s3:GetObject', 's3:ListBucket'])
    expect(await failure(s3(both).send(get))).toMatchObject({ name: 'NoSuchKey', status: 404 })
  })
})

describe('onBoundary', () => {
  it('stands before and after each effect, and is waited for', async () => {
    const seen: string[] = []
    const emulator: AwsEmulator = await start({
      onBoundary: async (call, moment) => {
        await new Promise(resolve => setTimeout(resolve, 20))
        seen.push(`${moment} ${call.action} ${emulator.world.buckets.get(Bucket)?.objects.size}`)
      }
    })
    await s3(emulator).send(put())
    expect(seen).toEqual(['before s3:PutObject 0', 'after s3:PutObject 1'])
  })

  it('leaves the effect of a client that is gone before its answer', async () => {
    const client = new AbortController()
    const emulator = await start({
      onBoundary: (_call, moment) => {
        if (moment === 'after') client.abort()
        return new Promise(resolve => setTimeout(resolve, 50))
      }
    })
    expect(await failure(s3(emulator).send(put(), { abortSignal: client.signal }))).toMatchObject({
      name: 'AbortError'
    })
    await new Promise(resolve => setTimeout(resolve, 100))
    expect(emulator.calls).toMatchObject([{ accepted: true, delivery: 'lost' }])
    expect(emulator.defects).toEqual([])
  })
})

it('gives no body with the error of a HEAD', async () => {
  const emulator = await start()
  await failure(s3(emulator).send(new HeadBucketCommand({ Bucket: 'production-code' })))
  const { headers, path } = emulator.calls[0]!
  const answer = await raw(emulator, 'HEAD', path, headers)
  expect(answer).toMatchObject({ status: 403, body: '' })
  expect(answer.headers['x-amz-bucket-region']).toBe(region)
})

it('reports a defect of its own as such', async () => {
  const broken: Service = {
    ...s3Service,
    handle: () => {
      throw new Error('a bug')
    }
  }
  const buckets = [{ name: Bucket, ownerAccountId: sandbox, region }]
  const emulator = await startAwsServer({ accounts, buckets }, [broken])
  started.push(emulator)
  expect(await failure(s3(emulator).send(put()))).toMatchObject({
    status: 500,
    message: expect.stringContaining('a bug')
  })
  expect(emulator.defects).toHaveLength(1)
})

it('says loudly that it leaves a service out', async () => {
  const emulator = await startAwsServer({ accounts }, [])
  started.push(emulator)
  expect(await failure(sts(emulator).send(new GetCallerIdentityCommand({})))).toMatchObject({ status: 501 })
  expect(emulator.calls).toMatchObject([{ action: 'sts:Unknown', status: 501, accepted: false }])
})

it('refuses a path that is no URI', () => {
  const principal = { accountId: sandbox, arn: '', userId: '' }
  const request = { method: 'GET', path: '/%zz', query: new URLSearchParams(), headers: {}, body: Buffer.alloc(0) }
  const answer = s3Service.handle({ ...request, principal, region, requestId: '1' }, createWorld({ accounts }))
  expect(answer).toMatchObject({ status: 400, body: expect.stringContaining('<Code>InvalidURI</Code>') })
})

it('answers calls of many clients at once', async () => {
  const emulator = await start()
  await Promise.all(Array.from({ length: 50 }, (_, n) => s3(emulator).send(put(`key-${n}`))))
  expect(emulator.world.buckets.get(Bucket)?.objects.size).toBe(50)
})

describe('XML', () => {
  it('renders trees, lists, and nothing for what is absent', () => {
    expect(renderXml('R', { a: 1, b: ['x', { c: true }], d: null, e: undefined, f: '', g: [] }, 'urn:n')).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<R xmlns="urn:n"><a>1</a><b>x</b><b><c>true</c></b><f></f></R>'
    )
  })

  it('escapes whatever text comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const escaped = escapeXml(text)
        const clean = !Array.from(escaped).some(
          sign => (sign < ' ' && sign !== '\t' && sign !== '\n') || sign > '\ufffd'
        )
        return clean && !/[<>"]|&(?!(amp|lt|gt|quot|#13);)/.test(escaped)
      }),
      { numRuns: 10_000 }
    )
    expect(escapeXml('a<b>&"\u0000')).toBe('a&lt;b&gt;&amp;&quot;\ufffd')
  })
})
