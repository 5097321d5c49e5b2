/** Which versions a prune deletes: a pure function of what was found. In doubt a version stays. */
import type { DeployedVersion } from '../../model/index.js'
import type { PublishedVersion } from '../../ports/inventory.js'
import type { Target } from '../../publish-layers/target.js'
import type { LayerUsers } from '../consumers.js'

export interface PruneFacts {
  readonly target: Target
  readonly deployed: DeployedVersion | null
  /** Newest first. */
  readonly versions: readonly PublishedVersion[]
  readonly users: LayerUsers
}

export interface Decision {
  readonly version: number
  readonly arn: string
  readonly createdAt: string
  readonly action: 'delete' | 'keep'
  readonly why: string
}

export interface PruneStep {
  readonly target: Target
  /** Newest first. */
  readonly decisions: readonly Decision[]
}

/** What is younger may be about to be used by whoever published it. */
const youngMilliseconds = 24 * 60 * 60 * 1000

/** @param now milliseconds since 1970 */
export function planPrune(facts: readonly PruneFacts[], keep: number, now: number): readonly PruneStep[] {
  return facts.map(fact => ({ target: fact.target, decisions: decide(fact, keep, now) }))
}

function decide({ deployed, versions, users }: PruneFacts, keep: number, now: number): readonly Decision[] {
  const newestFirst = [...versions].sort((a, b) => b.version - a.version)
  return newestFirst.map(({ version, arn, createdAt }, index) => {
    const used = users.get(arn) ?? []
    const age = now - Date.parse(createdAt)
    const reasons = [
      deployed !== null && version === deployed.version ? 'deployed' : '',
      // A run beside us may be about to make it the deployed one.
      deployed === null || version > deployed.version ? 'not older than what is deployed' : '',
      used.length > 0 ? `used by ${used.join(', ')}` : '',
      index < keep ? `one of the newest ${keep}` : '',
      // Also an age that cannot be read.
      age >= youngMilliseconds ? '' : 'younger than a day'
    ].filter(reason => reason !== '')
    const why = reasons.length === 0 ? 'nobody uses it' : reasons.join('; ')
    return { version, arn, createdAt, action: reasons.length === 0 ? 'delete' : 'keep', why }
  })
}

/** The plan as JSON. */
export function pruneDocument(steps: readonly PruneStep[]): unknown {
  return steps.map(({ target, decisions }) => ({
    layer: target.layerId,
    region: target.region,
    'layer-name': target.layerName,
    versions: decisions.map(({ version, action, why, createdAt }) => ({ version, action, why, created: createdAt }))
  }))
}
