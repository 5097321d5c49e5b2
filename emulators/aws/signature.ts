/** Signature Version 4, verified for real. Source: "Create a signed AWS API request", IAM User Guide. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Trouble } from './error-codes.js'

/** An HTTP request before anybody vouches for it. Header names in lower case. */
export interface RawRequest {
  readonly method: string
  /** As sent, percent-encoded. */
  readonly path: string
  /** As sent, without `?`. */
  readonly rawQuery: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** What the Authorization header says, believed by nobody yet. */
export interface Authorization {
  readonly accessKeyId: string
  /** `YYYYMMDD`. */
  readonly date: string
  readonly region: string
  readonly service: string
  readonly signedHeaders: readonly string[]
  readonly signature: string
}

export interface Verified {
  /** What later chunks of the body are signed with and chained to. */
  readonly signingKey: Buffer
  readonly scope: string
  readonly timestamp: string
  readonly signature: string
}

const emptyHash = sha256('')
const allowedSkewMilliseconds = 15 * 60 * 1000

/** `null`: there is none. A `Trouble`: there is one that cannot be read. */
export function parseAuthorization(header: string | undefined): Authorization | Trouble | null {
  if (header === undefined || header === '') return null
  const match =
    /^AWS4-HMAC-SHA256 +Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request, *SignedHeaders=([^,\s]+), *Signature=([0-9a-f]{64})$/.exec(
      header
    )
  if (match === null) {
    return { kind: 'malformed-authentication', detail: 'The authorization header that you provided is not valid.' }
  }
  const [, accessKeyId = '', date = '', region = '', service = '', signedHeaders = '', signature = ''] = match
  return { accessKeyId, date, region, service, signedHeaders: signedHeaders.split(';'), signature }
}

/** Checks the time, the signed headers, the signature and the hash of the body, in this order. `now`: milliseconds since 1970. */
export function verifySignature(
  request: RawRequest,
  authorization: Authorization,
  secretAccessKey: string,
  now: number
): Verified | Trouble {
  const timestamp = request.headers['x-amz-date'] ?? ''
  const trouble = timeTrouble(timestamp, authorization, now) ?? headerTrouble(request, authorization)
  if (trouble !== null) return trouble

  const isS3 = authorization.service === 's3'
  const statedHash = request.headers['x-amz-content-sha256']
  if (isS3 && statedHash === undefined) {
    return {
      kind: 'malformed-authentication',
      detail: 'Missing required header for this request: x-amz-content-sha256'
    }
  }
  const bodyHash = sha256(request.body)
  const payloadHash = isS3 && statedHash !== undefined ? statedHash : bodyHash
  const scope = `${authorization.date}/${authorization.region}/${authorization.service}/aws4_request`
  const stringToSign = `AWS4-HMAC-SHA256\n${timestamp}\n${scope}\n${sha256(canonicalRequest(request, authorization, payloadHash))}`
  const signingKey = deriveSigningKey(secretAccessKey, authorization)
  if (!sameSignature(hmac(signingKey, stringToSign).toString('hex'), authorization.signature)) {
    return { kind: 'signature-mismatch' }
  }
  if (/^[0-9a-f]{64}$/.test(payloadHash) && payloadHash !== bodyHash) return { kind: 'body-hash-mismatch' }
  return { signingKey, scope, timestamp, signature: authorization.signature }
}

/** The signature of one chunk of an aws-chunked body, chained to the one before. "Signature calculations … (chunked upload)". */
export function chunkSignature(verified: Verified, previous: string, chunk: Buffer): string {
  const { timestamp, scope, signingKey } = verified
  const text = `AWS4-HMAC-SHA256-PAYLOAD\n${timestamp}\n${scope}\n${previous}\n${emptyHash}\n${sha256(chunk)}`
  return hmac(signingKey, text).toString('hex')
}

/** The signature of the trailing headers, chained to the last chunk's. `trailers`: `name:value\n` each. */
export function trailerSignature(verified: Verified, previous: string, trailers: string): string {
  const { timestamp, scope, signingKey } = verified
  const text = `AWS4-HMAC-SHA256-TRAILER\n${timestamp}\n${scope}\n${previous}\n${sha256(trailers)}`
  return hmac(signingKey, text).toString('hex')
}

export function sameSignature(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}

function timeTrouble(timestamp: string, authorization: Authorization, now: number): Trouble | null {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(timestamp)
  if (match === null || timestamp.slice(0, 8) !== authorization.date) {
    return {
      kind: 'malformed-authentication',
      detail: 'Date in Credential scope does not match YYYYMMDD from X-Amz-Date'
    }
  }
  const [, year, month, day, hour, minute, second] = match
  const signedAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  if (Math.abs(now - signedAt) <= allowedSkewMilliseconds) return null
  const [server, limit] = [compactTime(now), compactTime(now + (signedAt < now ? -1 : 1) * allowedSkewMilliseconds)]
  const detail =
    signedAt < now
      ? `Signature expired: ${timestamp} is now earlier than ${limit} (${server} - 15 min.)`
      : `Signature not yet current: ${timestamp} is still later than ${limit} (${server} + 15 min.)`
  return { kind: 'clock-skew', detail }
}

function headerTrouble(request: RawRequest, authorization: Authorization): Trouble | null {
  const { signedHeaders, service } = authorization
  const missing = signedHeaders.find(name => name !== 'host' && request.headers[name] === undefined)
  if (missing !== undefined || !signedHeaders.includes('host')) return { kind: 'signature-mismatch' }
  const unsigned = Object.keys(request.headers).find(name => name.startsWith('x-amz-') && !signedHeaders.includes(name))
  if (unsigned === undefined || service !== 's3') return null
  return { kind: 'access-denied', detail: 'There were headers present in the request which were not signed' }
}

function canonicalRequest(request: RawRequest, authorization: Authorization, payloadHash: string): string {
  const headers = authorization.signedHeaders
    .map(name => `${name}:${(request.headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`)
    .join('')
  const path = authorization.service === 's3' ? canonicalS3Path(request.path) : canonicalPath(request.path)
  const list = authorization.signedHeaders.join(';')
  return [request.method, path, canonicalQuery(request.rawQuery), headers, list, payloadHash].join('\n')
}

/** S3 neither normalises the path nor encodes it a second time. */
function canonicalS3Path(path: string): string {
  return path
    .split('/')
    .map(segment => encode(decode(segment)))
    .join('/')
}

function canonicalPath(path: string): string {
  const segments: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop()
    else if (segment !== '' && segment !== '.') segments.push(encode(segment))
  }
  return `/${segments.join('/')}${segments.length > 0 && path.endsWith('/') ? '/' : ''}`
}

function canonicalQuery(rawQuery: string): string {
  if (rawQuery === '') return ''
  return rawQuery
    .split('&')
    .map(pair => {
      const [name = '', ...value] = pair.split('=')
      return [encode(decode(name)), encode(decode(value.join('=')))] as const
    })
    .sort(([a, x], [b, y]) => (a === b ? compare(x, y) : compare(a, b)))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** Text that is no valid percent-encoding stands for itself. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function deriveSigningKey(secretAccessKey: string, { date, region, service }: Authorization): Buffer {
  return [date, region, service, 'aws4_request'].reduce<Buffer>(hmac, Buffer.from(`AWS4${secretAccessKey}`))
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}

function compactTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/[-:]|\.\d+/g, '')
}
