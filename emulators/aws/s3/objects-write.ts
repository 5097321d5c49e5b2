/** PutObject and DeleteObject, and what every write into a bucket must keep to. */
import { createHash } from 'node:crypto'
import { hexToBase64, sha256Hex } from '../../../src/model/digest.js'
import type { AwsRequest, AwsResponse, Bucket, StoredObject, World } from '../world.js'
import { checksumHeaders, verifyBody, type Headers } from './checksums.js'
import { checkIfMatch, checkWriteConditions } from './conditions.js'
import { appliedEncryption, encryptionHeaders, requestedEncryption, useKey } from './encryption.js'
import { notImplemented, S3Error } from './s3-error.js'

/** "Object key names" and "Object metadata", S3 User Guide. */
const maxKeyBytes = 1024
const maxMetadataBytes = 2048
const maxPutBytes = 5 * 1024 ** 3

export function putObject(request: AwsRequest, bucket: Bucket, key: string, world: World): AwsResponse {
  checkKey(key)
  if (request.headers['x-amz-copy-source'] !== undefined) throw notImplemented('x-amz-copy-source')
  const { body } = request
  if (body.length > maxPutBytes) {
    const details = { ProposedSize: body.length, MaxSizeAllowed: maxPutBytes }
    throw new S3Error(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', details)
  }
  const metadata = readMetadata(request.headers)
  const stated = verifyBody(request.headers, body)
  const encryption = appliedEncryption(requestedEncryption(request.headers), bucket)
  useKey(request, encryption, 'kms:GenerateDataKey')
  checkWriteConditions(request.headers, key, bucket.objects.get(key))
  const object: StoredObject = {
    key,
    body,
    etag: `"${createHash('md5').update(body).digest('hex')}"`,
    checksumSha256: hexToBase64(sha256Hex(body)),
    metadata,
    contentType: request.headers['content-type'] ?? 'binary/octet-stream',
    lastModified: world.now(),
    encryption,
    ...(stated !== null && { statedChecksum: { ...stated, type: 'FULL_OBJECT' } })
  }
  bucket.objects.set(key, object)
  const checksum = object.statedChecksum === undefined ? {} : checksumHeaders(object.statedChecksum)
  return { status: 200, headers: { etag: object.etag, ...encryptionHeaders(encryption), ...checksum } }
}

/** 204 also where there was nothing to delete. */
export function deleteObject(request: AwsRequest, bucket: Bucket, key: string): AwsResponse {
  checkIfMatch(request.headers['if-match'], key, bucket.objects.get(key))
  bucket.objects.delete(key)
  return { status: 204 }
}

export function checkKey(key: string): void {
  const bytes = Buffer.byteLength(key)
  if (bytes <= maxKeyBytes) return
  throw new S3Error(400, 'KeyTooLongError', 'Your key is too long', { Size: bytes, MaxSizeAllowed: maxKeyBytes })
}

/** The `x-amz-meta-*` headers, names without the prefix. Throws `MetadataTooLarge` over 2 KB of names and values. */
export function readMetadata(headers: Headers): Record<string, string> {
  const entries = Object.entries(headers)
    .filter(([name]) => name.startsWith('x-amz-meta-'))
    .map(([name, value]) => [name.slice('x-amz-meta-'.length), value] as const)
  const size = entries.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0)
  if (size > maxMetadataBytes) {
    const details = { Size: size, MaxSizeAllowed: maxMetadataBytes }
    const message = 'Your metadata headers exceed the maximum allowed metadata size'
    throw new S3Error(400, 'MetadataTooLarge', message, details)
  }
  return Object.fromEntries(entries)
}
