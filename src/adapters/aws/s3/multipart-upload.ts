/**
 * The upload of a large archive in parts, several at once. Sources: Amazon S3 User Guide, "Uploading and copying objects using
 * multipart upload" and "Checking object integrity": of a multipart object S3 keeps the SHA-256 over its parts' SHA-256, so
 * an object holds a file's bytes where that value is the one of the file, cut in the same way.
 */
import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import pLimit from 'p-limit'
import type { ObjectPlace } from '../../../ports/inventory.js'
import { CodedError } from '../../../model/errors.js'
import type { LocalFile } from '../../../ports/aws.js'
import { httpStatus, UnreadableAnswer } from '../aws-errors.js'
import {
  encrypted,
  etagOf,
  nullIfMissing,
  runS3,
  where,
  type S3Session,
  type Upload,
  type UploadOutcome,
  afterConflict,
  attemptsAtConflict,
  isConflict
} from './s3-session.js'

/** Up to this size one request is as fast and needs three fewer. */
export const multipartBytes = 16 * 1024 * 1024
/** S3 wants 5 MiB at least; each part that is under way is held in memory. */
const partBytes = 8 * 1024 * 1024
const partsAtOnce = 4
/** A cancelled run has few seconds left to leave nothing behind. */
const abortSeconds = 4
interface Part {
  readonly number: number
  readonly offset: number
  readonly bytes: number
  /** Base64. */
  readonly sha256: string
}

/**
 * Does S3's checksum over an object's parts belong to this very file, cut as we cut it? Then the object holds its bytes: every
 * part's SHA-256 was verified by S3, and stands in that checksum.
 * @param composite as S3 states it: `<base64>-<number of parts>`
 * @throws CodedError BUILD_FAILED where the file is no longer what was packed
 */
export async function isCutOf(composite: string, local: LocalFile): Promise<boolean> {
  if (composite.split('-')[1] !== String(Math.ceil(local.sizeBytes / partBytes))) return false
  const file = await open(local.file)
  try {
    return (await measureParts(file, local)).composite === composite
  } finally {
    await file.close()
  }
}

/** @throws CodedError BUILD_FAILED where the file is no longer what was packed */
export async function putInParts(session: S3Session, place: ObjectPlace, object: Upload): Promise<UploadOutcome> {
  const file = await open(object.file)
  try {
    const measured = await measureParts(file, object)
    for (let attempt = 1; ; attempt++) {
      const outcome = await uploadOnce(session, place, file, { ...measured, object })
      if (outcome !== 'conflict') return outcome
      if (attempt === attemptsAtConflict) throw conflictError(place)
      await afterConflict(attempt, session.signal)
    }
  } finally {
    await file.close()
  }
}

interface Cut {
  readonly parts: readonly Part[]
  /** As S3 states it. */
  readonly composite: string
  readonly object: Upload
}

/** `conflict`: another write was under way; "a new upload has to be begun" (Amazon S3 User Guide, "Conditional requests"). */
async function uploadOnce(
  session: S3Session,
  place: ObjectPlace,
  file: FileHandle,
  cut: Cut
): Promise<UploadOutcome | 'conflict'> {
  const uploadId = await begin(session, place, cut.object)
  try {
    const etags = await sendParts(session, place, uploadId, file, cut.parts)
    const outcome = await complete(session, place, { ...cut, uploadId, etags })
    if (outcome !== 'created') await abandon(session, place, uploadId)
    return outcome
  } catch (error) {
    await abandon(session, place, uploadId)
    throw error
  }
}

function conflictError(place: ObjectPlace): CodedError {
  return new CodedError('AWS_FAILED', {
    expected: `one write of s3://${place.bucket}/${place.key} to get its turn`,
    found: `${attemptsAtConflict} times another one that was under way (ConditionalRequestConflict)`,
    mend: 'see who else writes there, and run again'
  })
}

/** One look at the file before anything is sent: what is sent must be what was packed. */
async function measureParts(
  file: FileHandle,
  object: LocalFile
): Promise<{ readonly parts: readonly Part[]; readonly composite: string }> {
  const parts: Part[] = []
  const whole = createHash('sha256')
  const overParts = createHash('sha256')
  for (let offset = 0; offset < object.sizeBytes; offset += partBytes) {
    const data = await readPart(file, offset, Math.min(partBytes, object.sizeBytes - offset))
    whole.update(data)
    const digest = createHash('sha256').update(data).digest()
    overParts.update(digest)
    parts.push({ number: parts.length + 1, offset, bytes: data.byteLength, sha256: digest.toString('base64') })
  }
  if (whole.digest('hex') !== object.sha256) {
    throw new CodedError('BUILD_FAILED', {
      expected: `${object.file} as it was packed, SHA-256 ${object.sha256}`,
      found: 'other bytes',
      mend: 'let nothing write to the scratch folder while the action runs'
    })
  }
  return { parts, composite: `${overParts.digest('base64')}-${parts.length}` }
}

