/** What the output `plan` says of sizes: only a run that builds knows them. */
import type { PlanStep } from './plan.js'

/** `size-change-bytes` is against the zip that the region runs; `null` where that is not known. */
export function sizesOfStep(step: PlanStep): Readonly<Record<string, number | null>> {
  if (step.kind !== 'publish') return {}
  const { sizeBytes, unzippedBytes } = step.artifact
  const before = step.deployed?.sizeBytes ?? null
  return {
    'size-bytes': sizeBytes,
    'unzipped-bytes': unzippedBytes,
    'size-change-bytes': before === null ? null : sizeBytes - before
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
