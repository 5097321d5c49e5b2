/** What the buckets hold before anything is written: the archives that run now, and what lies under the keys of what was built. */
import type { Facts } from '../../plan/facts.js'
import type { Artifact, Layer, Verdict } from '../../../model/index.js'
import { settled } from '../../../model/errors.js'
import { targetKey, type Target } from '../../target.js'
import { observeBuckets, type BucketPorts, type ObservedBuckets } from './observe-buckets.js'
import { observePackages, type ObservedPackages } from './observe-packages.js'
import type { ContentPorts } from './stored-content.js'

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
