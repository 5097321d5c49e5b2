/** What a bucket is set to: versioning, public access block, encryption. Source: Amazon S3 API Reference. */
import { renderXml, type XmlTree } from '../xml.js'
import type { AwsResponse, Bucket } from '../world.js'
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

function document(root: string, content: XmlTree): AwsResponse {
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: renderXml(root, content, s3Namespace) }
}
