/**
 * Engine `lambda`: PublishLayerVersion directly. The call has no idempotency token, so a version is marked by its content
 * digest and looked for before any publish; a claim in the state file keeps two runs from publishing the same at once.
 */
import { asCodedError, CodedError, type ErrorCode } from '../../errors.js'
import type { DeployedVersion, LayerProperties } from '../../model.js'
import type { LayerVersionDetail, LayerVersionSummary } from '../../ports/aws.js'
import type { Target } from '../target.js'
import type { Engine, EngineContext, Observation, Published, PublishOrder } from './engine.js'
import { pollUntil } from './poll.js'
import { readState, writeState, type ReadState, type StateFile } from './state-file.js'
import { assertNotOvertaken, comparePublished, verifyPublished } from './verify.js'

/** A claim is overdue after this time: longer than PublishLayerVersion can be under way (one attempt of 15 s). */
export const claimSeconds = 30
/** For how long a version that was published but not acknowledged is looked for (ListLayerVersions lags behind). */
export const settleSeconds = 10

export function createLambdaEngine(context: EngineContext): Engine {
  return {
    observe: target => observe(context, target),
    publish: order => publish(context, order),
    refreshRecord: async order => {
      const { objects } = context.region(order.target.region)
      const read = await readState(objects, order.target)
      assertNotOvertaken(order.target, order.previous, currentOf(read.state))
      const artifactSha256 = order.previous.artifactSha256 ?? order.record.artifactSha256
      const record = { ...order.record, artifactSha256 }
      const written = await writeState(objects, order.target, read, { ...read.state, record })
      if (written === null) await assertStillCurrent(context, order.target, order.previous)
    }
  }
}

async function observe(context: EngineContext, target: Target): Promise<Observation> {
  const { objects, layers } = context.region(target.region)
  const { state } = await readState(objects, target)
  if (state.version === null) {
    const newest = (await layers.list(target.layerName))[0]
    return { deployed: newest === undefined ? null : unrecorded(newest), verdicts: [] }
  }
  const detail = await layers.get(target.layerName, state.version)
  const { record } = state
  const deployed: DeployedVersion = {
    version: state.version,
    arn: detail?.arn ?? layerVersionArn(target, state.version),
    sourceDigest: record.sourceDigest ?? null,
    contentDigest: record.contentDigest ?? null,
    artifactSha256: record.artifactSha256 ?? null,
    commit: record.commit ?? null,
    sourceCommit: record.sourceCommit ?? null,
    sizeBytes: detail?.sizeBytes ?? null,
    properties: detail === null ? null : declared(detail)
  }
  return { deployed, verdicts: [] }
}

async function publish(context: EngineContext, order: PublishOrder): Promise<Published> {
  const { layers } = context.region(order.target.region)
  const claimed = await claim(context, order)
  if (claimed.kind === 'done') return verifyPublished(layers, order.target, claimed.version, order.artifact, 'adopted')
  const after = claimed.read.state.version ?? 0
  const found = lowest(await layers.list(order.target.layerName), order, after)
  const published =
    found === undefined
      ? await publishOnce(context, order, after)
      : await verifyPublished(layers, order.target, found.version, order.artifact, 'adopted')
  const final: StateFile = { version: published.version, record: order.record, claim: null }
  const written = await writeState(context.region(order.target.region).objects, order.target, claimed.read, final)
  if (written === null) await assertStillCurrent(context, order.target, { version: published.version })
  return published
}

type Claimed = { readonly kind: 'ours'; readonly read: ReadState } | { readonly kind: 'done'; readonly version: number }

/** Waits while another run's claim is fresh; ends with the state file naming us, or with the other run's version. */
function claim(context: EngineContext, order: PublishOrder): Promise<Claimed> {
  const { target, record } = order
  const { objects } = context.region(target.region)
  return pollUntil<Claimed>(context, async () => {
    const read = await readState(objects, target)
    const { state } = read
    if (
      state.version !== null &&
      state.version !== order.previous?.version &&
      state.record.contentDigest === record.contentDigest
    ) {
      return { kind: 'done', version: state.version }
    }
    // Versions that nobody recorded count as deployed for the plan, but not for the state file.
    if (state.version !== null || order.previous?.sourceDigest != null)
      assertNotOvertaken(target, order.previous, currentOf(state))
    const now = context.clock.now()
    const { claim: other } = state
    if (other !== null && other.run !== context.run && now - other.at < claimSeconds * 1000) return undefined
    const ours = { contentDigest: record.contentDigest, run: context.run, at: now }
    const written = await writeState(objects, target, read, { ...state, claim: ours })
    return written === null ? undefined : { kind: 'ours', read: written }
  })
}

