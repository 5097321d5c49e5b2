/** Engine `cloudformation`: one stack per layer and region, changed through a change set only. */
import type { LayerVersionSummary, StackDescription } from '../../../ports/inventory.js'
import type { Access, LayerProperties } from '../../../model/index.js'
import type { LayerVersions, Stacks } from '../../../ports/aws.js'
import { carriedOver, sameAccess, type Target } from '../../target.js'
import { succeeding, tagsOf } from '../../deploy-record.js'
import { accessOfStack } from './stack-access.js'
import { generationOf } from './stack-template.js'
import { applyChangeSet, type StackChange, noTurn, type Turn } from './change-set.js'
import { currentOf, deployedOf, withoutVersion } from './current-version.js'
import {
  noListing,
  type Engine,
  type EngineContext,
  type Foreknown,
  type Observation,
  type Published,
  type PublishOrder,
  type RecordOrder,
  type RegionListing
} from '../engine.js'
import { listStacks, vouchedFor } from '../listing.js'
import { stackReadiness, assertWritable, isRecreatable, stackVerdicts } from './stack-status.js'
import { publishedStack, recordedStack } from './stack-definition.js'
import { describedStacks, type DescribedStacks, waitedFor } from './described-stacks.js'
import { settledStack, type WaitingContext } from './stack-operation.js'
import {
  assertNotOvertaken,
  changesAnyway,
  isDone,
  isGone,
  sameOrigin,
  readVersion,
  verifyPublished,
  verifyParameter,
  verifySharing
} from '../verify.js'

/** How often the stack may turn out to be other than it was described before we give up. */
const maximumAttempts = 10

/** At most: a page ends at 1 MB ("DescribeStacks", AWS CloudFormation API reference). */
const stacksOnPage = 100

/** What the engine's work has in common. */
interface StackContext extends WaitingContext {
  readonly described: DescribedStacks
}

export function createCloudFormationEngine(engineContext: EngineContext): Engine {
  const regions = new Map<string, Stacks>()
  /** By region, once they were listed: with those that this run may make. */
  const counts = new Map<string, number>()
  const waited = (region: string): Stacks => {
    const pages = (): number => Math.ceil((counts.get(region) ?? Infinity) / stacksOnPage)
    const known = regions.get(region) ?? waitedFor(engineContext.region(region), pages)
    regions.set(region, known)
    return known
  }
  const context: StackContext = { ...engineContext, described: describedStacks(), waited }
  return {
    async list(targets) {
      const listing = await listStacks(context, targets)
      const [region, found] = [targets[0]?.region, listing.stacks?.size]
      if (region !== undefined && found !== undefined) counts.set(region, found + targets.length)
      return listing
    },
    observe: (target, wait, known) => observe(context, target, wait, known),
    readVersion: (target, deployed) => readVersion(context, target, deployed, propertiesOf),
    publish: order => publish(context, order),
    refreshRecord: order => refreshRecord(context, order),
    adjust: target => adjust(context, target)
  }
}

async function observe(context: StackContext, target: Target, wait: boolean, known?: Foreknown): Promise<Observation> {
  const { stacks } = context.region(target.region)
  const listing = known?.listing ?? noListing
  const at = listing.stacks === null ? context.clock.now() : listing.at
  const stack = await describedStack(context, target, wait, listing)
  context.described.remember(target, stack, at)
  const recreatable = isRecreatable(target, context, stack)
  const held = recreatable ? await stacks.heldVersions(target.stackName) : null
  const verdicts = stackVerdicts(target, context, stack, held)
  const current = currentOf(stack)
  if (current === null) return { deployed: null, verdicts, protectionDiffers: false }
  const protectionDiffers = differsInProtection(target, stack)
  const recorded = deployedOf(current, accessOfStack(stack))
  if (changesAnyway(recorded, known)) return { deployed: { ...recorded, unread: true }, verdicts, protectionDiffers }
  const vouched = vouchedFor(listing, target.layerName, current.version)
  if (vouched !== null)
    return { deployed: { ...recorded, properties: propertiesOf(vouched) }, verdicts, protectionDiffers }
  const read = await readVersion(context, target, recorded, propertiesOf)
  return { deployed: read.deployed, verdicts: [...verdicts, ...read.verdicts], protectionDiffers }
}

