/** What a bucket is set to: versioning, public access block, encryption. Source: Amazon S3 API Reference. */
import { renderXml, type XmlTree } from '../xml.js'
import type { AwsRequest, AwsResponse, Bucket } from '../world.js'
import { partitionOf } from '../world-state.js'
import { s3Namespace } from './objects-read.js'
import { S3Error } from './s3-error.js'

/** A bucket that was never versioned answers with an empty document. */
export function getBucketVersioning({ settings }: Bucket): AwsResponse {
  return document('VersioningConfiguration', settings?.versioned === true ? { Status: 'Enabled' } : {})
}

/** Buckets made since April 2023 block public access by default. */
export function getPublicAccessBlock({ settings }: Bucket): AwsResponse {
  if (settings?.publicAccessBlocked === false) {
    const message = 'The public access block configuration was not found'
    throw new S3Error(404, 'NoSuchPublicAccessBlockConfiguration', message)
  }
  const names = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets']
  return document('PublicAccessBlockConfiguration', Object.fromEntries(names.map(name => [name, true])))
}

/** Every bucket encrypts since January 2023, with S3's own keys unless it is told otherwise. */
export function getBucketEncryption({ settings }: Bucket): AwsResponse {
  const algorithm = settings?.encryption === undefined ? 'AES256' : settings.encryption
  if (algorithm === null) {
    const message = 'The server side encryption configuration was not found'
    throw new S3Error(404, 'ServerSideEncryptionConfigurationNotFoundError', message)
  }
  return document('ServerSideEncryptionConfiguration', {
    Rule: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: algorithm }, BucketKeyEnabled: false }
  })
}

/**
 * GetBucketPolicy: the document itself, as it was put there. Only identities of the owner's account may ask, whoever else the policy lets in
 * ("405 Method Not Allowed"). The accounts that the bucket lets in stand in it as statements.
 */
export function getBucketPolicy(request: AwsRequest, bucket: Bucket): AwsResponse {
  if (request.principal.accountId !== bucket.ownerAccountId) {
    throw new S3Error(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.')
  }
  const own = (bucket.settings?.policy as { readonly Statement?: unknown } | undefined)?.Statement ?? []
  const statements = [...[own].flat(), ...(bucket.allowedAccountIds ?? []).map(id => admission(bucket, id))]
  if (statements.length === 0) {
    const details = { BucketName: bucket.name }
    throw new S3Error(404, 'NoSuchBucketPolicy', 'The bucket policy does not exist', details)
  }
  const body = JSON.stringify({ Version: '2012-10-17', Statement: statements })
  return { status: 200, headers: { 'content-type': 'application/json' }, body }
}

function admission({ name, region }: Bucket, accountId: string): unknown {
  const arn = `arn:${partitionOf(region)}:s3:::${name}`
  const Principal = { AWS: `arn:${partitionOf(region)}:iam::${accountId}:root` }
  return { Sid: `Admit${accountId}`, Effect: 'Allow', Principal, Action: 's3:*', Resource: [arn, `${arn}/*`] }
}

function document(root: string, content: XmlTree): AwsResponse {
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: renderXml(root, content, s3Namespace) }
}
