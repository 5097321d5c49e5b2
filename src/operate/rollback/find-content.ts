/** Where the bytes of a version are: in the bucket, or, where they are gone from there, in the version itself. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pLimit from 'p-limit'
import type { ObjectPlace } from '../../ports/inventory.js'
import { contentDigestOfZip, maximumArchiveBytes } from '../../build-layers/archive/read-archive.js'
import { inspectArchive } from '../../build-layers/archive/inspect-archive.js'
import { sha256Hex } from '../../model/digest.js'
import { CodedError } from '../../model/errors.js'
import type { Layer, Verdict } from '../../model/index.js'
import type { AwsRegion, LayerVersionDetail, ObjectHead } from '../../ports/aws.js'
import { placeOf, readStored } from '../../publish-layers/apply/stored-artifact.js'
import { contentDigestOf, declaredProperties } from '../../publish-layers/engines/lambda/find-version.js'
import { artifactKey, type Target } from '../../publish-layers/target.js'

interface Known {
  readonly contentDigest: string
  /** Of the bytes that are published. */
  readonly sha256: string
  readonly sizeBytes: number
  /** As its writer noted it; `null`: nobody did. For people only. */
  readonly sourceCommit: string | null
  /** Of the inspection of these very bytes. */
  readonly verdicts: readonly Verdict[]
}
export type FoundContent =
  | (Known & { readonly kind: 'stored'; readonly place: ObjectPlace })
  /** Downloaded into `file`; it is put back into the bucket before it is published. */
  | (Known & { readonly kind: 'from-version'; readonly file: string })
  | { readonly kind: 'gone'; readonly found: string }
  | { readonly kind: 'altered'; readonly found: string }

export interface Search {
  readonly region: AwsRegion
  readonly target: Target
  readonly layer: Layer
  readonly wanted: LayerVersionDetail
  /** Holds a download. */
  readonly scratchDirectory: string
}

const headsAtOnce = 8

/** What counts is Lambda's own hash of the version: bytes with that hash are its bytes, wherever they lie. */
export async function findContent(search: Search): Promise<FoundContent> {
  for (const candidate of await candidates(search)) {
    const judged = await judge(search, candidate)
    if (judged !== null) return judged
  }
  return fromVersion(search)
}

interface Candidate {
  readonly place: ObjectPlace
  readonly contentDigest: string
  readonly head: ObjectHead
}

/** A version of engine `lambda` names its content; of any other, every artifact of the layer is asked for its SHA-256. */
async function candidates({ region, target, wanted }: Search): Promise<readonly Candidate[]> {
  const bucket = { bucket: target.bucket, owner: target.accountId }
  const named = contentDigestOf(wanted.description)
  const prefix = artifactKey(target.layerName, '').replace(/\.zip$/, '')
  const inventory = await region.inventory()
  const keys = named === null ? await inventory.keys(bucket, prefix) : [artifactKey(target.layerName, named)]
  const limit = pLimit(headsAtOnce)
  const looks = keys.map(key =>
    limit(async () => {
      const place = { ...bucket, key }
      const contentDigest = /\/([0-9a-f]{64})\.zip$/.exec(key)?.[1]
      if (contentDigest === undefined) return []
      const head = await region.objects.head(place)
      return head === null ? [] : [{ place, contentDigest, head }]
    })
  )
  return (await Promise.all(looks)).flat().filter(({ head }) => mayBe(head, wanted))
}

/** A hint, which spares the download of every archive of the layer; what is found by it is read and judged. */
function mayBe({ sha256, metadata }: ObjectHead, wanted: LayerVersionDetail): boolean {
  return sha256 === wanted.codeSha256 || metadata['artifact-sha256'] === wanted.codeSha256
}

