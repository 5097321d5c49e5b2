import { readFile } from 'node:fs/promises'
import type * as S3 from '@aws-sdk/client-s3'
import { partitionOf } from '../../config/regions.js'
import type { ObjectHead, ObjectPlace, ObjectStore } from '../../ports/aws.js'
import { base64ToHex, hexToBase64 } from '../../sha256.js'
import { errorName, httpStatus } from './aws-errors.js'
import { bucketMissing, deniedError, wrongRegion } from './bucket-errors.js'
import { call, UnreadableAnswer } from './calls.js'
import { clientOptions, type AwsSession } from './client-options.js'

interface Loaded {
  readonly sdk: typeof S3
  readonly client: S3.S3Client
}

interface Session extends AwsSession {
  readonly region: string
  readonly s3: () => Promise<Loaded>
}

type Work<T> = (s3: Loaded, options: { abortSignal: AbortSignal }) => Promise<T>

/** Objects in S3. Every request carries `ExpectedBucketOwner`, every write a SHA-256 that S3 verifies. */
export function createObjectStore(region: string, aws: AwsSession): ObjectStore {
  let loaded: Promise<Loaded> | undefined
  const load = async (): Promise<Loaded> => {
    const sdk = await import('@aws-sdk/client-s3')
    return { sdk, client: new sdk.S3Client({ ...clientOptions(region, aws), forcePathStyle: aws.customEndpoint }) }
  }
  const session: Session = { ...aws, region, s3: () => (loaded ??= load()) }
  return {
    head: place => head(session, place),
    get: place => get(session, place),
    putIfAbsent: (place, object) => putIfAbsent(session, place, object),
    replace: (place, body, etag) => replace(session, place, body, etag)
  }
}

function head(session: Session, place: ObjectPlace): Promise<ObjectHead | null> {
  return run(session, 's3:GetObject', place, async ({ sdk, client }, options) => {
    const request = new sdk.HeadObjectCommand({ ...where(place), ChecksumMode: 'ENABLED' })
    const answer = await client.send(request, options).catch(nullIfMissing(place))
    if (answer === null) return null
    etagOf(answer)
    // A checksum that ends in "-N" is one of parts, not of the whole object.
    const checksum = answer.ChecksumSHA256
    const sha256 = checksum === undefined || checksum.includes('-') ? null : base64ToHex(checksum)
    return { sha256, sizeBytes: answer.ContentLength ?? 0, metadata: answer.Metadata ?? {} }
  })
}

function get(session: Session, place: ObjectPlace): ReturnType<ObjectStore['get']> {
  return run(session, 's3:GetObject', place, async ({ sdk, client }, options) => {
    const command = new sdk.GetObjectCommand(where(place))
    let date: string | undefined
    command.middlewareStack.add(
      next => async args => {
        const answer = await next(args)
        date = (answer.response as { headers?: Record<string, string> }).headers?.['date']
        return answer
      },
      { name: 'storeClock', step: 'deserialize', priority: 'low' }
    )
    const answer = await client.send(command, options).catch(nullIfMissing(place))
    if (answer === null) return null
    const body = (await answer.Body?.transformToByteArray()) ?? new Uint8Array()
    return { body, etag: etagOf(answer), ageSeconds: ageSeconds(date, answer.LastModified) }
  })
}

/** Both times are S3's, in whole seconds: an age that no clock of ours can falsify. */
function ageSeconds(date: string | undefined, lastModified: Date | undefined): number {
  const seconds = (Date.parse(date ?? '') - (lastModified?.getTime() ?? Number.NaN)) / 1000 - 1
  return seconds > 0 ? seconds : 0
}

/** Every answer of S3 about an object bears one; a page of something in between does not. */
function etagOf(answer: { readonly ETag?: string | undefined }): string {
  if (answer.ETag === undefined) throw new UnreadableAnswer('an answer about an object without ETag')
  return answer.ETag
}

