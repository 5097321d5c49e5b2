/** Objects of a bucket over the SDK. An archive is never put over an object that is there; S3 checks each byte of it against a SHA-256. */
import type { Readable } from 'node:stream'
import { readFile } from 'node:fs/promises'
import type { ObjectPlace } from '../../../ports/inventory.js'
import { CodedError } from '../../../model/errors.js'
import type { LocalFile, ObjectHead, ObjectStore, StoredObject } from '../../../ports/aws.js'
import { base64ToHex, hexToBase64 } from '../../../model/digest.js'
import { errorName, httpStatus } from '../aws-errors.js'
import { isCutOf, multipartBytes, putInParts } from './multipart-upload.js'
import {
  encrypted,
  etagOf,
  nullIfMissing,
  runS3,
  slowestBytesPerSecond,
  where,
  type S3Session,
  type S3Work,
  type Upload,
  type UploadOutcome,
  afterConflict,
  attemptsAtConflict,
  isConflict
} from './s3-session.js'

/** Objects in S3. Every request carries `ExpectedBucketOwner`, every write a SHA-256 that S3 verifies. */
export function createObjectStore(session: S3Session): ObjectStore {
  return {
    head: (place, like) => head(session, place, like),
    get: (place, maximumBytes) => get(session, place, maximumBytes),
    end: (place, count) => end(session, place, count),
    putIfAbsent: (place, object) => putIfAbsent(session, place, object),
    replace: (place, body, etag) => replace(session, place, body, etag)
  }
}

function head(session: S3Session, place: ObjectPlace, like?: LocalFile): Promise<ObjectHead | null> {
  return runS3(session, 's3:GetObject', place, async ({ sdk, client }, options) => {
    const request = new sdk.HeadObjectCommand({ ...where(place), ChecksumMode: 'ENABLED' })
    const answer = await client.send(request, options).catch(nullIfMissing(place))
    if (answer === null) return null
    etagOf(answer)
    const { ChecksumSHA256: checksum, ContentLength: sizeBytes = 0, Metadata: metadata = {} } = answer
    return { sha256: await sha256Of(checksum, sizeBytes, like), sizeBytes, metadata }
  })
}

function get(session: S3Session, place: ObjectPlace, maximumBytes: number): ReturnType<ObjectStore['get']> {
  const { callSeconds, attemptSeconds } = session.timing
  const work: S3Work<StoredObject | null> = async ({ sdk, client }, options) => {
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
    const body = await readBounded(place, answer.Body as Readable | undefined, maximumBytes)
    return { body, etag: etagOf(answer), ageSeconds: ageSeconds(date, answer.LastModified) }
  }
  const seconds = Math.max(callSeconds, attemptSeconds + maximumBytes / slowestBytesPerSecond)
  return runS3(session, 's3:GetObject', place, work, seconds)
}

function end(session: S3Session, place: ObjectPlace, count: number): ReturnType<ObjectStore['end']> {
  const { callSeconds, attemptSeconds } = session.timing
  const work: S3Work<{ bytes: Uint8Array; sizeBytes: number } | null> = async ({ sdk, client }, options) => {
    const command = new sdk.GetObjectCommand({ ...where(place), Range: `bytes=-${count}` })
    const answer = await client.send(command, options).catch(nullIfMissing(place))
    if (answer === null) return null
    const bytes = await readBounded(place, answer.Body as Readable | undefined, count)
    const whole = Number(/\/(\d+)$/.exec(answer.ContentRange ?? '')?.[1] ?? bytes.byteLength)
    return { bytes, sizeBytes: whole }
  }
  return runS3(
    session,
    's3:GetObject',
    place,
    work,
    Math.max(callSeconds, attemptSeconds + count / slowestBytesPerSecond)
  )
}

/** Whoever may write to the bucket may put anything there: what is too large is not read to its end. */
async function readBounded(place: ObjectPlace, body: Readable | undefined, maximumBytes: number): Promise<Uint8Array> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of body ?? []) {
    bytes += (part as Buffer).byteLength
    if (bytes > maximumBytes) {
      body?.destroy()
      throw new CodedError('AWS_FAILED', {
        expected: `s3://${place.bucket}/${place.key} of at most ${maximumBytes} bytes`,
        found: 'a larger object',
        mend: 'find out who wrote there, delete the object and run again'
      })
    }
    parts.push(part as Buffer)
  }
  return Buffer.concat(parts)
}

/** Both times are S3's, in whole seconds: an age that no clock of ours can falsify. */
function ageSeconds(date: string | undefined, lastModified: Date | undefined): number {
  const seconds = (Date.parse(date ?? '') - (lastModified?.getTime() ?? Number.NaN)) / 1000 - 1
  return seconds > 0 ? seconds : 0
}

/** A checksum that ends in "-N" is one of parts, not of the whole object. */
async function sha256Of(
  checksum: string | undefined,
  sizeBytes: number,
  like: LocalFile | undefined
): Promise<string | null> {
  if (checksum === undefined) return null
  if (!checksum.includes('-')) return base64ToHex(checksum)
  const same = like !== undefined && like.sizeBytes === sizeBytes && (await isCutOf(checksum, like))
  return same ? like.sha256 : null
}

function replace(
  session: S3Session,
  place: ObjectPlace,
  body: string,
  etag: string | null
): ReturnType<ObjectStore['replace']> {
  return runS3(session, 's3:PutObject', place, async ({ sdk, client }, options) => {
    const request = new sdk.PutObjectCommand({
      ...where(place),
      ...encrypted(session),
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

/** Uploads of archives: never over an object that is there, each byte checked by S3 against a SHA-256. */
function putIfAbsent(session: S3Session, place: ObjectPlace, object: Upload): Promise<UploadOutcome> {
  return object.sizeBytes > multipartBytes ? putInParts(session, place, object) : putWhole(session, place, object)
}

function putWhole(session: S3Session, place: ObjectPlace, object: Upload): Promise<UploadOutcome> {
  const { attemptSeconds, callSeconds } = session.timing
  const uploadSeconds = object.sizeBytes / slowestBytesPerSecond
  const work: S3Work<UploadOutcome> = async ({ sdk, client }, options) => {
    const request = new sdk.PutObjectCommand({
      ...where(place),
      ...encrypted(session),
      // A buffer, not a stream: a stream is signed in chunks, measured ten times slower.
      Body: await readFile(object.file),
      ContentType: object.contentType ?? 'application/zip',
      // S3 keeps the checksum in any case; other stores keep it only where its algorithm is named.
      ChecksumAlgorithm: 'SHA256',
      ChecksumSHA256: hexToBase64(object.sha256),
      IfNoneMatch: '*',
      Metadata: { ...object.metadata }
    })
    for (let attempt = 1; ; attempt++) {
      try {
        etagOf(await client.send(request, { ...options, requestTimeout: (attemptSeconds + uploadSeconds) * 1000 }))
        return 'created'
      } catch (error) {
        if (httpStatus(error) === 412) return 'exists'
        if (!isConflict(error) || attempt === attemptsAtConflict) throw error
        await afterConflict(attempt, options.abortSignal)
      }
    }
  }
  return runS3(session, 's3:PutObject', place, work, Math.max(callSeconds, attemptSeconds + uploadSeconds))
}
