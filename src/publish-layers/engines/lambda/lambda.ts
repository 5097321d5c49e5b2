/** Engine `lambda`: PublishLayerVersion directly; what the tags hold for a stack stands in a state file in the bucket. */
import type { LayerVersionSummary } from '../../../ports/inventory.js'
import { partitionOf } from '../../../model/naming/regions.js'
import type { DeployedVersion } from '../../../model/index.js'
import { samePrincipals, type Target } from '../../target.js'
import { deployedBy, succeeding } from '../../deploy-record.js'
import { contentDigestOf, declaredProperties } from './find-version.js'
import {
  type Engine,
  type EngineContext,
  type Foreknown,
  type Observation,
  type RecordOrder,
  noListing
} from '../engine.js'
import { listStates, vouchedFor } from '../listing.js'
import { pollUntil } from '../poll.js'
import { publishOnce } from './publish-once.js'
import {
  assertOwn,
  currentOf,
  emptyState,
  readState,
  statePlace,
  stateVerdict,
  writeState,
  type StateFile
} from './state-file.js'
import { assertNotOvertaken, changesAnyway, sameOrigin, readVersion, verifySharing } from '../verify.js'
import type { LayerPermission, LayerPermissions } from '../../../ports/aws.js'

export function createLambdaEngine(context: EngineContext): Engine {
  return {
    list: targets => listStates(context, targets),
    observe: (target, _wait, known) => observe(context, target, known),
    readVersion: (target, deployed) => readVersion(context, target, deployed, declaredProperties),
    publish: async order => {
      const { objects, layers } = context.region(order.target.region)
      const published = await publishOnce({ context, order, objects, layers })
      if (order.target.access.sharedWith.length > 0) await share(context, order.target, published.version)
      return published
    },
    refreshRecord: order => refreshRecord(context, order),
    adjust: () => Promise.resolve()
  }
}

async function observe(context: EngineContext, target: Target, known?: Foreknown): Promise<Observation> {
  const { objects, layers } = context.region(target.region)
  const listing = known?.listing ?? noListing
  const isThere = listing.states?.has(statePlace(target).key) ?? true
  const state = isThere ? (await readState(objects, target)).state : emptyState
  const owner = stateVerdict(target, context, state)
  if (state.version === null) {
    const newest =
      listing.latest === null ? (await layers.list(target.layerName))[0] : listing.latest.get(target.layerName)
    return { deployed: newest === undefined ? null : unrecorded(newest), verdicts: [owner], protectionDiffers: false }
  }
  const recorded = deployedOf(target, state, state.version)
  if (changesAnyway(recorded, known))
    return { deployed: { ...recorded, unread: true }, verdicts: [owner], protectionDiffers: false }
  const vouched = vouchedFor(listing, target.layerName, recorded.version)
  if (vouched !== null) {
    const { arn } = vouched
    const deployed = { ...recorded, arn, properties: declaredProperties(vouched) }
    return { deployed, verdicts: [owner], protectionDiffers: false }
  }
  const read = await readVersion(context, target, recorded, declaredProperties)
  return { deployed: read.deployed, verdicts: [owner, ...read.verdicts], protectionDiffers: false }
}

/** As the state file has it; what AWS has of the version is not read. */
function deployedOf(target: Target, { record, sharedWith }: StateFile, version: number): DeployedVersion {
  const access = { ssmParameter: null, sharedWith }
  return deployedBy(record, { version, arn: layerVersionArn(target, version), access })
}

/** A version that the state file names; what it was shared with is written there last. */
async function share(context: EngineContext, target: Target, version: number): Promise<void> {
  const { objects, permissions } = context.region(target.region)
  const { sharedWith } = target.access
  await pollUntil(context, `a turn to write the state of ${target.layerName}`, async () => {
    const read = await readState(objects, target)
    const { state } = read
    assertOwn(target, context, state)
    // Another run deployed since: it shares its own version.
    if (state.version !== version || samePrincipals(state.sharedWith, sharedWith)) return 'done'
    await shareVersion(permissions, target, version)
    await verifySharing(permissions, target, version)
    return (await writeState(objects, target, read, { ...state, sharedWith })) === null ? undefined : 'done'
  })
}

async function refreshRecord(context: EngineContext, { target, previous, record }: RecordOrder): Promise<void> {
  const { sharedWith } = target.access
  const { objects, permissions } = context.region(target.region)
  await pollUntil(context, `a turn to write the state of ${target.layerName}`, async () => {
    const read = await readState(objects, target)
    const { state } = read
    assertOwn(target, context, state)
    const shared = samePrincipals(state.sharedWith, sharedWith)
    if (shared && state.version === previous.version && sameOrigin(state.record, record)) return 'done'
    assertNotOvertaken(target, previous, currentOf(state))
    const artifactSha256 = state.record.artifactSha256 ?? record.artifactSha256
    if (!shared) {
      await shareVersion(permissions, target, previous.version)
      await verifySharing(permissions, target, previous.version, previous.access)
    }
    const kept = succeeding({ ...record, artifactSha256 }, currentOf(state), previous.version, context.repositoryId)
    const renewed = { ...state, sharedWith, record: kept }
    const written = await writeState(objects, target, read, renewed)
    return written === null ? undefined : 'done'
  })
}

/** A version that no state file names: published by a run that was killed, or by hand. */
function unrecorded(version: LayerVersionSummary): DeployedVersion {
  return {
    version: version.version,
    arn: version.arn,
    sourceDigest: null,
    contentDigest: contentDigestOf(version.description),
    artifactSha256: null,
    commit: null,
    run: null,
    sourceCommit: null,
    sizeBytes: null,
    properties: declaredProperties(version)
  }
}

function layerVersionArn({ region, accountId, layerName }: Target, version: number): string {
  return `arn:${partitionOf(region)}:lambda:${region}:${accountId}:layer:${layerName}:${version}`
}

/** Engine `lambda` shares a version statement by statement; each has an id of its own, so that a second attempt finds it. */
const ours = 'layer-deploy-'

/**
 * The version's policy says what is configured, as far as it is ours: what others added stays, and `verifySharing` finds it.
 * May be repeated after it broke off anywhere.
 */
async function shareVersion(permissions: LayerPermissions, target: Target, version: number): Promise<void> {
  const { layerName, access } = target
  const wanted = access.sharedWith.map((principal): LayerPermission => ({ statementId: ours + principal, principal }))
  const present = await permissions.list(layerName, version)
  for (const { statementId } of present.filter(one => one.statementId.startsWith(ours) && !isAmong(wanted, one))) {
    await permissions.remove(layerName, version, statementId)
  }
  // `exists`: a run beside us, or an answer of ours that was lost.
  for (const permission of wanted.filter(one => !isAmong(present, one))) {
    await permissions.add(layerName, version, permission)
  }
}

function isAmong(permissions: readonly LayerPermission[], { statementId, principal }: LayerPermission): boolean {
  return permissions.some(one => one.statementId === statementId && one.principal === principal)
}
