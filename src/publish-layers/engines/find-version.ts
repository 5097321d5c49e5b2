/** Versions that hold what is ordered already: left by a killed run, by a run beside us, or by a publish whose answer was lost. */
import type { LayerVersionSummary } from '../../ports/aws.js'
import { sameProperties } from '../target.js'
import { contentDigestOf, declaredProperties } from './content-marker.js'
import type { PublishJob } from './publish-job.js'

export interface Found {
  /** Oldest first. */
  readonly matching: readonly number[]
  /** The newest version number seen, whatever it holds; at least `after`. */
  readonly newest: number
}

/** How many numbers below a new version are looked at one by one. */
const mostSkipped = 10

/**
 * @param after only later versions count
 * @param thorough asks for the next numbers one by one, too: ListLayerVersions lags behind, and numbers are given without gaps
 */
export async function findVersions(job: PublishJob, after: number, thorough: boolean): Promise<Found> {
  const { layers, order } = job
  const seen: LayerVersionSummary[] = [...(await layers.list(order.target.layerName))]
  let newest = Math.max(after, ...seen.map(({ version }) => version))
  while (thorough) {
    const next = await layers.get(order.target.layerName, newest + 1)
    if (next === null) break
    seen.push(next)
    newest = next.version
  }
  const matching = seen.filter(version => version.version > after && holdsOrder(job, version))
  return { matching: matching.map(({ version }) => version).sort((a, b) => a - b), newest }
}

/** Versions between the newest one known and a new one: somebody made them meanwhile, or a list did not show them. */
export async function findSkipped(job: PublishJob, newest: number, version: number): Promise<readonly number[]> {
  const matching: number[] = []
  for (let number = Math.max(newest + 1, version - mostSkipped); number < version; number++) {
    const found = await job.layers.get(job.order.target.layerName, number)
    if (found !== null && holdsOrder(job, found)) matching.push(number)
  }
  return matching
}

function holdsOrder({ order }: PublishJob, version: LayerVersionSummary): boolean {
  return (
    contentDigestOf(version.description) === order.record.contentDigest &&
    sameProperties(declaredProperties(version), order.properties)
  )
}
