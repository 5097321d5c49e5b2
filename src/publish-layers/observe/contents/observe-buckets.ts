/** What lies in each bucket under the keys of what was built: whose bucket it is, and whether its bytes are of use. */
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import pLimit from 'p-limit'
import type { Facts } from '../../plan/facts.js'
import { inspectArchive } from '../../../build-layers/inspect-archive.js'
import { CodedError, settled } from '../../../model/errors.js'
import type { Artifact, Layer, Verdict } from '../../../model/index.js'
import type { Aws } from '../../../ports/aws.js'
import { findStored, type Inspect } from '../../apply/stored-artifact.js'
import type { StoredArtifact } from '../../engines/engine.js'
import { targetKey, type Target } from '../../target.js'

export interface BucketPorts {
  readonly aws: Aws
  /** An absolute path of this run's own. */
  readonly scratchDirectory: string
}

export interface ObservedBuckets {
  /** By `targetKey`. */
  readonly stored: ReadonlyMap<string, StoredArtifact | null>
  readonly verdicts: readonly Verdict[]
}

/**
 * Asks each bucket for the artifacts, under the name of its expected owner: a wrong one shows before anything is written, and so
 * does an artifact that somebody altered.
 * @param targets those that are to be published
 */
export async function observeBuckets(
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
