import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { decodeBody } from '../../../emulators/aws/aws-chunked.js'
import {
  parseAuthorization,
  verifySignature,
  type Authorization,
  type RawRequest
} from '../../../emulators/aws/signature.js'

/** The worked examples of "Signature calculations for the Authorization header", Amazon S3 API Reference. */
const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const now = Date.parse('2013-05-24T00:00:00Z')
const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

function request(
  signedHeaders: string,
  signature: string,
  raw: Partial<RawRequest> & { headers: Record<string, string> }
) {
  const authorization = `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=${signedHeaders},Signature=${signature}`
  const headers = { 'x-amz-date': '20130524T000000Z', ...raw.headers, authorization }
  return { method: 'GET', path: '/', rawQuery: '', body: Buffer.alloc(0), ...raw, headers }
}

function verify(raw: RawRequest, at = now, key = secret) {
  const authorization = parseAuthorization(raw.headers['authorization'])
  if (authorization === null || 'kind' in authorization) return authorization
  return verifySignature(raw, authorization, key, at)
}

const get = (more: Partial<RawRequest> = {}) =>
  request(
    'host;range;x-amz-content-sha256;x-amz-date',
    'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    {
      path: '/test.txt',
      headers: { host: 'examplebucket.s3.amazonaws.com', range: 'bytes=0-9', 'x-amz-content-sha256': emptyHash },
      ...more
    }
  )

describe('verifySignature', () => {
  it('accepts the worked example of GET Object', () => {
    expect(verify(get())).toMatchObject({ timestamp: '20130524T000000Z' })
  })

  it('accepts the worked example of GET Bucket, with a query', () => {
    const list = request(
      'host;x-amz-content-sha256;x-amz-date',
      '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
      {
        rawQuery: 'max-keys=2&prefix=J',
        headers: { host: 'examplebucket.s3.amazonaws.com', 'x-amz-content-sha256': emptyHash }
      }
    )
    expect(verify(list)).toHaveProperty('signingKey')
    expect(verify({ ...list, rawQuery: 'prefix=J&max-keys=2' })).toHaveProperty('signingKey')
    expect(verify({ ...list, rawQuery: 'max-keys=3&prefix=J' })).toEqual({ kind: 'signature-mismatch' })
  })

  it('accepts the worked example of PUT Object and checks its body', () => {
    const put = request(
      'date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class',
      '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
      {
        method: 'PUT',
        path: '/test%24file.text',
        body: Buffer.from('Welcome to Amazon S3.'),
        headers: {
          date: 'Fri, 24 May 2013 00:00:00 GMT',
          host: 'examplebucket.s3.amazonaws.com',
          'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
          'x-amz-storage-class': 'REDUCED_REDUNDANCY'
        }
      }
    )
    expect(verify(put)).toHaveProperty('signingKey')
    expect(verify({ ...put, body: Buffer.from('Welcome to Amazon S4.') })).toEqual({ kind: 'body-hash-mismatch' })
  })

  it.each([
    ['method', { method: 'HEAD' }],
    ['path', { path: '/other.txt' }],
    ['query', { rawQuery: 'versionId=1' }]
  ])('refuses another %s under the same signature', (_name, change) => {
    expect(verify({ ...get(), ...change })).toEqual({ kind: 'signature-mismatch' })
  })

  it('refuses another key, another header value, a header that is gone', () => {
    expect(verify(get(), now, 'other')).toEqual({ kind: 'signature-mismatch' })
    const without = Object.fromEntries(Object.entries(get().headers).filter(([name]) => name !== 'range'))
    expect(verify({ ...get(), headers: without })).toEqual({ kind: 'signature-mismatch' })
    expect(verify({ ...get(), headers: { ...get().headers, range: 'bytes=0-99' } })).toEqual({
      kind: 'signature-mismatch'
    })
  })

  it('wants every x-amz header of an S3 request signed', () => {
    expect(verify({ ...get(), headers: { ...get().headers, 'x-amz-acl': 'public-read' } })).toMatchObject({
      kind: 'access-denied'
    })
  })

  it('allows a quarter of an hour either way', () => {
    const quarter = 15 * 60 * 1000
    expect(verify(get(), now + quarter)).toHaveProperty('signingKey')
    expect(verify(get(), now - quarter)).toHaveProperty('signingKey')
    expect(verify(get(), now + quarter + 1000)).toEqual({
      kind: 'clock-skew',
      detail: 'Signature expired: 20130524T000000Z is now earlier than 20130524T000001Z (20130524T001501Z - 15 min.)'
    })
    expect(verify(get(), now - quarter - 1000)).toMatchObject({ kind: 'clock-skew' })
  })

  it('wants the date of the scope to be the date of the request', () => {
    expect(verify({ ...get(), headers: { ...get().headers, 'x-amz-date': '20130525T000000Z' } })).toMatchObject({
      kind: 'malformed-authentication'
    })
  })
})

describe('parseAuthorization', () => {
  it.each(['Bearer x', 'AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=00', 'AWS a:b'])(
    'does not read %s',
    header => {
      expect(parseAuthorization(header)).toMatchObject({ kind: 'malformed-authentication' })
    }
  )
  it('knows the absence of a header', () => {
    expect(parseAuthorization(undefined)).toBeNull()
  })
  it('reads scope, headers and signature', () => {
    expect(parseAuthorization(get().headers['authorization'])).toMatchObject({
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      date: '20130524',
      region: 'us-east-1',
      service: 's3'
    } satisfies Partial<Authorization>)
  })
})