/** One publish; where its answer is lost, the version is looked for instead of published again. */
async function publishOnce(context: EngineContext, order: PublishOrder, after: number): Promise<Published> {
  const { layers } = context.region(order.target.region)
  const description = markedDescription(order.properties.description, order.record.contentDigest)
  let detail: LayerVersionDetail
  try {
    const { bucket, key } = order.artifact
    detail = await layers.publish({ ...order.properties, description, layerName: order.target.layerName, bucket, key })
  } catch (error) {
    if (isRefusal(error)) throw error
    const found = await findSettled(context, order, after)
    if (found === undefined) throw error
    return verifyPublished(layers, order.target, found.version, order.artifact, 'published')
  }
  return comparePublished(order.target, detail.version, detail, order.artifact, 'published')
}

/** AWS said no: nothing was published. Everything else leaves it open. */
function isRefusal(error: unknown): boolean {
  const refusals: readonly ErrorCode[] = ['ACCESS_DENIED', 'NO_CREDENTIALS', 'BUCKET_OWNER_MISMATCH']
  const coded = asCodedError(error)
  const status =
    (coded.cause as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode ?? 0
  return refusals.includes(coded.code) || (status >= 400 && status < 500)
}

async function findSettled(
  context: EngineContext,
  order: PublishOrder,
  after: number
): Promise<LayerVersionSummary | undefined> {
  const until = context.clock.now() + settleSeconds * 1000
  const found = await pollUntil<LayerVersionSummary | 'none'>(context, async () => {
    const version = lowest(await context.region(order.target.region).layers.list(order.target.layerName), order, after)
    return version ?? (context.clock.now() >= until ? 'none' : undefined)
  })
  return found === 'none' ? undefined : found
}

/** The oldest version above `after` that bears the order's content digest. */
function lowest(
  versions: readonly LayerVersionSummary[],
  order: PublishOrder,
  after: number
): LayerVersionSummary | undefined {
  return versions
    .filter(version => version.version > after && contentDigestOf(version.description) === order.record.contentDigest)
    .at(-1)
}

/** Somebody wrote the state file under our hands: that is fine only if it names the version that we mean too. */
async function assertStillCurrent(
  context: EngineContext,
  target: Target,
  ours: { readonly version: number }
): Promise<void> {
  const { state } = await readState(context.region(target.region).objects, target)
  if (state.version === ours.version) return
  throw new CodedError('STALE_RUN', {
    expected: `version ${ours.version} of ${target.layerName} in ${target.region} in the state file`,
    found: `version ${state.version ?? 'none'}, written by another run meanwhile`,
    mend: 'let the newer run stand, or run again to plan anew'
  })
}

function currentOf(state: StateFile): { version: number; commit: string | null } | null {
  return state.version === null ? null : { version: state.version, commit: state.record.commit ?? null }
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
    sourceCommit: null,
    sizeBytes: null,
    properties: declared(version)
  }
}

const marker = / ?\[content:([0-9a-f]{64})\]$/

/** The description as Lambda keeps it: `text [content:<64 hex>]`. */
export function markedDescription(description: string, contentDigest: string): string {
  return `${description} [content:${contentDigest}]`
}

export function contentDigestOf(description: string): string | null {
  return marker.exec(description)?.[1] ?? null
}

function declared(version: LayerVersionSummary): LayerProperties {
  const { licenseInfo, compatibleRuntimes, compatibleArchitectures } = version
  return {
    description: version.description.replace(marker, ''),
    licenseInfo,
    compatibleRuntimes,
    compatibleArchitectures
  }
}

function layerVersionArn(target: Target, version: number): string {
  const partition = target.region.startsWith('cn-')
    ? 'aws-cn'
    : target.region.startsWith('us-gov-')
      ? 'aws-us-gov'
      : 'aws'
  return `arn:${partition}:lambda:${target.region}:${target.accountId}:layer:${target.layerName}:${version}`
}
