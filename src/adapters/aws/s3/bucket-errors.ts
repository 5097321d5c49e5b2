import type { ObjectPlace } from '../../../ports/inventory.js'
import { CodedError } from '../../../model/errors.js'
import { errorName } from '../aws-errors.js'

export function bucketMissing(place: ObjectPlace, cause: unknown): CodedError {
  const finding = {
    expected: `the bucket ${place.bucket} in account ${place.owner}`,
    found: 'no such bucket',
    mend: 'create the bucket in that account, or correct artifact-bucket'
  }
  return new CodedError('BUCKET_OWNER_MISMATCH', finding, { cause })
}

/**
 * Amazon S3 User Guide, "Troubleshoot access denied (403 Forbidden) errors": within the caller's own account the message
 * names the user and the action; the bare "Access Denied" comes for a bucket of another account and for a wrong
 * ExpectedBucketOwner. Every other refusal is passed on as it is.
 */
export function deniedError(place: ObjectPlace, error: unknown): unknown {
  const message = error instanceof Error ? error.message : ''
  if (errorName(error) !== 'AccessDenied' || /not authorized to perform|explicit deny/i.test(message)) return error
  const finding = {
    expected: `the bucket ${place.bucket} to belong to account ${place.owner} and to admit the caller`,
    found: message === '' ? 'AccessDenied' : message,
    mend: "set artifact-bucket to a bucket of the environment's account, or allow the role to use it"
  }
  return new CodedError('BUCKET_OWNER_MISMATCH', finding, { cause: error })
}

/** AWS Lambda API reference, LayerVersionContentInput: the bucket must lie in the function's region. */
export function wrongRegion(place: ObjectPlace, region: string, cause: unknown): CodedError {
  const finding = {
    expected: `the bucket ${place.bucket} in region ${region}`,
    found: 'a bucket in another region',
    mend: 'give each region a bucket of its own, for example artifact-bucket: name-{region}'
  }
  return new CodedError('BUCKET_OWNER_MISMATCH', finding, { cause })
}
