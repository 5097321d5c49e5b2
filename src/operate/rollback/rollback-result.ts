/** What a rollback came to, in the shape of every report. */
import { CodedError } from '../../model/errors.js'
import type { LayerResult, RunResult, Verdict } from '../../model/index.js'
import type { OperationRequest } from '../operation.js'
import type { RollbackPlan } from './plan-rollback.js'

export function resultOfRollback(
  { subject, branch }: Pick<OperationRequest, 'subject' | 'branch'>,
  plan: RollbackPlan,
  rows: readonly LayerResult[]
): RunResult {
  const refusals = plan.verdicts
    .filter((verdict): verdict is Verdict & { passed: false } => verdict.passed === false)
    .map(({ guard, finding }) => new CodedError(guard, finding))
  const errors = [...refusals, ...rows.flatMap(({ error }) => error ?? [])]
  return {
    ...subject,
    conclusion: errors.length > 0 ? 'failure' : 'success',
    headline: headlineOf(plan, rows, errors),
    changedLayers: [...new Set(plan.steps.filter(({ kind }) => kind === 'publish').map(step => step.target.layerId))],
    layers: rows,
    verdicts: plan.verdicts,
    errors,
    warnings: rows.some(({ status }) => status === 'rolled-back')
      ? [`The next push to ${branch} deploys forward again, unless its source is the one that was returned to`]
      : [],
    plan: {
      outcome: refusals.length > 0 ? 'refuse' : 'apply',
      steps: plan.steps.map(step => ({
        layer: step.target.layerId,
        region: step.target.region,
        action: step.kind === 'publish' ? 'publish again' : 'keep',
        'deployed-version': step.deployed?.version ?? null,
        'to-version': step.wanted.version,
        'content-digest': step.kind === 'publish' ? step.record.contentDigest : null
      }))
    }
  }
}

function headlineOf(
  { environment, steps }: RollbackPlan,
  rows: readonly LayerResult[],
  errors: readonly CodedError[]
): string {
  const where = `${environment.name} (${environment.accountId})`
  const done = rows.filter(({ status }) => status === 'rolled-back' || status === 'planned')
  if (done.length === 0) {
    if (errors[0] !== undefined) return `${errors[0].code}: nothing was rolled back in ${where}`
    return `Nothing to roll back in ${where}: it runs what is wanted`
  }
  const would = done.some(({ status }) => status === 'planned')
  const [only] = done
  const failed = rows.filter(({ status }) => status === 'failed' || status === 'not-attempted').length
  const rest = failed === 0 ? '' : `, ${failed} failed`
  if (done.length > 1 || only === undefined) {
    return `${done.length} layers ${would ? 'would be rolled back' : 'rolled back'} in ${where}${rest}`
  }
  const step = steps.find(({ target }) => target.layerId === only.layerId && target.region === only.region)
  const to = `version ${step?.wanted.version ?? ''}`
  const said = would ? `would be rolled back to ${to}` : `rolled back to ${to} (as version ${only.version ?? ''})`
  return `${only.layerId} ${said} in ${where}${rest}`
}
