import type { AwsSession } from '../credentials/client-options.js'
import type { ObjectHead, ObjectPlace, ObjectStore } from '../../../ports/aws.js'
import { base64ToHex } from '../../../model/digest.js'
import { errorName, httpStatus } from '../aws-errors.js'
import { wholeSha256 } from './multipart-upload.js'
import { putIfAbsent } from './put-object.js'
import { etagOf, nullIfMissing, openS3, runS3, where, type S3Session } from './s3-session.js'

/** Objects in S3. Every request carries `ExpectedBucketOwner`, every write a SHA-256 that S3 verifies. */
export function createObjectStore(region: string, aws: AwsSession): ObjectStore {
  const session = openS3(region, aws)
  return {
    head: place => head(session, place),
    get: place => get(session, place),
    putIfAbsent: (place, object) => putIfAbsent(session, place, object),
    replace: (place, body, etag) => replace(session, place, body, etag)
  }
}

function head(session: S3Session, place: ObjectPlace): Promise<ObjectHead | null> {
  return runS3(session, 's3:GetObject', place, async ({ sdk, client }, options) => {
    const request = new sdk.HeadObjectCommand({ ...where(place), ChecksumMode: 'ENABLED' })
    const answer = await client.send(request, options).catch(nullIfMissing(place))
    if (answer === null) return null
    etagOf(answer)
    const { ChecksumSHA256: checksum, Metadata: metadata = {} } = answer
    return { sha256: sha256Of(checksum, metadata), sizeBytes: answer.ContentLength ?? 0, metadata }
  })
}

function get(session: S3Session, place: ObjectPlace): ReturnType<ObjectStore['get']> {
  return runS3(session, 's3:GetObject', place, async ({ sdk, client }, options) => {
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

/** A checksum that ends in "-N" is one of parts, not of the whole object. */
function sha256Of(checksum: string | undefined, metadata: Readonly<Record<string, string>>): string | null {
  if (checksum === undefined) return null
  return checksum.includes('-') ? wholeSha256(checksum, metadata) : base64ToHex(checksum)
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
