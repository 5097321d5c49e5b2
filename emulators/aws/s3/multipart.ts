/** Multipart uploads. Sources: "Uploading and copying objects using multipart upload" and "Amazon S3 multipart upload limits". */
import { createHash, randomUUID } from 'node:crypto'
import { hexToBase64, sha256Hex } from '../../../src/model/digest.js'
import { renderXml } from '../xml.js'
import type { AwsRequest, AwsResponse, Bucket, MultipartUpload, StatedChecksum, StoredObject, World } from '../world.js'
import {
  badDigest,
  checksumHeaders,
  checksumOf,
  compositeChecksum,
  multipartChecksum,
  verifyBody
} from './checksums.js'
import { checkWriteConditions } from './conditions.js'
import { appliedEncryption, encryptionHeaders, requestedEncryption, useKey } from './encryption.js'
import { readCompletion, type CompletedPart } from './multipart-completion.js'
import { checkKey, readMetadata } from './objects-write.js'
import { s3Namespace } from './objects-read.js'
import { invalidArgument, invalidRequest, S3Error } from './s3-error.js'

const minPartBytes = 5 * 1024 ** 2
const maxPartNumber = 10_000

export function createMultipartUpload(request: AwsRequest, bucket: Bucket, key: string): AwsResponse {
  checkKey(key)
  const encryption = appliedEncryption(requestedEncryption(request.headers), bucket)
  // "Multipart upload API and permissions", S3 User Guide: the parts are decrypted when they are put together.
  useKey(request, encryption, 'kms:GenerateDataKey', 'kms:Decrypt')
  const upload: MultipartUpload = {
    uploadId: randomUUID().replaceAll('-', ''),
    key,
    metadata: readMetadata(request.headers),
    contentType: request.headers['content-type'] ?? 'binary/octet-stream',
    checksum: multipartChecksum(request.headers),
    encryption,
    parts: new Map()
  }
  bucket.uploads?.set(upload.uploadId, upload)
  const content = { Bucket: bucket.name, Key: key, UploadId: upload.uploadId }
  const headers = {
    'content-type': 'application/xml',
    ...encryptionHeaders(encryption),
    ...(upload.checksum !== null && {
      'x-amz-checksum-algorithm': upload.checksum.algorithm,
      'x-amz-checksum-type': upload.checksum.type
    })
  }
  return { status: 200, headers, body: renderXml('InitiateMultipartUploadResult', content, s3Namespace) }
}

/** A part sent again under its number replaces the one before. */
export function uploadPart(request: AwsRequest, bucket: Bucket, key: string): AwsResponse {
  const upload = findUpload(request, bucket, key)
  const number = request.query.get('partNumber') ?? ''
  if (!/^\d{1,5}$/.test(number) || Number(number) < 1 || Number(number) > maxPartNumber) {
    const message = `Part number must be an integer between 1 and ${maxPartNumber}, inclusive`
    throw invalidArgument(message, 'partNumber', number)
  }
  const stated = verifyBody(request.headers, request.body)
  if (stated !== null && stated.algorithm !== upload.checksum?.algorithm) {
    const expected = upload.checksum?.algorithm.toLowerCase() ?? 'null'
    const actual = stated.algorithm.toLowerCase()
    throw invalidRequest(
      `Checksum Type mismatch occurred, expected checksum Type: ${expected}, actual checksum Type: ${actual}`
    )
  }
  const etag = `"${createHash('md5').update(request.body).digest('hex')}"`
  upload.parts.set(Number(number), { body: request.body, etag })
  const checksum = stated === null ? {} : { [`x-amz-checksum-${stated.algorithm.toLowerCase()}`]: stated.value }
  return { status: 200, headers: { etag, ...checksum } }
}

