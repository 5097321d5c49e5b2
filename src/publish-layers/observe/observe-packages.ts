/** Which packages of what would be published differ from what each region runs: read for the report, never for a decision. */
import type { Facts } from '../plan/facts.js'
import { open } from 'node:fs/promises'
import { namesFromEnd, type ReadEnd } from '../../build-layers/archive/directory-names.js'
import { packagesIn } from '../../build-layers/inspect/package-versions.js'
import type { Artifact, DeployedVersion, PackageChange, PackageVersion } from '../../model/index.js'
import type { Aws } from '../../ports/aws.js'
import type { Log } from '../../ports/log.js'
import { placeOf } from '../apply/stored-artifact.js'
import { packageChanges } from '../plan/package-changes.js'
import { targetKey, type Target } from '../target.js'

export interface PackagePorts {
  readonly aws: Aws
  readonly log: Log
  readonly signal: AbortSignal
}

export interface ObservedPackages {
  readonly facts: Required<Pick<Facts, 'deployed' | 'packagesChanged'>>
  /** By `targetKey`: whose bucket gave the archive that runs now. */
  readonly answered: ReadonlySet<string>
}

/** What is stored under a content digest: its packages, and the size of its zip. */
interface Stored {
  readonly packages: readonly PackageVersion[]
  readonly sizeBytes: number
}

/**
 * What changes in the packages, by `targetKey`, and what the archives that run now weigh; what is missing is not known. The archive that a region runs lies in the bucket under its content digest: its end is
 * read, one call for each of a layer's contents, however many regions run it.
 */
export async function observePackages(
  { deployed }: Pick<Facts, 'deployed'>,
  targets: readonly Target[],
  artifacts: ReadonlyMap<string, Artifact>,
  ports: PackagePorts
): Promise<ObservedPackages> {
  const reads = new Map<string, Promise<Stored | null>>()
  const once = (key: string, read: () => Promise<Stored | null>) => {
    const known = reads.get(key) ?? read()
    reads.set(key, known)
    return known
  }
  const found = targets.map(async target => {
    const artifact = artifacts.get(target.layerId)
    const version = deployed.get(targetKey(target))
    if (artifact === undefined || version === undefined) return []
    const digest = version?.contentDigest ?? null
    if (version !== null && digest === null) return []
    const [before, after] = await Promise.all([
      digest === null ? nothing : once(`${target.layerId} ${digest}`, () => storedAt(target, digest, ports)),
      once(target.layerId, () => storedIn(endOfFile(artifact.file)))
    ])
    if (before === null || after === null) return []
    const sizeBytes = version?.sizeBytes ?? before.sizeBytes
    const changes = packageChanges(before.packages, after.packages)
    return [{ key: targetKey(target), changes, version, sizeBytes, isRead: before !== nothing }]
  })
  const known = (await Promise.all(found)).flat()
  const weighed = known.flatMap(({ key, version, sizeBytes }) =>
    version == null ? [] : [[key, { ...version, sizeBytes }] as const]
  )
  const facts = {
    deployed: new Map<string, DeployedVersion | null>([...deployed, ...weighed]),
    packagesChanged: new Map<string, readonly PackageChange[]>(known.map(({ key, changes }) => [key, changes]))
  }
  return { facts, answered: new Set(known.flatMap(({ key, isRead }) => (isRead ? [key] : []))) }
}

const nothing: Stored = { packages: [], sizeBytes: 0 }

/** A role that plans need not be allowed to read archives: then it is not known what changes. */
async function storedAt(
  target: Target,
  contentDigest: string,
  { aws, log, signal }: PackagePorts
): Promise<Stored | null> {
  const { objects } = aws.region(target.region)
  try {
    return await storedIn(count => objects.end(placeOf(target, contentDigest), count))
  } catch (error) {
    if (signal.aborted) throw error
    log.debug(`What ${target.layerName} holds in ${target.region} is not known: ${String(error)}`)
    return null
  }
}

async function storedIn(read: ReadEnd): Promise<Stored | null> {
  let sizeBytes = 0
  const names = await namesFromEnd(async count => {
    const end = await read(count)
    sizeBytes = end?.sizeBytes ?? 0
    return end
  })
  return names === null ? null : { packages: packagesIn(names), sizeBytes }
}

function endOfFile(path: string): ReadEnd {
  return async count => {
    const file = await open(path)
    try {
      const { size } = await file.stat()
      const bytes = Buffer.alloc(Math.min(count, size))
      await file.read(bytes, 0, bytes.byteLength, size - bytes.byteLength)
      return { bytes, sizeBytes: size }
    } finally {
      await file.close()
    }
  }
}
