/**
 * What a region's lists tell of many layers at once, in place of single reads. A list may lag behind, and grows with what others have in
 * the account: what it leaves open is asked for singly, and it is given up where it would take more calls than it saves.
 */
import { type RegionListing, noListing } from './engine.js'
import { CodedError, settled } from '../../model/errors.js'
import type { AwsRegion } from '../../ports/aws.js'
import { TooManyPages, type Inventory, type PublishedVersion } from '../../ports/inventory.js'
import type { Log } from '../../ports/runner.js'
import type { Clock } from '../../ports/process.js'
import type { Target } from '../target.js'
import { statePrefix } from './lambda/state-file.js'

/** Up to so many layers of a region are read one by one: that needs no permission for what others have in the account. */
export const mostSingleReads = 10
/** Of the versions that a list vouches for, so many are read back all the same: those that were made last. */
const readBackCount = 10

interface ListingContext {
  readonly region: (region: string) => AwsRegion
  readonly log: Pick<Log, 'info'>
  readonly clock: Clock
}

/** @param targets of one region */
export async function listStacks(context: ListingContext, targets: readonly Target[]): Promise<RegionListing> {
  const at = context.clock.now()
  const listed = await listing(context, targets, async (inventory, mostPages) => {
    const stacks = await inventory.stacks(mostPages)
    return new Map(stacks.map(stack => [stack.name, stack]))
  })
  return { ...noListing, ...listed.versions, stacks: listed.own, at }
}

/** @param targets of one region */
export async function listStates(context: ListingContext, targets: readonly Target[]): Promise<RegionListing> {
  const listed = await listing(context, targets, async (inventory, mostPages) => {
    // One bucket for all layers of a region.
    const [target] = targets
    if (target === undefined) return new Set<string>()
    const place = { bucket: target.bucket, owner: target.accountId }
    return new Set(await inventory.keys(place, statePrefix, mostPages))
  })
  return { ...noListing, ...listed.versions, states: listed.own }
}

async function listing<T>(
  context: ListingContext,
  targets: readonly Target[],
  listOwn: (inventory: Inventory, mostPages: number) => Promise<T>
): Promise<{ readonly own: T | null; readonly versions: Pick<RegionListing, 'latest' | 'readBack'> }> {
  const [target] = targets
  if (target === undefined || targets.length <= mostSingleReads) {
    return { own: null, versions: noListing }
  }
  const inventory = await context.region(target.region).inventory()
  const mostPages = targets.length
  const told = (error: unknown): null => {
    if (error instanceof TooManyPages) return null
    // Of a bucket that is not ours the single reads say so.
    if (!(error instanceof CodedError) || !/^(ACCESS_DENIED|BUCKET_OWNER_MISMATCH)$/.test(error.code)) throw error
    context.log.info(`The layers of ${target.region} are read one by one: ${error.message}`)
    return null
  }
  const [own, latest] = await settled([
    listOwn(inventory, mostPages).catch(told),
    inventory.latestVersions(mostPages).catch(told)
  ])
  return { own, versions: { latest, readBack: latest === null ? new Set() : newestOf(latest, targets) } }
}

function newestOf(latest: ReadonlyMap<string, PublishedVersion>, targets: readonly Target[]): ReadonlySet<string> {
  const made = targets.flatMap(({ layerName }) => {
    const createdAt = latest.get(layerName)?.createdAt
    return createdAt === undefined ? [] : [{ layerName, createdAt }]
  })
  const newest = made.sort((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0))
  return new Set(newest.slice(0, readBackCount).map(({ layerName }) => layerName))
}

/** The latest version of the layer where it is the one on record and the list may vouch for it; `null`: it is to be read. */
export function vouchedFor(listing: RegionListing, layerName: string, version: number): PublishedVersion | null {
  const latest = listing.latest?.get(layerName)
  return latest?.version === version && !listing.readBack.has(layerName) ? latest : null
}
