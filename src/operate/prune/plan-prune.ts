/** Which versions a prune deletes, a pure function of what was found, and how that is shown. In doubt a version stays. */
import type { DeployedVersion } from '../../model/index.js'
import type { PublishedVersion } from '../../ports/inventory.js'
import type { Target } from '../../publish-layers/target.js'
import type { LayerUsers } from '../consumers.js'
import type { CodedError } from '../../model/errors.js'
import { inlineCode, markdownText } from '../../redaction/escape.js'
import type { OperationRequest } from '../operation.js'

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

export function pruneHeadline(
  { environment, dryRun }: Pick<OperationRequest, 'environment' | 'dryRun'>,
  steps: readonly PruneStep[],
  deleted: number,
  errors: readonly CodedError[]
): string {
  const where = `${environment.name} (${environment.accountId})`
  const all = steps.flatMap(({ decisions }) => decisions)
  if (errors[0] !== undefined && deleted === 0) return `${errors[0].code}: no version was deleted in ${where}`
  const wanted = all.filter(({ action }) => action === 'delete').length
  const gone = dryRun ? wanted : deleted
  return `${count(gone)} ${dryRun ? 'would be deleted' : 'deleted'}, ${all.length - gone} kept, in ${where}`
}

function count(versions: number): string {
  return versions === 1 ? '1 layer version' : `${versions} layer versions`
}

/** Markdown: each layer with what goes, and why the rest stays. */
export function pruneDetails(steps: readonly PruneStep[], planned: boolean): string {
  const blocks = steps.map(({ target, decisions }) => {
    const rows = decisions.map(({ version, createdAt, action, why }) => {
      const what = action === 'keep' ? 'kept' : planned ? '**would be deleted**' : '**deleted**'
      return `| ${version} | ${createdAt.slice(0, 10)} | ${what} | ${markdownText(why, 500)} |`
    })
    const head = `### ${inlineCode(target.layerName)} in ${inlineCode(target.region)}`
    const table = ['| Version | Published | | Why |', '| --- | --- | --- | --- |', ...rows].join('\n')
    return rows.length === 0 ? `${head}\n\nNo version.` : `${head}\n\n${table}`
  })
  return `${['## Layer versions', ...blocks].join('\n\n')}\n`
}
