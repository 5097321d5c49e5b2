/** What a step came to, as the report shows it: one row each. */
import type { PlanStep } from '../plan/facts.js'
import { type CodedError, unreachable } from '../../model/errors.js'
import type { LayerResult, LayerStatus, Reason } from '../../model/index.js'
import type { Plan } from '../plan/plan.js'
import { deployedRow } from '../result.js'
import { shownAccess } from '../target.js'

/** Whether anything of the plan is carried out. */
export function writes({ outcome, mode, dryRun }: Plan): boolean {
  return outcome === 'apply' && mode === 'deploy' && !dryRun
}

/** One row per step, in the order of the plan, where nothing of it is carried out. */
export function unwrittenRows(plan: Plan): readonly LayerResult[] {
  return plan.steps.map(step => rowWithoutWrite(plan, step))
}

/** What becomes of a step where nothing is written: a plan, a dry run, a refusal, an older run. */
export function rowWithoutWrite(plan: Plan, step: PlanStep): LayerResult {
  if (step.kind === 'adjust') return row(step, 'unchanged', step.change.reason)
  if (step.kind === 'keep')
    return row(step, step.change.reason === 'removed' ? 'skipped' : 'unchanged', step.change.reason)
  if (step.kind === 'stand-aside') return row(step, 'skipped', 'stale-run')
  if (step.kind === 'fail') return row(step, 'failed', 'failed', { error: step.error })
  const known = {
    ...('record' in step ? { contentDigest: step.record.contentDigest } : {}),
    ...('artifact' in step ? { artifactSha256: artifactOf(step), ...sizesOf(step) } : {})
  }
  // A plan attempts nothing: what it found stays, beside the guard that failed.
  const outcome = plan.mode === 'plan' ? 'nothing' : plan.outcome
  switch (outcome) {
    case 'refuse':
      return row(step, 'not-attempted', 'refused', known)
    case 'stand-aside':
      return row(step, 'skipped', 'stale-run', known)
    case 'apply':
    case 'nothing':
      return step.kind === 'record' && recordReason(step) === 'same-content'
        ? row(step, 'unchanged', 'same-content', known)
        : row(step, 'planned', step.change.reason, known)
    default:
      return unreachable(outcome)
  }
}

/** What is stored already is used as it is. */
function artifactOf({ stored, record }: PlanStep & { kind: 'publish' }): string {
  return stored?.sha256 ?? record.artifactSha256
}

/** What the layer would be, or has become: with what the region runs this gives the change of size. */
export function sizesOf({
  artifact,
  packagesChanged,
  contentChange
}: PlanStep & { kind: 'publish' }): Partial<LayerResult> {
  const { sizeBytes, unzippedBytes, packages } = artifact
  return {
    sizeBytes,
    unzippedBytes,
    packages,
    packagesChanged,
    ...(contentChange === undefined ? {} : { contentChange })
  }
}

/** A record is renewed because of what surrounds the version, or because another source made the same content. */
export function recordReason({ change }: PlanStep): Reason {
  return change.reason === 'access-changed' ? change.reason : 'same-content'
}

export function row(
  step: PlanStep,
  status: LayerStatus,
  reason: Reason,
  changes: Partial<LayerResult> & { error?: CodedError | null } = {}
): LayerResult {
  const { deployed, target, change } = step
  return {
    ...deployedRow(target, deployed),
    status,
    reason,
    sourceDigest: step.sourceDigest,
    previousSizeBytes: deployed?.sizeBytes ?? null,
    fromCommit: change.from,
    toCommit: change.to,
    ...shownAccess(target.access),
    ...changes
  }
}
