/**
 * The versions that hold what is ordered already: left by a killed run, by a run beside us, or by a publish whose answer was lost. They
 * are known by a mark in their description: ListLayerVersions tells no hash.
 */
import type { LayerVersionSummary } from '../../../ports/inventory.js'
import { sameProperties } from '../../target.js'
import type { StateFile } from './state-file.js'
import type { LayerVersions, ObjectStore } from '../../../ports/aws.js'
import type { EngineContext, PublishOrder } from '../engine.js'
import type { LayerProperties } from '../../../model/index.js'

export interface Found {
  /** Oldest first. */
  readonly matching: readonly number[]
  /** The newest version number seen, whatever it holds; at least the recorded one. */
  readonly newest: number
  /** Versions of ours, newer than the recorded one, that hold something else: made by a run that could not record them. */
  readonly unrecordedVersions: readonly number[]
}

/** How many numbers below a new version are looked at one by one. */
const mostSkipped = 10

/**
 * @param state only versions later than the recorded one count
 * @param thorough asks for the next numbers one by one, too: ListLayerVersions lags behind, and numbers are given without gaps
 */
export async function findVersions(job: PublishJob, state: StateFile, thorough: boolean): Promise<Found> {
  const after = state.version ?? 0
  const { layers, order } = job
  const seen: LayerVersionSummary[] = [...(await layers.list(order.target.layerName))]
  let newest = Math.max(after, ...seen.map(({ version }) => version))
  while (thorough) {
    const next = await layers.get(order.target.layerName, newest + 1)
    if (next === null) break
    seen.push(next)
    newest = next.version
  }
  const later = seen.filter(({ version }) => version > after)
  const [matching, others] = [later.filter(one => holdsOrder(job, one)), later.filter(one => !holdsOrder(job, one))]
  // Without a record, every version of an earlier record would look like one.
  const unrecordedVersions =
    state.version === null ? [] : others.filter(({ description }) => contentDigestOf(description) !== null)
  return { matching: numbersOf(matching), newest, unrecordedVersions: numbersOf(unrecordedVersions) }
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

function numbersOf(versions: readonly LayerVersionSummary[]): readonly number[] {
  return versions.map(({ version }) => version).sort((a, b) => a - b)
}

function holdsOrder({ order }: PublishJob, version: LayerVersionSummary): boolean {
  return (
    contentDigestOf(version.description) === order.record.contentDigest &&
    sameProperties(declaredProperties(version), order.properties)
  )
}

/** One publish of engine `lambda`: what is ordered, and what it is done with. */
export interface PublishJob {
  readonly context: EngineContext
  readonly order: PublishOrder
  readonly objects: ObjectStore
  readonly layers: LayerVersions
}

/** Engine `lambda` marks a version by its content digest: ListLayerVersions tells no hash, but it tells the description. */
const marker = / ?\[content:([0-9a-f]{64})\]$/

/** The description as Lambda keeps it: `text [content:<64 hex>]`. */
export function markedDescription(description: string, contentDigest: string): string {
  return `${description} [content:${contentDigest}]`
}

export function contentDigestOf(description: string): string | null {
  return marker.exec(description)?.[1] ?? null
}

/** What the version declares, without our mark. */
export function declaredProperties(version: LayerVersionSummary): LayerProperties {
  const { licenseInfo, compatibleRuntimes, compatibleArchitectures } = version
  const description = version.description.replace(marker, '')
  return { description, licenseInfo, compatibleRuntimes, compatibleArchitectures }
}