export function completeMultipartUpload(request: AwsRequest, bucket: Bucket, key: string, world: World): AwsResponse {
  const upload = findUpload(request, bucket, key)
  const listed = readCompletion(request.body)
  const parts = listed.map((part, index) => checkedPart(upload, part, listed[index - 1]))
  parts.slice(0, -1).forEach((part, index) => {
    if (part.body.length >= minPartBytes) return
    const details = {
      ProposedSize: part.body.length,
      MinSizeAllowed: minPartBytes,
      PartNumber: listed[index]?.partNumber,
      ETag: part.etag.replaceAll('"', '')
    }
    throw new S3Error(400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', details)
  })
  const bodies = parts.map(part => part.body)
  const body = Buffer.concat(bodies)
  const checksum = checkedChecksum(request, upload, bodies, body)
  checkWriteConditions(request.headers, key, bucket.objects.get(key))
  const digests = Buffer.concat(parts.map(part => Buffer.from(part.etag.replaceAll('"', ''), 'hex')))
  const object: StoredObject = {
    key,
    body,
    etag: `"${createHash('md5').update(digests).digest('hex')}-${parts.length}"`,
    checksumSha256: hexToBase64(sha256Hex(body)),
    metadata: upload.metadata,
    contentType: upload.contentType,
    lastModified: world.now(),
    ...(upload.encryption !== undefined && { encryption: upload.encryption }),
    ...(checksum !== null && { statedChecksum: checksum })
  }
  bucket.objects.set(key, object)
  bucket.uploads?.delete(upload.uploadId)
  return completed(bucket, object)
}

export function abortMultipartUpload(request: AwsRequest, bucket: Bucket, key: string): AwsResponse {
  bucket.uploads?.delete(findUpload(request, bucket, key).uploadId)
  return { status: 204 }
}

function completed(bucket: Bucket, { key, etag, statedChecksum: checksum }: StoredObject): AwsResponse {
  const content = {
    Location: `https://${bucket.name}.s3.${bucket.region}.amazonaws.com/${encodeURIComponent(key)}`,
    Bucket: bucket.name,
    Key: key,
    ETag: etag,
    ...(checksum !== undefined && { [`Checksum${checksum.algorithm}`]: checksum.value, ChecksumType: checksum.type })
  }
  const body = renderXml('CompleteMultipartUploadResult', content, s3Namespace)
  return { status: 200, headers: { 'content-type': 'application/xml' }, body }
}

function findUpload(request: AwsRequest, bucket: Bucket, key: string): MultipartUpload {
  const uploadId = request.query.get('uploadId') ?? ''
  const upload = bucket.uploads?.get(uploadId)
  if (upload?.key === key) return upload
  const message =
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.'
  throw new S3Error(404, 'NoSuchUpload', message, { UploadId: uploadId })
}

function checkedPart(upload: MultipartUpload, listed: CompletedPart, before: CompletedPart | undefined) {
  if (before !== undefined && before.partNumber >= listed.partNumber) {
    const message = 'The list of parts was not in ascending order. Parts must be ordered by part number.'
    throw new S3Error(400, 'InvalidPartOrder', message, { UploadId: upload.uploadId })
  }
  const part = upload.parts.get(listed.partNumber)
  const { algorithm, type } = upload.checksum ?? {}
  const stated = algorithm === undefined ? undefined : listed.checksums[algorithm]
  if (algorithm !== undefined && type === 'COMPOSITE' && stated === undefined) {
    const which = `It was missing for part ${listed.partNumber} in the request.`
    throw invalidRequest(
      `The upload was created using a ${algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. ${which}`
    )
  }
  const sameEtag = part?.etag.replaceAll('"', '') === listed.etag.replaceAll('"', '')
  const sameChecksum =
    part !== undefined &&
    (algorithm === undefined || stated === undefined || checksumOf(algorithm, part.body).toString('base64') === stated)
  if (part !== undefined && sameEtag && sameChecksum) return part
  const message =
    "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag."
  const details = { UploadId: upload.uploadId, PartNumber: listed.partNumber, ETag: listed.etag.replaceAll('"', '') }
  throw new S3Error(400, 'InvalidPart', message, details)
}

/** The object's checksum, compared with what the completing request states. */
function checkedChecksum(
  request: AwsRequest,
  { checksum }: MultipartUpload,
  parts: readonly Buffer[],
  body: Buffer
): StatedChecksum | null {
  const size = request.headers['x-amz-mp-object-size']
  if (size !== undefined && size !== String(body.length)) {
    throw invalidRequest("The provided 'x-amz-mp-object-size' header does not match what was computed.")
  }
  if (checksum === null) return null
  const { algorithm, type } = checksum
  const value =
    type === 'COMPOSITE' ? compositeChecksum(algorithm, parts) : checksumOf(algorithm, body).toString('base64')
  const stated = request.headers[Object.keys(checksumHeaders({ algorithm, type, value }))[0] ?? '']
  if (stated !== undefined && stated.replace(/-\d+$/, '') !== value.replace(/-\d+$/, '')) throw badDigest(algorithm)
  return { algorithm, type, value }
}
