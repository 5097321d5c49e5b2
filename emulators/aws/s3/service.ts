/** S3, as far as a deployment uses it, and strict where AWS is. Path style and virtual-host style (`bucket.localhost`). */
import { renderXml, type XmlTree } from '../xml.js'
import type { AwsRequest, AwsResponse, Bucket, Service, World } from '../world.js'
import { reachBucket } from './bucket-access.js'
import { getBucketEncryption, getBucketPolicy, getBucketVersioning, getPublicAccessBlock } from './bucket-settings.js'
import { listObjects } from './list-objects.js'
import { abortMultipartUpload, completeMultipartUpload, createMultipartUpload, uploadPart } from './multipart.js'
import { getBucketLocation, headBucket, readObject } from './objects-read.js'
import { deleteObject, putObject } from './objects-write.js'
import { S3Error } from './s3-error.js'
import { operationOf, targetOf, type Target } from './target.js'

export const s3Service: Service = {
  name: 's3',
  operation: (request, world) => operationOf(targetOf(request), request, world),
  handle(request, world) {
    try {
      const target = targetOf(request)
      return withRequestId(request, perform(request, target, reachBucket(request, target, world), world))
    } catch (error) {
      if (!(error instanceof S3Error)) throw error
      return errorResponse(request, error)
    }
  },
  error: (request, code, message, status) => errorResponse(request, new S3Error(status, code, message))
}

function perform(request: AwsRequest, { name, key }: Target, bucket: Bucket, world: World): AwsResponse {
  switch (name) {
    case 'HeadBucket':
      return headBucket(bucket)
    case 'GetBucketLocation':
      return getBucketLocation(bucket)
    case 'GetBucketVersioning':
      return getBucketVersioning(bucket)
    case 'GetPublicAccessBlock':
      return getPublicAccessBlock(bucket)
    case 'GetBucketEncryption':
      return getBucketEncryption(bucket)
    case 'GetBucketPolicy':
      return getBucketPolicy(request, bucket)
    case 'ListObjectsV2':
      return listObjects(request, bucket)
    case 'PutObject':
      return putObject(request, bucket, key, world)
    case 'GetObject':
    case 'HeadObject':
      return readObject(request, bucket, key)
    case 'DeleteObject':
      return deleteObject(request, bucket, key)
    case 'CreateMultipartUpload':
      return createMultipartUpload(request, bucket, key)
    case 'UploadPart':
      return uploadPart(request, bucket, key)
    case 'CompleteMultipartUpload':
      return completeMultipartUpload(request, bucket, key, world)
    case 'AbortMultipartUpload':
      return abortMultipartUpload(request, bucket, key)
  }
}

function errorResponse(request: AwsRequest, error: S3Error): AwsResponse {
  const content: XmlTree = {
    Code: error.code,
    Message: error.message,
    ...error.details,
    RequestId: request.requestId,
    HostId: 'emulator'
  }
  const headers = { 'content-type': 'application/xml', ...error.headers }
  // A HEAD states no error document; not even its length.
  const body = request.method === 'HEAD' ? '' : renderXml('Error', content)
  return withRequestId(request, { status: error.status, headers, body })
}

function withRequestId(request: AwsRequest, answer: AwsResponse): AwsResponse {
  return { ...answer, headers: { 'x-amz-request-id': request.requestId, ...answer.headers } }
}
