/** What an environment has proven, kept in GitHub deployments with the task `layer-deploy`: read by the next environment's guard. */
import type { DeploymentRecord, GitHub } from '../../ports/github.js'
import type { ProvenLayer } from '../plan/guards.js'

export const deploymentTask = 'layer-deploy'

/** What stands in a deployment's payload for one layer. */
export interface PromotedLayer extends ProvenLayer {
  readonly artifactSha256: string
}

/** By layer id. */
export type Promotion = ReadonlyMap<string, PromotedLayer>

/** Those of the commits that the environment's branch holds: a proof from anywhere else proves nothing. */
export type OnBranch = (commits: readonly string[]) => Promise<readonly string[]>

export interface ProofSearch {
  /** For each wanted layer itself, where it is proven; else the newest other record of that layer, else `null`. */
  readonly layers: ReadonlyMap<string, ProvenLayer | null>
  /** How many deployments of ours were looked through. */
  readonly searched: number
  /** Ids of layers whose only proof is a commit that the branch does not hold. */
  readonly elsewhere: readonly string[]
}

type Reader = Pick<GitHub, 'deployments' | 'deploymentOutcomes'>

/** A second page is asked for only where the first one names a layer not at all: with the outcomes that makes three calls. */
const mostPages = 2

/**
 * A record counts as proof once its deployment has been successful, whatever became of it later, if the branch of its
 * environment holds its commit.
 * @throws GitHubError, and what `onBranch` throws
 */
export async function readProven(
  github: Reader,
  environment: string,
  wanted: ReadonlyMap<string, ProvenLayer>,
  onBranch: OnBranch
): Promise<ProofSearch> {
  const records: DeploymentRecord[] = []
  let pages = 0
  for await (const page of github.deployments({ environment, task: deploymentTask })) {
    records.push(...page)
    pages += 1
    const named = new Set(records.flatMap(record => proves(record, wanted)))
    if (pages >= mostPages || named.size === wanted.size) break
  }
  const candidates = records.filter(record => proves(record, wanted).length > 0)
  const outcomes = await github.deploymentOutcomes(candidates)
  const successes = candidates.filter(({ id }) => outcomes.get(id)?.states.includes('success') === true)
  return judge(records, successes, wanted, onBranch)
}

/** The judgement over records that were read already. */
export async function judge(
  records: readonly DeploymentRecord[],
  successes: readonly DeploymentRecord[],
  wanted: ReadonlyMap<string, ProvenLayer>,
  onBranch: OnBranch
): Promise<ProofSearch> {
  const commits = [...new Set(successes.filter(each => proves(each, wanted).length > 0).map(({ commit }) => commit))]
  const held = new Set(commits.length === 0 ? [] : await onBranch(commits))
  const proven = new Set(successes.filter(({ commit }) => held.has(commit)).flatMap(record => proves(record, wanted)))
  const successful = new Set(successes.flatMap(record => proves(record, wanted)))
  const layers = [...wanted].map(([layerId, layer]) => {
    if (proven.has(layerId)) return [layerId, layer] as const
    const newest = records.map(({ payload }) => readPromotion(payload).get(layerId)).find(found => found !== undefined)
    // A record without a success proves nothing, even where its digests are the right ones.
    return [layerId, newest === undefined || sameLayer(newest, layer) ? null : newest] as const
  })
  const elsewhere = [...wanted.keys()].filter(layerId => successful.has(layerId) && !proven.has(layerId))
  return { layers: new Map(layers), searched: records.length, elsewhere }
}

/** Ids of the wanted layers that the record has with the same digests. */
function proves({ payload }: DeploymentRecord, wanted: ReadonlyMap<string, ProvenLayer>): readonly string[] {
  const promotion = readPromotion(payload)
  return [...wanted].flatMap(([layerId, layer]) => (sameLayer(promotion.get(layerId), layer) ? [layerId] : []))
}

export function sameLayer(a: ProvenLayer | null | undefined, b: ProvenLayer): boolean {
  // A plan has built nothing: it asks for the source.
  return a?.sourceDigest === b.sourceDigest && (b.contentDigest === '' || a.contentDigest === b.contentDigest)
}

/** `{<layer id>: {"source-digest", "content-digest", "artifact-sha256"}}` */
export function payloadOf(promotion: Promotion): Record<string, Record<string, string>> {
  return Object.fromEntries(
    [...promotion].map(([layerId, layer]) => [
      layerId,
      {
        'source-digest': layer.sourceDigest,
        'content-digest': layer.contentDigest,
        'artifact-sha256': layer.artifactSha256
      }
    ])
  )
}

/** Anybody with the right to deploy may have written the payload: what is not of our form is left out. */
export function readPromotion(payload: unknown): Promotion {
  if (payload === null || typeof payload !== 'object') return new Map()
  return new Map(
    Object.entries(payload).flatMap(([layerId, value]: [string, unknown]) => {
      if (value === null || typeof value !== 'object') return []
      const fields = value as Record<string, unknown>
      const {
        'source-digest': sourceDigest,
        'content-digest': contentDigest,
        'artifact-sha256': artifactSha256
      } = fields
      if (!isDigest(sourceDigest) || !isDigest(contentDigest) || !isDigest(artifactSha256)) return []
      return [[layerId, { sourceDigest, contentDigest, artifactSha256 }] as const]
    })
  )
}

function isDigest(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
}
