/** The output `matrix`: what a workflow fans `deploy` out over. Source: GitHub Actions, "Workflow syntax: strategy.matrix". */
import type { LayerResult, RunResult } from '../../model/index.js'

export interface MatrixEntry {
  /** Comma-joined layer ids, as the input `layers` takes them. */
  readonly layers: string
  readonly region: string
  readonly environment: string
}

/** GitHub generates at most this many jobs from a matrix. */
const MATRIX_LIMIT = 256

/** An archive of so many bytes takes about as long to build and upload as a stack takes to change. */
const bytesPerStackChange = 10_000_000

interface Work {
  readonly layerId: string
  readonly weight: number
}

/** One entry per changed layer and region; beyond `limit`, layers of a region share entries of about the same work. */
export function matrixOf(
  result: Pick<RunResult, 'layers' | 'changedLayers' | 'regions' | 'environment'>,
  limit = MATRIX_LIMIT
): readonly MatrixEntry[] {
  const environment = result.environment?.name ?? ''
  const byRegion = workByRegion(result)
  const shares = entryShares(
    [...byRegion.values()].map(works => works.length),
    limit
  )
  return [...byRegion].flatMap(([region, works], index) =>
    balanced(works, shares[index] ?? 1).map(ids => ({ layers: ids.join(','), region, environment }))
  )
}

function workByRegion(result: Pick<RunResult, 'layers' | 'changedLayers' | 'regions'>): Map<string, Work[]> {
  const rowsOf = new Map<string, LayerResult[]>()
  for (const row of result.layers) rowsOf.set(row.layerId, [...(rowsOf.get(row.layerId) ?? []), row])
  const usual = usualBytes(result.layers)
  const byRegion = new Map<string, Work[]>()
  for (const layerId of new Set(result.changedLayers)) {
    const rows = rowsOf.get(layerId) ?? []
    const regions = rows.length === 0 ? result.regions : rows.filter(isWork).map(row => row.region)
    // What was deployed last tells best what the next one will weigh, in whichever region that was.
    const sizeBytes = Math.max(...rows.map(row => row.sizeBytes ?? 0), 0) || usual
    const work = { layerId, weight: 1 + sizeBytes / bytesPerStackChange }
    for (const region of new Set(regions)) byRegion.set(region, [...(byRegion.get(region) ?? []), work])
  }
  return byRegion
}

/** The mean of the known sizes stands in for one that is not known. */
function usualBytes(rows: readonly LayerResult[]): number {
  const known = rows.flatMap(({ sizeBytes }) => sizeBytes ?? [])
  return known.length === 0 ? 0 : known.reduce((sum, size) => sum + size, 0) / known.length
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

/**
 * `parts` entries, none empty, in the order of their first layers: the heaviest layer first, each to the lightest entry (within
 * a third of the best there is: Graham, "Bounds on multiprocessing timing anomalies").
 */
function balanced(works: readonly Work[], parts: number): readonly (readonly string[])[] {
  const places = works.map((work, place) => ({ ...work, place }))
  const entries = Array.from({ length: Math.min(parts, works.length) }, () => ({ weight: 0, places: [] as number[] }))
  for (const { weight, place } of places.sort((a, b) => b.weight - a.weight || a.place - b.place)) {
    const lightest = entries.reduce((best, entry) => (entry.weight < best.weight ? entry : best))
    lightest.weight += weight
    lightest.places.push(place)
  }
  return entries
    .map(entry => entry.places.sort((a, b) => a - b))
    .sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))
    .map(entry => entry.flatMap(place => works[place]?.layerId ?? []))
}
