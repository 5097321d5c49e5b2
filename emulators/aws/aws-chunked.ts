/** Bodies in S3's aws-chunked coding: chunks, each perhaps signed, and trailing headers. "Chunked uploads" in the S3 API Reference. */
import type { Trouble } from './error-codes.js'
import { chunkSignature, sameSignature, trailerSignature, type RawRequest, type Verified } from './signature.js'

export interface DecodedBody {
  readonly body: Buffer
  /** Trailing headers, names in lower case. */
  readonly trailers: Readonly<Record<string, string>>
}

/** A body that is not aws-chunked comes back as it is. */
export function decodeBody(request: RawRequest, verified: Verified): DecodedBody | Trouble {
  const mode = request.headers['x-amz-content-sha256'] ?? ''
  if (!mode.startsWith('STREAMING-')) return { body: request.body, trailers: {} }
  const signed = mode.startsWith('STREAMING-AWS4-HMAC-SHA256-PAYLOAD')
  const withTrailers = mode.endsWith('-TRAILER')
  if (!signed && mode !== 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') {
    return malformed(`x-amz-content-sha256 must be UNSIGNED-PAYLOAD, a hash, or a known STREAMING value, not ${mode}`)
  }
  const chunks = readChunks(request.body, signed ? verified : null)
  if ('kind' in chunks) return chunks
  const body = Buffer.concat(chunks.data)
  if (String(body.length) !== request.headers['x-amz-decoded-content-length']) {
    return malformed('The decoded length is not the one stated in x-amz-decoded-content-length.')
  }
  const trailers = readTrailers(request.body.subarray(chunks.end).toString('latin1'))
  if (trailers === null) return malformed('The request contained trailing data that was not well-formed.')
  const announced = (request.headers['x-amz-trailer'] ?? '').split(',').map(name => name.trim().toLowerCase())
  const { 'x-amz-trailer-signature': signature, ...rest } = trailers
  const unexpected = withTrailers
    ? announced.filter(name => name !== '' && rest[name] === undefined)
    : Object.keys(trailers)
  if (unexpected.length > 0) return malformed(`Trailing headers do not agree with x-amz-trailer: ${unexpected.join()}.`)
  if (signed && withTrailers) {
    const text = Object.entries(rest)
      .map(([name, value]) => `${name}:${value}\n`)
      .join('')
    const expected = trailerSignature(verified, chunks.lastSignature, text)
    if (signature === undefined || !sameSignature(expected, signature)) return { kind: 'signature-mismatch' }
  }
  return { body, trailers: rest }
}

interface Chunks {
  readonly data: readonly Buffer[]
  /** Where the trailing headers begin. */
  readonly end: number
  readonly lastSignature: string
}

/** `verified: null`: the chunks carry no signatures. */
function readChunks(body: Buffer, verified: Verified | null): Chunks | Trouble {
  const data: Buffer[] = []
  let position = 0
  let lastSignature = verified?.signature ?? ''
  for (;;) {
    const lineEnd = body.indexOf('\r\n', position)
    const header = lineEnd === -1 ? '' : body.subarray(position, lineEnd).toString('latin1')
    const match = /^([0-9a-fA-F]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(header)
    if (match === null) return malformed('The body is not in the aws-chunked coding.')
    const length = Number.parseInt(match[1] ?? '', 16)
    const chunk = body.subarray(lineEnd + 2, lineEnd + 2 + length)
    if (chunk.length !== length) return malformed('The body ends inside a chunk.')
    if (verified !== null) {
      const expected = chunkSignature(verified, lastSignature, chunk)
      if (!sameSignature(expected, match[2] ?? '')) return { kind: 'signature-mismatch' }
      lastSignature = expected
    }
    position = lineEnd + 2 + length
    if (length === 0) return { data, end: position, lastSignature }
    data.push(chunk)
    if (body.toString('latin1', position, position + 2) !== '\r\n') return malformed('A chunk is longer than it says.')
    position += 2
  }
}

function readTrailers(text: string): Record<string, string> | null {
  const trailers: Record<string, string> = {}
  for (const line of text.split('\r\n')) {
    if (line === '') continue
    const match = /^([a-zA-Z0-9-]+) *: *(.*?) *$/.exec(line)
    if (match === null) return null
    trailers[(match[1] ?? '').toLowerCase()] = match[2] ?? ''
  }
  return trailers
}

function malformed(detail: string): Trouble {
  return { kind: 'bad-chunks', detail }
}
