/** Engine `lambda`: PublishLayerVersion directly; what the tags hold for a stack stands in a state file in the bucket. */
import { partitionOf } from '../../../config/regions.js'
import type { DeployedVersion } from '../../../model/index.js'
import type { LayerVersionSummary } from '../../../ports/aws.js'
import { samePrincipals } from '../../access.js'
import { historyOf, rollbackOf, succeeding } from '../../deploy-record.js'
import type { Target } from '../../target.js'
import { contentDigestOf, declaredProperties } from './content-marker.js'
import type { Engine, EngineContext, Observation, RecordOrder } from '../engine.js'
import { pollUntil } from '../poll.js'
import { publishOnce } from './publish-once.js'
import { shareVersion } from './share-version.js'
import { assertOwn, currentOf, readState, stateVerdict, writeState } from './state-file.js'
import { assertNotOvertaken, sameOrigin, storedBytesVerdict } from '../verify.js'
import { verifySharing } from '../verify-access.js'

export function createLambdaEngine(context: EngineContext): Engine {
  return {
    observe: target => observe(context, target),
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

async function observe(context: EngineContext, target: Target): Promise<Observation> {
  const { objects, layers } = context.region(target.region)
  const { state } = await readState(objects, target)
  const owner = stateVerdict(target, context, state)
  if (state.version === null) {
    const newest = (await layers.list(target.layerName))[0]
    return { deployed: newest === undefined ? null : unrecorded(newest), verdicts: [owner], astray: false }
  }
  const { version, record } = state
  const detail = await layers.get(target.layerName, version)
  const deployed: DeployedVersion = {
    version,
    arn: detail?.arn ?? layerVersionArn(target, version),
    sourceDigest: record.sourceDigest ?? null,
    contentDigest: record.contentDigest ?? null,
    artifactSha256: record.artifactSha256 ?? null,
    commit: record.commit ?? null,
    run: record.run ?? null,
    sourceCommit: record.sourceCommit ?? null,
    sizeBytes: detail?.sizeBytes ?? null,
    ...rollbackOf(record),
    ...historyOf(record),
    properties: detail === null ? null : declaredProperties(detail),
    access: { ssmParameter: null, sharedWith: state.sharedWith }
  }
  return {
    deployed,
    astray: false,
    verdicts: detail === null ? [owner] : [owner, storedBytesVerdict(target, deployed.artifactSha256, detail)]
  }
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
