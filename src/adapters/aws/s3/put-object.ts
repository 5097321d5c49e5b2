/** Uploads of archives: never over an object that is there, each byte checked by S3 against a SHA-256. */
import type { ObjectPlace } from '../../../ports/inventory.js'
import { readFile } from 'node:fs/promises'
import { hexToBase64 } from '../../../model/digest.js'
import { httpStatus } from '../aws-errors.js'
import { multipartBytes, putInParts } from './multipart-upload.js'
import {
  encrypted,
  etagOf,
  runS3,
  slowestBytesPerSecond,
  where,
  type S3Session,
  type S3Work,
  type Upload,
  type UploadOutcome
} from './s3-session.js'
import { afterConflict, attemptsAtConflict, isConflict } from './write-conflict.js'

export function putIfAbsent(session: S3Session, place: ObjectPlace, object: Upload): Promise<UploadOutcome> {
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
