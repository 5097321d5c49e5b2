/** What the buckets hold before anything is written: the archives that run now, and what lies under the keys of what was built. */
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import pLimit from 'p-limit'
import type { Facts } from '../../plan/facts.js'
import type { Artifact, Layer, Verdict } from '../../../model/index.js'
import { settled, CodedError } from '../../../model/errors.js'
import { targetKey, type Target } from '../../target.js'
import { observePackages, type ObservedPackages } from './observe-packages.js'
import type { ContentPorts } from './stored-content.js'
import { inspectArchive } from '../../../build-layers/archive/inspect-archive.js'
import type { Aws } from '../../../ports/aws.js'
import { findStored, type Inspect } from '../../apply/stored-artifact.js'
import type { StoredArtifact } from '../../engines/engine.js'

/** Up to this size an archive that lies there already may be sent in vain: S3 refuses it (`If-None-Match`), and it is looked at then. */
const mostSentUnseen = 5_000_000

export interface BucketContents {
  readonly buckets: ObservedBuckets
  readonly packages: ObservedPackages
}

/** @param targets those that are to be published */
export async function observeContents(
  facts: Facts,
  targets: readonly Target[],
  artifacts: ReadonlyMap<string, Artifact>,
  layers: readonly Layer[],
  ports: BucketPorts & ContentPorts
): Promise<BucketContents> {
  const only = sentUnseen(facts, targets, artifacts)
  const look = () => observeBuckets(facts, targets, artifacts, layers, ports)
  const reading = observePackages(facts, targets, artifacts, ports)
  if (only === null) {
    const [buckets, packages] = await settled([look(), reading])
    return { buckets, packages }
  }
  const packages = await reading
  const isOurs = packages.answered.has(targetKey(only))
  return { packages, buckets: isOurs ? { stored: new Map(), verdicts: [ownBucket(only)] } : await look() }
}

/**
 * The one target of a run that publishes no other: nothing else is written where its archive turns out to be altered. What is proven
 * elsewhere, and a run that writes nothing, are looked at in any case. `null`: look.
 */
function sentUnseen(
  { environment, dryRun }: Facts,
  targets: readonly Target[],
  artifacts: ReadonlyMap<string, Artifact>
): Target | null {
  const [only, ...others] = targets
  if (only === undefined || others.length > 0 || dryRun || environment.promoteFrom !== null) return null
  const artifact = artifacts.get(only.layerId)
  return artifact !== undefined && artifact.sizeBytes <= mostSentUnseen ? only : null
}

/** The read of the archive that runs now named the owner, as every request does. */
function ownBucket({ bucket, region, accountId }: Target): Verdict {
  const subject = `${bucket} in ${region}`
  return { guard: 'BUCKET_OWNER_MISMATCH', subject, passed: true, detail: `owned by ${accountId}` }
}

interface BucketPorts {
  readonly aws: Aws
  /** An absolute path of this run's own. */
  readonly scratchDirectory: string
}

interface ObservedBuckets {
  /** By `targetKey`. */
  readonly stored: ReadonlyMap<string, StoredArtifact | null>
  readonly verdicts: readonly Verdict[]
}

/**
 * Asks each bucket for the artifacts, under the name of its expected owner: a wrong one shows before anything is written, and so
 * does an artifact that somebody altered.
 * @param targets those that are to be published
 */
async function observeBuckets(
  facts: Pick<Facts, 'environment'>,
  targets: readonly Target[],
  artifacts: ReadonlyMap<string, Artifact>,
  layers: readonly Layer[],
  ports: BucketPorts
): Promise<ObservedBuckets> {
  const limit = pLimit(facts.environment.concurrency)
  const inspectOf = inspections(layers, ports)
  const looks = targets.flatMap(target => {
    const artifact = artifacts.get(target.layerId)
    if (artifact === undefined) return []
    const region = ports.aws.region(target.region)
    const look = () => findStored(region, target, artifact, inspectOf(target.layerId))
    return [limit(async () => [target, await foundOrRefusal(look)] as const)]
  })
  const stored = new Map<string, StoredArtifact | null>()
  const verdicts = new Map<string, Verdict>()
  for (const [target, found] of await settled(looks)) {
    const bucket = `${target.bucket} in ${target.region}`
    const isBucket = !(found instanceof CodedError) || found.code !== 'BUCKET_OWNER_MISMATCH'
    if (!isBucket) {
      const { code: guard, finding } = found
      verdicts.set(bucket, { guard, subject: bucket, passed: false, finding })
      continue
    }
    if (!verdicts.has(bucket))
      verdicts.set(bucket, passed('BUCKET_OWNER_MISMATCH', bucket, `owned by ${target.accountId}`))
    if (!(found instanceof CodedError)) {
      stored.set(targetKey(target), found)
      continue
    }
    const subject = targetKey(target)
    verdicts.set(subject, { guard: found.code, subject, passed: false, finding: found.finding })
  }
  return { stored, verdicts: [...verdicts.values()] }
}

function passed(guard: Verdict['guard'], subject: string, detail: string): Verdict {
  return { guard, subject, passed: true, detail }
}

async function foundOrRefusal(look: () => Promise<StoredArtifact | null>): Promise<StoredArtifact | null | CodedError> {
  try {
    return await look()
  } catch (error) {
    const refusals: readonly string[] = ['BUCKET_OWNER_MISMATCH', 'ARTIFACT_ALTERED']
    if (error instanceof CodedError && refusals.includes(error.code)) return error
    throw error
  }
}

/** One archive after the other: each may take as much memory and disk as Lambda takes unzipped. */
function inspections(layers: readonly Layer[], { scratchDirectory }: BucketPorts): (layerId: string) => Inspect {
  const oneByOne = pLimit(1)
  return layerId => zip =>
    oneByOne(async () => {
      const layer = layers.find(({ id }) => id === layerId)
      if (layer === undefined) throw new Error(`no layer ${layerId}`)
      return inspectArchive(layer, zip, await mkdtemp(join(scratchDirectory, 'stored-')))
    })
}
