/** What the output `plan` says of sizes: only a run that builds knows them. */
import type { Facts, PlanStep } from './facts.js'
import type { PackageChange } from '../../model/index.js'
import { shownOwnFiles, shownPackages } from '../../model/packages.js'
import { targetKey, type Target } from '../target.js'

/** `null`: not known. */
export function packagesChangedOf({ packagesChanged }: Facts, target: Target): readonly PackageChange[] | null {
  return packagesChanged.get(targetKey(target)) ?? null
}

/** Both changes are against what the region runs; `null` where that is not known. */
export function sizesOfStep(step: PlanStep): Readonly<Record<string, unknown>> {
  if (step.kind !== 'publish') return {}
  const { sizeBytes, unzippedBytes } = step.artifact
  const before = step.deployed?.sizeBytes ?? null
  return {
    'size-bytes': sizeBytes,
    'unzipped-bytes': unzippedBytes,
    'size-change-bytes': before === null ? null : sizeBytes - before,
    'packages-changed': shownPackages(step.packagesChanged),
    ...shownOwnFiles(step.contentChange)
  }
}

/** By layer id, once for all regions: the largest first. */
export function largestPackagesOf(steps: readonly PlanStep[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    steps.flatMap(step => {
      if (step.kind !== 'publish') return []
      const packages = step.artifact.packages.map(({ name, version, sizeBytes }) => {
        return { name, version, 'size-bytes': sizeBytes }
      })
      return [[step.target.layerId, packages] as const]
    })
  )
}