async function readPart(file: FileHandle, offset: number, bytes: number): Promise<Buffer> {
  const data = Buffer.allocUnsafe(bytes)
  for (let filled = 0; filled < bytes;) {
    const { bytesRead } = await file.read(data, filled, bytes - filled, offset + filled)
    if (bytesRead === 0) return data.subarray(0, filled)
    filled += bytesRead
  }
  return data
}

function begin(
  session: S3Session,
  place: ObjectPlace,
  { contentType = 'application/zip', metadata }: Upload
): Promise<string> {
  return runS3(session, 's3:PutObject', place, async ({ sdk, client }, options) => {
    const request = new sdk.CreateMultipartUploadCommand({
      ...where(place),
      ...encrypted(session),
      ContentType: contentType,
      ChecksumAlgorithm: 'SHA256',
      ChecksumType: 'COMPOSITE',
      Metadata: { ...metadata }
    })
    const { UploadId } = await client.send(request, options)
    if (UploadId === undefined) throw new UnreadableAnswer('a new upload without an id')
    return UploadId
  })
}

/** The parts' ETags in their order. After the first failure no other part is begun. */
async function sendParts(
  session: S3Session,
  place: ObjectPlace,
  uploadId: string,
  file: FileHandle,
  parts: readonly Part[]
): Promise<readonly string[]> {
  const failed = new AbortController()
  const sending = { ...session, signal: AbortSignal.any([session.signal, failed.signal]) }
  const limit = pLimit(partsAtOnce)
  const sent = parts.map(part => limit(() => sendPart(sending, place, uploadId, file, part)))
  try {
    return await Promise.all(sent)
  } catch (error) {
    failed.abort(error)
    await Promise.allSettled(sent)
    throw error
  }
}

function sendPart(
  session: S3Session,
  place: ObjectPlace,
  uploadId: string,
  file: FileHandle,
  part: Part
): Promise<string> {
  return runS3(session, 's3:PutObject', place, async ({ sdk, client }, options) => {
    const request = new sdk.UploadPartCommand({
      ...where(place),
      UploadId: uploadId,
      PartNumber: part.number,
      Body: await readPart(file, part.offset, part.bytes),
      ChecksumSHA256: part.sha256
    })
    // 8 MiB within the time of a whole call: 140 kB/s are enough.
    return etagOf(await client.send(request, { ...options, requestTimeout: session.timing.callSeconds * 1000 }))
  })
}

/** An answer may be lost after the effect: then the object is there, and the upload is not. */
async function complete(
  session: S3Session,
  place: ObjectPlace,
  upload: Cut & { readonly uploadId: string; readonly etags: readonly string[] }
): Promise<UploadOutcome | 'conflict'> {
  const { uploadId, parts, etags, composite, object } = upload
  return runS3(session, 's3:PutObject', place, async ({ sdk, client }, options) => {
    const request = new sdk.CompleteMultipartUploadCommand({
      ...where(place),
      UploadId: uploadId,
      IfNoneMatch: '*',
      MpuObjectSize: object.sizeBytes,
      ChecksumSHA256: composite,
      ChecksumType: 'COMPOSITE',
      MultipartUpload: {
        Parts: parts.map(({ number, sha256 }, index) => {
          return { PartNumber: number, ETag: etags[index], ChecksumSHA256: sha256 }
        })
      }
    })
    try {
      const answer = await client.send(request, options)
      etagOf(answer)
      return 'created'
    } catch (error) {
      if (httpStatus(error) === 412) return 'exists'
      if (isConflict(error)) return 'conflict'
      if (httpStatus(error) !== 404) throw error
      const head = new sdk.HeadObjectCommand({ ...where(place), ChecksumMode: 'ENABLED' })
      const stored = await client.send(head, options).catch(nullIfMissing(place))
      if (stored === null) throw error
      return stored.ChecksumSHA256 === composite ? 'created' : 'exists'
    }
  })
}

/** Best effort: what failed before is the error to tell. A lifecycle rule of the bucket removes what is left. */
async function abandon(session: S3Session, place: ObjectPlace, uploadId: string): Promise<void> {
  // The run's own signal may be what ended the upload.
  const last = { ...session, signal: new AbortController().signal }
  const work = runS3(
    last,
    's3:AbortMultipartUpload',
    place,
    async ({ sdk, client }, options) => {
      await client.send(new sdk.AbortMultipartUploadCommand({ ...where(place), UploadId: uploadId }), options)
    },
    abortSeconds
  )
  await work.catch(() => undefined)
}
