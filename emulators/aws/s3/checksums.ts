/** The checksums that S3 knows. Source: "Checking object integrity in Amazon S3", S3 User Guide. */
import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { ChecksumAlgorithm, ChecksumType, StatedChecksum } from '../world.js'
import { invalidRequest, S3Error } from './s3-error.js'

export type Headers = Readonly<Record<string, string>>

const bytesOf: Readonly<Record<ChecksumAlgorithm, number>> = { CRC32: 4, CRC32C: 4, CRC64NVME: 8, SHA1: 20, SHA256: 32 }
const algorithms = Object.keys(bytesOf) as ChecksumAlgorithm[]

export function checksumOf(algorithm: ChecksumAlgorithm, body: Buffer): Buffer {
  switch (algorithm) {
    case 'CRC32':
      return bigEndian(BigInt(crc32(body)), 4)
    case 'CRC32C':
      return bigEndian(reflectedCrc(body, 0x82f63b78n, 32), 4)
    case 'CRC64NVME':
      return bigEndian(reflectedCrc(body, 0x9a6c9329ac4bc9b5n, 64), 8)
    case 'SHA1':
    case 'SHA256':
      return createHash(algorithm).update(body).digest()
  }
}

/** The one checksum that the headers (or trailing headers) state, syntax checked; `null` where they state none. */
function readChecksum(headers: Headers): { algorithm: ChecksumAlgorithm; value: string } | null {
  const stated = algorithms.filter(algorithm => headers[headerOf(algorithm)] !== undefined)
  if (stated.length > 1) {
    throw invalidRequest('Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.')
  }
  const [algorithm] = stated
  const announced = headers['x-amz-sdk-checksum-algorithm']
  if (algorithm === undefined) {
    if (announced === undefined) return null
    throw invalidRequest(
      'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.'
    )
  }
  const value = headers[headerOf(algorithm)] ?? ''
  const isDigest = Buffer.from(value, 'base64').toString('base64') === value
  if (!isDigest || Buffer.from(value, 'base64').length !== bytesOf[algorithm]) {
    throw invalidRequest(`Value for ${headerOf(algorithm)} header is invalid.`)
  }
  if (announced !== undefined && announced.toUpperCase() !== algorithm) {
    throw invalidRequest('Value for x-amz-sdk-checksum-algorithm header is invalid.')
  }
  return { algorithm, value }
}

/** Content-MD5 and x-amz-checksum-* against the body. Throws `BadDigest`, `InvalidDigest`, `InvalidRequest`. */
export function verifyBody(headers: Headers, body: Buffer): { algorithm: ChecksumAlgorithm; value: string } | null {
  const md5 = headers['content-md5']
  if (md5 !== undefined) {
    if (!/^[A-Za-z0-9+/]{22}==$/.test(md5)) {
      throw new S3Error(400, 'InvalidDigest', 'The Content-MD5 you specified was invalid.')
    }
    const calculated = createHash('md5').update(body).digest('base64')
    if (calculated !== md5) throw badDigest('Content-MD5', { ExpectedDigest: md5, CalculatedDigest: calculated })
  }
  const stated = readChecksum(headers)
  if (stated !== null && checksumOf(stated.algorithm, body).toString('base64') !== stated.value) {
    throw badDigest(stated.algorithm)
  }
  return stated
}

export function badDigest(name: string, details: Record<string, string> = {}): S3Error {
  const message =
    name === 'Content-MD5'
      ? 'The Content-MD5 you specified did not match what we received.'
      : `The ${name} you specified did not match the calculated checksum.`
  return new S3Error(400, 'BadDigest', message, details)
}

/** Base64 of the checksum over the parts' checksums, with the number of parts behind it. */
export function compositeChecksum(algorithm: ChecksumAlgorithm, parts: readonly Buffer[]): string {
  const digests = Buffer.concat(parts.map(part => checksumOf(algorithm, part)))
  return `${checksumOf(algorithm, digests).toString('base64')}-${parts.length}`
}

/** What a multipart upload is checked by. S3's defaults: SHA and CRC32 composite, CRC64NVME over the full object. */
export function multipartChecksum(headers: Headers): { algorithm: ChecksumAlgorithm; type: ChecksumType } | null {
  const named = headers['x-amz-checksum-algorithm']?.toUpperCase()
  const type = headers['x-amz-checksum-type']?.toUpperCase()
  if (named === undefined) {
    if (type === undefined) return null
    throw invalidRequest('The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.')
  }
  const algorithm = algorithms.find(one => one === named)
  if (algorithm === undefined) throw invalidRequest('Checksum algorithm provided is unsupported.')
  if (type !== undefined && type !== 'FULL_OBJECT' && type !== 'COMPOSITE') {
    throw invalidRequest('Value for x-amz-checksum-type header is invalid.')
  }
  const onlyType = algorithm.startsWith('SHA') ? 'COMPOSITE' : algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : undefined
  if (type !== undefined && onlyType !== undefined && type !== onlyType) {
    const message = `The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`
    throw invalidRequest(message)
  }
  return { algorithm, type: type ?? onlyType ?? 'COMPOSITE' }
}

export function checksumHeaders(checksum: StatedChecksum): Record<string, string> {
  return { [headerOf(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': checksum.type }
}

function headerOf(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`
}

function bigEndian(value: bigint, bytes: number): Buffer {
  const buffer = Buffer.alloc(8)
  buffer.writeBigUInt64BE(value)
  return buffer.subarray(8 - bytes)
}

/** A CRC with reflected polynomial, all ones before and after, worked in two 32-bit halves: BigInt per byte is too slow. */
function reflectedCrc(body: Buffer, polynomial: bigint, bits: 32 | 64): bigint {
  const [high, low] = crcTable(polynomial)
  let upper = bits === 64 ? 0xffffffff : 0
  let lower = 0xffffffff
  for (const byte of body) {
    const index = (lower ^ byte) & 0xff
    lower = ((lower >>> 8) | ((upper & 0xff) << 24)) ^ (low[index] ?? 0)
    upper = (upper >>> 8) ^ (high[index] ?? 0)
  }
  const ones = (1n << BigInt(bits)) - 1n
  return ((BigInt(upper >>> 0) << 32n) | BigInt(lower >>> 0)) ^ ones
}

function crcTable(polynomial: bigint): readonly [Uint32Array, Uint32Array] {
  const high = new Uint32Array(256)
  const low = new Uint32Array(256)
  for (let byte = 0; byte < 256; byte += 1) {
    let value = BigInt(byte)
    for (let bit = 0; bit < 8; bit += 1) value = value & 1n ? (value >> 1n) ^ polynomial : value >> 1n
    high[byte] = Number(value >> 32n)
    low[byte] = Number(value & 0xffffffffn)
  }
  return [high, low]
}
