/** What every call of S3 has in common: the client, loaded on first use, the place that is named, deadlines, errors, conflicts. */
import { setTimeout as pause } from 'node:timers/promises'
import type { ServerSideEncryption } from '@aws-sdk/client-s3'
import type { ObjectPlace } from '../../../ports/inventory.js'
import { partitionOf } from '../../../model/naming/regions.js'
import type { ObjectStore } from '../../../ports/aws.js'
import { call, rateBudget, withinBudget } from '../calls.js'
import { watched, UnreadableAnswer, errorName, httpStatus } from '../aws-errors.js'
import { systemClock } from '../../process/clock.js'
import { clientOptions, type AwsSession } from '../client-options.js'
import type * as S3 from '../sdk/s3.js'
import { CodedError } from '../../../model/errors.js'

/**
 * "Best practices design patterns: optimizing Amazon S3 performance", Amazon S3 User Guide: 3,500 requests that write, 5,500 that read,
 * a second and prefix. What is asked for here lies below one.
 */
const requestsPerSecond = 3_500

/** A transfer slower than this is given up. */
export const slowestBytesPerSecond = 1_000_000

interface LoadedS3 {
  readonly sdk: typeof S3
  readonly client: InstanceType<typeof S3.S3Client>
}

export interface S3Session extends AwsSession {
  readonly region: string
  readonly s3: () => Promise<LoadedS3>
}

type BucketPlace = Omit<ObjectPlace, 'key'>

export type S3Work<T> = (s3: LoadedS3, options: { abortSignal: AbortSignal }) => Promise<T>

export function openS3(region: string, aws: AwsSession): S3Session {
  let loaded: Promise<LoadedS3> | undefined
  const budget = rateBudget(requestsPerSecond, systemClock)
  const load = async (): Promise<LoadedS3> => {
    const sdk = await import('../sdk/s3.js')
    const common = await clientOptions(region, aws)
    const client = watched(new sdk.S3Client({ ...common, forcePathStyle: aws.customEndpoint }))
    return { sdk, client: withinBudget(client, () => budget, aws.signal) }
  }
  return { ...aws, region, s3: () => (loaded ??= load()) }
}

export function where(place: ObjectPlace): { Bucket: string; Key: string; ExpectedBucketOwner: string } {
  return { Bucket: place.bucket, Key: place.key, ExpectedBucketOwner: place.owner }
}

/** What every write says of the object's encryption, where the configuration does. A part of an upload bears what it was begun with. */
export function encrypted({ encryption, region }: Pick<S3Session, 'encryption' | 'region'>): {
  readonly ServerSideEncryption?: ServerSideEncryption
  readonly SSEKMSKeyId?: string
} {
  if (encryption === null) return {}
  if (encryption.kind === 'aes256') return { ServerSideEncryption: 'AES256' }
  return { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: encryption.arn.replaceAll('{region}', region) }
}

/** Runs one call. `action`: as IAM names it. */
export function runS3<T>(
  session: S3Session,
  action: string,
  place: ObjectPlace,
  work: S3Work<T>,
  seconds = session.timing.callSeconds
): Promise<T> {
  const subject = { action, resource: `arn:${partitionOf(session.region)}:s3:::${place.bucket}/${place.key}` }
  return call(subject, { signal: session.signal, seconds }, async options => {
    const loaded = await session.s3()
    return work(loaded, options).catch((error: unknown) => explain(session, loaded, place, error, options))
  })
}

/** S3 answers 403 and 301 to a HEAD without a body; only a GET says whose fault it is. */
async function explain(
  session: S3Session,
  { sdk, client }: LoadedS3,
  place: ObjectPlace,
  error: unknown,
  options: { abortSignal: AbortSignal }
): Promise<never> {
  const status = httpStatus(error)
  // Credentials that ended are a 400 to S3, without a name in the answer to a HEAD.
  const isUnexplained = status === 403 || (status === 400 && isNameless(error))
  if (!isUnexplained || errorName(error) === 'AccessDenied') throw bucketError(place, session.region, error)
  const told: unknown = await client
    .send(new sdk.GetObjectCommand(where(place)), options)
    .catch((second: unknown) => second)
  throw told instanceof Error ? deniedError(place, told) : error
}

/** What a refusal says of the bucket, whatever was asked of it; any other error as it is. */
export function bucketError(place: BucketPlace, region: string, error: unknown): unknown {
  if (errorName(error) === 'NoSuchBucket') return bucketMissing(place, error)
  if (httpStatus(error) === 301) return wrongRegion(place, region, error)
  return deniedError(place, error)
}

function isNameless(error: unknown): boolean {
  return ['', '400', 'BadRequest', 'UnknownError', 'Unknown', 'Error'].includes(errorName(error))
}

/** Every answer of S3 about an object bears one; a page of something in between does not. */
export function etagOf(answer: { readonly ETag?: string | undefined }): string {
  if (answer.ETag === undefined) throw new UnreadableAnswer('an answer about an object without ETag')
  return answer.ETag
}

export function nullIfMissing(place: ObjectPlace): (error: unknown) => null {
  return error => {
    if (httpStatus(error) !== 404) throw error
    if (errorName(error) === 'NoSuchBucket') throw bucketMissing(place, error)
    return null
  }
}

export type Upload = Parameters<ObjectStore['putIfAbsent']>[1]

export type UploadOutcome = 'created' | 'exists'

function bucketMissing(place: BucketPlace, cause: unknown): CodedError {
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
function deniedError(place: BucketPlace, error: unknown): unknown {
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
function wrongRegion(place: BucketPlace, region: string, cause: unknown): CodedError {
  const finding = {
    expected: `the bucket ${place.bucket} in region ${region}`,
    found: 'a bucket in another region',
    mend: 'give each region a bucket of its own, for example artifact-bucket: name-{region}'
  }
  return new CodedError('BUCKET_OWNER_MISMATCH', finding, { cause })
}

/**
 * How often a conditional write may meet another one on its way before it is given up. "Conditional requests", Amazon S3 User
 * Guide: 409 ConditionalRequestConflict says nothing of what is there now; the upload is to be sent again.
 */
export const attemptsAtConflict = 6

export function isConflict(error: unknown): boolean {
  return httpStatus(error) === 409
}

/** "Exponential backoff and jitter", AWS Architecture Blog: a random part of a time that doubles, from 0.2 s on, at most 3 s. */
export async function afterConflict(attempt: number, signal: AbortSignal): Promise<void> {
  await pause(Math.random() * Math.min(3_000, 200 * 2 ** (attempt - 1)), undefined, { signal })
}
