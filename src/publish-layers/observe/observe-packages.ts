/** Which packages of what would be published differ from what each region runs: read for the report, never for a decision. */
import { open } from 'node:fs/promises'
import { namesFromEnd, type ReadEnd } from '../../build-layers/archive/directory-names.js'
import { packagesIn } from '../../build-layers/inspect/package-versions.js'
import type { Artifact, PackageChange, PackageVersion } from '../../model/index.js'
import type { Aws } from '../../ports/aws.js'
import type { Log } from '../../ports/log.js'
import { placeOf } from '../apply/stored-artifact.js'
import { packageChanges } from '../plan/package-changes.js'
import type { Facts } from '../plan/plan.js'
import { targetKey, type Target } from '../target.js'

export interface PackagePorts {
  readonly aws: Aws
  readonly log: Log
  readonly signal: AbortSignal
}

/**
 * By `targetKey`; what is missing is not known. The archive that a region runs lies in the bucket under its content digest: its end is
 * read, one call for each of a layer's contents, however many regions run it.
 */
export async function observePackages(
  { deployed }: Pick<Facts, 'deployed'>,
  targets: readonly Target[],
  artifacts: ReadonlyMap<string, Artifact>,
  ports: PackagePorts
): Promise<ReadonlyMap<string, readonly PackageChange[]>> {
  const reads = new Map<string, Promise<readonly PackageVersion[] | null>>()
  const once = (key: string, read: () => Promise<readonly PackageVersion[] | null>) => {
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
      digest === null ? [] : once(`${target.layerId} ${digest}`, () => packagesStored(target, digest, ports)),
      once(target.layerId, () => packagesOf(endOfFile(artifact.file)))
    ])
    return before === null || after === null ? [] : [[targetKey(target), packageChanges(before, after)] as const]
  })
  return new Map((await Promise.all(found)).flat())
}

/** A role that plans need not be allowed to read archives: then it is not known what changes. */
async function packagesStored(
  target: Target,
  contentDigest: string,
  { aws, log, signal }: PackagePorts
): Promise<readonly PackageVersion[] | null> {
  const { objects } = aws.region(target.region)
  try {
    return await packagesOf(count => objects.end(placeOf(target, contentDigest), count))
  } catch (error) {
    if (signal.aborted) throw error
    log.debug(`What ${target.layerName} holds in ${target.region} is not known: ${String(error)}`)
    return null
  }
}

async function packagesOf(read: ReadEnd): Promise<readonly PackageVersion[] | null> {
  const names = await namesFromEnd(read)
  return names === null ? null : packagesIn(names)
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