/** `null`: the object has nothing to do with the version. */
async function judge(search: Search, { place, contentDigest, head }: Candidate): Promise<FoundContent | null> {
  const { region, wanted } = search
  const address = `s3://${place.bucket}/${place.key}`
  if (head.sizeBytes > maximumArchiveBytes) return { kind: 'altered', found: `${address} of ${head.sizeBytes} bytes` }
  const object = await region.objects.get(place, head.sizeBytes)
  if (object === null) return null
  const sha256 = sha256Hex(object.body)
  if (sha256 !== wanted.codeSha256) return { kind: 'altered', found: `${address} with SHA-256 ${sha256}` }
  const inspected = await inspectVersion(search, object.body)
  if ('why' in inspected) return { kind: 'gone', found: `${address} with the version's bytes, ${inspected.why}` }
  // The right bytes under a wrong name: somebody put them there. The version itself is asked.
  if (inspected.contentDigest !== contentDigest) return null
  return { kind: 'stored', place, sha256, sizeBytes: object.body.byteLength, ...inspected, ...notes(head) }
}

async function fromVersion(search: Search): Promise<FoundContent> {
  const { region, target, wanted, scratchDirectory } = search
  const gone = `no such artifact in s3://${target.bucket}`
  const zip = await (await region.inventory()).download(target.layerName, wanted.version)
  if (zip === null) return { kind: 'gone', found: `${gone}, and a version that AWS Lambda does not give out` }
  const sha256 = sha256Hex(zip)
  if (sha256 !== wanted.codeSha256) {
    return { kind: 'altered', found: `${gone}, and SHA-256 ${sha256} in what AWS Lambda gives out` }
  }
  const inspected = await inspectVersion(search, zip)
  if ('why' in inspected) {
    return { kind: 'gone', found: `${gone}, and a version whose zip cannot be read: ${inspected.why}` }
  }
  const { contentDigest } = inspected
  // The same content in other bytes, or an object that somebody else put there.
  const place = placeOf(target, contentDigest)
  const head = await region.objects.head(place)
  if (head !== null) return underItsKey(search, place, head, inspected)
  const file = join(scratchDirectory, `${target.layerName}-${target.region}.zip`)
  await writeFile(file, zip)
  return { kind: 'from-version', file, sha256, sizeBytes: zip.byteLength, ...inspected, sourceCommit: null }
}

type Inspected = Pick<Known, 'contentDigest' | 'verdicts'>

async function underItsKey(
  search: Search,
  place: ObjectPlace,
  head: ObjectHead,
  inspected: Inspected
): Promise<FoundContent> {
  try {
    const stored = await readStored(search.region, place, head, inspected.contentDigest, zip =>
      Promise.resolve({ contentDigest: contentDigestOfZip(zip), verdicts: [] })
    )
    if (stored === null) return { kind: 'gone', found: `s3://${place.bucket}/${place.key}, which went meanwhile` }
    const { sha256, sizeBytes } = stored
    return { kind: 'stored', place, sha256, sizeBytes, ...inspected, ...notes(head) }
  } catch (error) {
    if (!(error instanceof CodedError) || error.code !== 'ARTIFACT_ALTERED') throw error
    return { kind: 'altered', found: `s3://${place.bucket}/${place.key} with ${error.finding.found}` }
  }
}

/** Inspected for what the version declares: the configuration may be for another runtime by now. */
async function inspectVersion(search: Search, zip: Uint8Array): Promise<Inspected | { readonly why: string }> {
  const { layer, wanted, target, scratchDirectory } = search
  const { compatibleRuntimes, compatibleArchitectures } = declaredProperties(wanted)
  const folder = join(scratchDirectory, `${target.layerName}-${target.region}-inspected`)
  await mkdir(folder, { recursive: true })
  try {
    const declared = { ...layer, compatibleRuntimes, compatibleArchitectures }
    const { contentDigest, verdicts } = await inspectArchive(declared, zip, folder)
    return { contentDigest, verdicts }
  } catch (error) {
    if (error instanceof CodedError) throw error
    return { why: error instanceof Error ? error.message : 'no archive' }
  }
}

function notes({ metadata }: ObjectHead): { readonly sourceCommit: string | null } {
  const sourceCommit = metadata['source-commit'] ?? ''
  return { sourceCommit: /^[0-9a-f]{40,64}$/.test(sourceCommit) ? sourceCommit : null }
}
