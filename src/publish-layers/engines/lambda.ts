/** Engine `lambda`: PublishLayerVersion directly; what the tags hold for a stack stands in a state file in the bucket. */
import { partitionOf } from '../../config/regions.js'
import type { DeployedVersion } from '../../model.js'
import type { LayerVersionSummary } from '../../ports/aws.js'
import { rollbackOf } from '../deploy-record.js'
import type { Target } from '../target.js'
import { contentDigestOf, declaredProperties } from './content-marker.js'
import type { Engine, EngineContext, Observation, RecordOrder } from './engine.js'
import { pollUntil } from './poll.js'
import { publishOnce } from './publish-once.js'
import { currentOf, readState, writeState } from './state-file.js'
import { assertNotOvertaken, sameOrigin, storedBytesVerdict } from './verify.js'

export function createLambdaEngine(context: EngineContext): Engine {
  return {
    observe: target => observe(context, target),
    publish: order => {
      const { objects, layers } = context.region(order.target.region)
      return publishOnce({ context, order, objects, layers })
    },
    refreshRecord: order => refreshRecord(context, order),
    adjust: () => Promise.resolve()
  }
}

async function observe(context: EngineContext, target: Target): Promise<Observation> {
  const { objects, layers } = context.region(target.region)
  const { state } = await readState(objects, target)
  if (state.version === null) {
    const newest = (await layers.list(target.layerName))[0]
    return { deployed: newest === undefined ? null : unrecorded(newest), verdicts: [], astray: false }
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
    properties: detail === null ? null : declaredProperties(detail)
  }
  return {
    deployed,
    astray: false,
    verdicts: detail === null ? [] : [storedBytesVerdict(target, deployed.artifactSha256, detail)]
  }
}

async function refreshRecord(context: EngineContext, { target, previous, record }: RecordOrder): Promise<void> {
  const { objects } = context.region(target.region)
  await pollUntil(context, async () => {
    const read = await readState(objects, target)
    const { state } = read
    if (state.version === previous.version && sameOrigin(state.record, record)) return 'done'
    assertNotOvertaken(target, previous, currentOf(state))
    const artifactSha256 = state.record.artifactSha256 ?? record.artifactSha256
    const written = await writeState(objects, target, read, { ...state, record: { ...record, artifactSha256 } })
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
