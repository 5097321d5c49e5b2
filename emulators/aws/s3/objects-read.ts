/** GetObject, HeadObject and the questions about a bucket itself. */
import { renderXml } from '../xml.js'
import type { AwsRequest, AwsResponse, Bucket, StatedChecksum, StoredObject } from '../world.js'
import { checksumHeaders, checksumOf } from './checksums.js'
import { checkReadConditions } from './conditions.js'
import { encryptionHeaders, useKey } from './encryption.js'
import { noSuchKey, S3Error } from './s3-error.js'
import { bucketArn } from './target.js'

export const s3Namespace = 'http://s3.amazonaws.com/doc/2006-03-01/'

/** For GET and HEAD alike: the server leaves the body of a HEAD out. */
export function readObject(request: AwsRequest, bucket: Bucket, key: string): AwsResponse {
  const object = bucket.objects.get(key)
  if (object === undefined) throw missingKey(request, bucket, key)
  useKey(request, object.encryption, 'kms:Decrypt')
  const headers = objectHeaders(object)
  if (checkReadConditions(request.headers, object) === 'not-modified') return { status: 304, headers }
  const range = readRange(request.headers['range'], object.body.length)
  if (range !== null) {
    const [first, last] = range
    const contentRange = `bytes ${first}-${last}/${object.body.length}`
    const part = object.body.subarray(first, last + 1)
    return { status: 206, headers: { ...headers, 'content-range': contentRange }, body: part }
  }
  const withChecksum = request.headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED'
  const checksum = withChecksum ? checksumHeaders(statedChecksum(object)) : {}
  return { status: 200, headers: { ...headers, ...checksum }, body: object.body }
}

export function headBucket(bucket: Bucket): AwsResponse {
  return { status: 200, headers: { 'x-amz-bucket-region': bucket.region, 'content-type': 'application/xml' } }
}

/** A bucket in us-east-1 has an empty location constraint. */
export function getBucketLocation(bucket: Bucket): AwsResponse {
  const location = bucket.region === 'us-east-1' ? '' : bucket.region
  const body = renderXml('LocationConstraint', location, s3Namespace)
  return { status: 200, headers: { 'content-type': 'application/xml' }, body }
}

/** Who may not list a bucket is not told that a key is missing: GetObject, S3 API Reference, "Permissions". */
function missingKey(request: AwsRequest, bucket: Bucket, key: string): S3Error {
  const list = { action: 's3:ListBucket', resource: bucketArn(bucket.name), write: false }
  if (request.allows?.(list) !== false) return noSuchKey(key)
  const { arn } = request.principal
  const message = `User: ${arn} is not authorized to perform: s3:ListBucket on resource: "${list.resource}" because no identity-based policy allows the s3:ListBucket action`
  return new S3Error(403, 'AccessDenied', message)
}

function objectHeaders(object: StoredObject): Record<string, string> {
  return {
    etag: object.etag,
    'last-modified': new Date(object.lastModified).toUTCString(),
    'accept-ranges': 'bytes',
    'content-type': object.contentType,
    ...encryptionHeaders(object.encryption ?? { algorithm: 'AES256' }),
    ...Object.fromEntries(Object.entries(object.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]))
  }
}

/** S3 keeps a CRC64NVME for an object whose uploader stated nothing. */
function statedChecksum({ statedChecksum: stated, body }: StoredObject): StatedChecksum {
  if (stated !== undefined) return stated
  return { algorithm: 'CRC64NVME', type: 'FULL_OBJECT', value: checksumOf('CRC64NVME', body).toString('base64') }
}

/** First and last byte; `null`: the whole object, also for a Range header that is not understood. Throws 416. */
function readRange(header: string | undefined, size: number): readonly [number, number] | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  const [, from = '', to = ''] = match ?? []
  if (from === '' && to === '') return null
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (to !== '' && from !== '' && Number(to) < first) return null
  if (first >= size || (from === '' && Number(to) === 0)) {
    const details = { RangeRequested: header, ActualObjectSize: size }
    const headers = { 'content-range': `bytes */${size}` }
    throw new S3Error(416, 'InvalidRange', 'The requested range is not satisfiable', details, headers)
  }
  return [first, last]
}