async function describedStack(
  context: StackContext,
  target: Target,
  wait: boolean,
  listing: RegionListing
): Promise<StackDescription | null> {
  const listed = listing.stacks === null ? undefined : (listing.stacks.get(target.stackName) ?? null)
  const isSettled = listed === null || (listed !== undefined && stackReadiness(listed.status) !== 'wait')
  if (listed !== undefined && (isSettled || !wait)) return listed
  return wait ? settledStack(context, target) : context.region(target.region).stacks.describe(target.stackName)
}

function propertiesOf(version: LayerVersionSummary): LayerProperties {
  const { description, licenseInfo, compatibleRuntimes, compatibleArchitectures } = version
  return { description, licenseInfo, compatibleRuntimes, compatibleArchitectures }
}

function differsInProtection({ terminationProtection }: Target, stack: StackDescription | null): boolean {
  return stack !== null && terminationProtection !== null && stack.terminationProtection !== terminationProtection
}

async function adjust(context: StackContext, target: Target): Promise<void> {
  const stack = await settledStack(context, target)
  assertWritable(target, context, stack)
  await settle(context, target, stack)
}

/** A change set cannot carry the protection: it is set beside it. */
async function settle(context: EngineContext, target: Target, stack: StackDescription | null): Promise<void> {
  if (!differsInProtection(target, stack)) return
  const { stacks } = context.region(target.region)
  await stacks.protect(target.stackName, target.terminationProtection === true)
}

async function publish(context: StackContext, order: PublishOrder): Promise<Published> {
  const { target, previous } = order
  const changing: { before?: StackDescription | null } = {}
  const { stack, changed } = await applyUntilDone(context, target, before => {
    const current = currentOf(before)
    if (isDone(order, current)) return null
    assertNotOvertaken(target, previous, current)
    changing.before = before
    return publishChange(context, order, before)
  })
  const current = currentOf(stack)
  if (current === null) throw withoutVersion(target.stackName, 'a stack without it')
  if (changed && !isDone(order, current)) assertNotOvertaken(target, previous, current)
  const { layers } = context.region(target.region)
  await settle(context, target, stack)
  const published = await verifyPublished(
    layers,
    target,
    current.version,
    order.artifact,
    changed && currentOf(changing.before ?? null)?.version !== current.version ? 'published' : 'adopted'
  )
  await openAccess(context, order, stack)
  const anewOf = changing.before === null && changed ? await sameContentBefore(layers, published, target) : null
  return anewOf === null ? published : { ...published, anewOf }
}

/**
 * Numbers of versions are never used twice: a stack that was just created and did not make the first one follows another,
 * which somebody deleted. Its last version stays; `null`: there is none, or of other content.
 */
async function sameContentBefore(
  layers: LayerVersions,
  { version, codeSha256 }: Published,
  { layerName }: Target
): Promise<number | null> {
  const before = version > 1 ? await layers.get(layerName, version - 1) : null
  return before?.codeSha256 === codeSha256 ? before.version : null
}

/** What the version did not take over from the one before it. */
async function openAccess(context: StackContext, order: PublishOrder, stack: StackDescription | null): Promise<void> {
  const { target, record, properties } = order
  const opened = sameAccess(accessOfStack(stack), target.access)
  // A rollback leaves an own template as it is: what else is configured comes with the next deploy.
  if (!opened && target.template?.read === null) return
  const settled = opened
    ? stack
    : await applyUntilDone(context, target, before => {
        if (sameAccess(accessOfStack(before), target.access)) return null
        const current = currentOf(before)
        if (!isDone(order, current)) assertNotOvertaken(target, order.previous, current)
        return before === null ? null : recordChange(context, before, { target, record, properties })
      }).then(brought => brought.stack)
  await verifyAccess(context, target, settled)
}

