/**
 * The artifact in the bucket: written once under its content digest, and from then on the bytes that count. Whoever may write to the
 * bucket may have written it: only what S3 computed, or what is computed from the bytes here, says what they are. Beside it lies its
 * bill of materials, written once with the same guards.
 */
import type { ObjectPlace } from '../../ports/inventory.js'
import { contentDigestOfZip, maximumArchiveBytes } from '../../build-layers/archive/read-archive.js'
import { CodedError, asCodedError } from '../../model/errors.js'
import { sha256Hex } from '../../model/digest.js'
import type { Artifact, Verdict } from '../../model/index.js'
import type { AwsRegion, ObjectHead } from '../../ports/aws.js'
import type { StoredArtifact } from '../engines/engine.js'
import type { DeployRecord } from '../deploy-record.js'
import { artifactKey, type Target, billKey } from '../target.js'

type Packed = Pick<Artifact, 'file' | 'contentDigest' | 'artifactSha256' | 'sizeBytes'>

/** The content digest of an archive that was not packed here, and what its inspection says. @throws Error where it is none */
export type Inspect = (
  zip: Uint8Array
) => Promise<{ readonly contentDigest: string; readonly verdicts: readonly Verdict[] }>

/**
 * What lies at the artifact's key and is of use; `null`: nothing yet. Also the first proof that the bucket is ours. The same bytes
 * as ours need no further look; others, which another zlib may have made of the same content, are downloaded and looked into.
 * @throws CodedError ARTIFACT_ALTERED, BUCKET_OWNER_MISMATCH
 */
export async function findStored(
  region: AwsRegion,
  target: Target,
  artifact: Packed,
  inspect: Inspect
): Promise<StoredArtifact | null> {
  const place = placeOf(target, artifact.contentDigest)
  const { file, artifactSha256: sha256, sizeBytes } = artifact
  const head = await region.objects.head(place, { file, sha256, sizeBytes })
  if (head === null) return null
  if (head.sha256 === sha256) return { bucket: place.bucket, key: place.key, sha256, sizeBytes: head.sizeBytes }
  return readStored(region, place, head, artifact.contentDigest, inspect)
}

/**
 * Reads the object to its end, within what Lambda takes, and demands the content that its key names.
 * @returns `null` where it is gone meanwhile
 * @throws CodedError ARTIFACT_ALTERED
 */
export async function readStored(
  region: AwsRegion,
  place: ObjectPlace,
  head: ObjectHead,
  contentDigest: string,
  inspect: Inspect
): Promise<StoredArtifact | null> {
  if (head.sizeBytes > maximumArchiveBytes) throw altered(place, contentDigest, `${head.sizeBytes} bytes`)
  const object = await region.objects.get(place, head.sizeBytes)
  if (object === null) return null
  const found = await inspect(object.body).catch((error: unknown) => {
    throw altered(place, contentDigest, error instanceof Error ? error.message : 'no archive')
  })
  if (found.contentDigest !== contentDigest) throw altered(place, contentDigest, `content ${found.contentDigest}`)
  for (const verdict of found.verdicts) {
    if (verdict.passed === false) throw altered(place, contentDigest, `${verdict.guard}: ${verdict.finding.found}`)
  }
  const { bucket, key } = place
  return { bucket, key, sha256: sha256Hex(object.body), sizeBytes: object.body.byteLength }
}

/**
 * Uploads the artifact unless it is there.
 * @param known what was found there when the plan was made
 * @throws CodedError ARTIFACT_ALTERED where another writer was faster, with other content
 */
export async function storeArtifact(
  region: AwsRegion,
  target: Target,
  artifact: Packed,
  record: DeployRecord,
  known: StoredArtifact | null
): Promise<{ readonly stored: StoredArtifact; readonly wasThere: boolean }> {
  if (known !== null) return { stored: known, wasThere: true }
  const place = placeOf(target, artifact.contentDigest)
  // For people, and for the history of the layer: no run believes it.
  const metadata = {
    commit: record.commit,
    'source-commit': record.sourceCommit,
    'source-digest': record.sourceDigest,
    'content-digest': record.contentDigest,
    'artifact-sha256': artifact.artifactSha256
  }
  const { file, artifactSha256: sha256, sizeBytes } = artifact
  const outcome = await region.objects.putIfAbsent(place, { file, sha256, sizeBytes, metadata })
  if (outcome === 'created') {
    return { stored: { bucket: place.bucket, key: place.key, sha256, sizeBytes }, wasThere: false }
  }
  // The content was inspected where it was built: the same digest is the same content.
  const inspect: Inspect = async zip => Promise.resolve({ contentDigest: contentDigestOfZip(zip), verdicts: [] })
  const stored = await findStored(region, target, artifact, inspect)
  if (stored === null) throw altered(place, artifact.contentDigest, 'an object that vanished between two calls')
  return { stored, wasThere: true }
}

function altered({ bucket, key }: ObjectPlace, contentDigest: string, found: string): CodedError {
  return new CodedError('ARTIFACT_ALTERED', {
    expected: `s3://${bucket}/${key} to hold the content ${contentDigest}`,
    found,
    mend: 'find out who wrote there, delete the object and run again'
  })
}

export function placeOf(target: Target, contentDigest: string): ObjectPlace {
  return { bucket: target.bucket, owner: target.accountId, key: artifactKey(target.layerName, contentDigest) }
}

/** As CycloneDX is registered with IANA. */
const billContentType = 'application/vnd.cyclonedx+json; version=1.6'

/**
 * One call, before the version is published: a run that is killed later leaves nothing to be made up for. One that is there already was
 * written for the same content. Without it the layer is as good, so that nothing is thrown.
 * @param isKnown the artifact was there when the plan was made, and most likely so was this: it is looked for before anything is written
 * @returns what is missing, for a warning; `null`: nothing
 */
export async function storeBill(
  region: AwsRegion,
  target: Target,
  { bill, contentDigest }: Pick<Artifact, 'bill' | 'contentDigest'>,
  isKnown: boolean
): Promise<string | null> {
  if (bill === undefined) return null
  const place = { bucket: target.bucket, owner: target.accountId, key: billKey(target.layerName, contentDigest) }
  try {
    // Whoever may not look may still write: it is never written over.
    if (isKnown && (await region.objects.head(place).catch(() => null)) !== null) return null
    await region.objects.putIfAbsent(place, {
      ...bill,
      contentType: billContentType,
      metadata: { 'content-digest': contentDigest }
    })
    return null
  } catch (error) {
    const { message } = asCodedError(error)
    return `${target.layerName} in ${target.region}: its bill of materials is not at s3://${place.bucket}/${place.key}, and is not written by a later run unless the layer is published again: ${message}`
  }
}
