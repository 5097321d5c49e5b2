/** What an S3 request is about: bucket, key and operation, from method, host, path and query. */
import type { AwsRequest, Bucket, Operation, World } from '../world.js'
import { encryptionContext } from './encryption.js'
import { notImplemented, S3Error } from './s3-error.js'

type OperationName =
  | 'HeadBucket'
  | 'GetBucketLocation'
  | 'GetBucketVersioning'
  | 'GetPublicAccessBlock'
  | 'GetBucketPolicy'
  | 'GetBucketEncryption'
  | 'ListObjectsV2'
  | 'PutObject'
  | 'GetObject'
  | 'HeadObject'
  | 'DeleteObject'
  | 'CreateMultipartUpload'
  | 'UploadPart'
  | 'CompleteMultipartUpload'
  | 'AbortMultipartUpload'

export interface Target {
  readonly name: OperationName
  readonly bucket: string
  /** Empty for operations on a bucket. */
  readonly key: string
}

/** IAM action and whether the operation writes. Source: "Required permissions for Amazon S3 API operations", S3 User Guide. */
const permissions: Readonly<Record<OperationName, readonly [action: string, write: boolean]>> = {
  HeadBucket: ['s3:ListBucket', false],
  GetBucketLocation: ['s3:GetBucketLocation', false],
  GetBucketVersioning: ['s3:GetBucketVersioning', false],
  GetPublicAccessBlock: ['s3:GetBucketPublicAccessBlock', false],
  GetBucketPolicy: ['s3:GetBucketPolicy', false],
  GetBucketEncryption: ['s3:GetEncryptionConfiguration', false],
  ListObjectsV2: ['s3:ListBucket', false],
  PutObject: ['s3:PutObject', true],
  GetObject: ['s3:GetObject', false],
  HeadObject: ['s3:GetObject', false],
  DeleteObject: ['s3:DeleteObject', true],
  CreateMultipartUpload: ['s3:PutObject', true],
  UploadPart: ['s3:PutObject', true],
  CompleteMultipartUpload: ['s3:PutObject', true],
  AbortMultipartUpload: ['s3:AbortMultipartUpload', true]
}

/** Parameters that choose no operation: paging, conditions, what the SDK adds. */
const plainParameters = new Set(
  'x-id list-type prefix delimiter max-keys continuation-token start-after encoding-type fetch-owner uploadId partNumber uploads location versioning publicAccessBlock encryption policy'.split(
    ' '
  )
)

/** Path style (`/bucket/key`) and virtual-host style (`bucket.localhost`). Throws `NotImplemented` for every other operation. */
export function targetOf(request: AwsRequest): Target {
  const { bucket, key } = addressOf(request)
  const unknown = [...request.query.keys()].find(name => !plainParameters.has(name))
  if (unknown !== undefined) throw notImplemented(unknown)
  const name = key === '' ? bucketOperation(request) : objectOperation(request)
  if (name === null || bucket === '') throw notImplemented(`${request.method} ${request.path}`)
  return { name, bucket, key }
}

export function operationOf({ name, bucket, key }: Target, request: AwsRequest, world: World): Operation {
  const [action, write] = permissions[name]
  const resource = key === '' ? bucketArn(bucket) : `${bucketArn(bucket)}/${key}`
  return { action, resource, write, api: name, context: contextOf(name, request, world.buckets.get(bucket)) }
}

/** "Condition keys for Amazon S3", Service Authorization Reference. The parts of an upload create no object by themselves. */
function contextOf(
  name: OperationName,
  request: AwsRequest,
  bucket: Bucket | undefined
): NonNullable<Operation['context']> {
  const { headers, query } = request
  switch (name) {
    case 'ListObjectsV2':
      return { 's3:prefix': query.get('prefix'), 's3:delimiter': query.get('delimiter') }
    case 'PutObject':
    case 'CompleteMultipartUpload':
    case 'CreateMultipartUpload':
    case 'UploadPart':
      return {
        's3:if-none-match': headers['if-none-match'] ?? null,
        's3:if-match': headers['if-match'] ?? null,
        ...encryptionContext(request, bucket),
        's3:ObjectCreationOperation': String(name === 'PutObject' || name === 'CompleteMultipartUpload')
      }
    default:
      return {}
  }
}

export function bucketArn(bucket: string): string {
  return `arn:aws:s3:::${bucket}`
}

function addressOf(request: AwsRequest): { bucket: string; key: string } {
  const host = (request.headers['host'] ?? '').replace(/:\d+$/, '')
  const path = request.path.replace(/^\//, '')
  const virtual = /^(.+)\.localhost$/.exec(host)
  if (virtual !== null) return { bucket: virtual[1] ?? '', key: decode(path) }
  const slash = path.indexOf('/')
  if (slash === -1) return { bucket: decode(path), key: '' }
  return { bucket: decode(path.slice(0, slash)), key: decode(path.slice(slash + 1)) }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new S3Error(400, 'InvalidURI', "Couldn't parse the specified URI.")
  }
}

function bucketOperation({ method, query }: AwsRequest): OperationName | null {
  if (method === 'HEAD') return 'HeadBucket'
  if (method !== 'GET') return null
  if (query.has('location')) return 'GetBucketLocation'
  if (query.has('versioning')) return 'GetBucketVersioning'
  if (query.has('publicAccessBlock')) return 'GetPublicAccessBlock'
  if (query.has('encryption')) return 'GetBucketEncryption'
  if (query.has('policy')) return 'GetBucketPolicy'
  return query.get('list-type') === '2' ? 'ListObjectsV2' : null
}

function objectOperation({ method, query }: AwsRequest): OperationName | null {
  const upload = query.has('uploadId')
  switch (method) {
    case 'GET':
      return upload ? null : 'GetObject'
    case 'HEAD':
      return 'HeadObject'
    case 'PUT':
      return upload ? 'UploadPart' : 'PutObject'
    case 'POST':
      if (query.has('uploads')) return 'CreateMultipartUpload'
      return upload ? 'CompleteMultipartUpload' : null
    case 'DELETE':
      return upload ? 'AbortMultipartUpload' : 'DeleteObject'
    default:
      return null
  }
}
