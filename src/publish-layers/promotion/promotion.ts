/** What an environment has proven, kept in GitHub deployments with the task `layer-deploy`: read by the next environment's guard. */
import type { GitHub } from '../../ports/github.js'
import type { ProvenLayer } from '../plan/guards.js'

export const deploymentTask = 'layer-deploy'

/** What stands in a deployment's payload for one layer. */
export interface PromotedLayer extends ProvenLayer {
  readonly artifactSha256: string
}

/** By layer id. */
export type Promotion = ReadonlyMap<string, PromotedLayer>

/**
 * For each wanted layer the record that proves it, else the newest record of that layer, else `null`.
 * A record counts as proof once its deployment has been successful, whatever became of it later.
 * @throws GitHubError
 */
export async function readProven(
  github: Pick<GitHub, 'deployments'>,
  environment: string,
  wanted: ReadonlyMap<string, ProvenLayer>
): Promise<ReadonlyMap<string, ProvenLayer | null>> {
  const found = new Map<string, ProvenLayer | null>([...wanted.keys()].map(layerId => [layerId, null]))
  const open = new Map(wanted)
  for await (const page of github.deployments({ environment, task: deploymentTask })) {
    for (const deployment of page) {
      const promotion = readPromotion(deployment.payload)
      const proves = [...open].filter(([layerId, layer]) => sameLayer(promotion.get(layerId), layer))
      for (const layerId of open.keys()) found.set(layerId, found.get(layerId) ?? promotion.get(layerId) ?? null)
      if (proves.length === 0 || !(await deployment.states())?.includes('success')) continue
      for (const [layerId, layer] of proves) {
        found.set(layerId, layer)
        open.delete(layerId)
      }
    }
    if (open.size === 0) break
  }
  // A record without a success proves nothing, even where its digests are the right ones.
  for (const [layerId, layer] of open) if (sameLayer(found.get(layerId), layer)) found.set(layerId, null)
  return found
}

/** Whether every layer is on record as successfully deployed with these digests. @throws GitHubError */
export async function isProven(
  github: Pick<GitHub, 'deployments'>,
  environment: string,
  promotion: Promotion
): Promise<boolean> {
  const proven = await readProven(github, environment, promotion)
  return [...promotion].every(([layerId, layer]) => sameLayer(proven.get(layerId), layer))
}

export function sameLayer(a: ProvenLayer | null | undefined, b: ProvenLayer): boolean {
  return a?.sourceDigest === b.sourceDigest && a.contentDigest === b.contentDigest
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
