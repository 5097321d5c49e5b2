/** May this request reach this bucket? The checks that S3 makes before it looks at any object. */
import type { AwsRequest, Bucket, World } from '../world.js'
import { accessDenied, S3Error } from './s3-error.js'
import type { Target } from './target.js'

/**
 * Existence, region, expected owner, cross-account access, in S3's order.
 * Throws `NoSuchBucket`, `PermanentRedirect` (301), or `AccessDenied` with the bare message that S3 gives about
 * another account's bucket ("Troubleshoot access denied errors", S3 User Guide).
 */
export function reachBucket(request: AwsRequest, target: Target, world: World): Bucket {
  const bucket = world.buckets.get(target.bucket)
  if (bucket === undefined) {
    throw new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist', { BucketName: target.bucket })
  }
  // Any region may ask where a bucket is.
  if (bucket.region !== request.region && target.name !== 'GetBucketLocation') throw redirect(bucket)
  const { accountId } = request.principal
  const isLetIn = bucket.ownerAccountId === accountId || bucket.allowedAccountIds?.includes(accountId) === true
  // HeadBucket tells where a bucket is even to those whom it does not let in.
  const headers: Record<string, string> = target.name === 'HeadBucket' ? { 'x-amz-bucket-region': bucket.region } : {}
  if (!isLetIn || !isExpectedOwner(request, bucket)) throw accessDenied(headers)
  return bucket
}

function redirect(bucket: Bucket): S3Error {
  const message =
    'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.'
  const endpoint = `${bucket.name}.s3.${bucket.region}.amazonaws.com`
  const headers = { 'x-amz-bucket-region': bucket.region }
  return new S3Error(301, 'PermanentRedirect', message, { Endpoint: endpoint, Bucket: bucket.name }, headers)
}

/** Throws `InvalidBucketOwnerAWSAccountID` for what is no account id. */
function isExpectedOwner(request: AwsRequest, bucket: Bucket): boolean {
  const expected = request.headers['x-amz-expected-bucket-owner']
  if (expected !== undefined && !/^\d{12}$/.test(expected)) {
    const message = 'The value of the expected bucket owner parameter must be an AWS account ID'
    throw new S3Error(400, 'InvalidBucketOwnerAWSAccountID', message)
  }
  return expected === undefined || expected === bucket.ownerAccountId
}
