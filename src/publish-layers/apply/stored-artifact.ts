/** The artifact in the bucket: written once under its content digest, and from then on the bytes that count. */
import { CodedError } from '../../model/errors.js'
import type { Artifact } from '../../model/index.js'
import type { AwsRegion, ObjectHead, ObjectPlace } from '../../ports/aws.js'
import type { StoredArtifact } from '../engines/engine.js'
import type { DeployRecord } from '../deploy-record.js'
import { artifactKey, type Target } from '../target.js'

/** What lies at the artifact's key; `null`: nothing yet. Also the first proof that the bucket is ours. */
export function headArtifact(region: AwsRegion, target: Target, contentDigest: string): Promise<ObjectHead | null> {
  return region.objects.head(placeOf(target, contentDigest))
}

/**
 * Uploads the artifact unless it is there. Where it is, its bytes are used: another zlib may have compressed the same content
 * to others.
 * @throws CodedError PUBLISH_UNVERIFIED where the stored object is not one that we wrote for this content
 */
export async function storeArtifact(
  region: AwsRegion,
  target: Target,
  artifact: Pick<Artifact, 'file' | 'contentDigest' | 'artifactSha256' | 'sizeBytes'>,
  record: DeployRecord,
  known: ObjectHead | null
): Promise<StoredArtifact> {
  const place = placeOf(target, artifact.contentDigest)
  if (known !== null) return usable(place, known, artifact.contentDigest)
  const metadata = {
    commit: record.commit,
    'source-commit': record.sourceCommit,
    'source-digest': record.sourceDigest,
    'content-digest': record.contentDigest,
    'artifact-sha256': artifact.artifactSha256
  }
  const { file, artifactSha256: sha256, sizeBytes } = artifact
  const outcome = await region.objects.putIfAbsent(place, { file, sha256, sizeBytes, metadata })
  if (outcome === 'created') return { bucket: place.bucket, key: place.key, sha256, sizeBytes }
  const stored = await region.objects.head(place)
  if (stored === null) throw altered(place, 'an object that vanished between two calls')
  return usable(place, stored, artifact.contentDigest)
}

/** The stored checksum must be the one that its writer recorded, for the content that the key names. */
function usable(place: ObjectPlace, head: ObjectHead, contentDigest: string): StoredArtifact {
  const recorded = head.metadata['artifact-sha256']
  if (recorded === undefined) throw altered(place, 'an object without the metadata of this action')
  if (head.metadata['content-digest'] !== contentDigest) throw altered(place, 'an object recorded for another content')
  if (head.sha256 !== recorded) throw altered(place, `an object with ${head.sha256 ?? 'no'} SHA-256`, recorded)
  return { bucket: place.bucket, key: place.key, sha256: recorded, sizeBytes: head.sizeBytes }
}

function altered(place: ObjectPlace, found: string, recorded?: string): CodedError {
  return new CodedError('PUBLISH_UNVERIFIED', {
    expected: `s3://${place.bucket}/${place.key} as this action wrote it${recorded === undefined ? '' : `, SHA-256 ${recorded}`}`,
    found,
    mend: 'find out who wrote there, delete the object and run again'
  })
}

function placeOf(target: Target, contentDigest: string): ObjectPlace {
  return { bucket: target.bucket, owner: target.accountId, key: artifactKey(target.layerName, contentDigest) }
}