/** An upload slower than this is given up. */
const slowestBytesPerSecond = 1_000_000

function putIfAbsent(
  session: Session,
  place: ObjectPlace,
  object: Parameters<ObjectStore['putIfAbsent']>[1]
): Promise<'created' | 'exists'> {
  const { attemptSeconds, callSeconds } = session.timing
  const uploadSeconds = object.sizeBytes / slowestBytesPerSecond
  const work: Work<'created' | 'exists'> = async ({ sdk, client }, options) => {
    const request = new sdk.PutObjectCommand({
      ...where(place),
      // A buffer, not a stream: a stream is signed in chunks, measured ten times slower.
      Body: await readFile(object.file),
      ContentType: 'application/zip',
      ChecksumSHA256: hexToBase64(object.sha256),
      IfNoneMatch: '*',
      Metadata: { ...object.metadata }
    })
    try {
      etagOf(await client.send(request, { ...options, requestTimeout: (attemptSeconds + uploadSeconds) * 1000 }))
      return 'created'
    } catch (error) {
      if (httpStatus(error) === 412) return 'exists'
      throw error
    }
  }
  return run(session, 's3:PutObject', place, work, Math.max(callSeconds, attemptSeconds + uploadSeconds))
}

function replace(
  session: Session,
  place: ObjectPlace,
  body: string,
  etag: string | null
): ReturnType<ObjectStore['replace']> {
  return run(session, 's3:PutObject', place, async ({ sdk, client }, options) => {
    const request = new sdk.PutObjectCommand({
      ...where(place),
      Body: body,
      ContentType: 'application/json',
      ChecksumAlgorithm: 'SHA256',
      ...(etag === null ? { IfNoneMatch: '*' } : { IfMatch: etag })
    })
    try {
      return { etag: etagOf(await client.send(request, options)) }
    } catch (error) {
      // 409: two conditional writes at once; 404: the object that If-Match names is gone.
      const lost = [404, 409, 412].includes(httpStatus(error) ?? 0) && errorName(error) !== 'NoSuchBucket'
      if (lost) return 'conflict'
      throw error
    }
  })
}

function where(place: ObjectPlace): { Bucket: string; Key: string; ExpectedBucketOwner: string } {
  return { Bucket: place.bucket, Key: place.key, ExpectedBucketOwner: place.owner }
}

function run<T>(session: Session, action: string, place: ObjectPlace, work: Work<T>, seconds?: number): Promise<T> {
  const subject = { action, resource: `arn:${partitionOf(session.region)}:s3:::${place.bucket}/${place.key}` }
  const limits = { signal: session.signal, seconds: seconds ?? session.timing.callSeconds }
  return call(subject, limits, async options => {
    const loaded = await session.s3()
    return work(loaded, options).catch((error: unknown) => explain(session, loaded, place, error, options))
  })
}

/** S3 answers 403 and 301 to a HEAD without a body; only a GET says whose fault it is. */
async function explain(
  session: Session,
  { sdk, client }: Loaded,
  place: ObjectPlace,
  error: unknown,
  options: { abortSignal: AbortSignal }
): Promise<never> {
  const status = httpStatus(error)
  if (errorName(error) === 'NoSuchBucket') throw bucketMissing(place, error)
  if (status === 301) throw wrongRegion(place, session.region, error)
  if (status !== 403) throw error
  if (errorName(error) === 'AccessDenied') throw deniedError(place, error)
  const told: unknown = await client
    .send(new sdk.GetObjectCommand(where(place)), options)
    .catch((second: unknown) => second)
  throw told instanceof Error ? deniedError(place, told) : error
}

function nullIfMissing(place: ObjectPlace): (error: unknown) => null {
  return error => {
    if (httpStatus(error) !== 404) throw error
    if (errorName(error) === 'NoSuchBucket') throw bucketMissing(place, error)
    return null
  }
}