describe('decodeBody', () => {
  const chunk = (size: number, signature: string) =>
    `${size.toString(16)};chunk-signature=${signature}\r\n${'a'.repeat(size)}\r\n`

  /** "Signature calculations … transferring payload in multiple chunks": 65 KiB of the letter a. */
  function signedChunks(last = 'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9') {
    const body =
      chunk(65536, 'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648') +
      chunk(1024, '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497') +
      chunk(0, last)
    return request(
      'content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class',
      '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
      {
        method: 'PUT',
        path: '/examplebucket/chunkObject.txt',
        body: Buffer.from(body),
        headers: {
          host: 's3.amazonaws.com',
          'x-amz-storage-class': 'REDUCED_REDUNDANCY',
          'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
          'content-encoding': 'aws-chunked',
          'x-amz-decoded-content-length': '66560',
          'content-length': '66824'
        }
      }
    )
  }

  function decode(raw: RawRequest) {
    const verified = verify(raw)
    if (verified === null || !('signingKey' in verified)) throw new Error(`not verified: ${JSON.stringify(verified)}`)
    return decodeBody(raw, verified)
  }

  it('accepts the worked example of signed chunks', () => {
    expect(decode(signedChunks())).toEqual({ body: Buffer.alloc(66560, 'a'), trailers: {} })
  })

  it('refuses a wrong chunk signature, and a changed byte', () => {
    expect(decode(signedChunks('0'.repeat(64)))).toEqual({ kind: 'signature-mismatch' })
    const raw = signedChunks()
    const changed = Buffer.from(raw.body)
    changed[100] = 98
    expect(decode({ ...raw, body: changed })).toEqual({ kind: 'signature-mismatch' })
  })

  it('refuses a body that ends early', () => {
    const raw = signedChunks()
    expect(decode({ ...raw, body: raw.body.subarray(0, 5000) })).toMatchObject({ kind: 'bad-chunks' })
    expect(decode({ ...raw, body: raw.body.subarray(0, -90) })).toMatchObject({ kind: 'bad-chunks' })
  })

  it('accepts the worked example of signed chunks with a trailing checksum, and no other trailer', () => {
    const signed = (value: string) => {
      const body =
        chunk(65536, 'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2') +
        chunk(1024, '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7') +
        '0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n' +
        `x-amz-checksum-crc32c:${value}\r\n` +
        'x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n'
      return request(
        'content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class;x-amz-trailer',
        '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e',
        {
          method: 'PUT',
          path: '/examplebucket/chunkObject.txt',
          body: Buffer.from(body),
          headers: {
            host: 's3.amazonaws.com',
            'x-amz-storage-class': 'REDUCED_REDUNDANCY',
            'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
            'content-encoding': 'aws-chunked',
            'x-amz-decoded-content-length': '66560',
            'x-amz-trailer': 'x-amz-checksum-crc32c'
          }
        }
      )
    }
    expect(decode(signed('sOO8/Q=='))).toMatchObject({ trailers: { 'x-amz-checksum-crc32c': 'sOO8/Q==' } })
    expect(decode(signed('AAAAAA=='))).toEqual({ kind: 'signature-mismatch' })
  })

  const anybody = { signingKey: Buffer.alloc(32), scope: '', timestamp: '', signature: '' }
  function unsigned(chunks: readonly Buffer[], trailers: string, more: Record<string, string> = {}): RawRequest {
    const coded = chunks.map(one =>
      Buffer.concat([Buffer.from(`${one.length.toString(16)}\r\n`), one, Buffer.from('\r\n')])
    )
    const headers = {
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': String(Buffer.concat(chunks).length),
      'x-amz-trailer': 'x-amz-checksum-crc32',
      ...more
    }
    return {
      method: 'PUT',
      path: '/',
      rawQuery: '',
      headers,
      body: Buffer.concat([...coded, Buffer.from(`0\r\n${trailers}\r\n`)])
    }
  }
  const trailer = 'x-amz-checksum-crc32:AAAAAA==\r\n'

  it('puts any chunks together again', () => {
    const chunks = fc.array(fc.uint8Array({ minLength: 1 }).map(bytes => Buffer.from(bytes)))
    fc.assert(
      fc.property(chunks, list => {
        const decoded = decodeBody(unsigned(list, trailer), anybody)
        expect(decoded).toEqual({ body: Buffer.concat(list), trailers: { 'x-amz-checksum-crc32': 'AAAAAA==' } })
      })
    )
  })

  it('names what is wrong with any other bytes', () => {
    const raw = unsigned([], trailer)
    const bytes = fc.oneof(
      fc.uint8Array(),
      fc.stringMatching(/^([0-9a-f]{1,2}\r\n.{0,9}\r?\n?){0,4}$/).map(text => Buffer.from(text))
    )
    fc.assert(
      fc.property(bytes, body => {
        const decoded = decodeBody({ ...raw, body: Buffer.from(body) }, anybody)
        return 'kind' in decoded && decoded.kind === 'bad-chunks' && decoded.detail !== ''
      }),
      { numRuns: 10_000 }
    )
  })

  it.each([
    ['another length than stated', unsigned([Buffer.from('abc')], trailer, { 'x-amz-decoded-content-length': '4' })],
    ['a trailer that was announced and did not come', unsigned([Buffer.from('abc')], '')],
    ['a trailer that is no header', unsigned([Buffer.from('abc')], 'nonsense\r\n')],
    ['an unknown mode', unsigned([], trailer, { 'x-amz-content-sha256': 'STREAMING-OTHER' })]
  ])('refuses %s', (_name, raw) => {
    expect(decodeBody(raw, anybody)).toMatchObject({ kind: 'bad-chunks' })
  })
})
