/** The output `matrix`: what a workflow fans `deploy` out over. Source: GitHub Actions, "Workflow syntax: strategy.matrix". */
import type { LayerResult, RunResult } from '../model.js'

export interface MatrixEntry {
  /** Comma-joined layer ids, as the input `layers` takes them. */
  readonly layers: string
  readonly region: string
  readonly environment: string
}

/** GitHub generates at most this many jobs from a matrix. */
export const MATRIX_LIMIT = 256

/** One entry per changed layer and region; beyond `limit`, layers of a region share entries evenly. */
export function matrixOf(
  result: Pick<RunResult, 'layers' | 'changedLayers' | 'regions' | 'environment'>,
  limit = MATRIX_LIMIT
): readonly MatrixEntry[] {
  const environment = result.environment?.name ?? ''
  const byRegion = pairsByRegion(result)
  const shares = entryShares(
    [...byRegion.values()].map(layers => layers.length),
    limit
  )
  return [...byRegion].flatMap(([region, layers], index) =>
    evenChunks(layers, shares[index] ?? 1).map(chunk => ({ layers: chunk.join(','), region, environment }))
  )
}

function pairsByRegion(result: Pick<RunResult, 'layers' | 'changedLayers' | 'regions'>): Map<string, string[]> {
  const rowsOf = new Map<string, LayerResult[]>()
  for (const row of result.layers) rowsOf.set(row.layerId, [...(rowsOf.get(row.layerId) ?? []), row])
  const byRegion = new Map<string, string[]>()
  for (const layerId of new Set(result.changedLayers)) {
    const rows = rowsOf.get(layerId) ?? []
    const regions = rows.length === 0 ? result.regions : rows.filter(isWork).map(row => row.region)
    for (const region of new Set(regions)) byRegion.set(region, [...(byRegion.get(region) ?? []), layerId])
  }
  return byRegion
}

/** A removed layer is no longer configured: a job that is asked to deploy it would refuse. */
function isWork(row: LayerResult): boolean {
  return row.status !== 'unchanged' && row.status !== 'skipped' && row.reason !== 'removed'
}

/** How many entries each region gets: all it has if they fit, else a share by size, at least one each. */
function entryShares(counts: readonly number[], limit: number): readonly number[] {
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total <= limit) return counts
  const spare = Math.max(0, limit - counts.length)
  return counts.map(count => 1 + Math.floor((spare * (count - 1)) / Math.max(1, total - counts.length)))
}

/** `parts` consecutive chunks whose sizes differ by at most one. */
function evenChunks<T>(items: readonly T[], parts: number): readonly (readonly T[])[] {
  const count = Math.min(parts, items.length)
  return Array.from({ length: count }, (_unused, index) =>
    items.slice(Math.floor((index * items.length) / count), Math.floor(((index + 1) * items.length) / count))
  )
}