async function verifyAccess(
  context: EngineContext,
  target: Target,
  stack: StackDescription | null,
  before?: Access
): Promise<void> {
  const current = currentOf(stack)
  if (stack === null || current === null) return
  verifyParameter(target, current.arn, stack)
  await verifySharing(context.region(target.region).permissions, target, current.version, before)
}

async function refreshRecord(
  context: StackContext,
  { target, previous, record, properties }: RecordOrder
): Promise<void> {
  const { stack } = await applyUntilDone(context, target, before => {
    const current = currentOf(before)
    const opened = sameAccess(accessOfStack(before), target.access)
    if (opened && current?.version === previous.version && sameOrigin(current.record, record)) return null
    assertNotOvertaken(target, previous, current)
    if (before === null) return null
    const artifactSha256 = current?.record.artifactSha256 ?? record.artifactSha256
    return recordChange(context, before, { target, properties, record: { ...record, artifactSha256 } })
  })
  await settle(context, target, stack)
  await verifyAccess(context, target, stack, previous.access)
}

/** All but the version: its record, and how others reach it. */
function recordChange(
  context: EngineContext,
  before: StackDescription,
  { target, properties, record }: Pick<PublishOrder, 'target' | 'properties' | 'record'>
): StackChange {
  const current = currentOf(before)
  return {
    target,
    brings: 'record',
    ...recordedStack(target, properties, before),
    tags: tagsOf(succeeding(record, current, current?.version ?? null, context.repositoryId), before.tags)
  }
}

/**
 * Changes the stack until nothing is left to do.
 * @param decide for the stack as it stands: the change, or `null` where all is done; throws where it must not be changed
 */
async function applyUntilDone(
  context: StackContext,
  target: Target,
  decide: (before: StackDescription | null) => StackChange | null
): Promise<{ readonly stack: StackDescription | null; readonly changed: boolean }> {
  const turns: Turn[] = []
  for (let attempt = 1; attempt <= maximumAttempts; attempt++) {
    const described = context.described.take(target, context.clock.now())
    const before = described === undefined ? await settledStack(context, target) : described
    if (await removeFailed(context, target, before)) continue
    const change = decide(before)
    if (change === null) return { stack: before, changed: false }
    assertWritable(target, context, before)
    const outcome = await applyChangeSet(context, before, change, attempt)
    if (outcome.kind === 'executed') return { stack: outcome.stack, changed: true }
    // Of a stack as it was observed: another run may have changed it meanwhile.
    if (outcome.kind === 'no-changes' && described === undefined) return { stack: before, changed: false }
    const why = outcome.kind === 'again' ? outcome.why : 'a change set without a change'
    turns.push({ before, why })
    if (described !== undefined) continue
    await context.clock.sleep(100 + Math.random() * 400, context.signal)
  }
  throw noTurn(target.stackName, turns)
}

/**
 * Deletes a stack that may be created anew. A run that is killed after it leaves no stack, or one that goes: the next creates it.
 * @throws CodedError STACK_NOT_READY where it holds a version
 */
async function removeFailed(context: EngineContext, target: Target, stack: StackDescription | null): Promise<boolean> {
  if (stack === null || !isRecreatable(target, context, stack)) return false
  const { stacks } = context.region(target.region)
  const held = await stacks.heldVersions(stack.name)
  assertWritable(target, context, stack, held)
  await stacks.delete(stack.name, stack.id)
  return true
}

function publishChange(context: EngineContext, order: PublishOrder, before: StackDescription | null): StackChange {
  const { target, properties, artifact, record, previous } = order
  const current = before === null ? 1 : generationOf(before.parameters)
  // The version that the stack believes in is gone: only a new logical id makes CloudFormation publish again.
  const generation = previous !== null && isGone(previous) ? current + 1 : current
  const access = carriedOver(accessOfStack(before), target.access)
  return {
    target,
    brings: 'version',
    ...publishedStack({ target, properties, artifact, previous }, before, generation, access),
    tags: tagsOf(succeeding(record, currentOf(before), null, context.repositoryId), before?.tags)
  }
}
