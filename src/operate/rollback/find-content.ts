/** Where the bytes of a version are: in the bucket, or, where they are gone from there, in the version itself. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pLimit from 'p-limit'
import type { AwsRegion, LayerVersionDetail, ObjectHead, ObjectPlace } from '../../ports/aws.js'
import { contentDigestOf } from '../../publish-layers/engines/lambda/content-marker.js'
import { artifactKey, type Target } from '../../publish-layers/target.js'
import { sha256Hex } from '../../model/digest.js'
import { contentDigestOfZip } from './zip-content.js'

interface Known {
  readonly contentDigest: string
  /** Of the bytes that are published. */
  readonly sha256: string
  readonly sizeBytes: number
  /** What the artifact's writer recorded; empty where nobody did. */
  readonly metadata: Readonly<Record<string, string>>
}
export type FoundContent =
  | (Known & { readonly kind: 'stored'; readonly place: ObjectPlace })
  /** Downloaded into `file`; it is put back into the bucket before it is published. */
  | (Known & { readonly kind: 'from-version'; readonly file: string })
  | { readonly kind: 'gone'; readonly found: string }
  | { readonly kind: 'altered'; readonly found: string }

const headsAtOnce = 8

/** @param scratchDirectory holds a download */
export async function findContent(
  region: AwsRegion,
  target: Target,
  wanted: LayerVersionDetail,
  scratchDirectory: string
): Promise<FoundContent> {
  for (const { place, head } of await candidates(region, target, wanted)) {
    const judged = judge(place, head, wanted)
    if (judged !== null) return judged
  }
  return fromVersion(region, target, wanted, scratchDirectory)
}

interface Candidate {
  readonly place: ObjectPlace
  readonly head: ObjectHead
}

/** A version of engine `lambda` names its content; of any other, every artifact of the layer is asked for its SHA-256. */
async function candidates(
  region: AwsRegion,
  target: Target,
  wanted: LayerVersionDetail
): Promise<readonly Candidate[]> {
  const bucket = { bucket: target.bucket, owner: target.accountId }
  const named = contentDigestOf(wanted.description)
  const prefix = artifactKey(target.layerName, '').replace(/\.zip$/, '')
  const inventory = await region.inventory()
  const keys = named === null ? await inventory.keys(bucket, prefix) : [artifactKey(target.layerName, named)]
  const limit = pLimit(headsAtOnce)
  const looks = keys.map(key =>
    limit(async () => {
      const place = { ...bucket, key }
      const head = await region.objects.head(place)
      return head === null ? [] : [{ place, head }]
    })
  )
  return (await Promise.all(looks)).flat()
}

/** `null`: the object has nothing to do with the version. */
function judge(place: ObjectPlace, head: ObjectHead, wanted: LayerVersionDetail): FoundContent | null {
  const { metadata, sha256, sizeBytes } = head
  const contentDigest = /\/([0-9a-f]{64})\.zip$/.exec(place.key)?.[1]
  if (contentDigest === undefined) return null
  const address = `s3://${place.bucket}/${place.key}`
  const claims = metadata['artifact-sha256'] === wanted.codeSha256
  if (claims && sha256 !== wanted.codeSha256) {
    return { kind: 'altered', found: `${address} with ${sha256 === null ? 'no' : sha256} SHA-256` }
  }
  if (sha256 !== wanted.codeSha256) return null
  if (!claims || metadata['content-digest'] !== contentDigest) {
    return { kind: 'altered', found: `${address} without the record of its writer` }
  }
  return { kind: 'stored', place, contentDigest, sha256, sizeBytes, metadata }
}

async function fromVersion(
  region: AwsRegion,
  target: Target,
  wanted: LayerVersionDetail,
  scratchDirectory: string
): Promise<FoundContent> {
  const gone = `no such artifact in s3://${target.bucket}`
  const zip = await (await region.inventory()).download(target.layerName, wanted.version)
  if (zip === null) return { kind: 'gone', found: `${gone}, and a version that AWS Lambda does not give out` }
  const sha256 = sha256Hex(zip)
  if (sha256 !== wanted.codeSha256) {
    return { kind: 'altered', found: `${gone}, and SHA-256 ${sha256} in what AWS Lambda gives out` }
  }
  let contentDigest: string
  try {
    contentDigest = contentDigestOfZip(zip)
  } catch (error) {
    return { kind: 'gone', found: `${gone}, and a version whose zip cannot be read: ${(error as Error).message}` }
  }
  // The same content in other bytes, or an object that somebody else put there: its writer's record says which.
  const place = { bucket: target.bucket, owner: target.accountId, key: artifactKey(target.layerName, contentDigest) }
  const head = await region.objects.head(place)
  if (head !== null) {
    const recorded = head.metadata['artifact-sha256']
    if (recorded === undefined || recorded !== head.sha256 || head.metadata['content-digest'] !== contentDigest) {
      return { kind: 'altered', found: `s3://${place.bucket}/${place.key} with ${head.sha256 ?? 'no'} SHA-256` }
    }
    const { metadata, sizeBytes } = head
    return { kind: 'stored', place, contentDigest, sha256: recorded, sizeBytes, metadata }
  }
  const file = join(scratchDirectory, `${target.layerName}-${target.region}.zip`)
  await writeFile(file, zip)
  return { kind: 'from-version', file, contentDigest, sha256, sizeBytes: zip.byteLength, metadata: {} }
}
