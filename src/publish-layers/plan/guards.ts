/** The guards of a publish: pure verdicts over what was observed. Nothing here reads, nothing here decides what happens next. */
import type { ErrorCode, Finding } from '../../model/errors.js'
import type { Environment, TriggerEvent, Verdict } from '../../model/index.js'

/** What the environment to promote from has proven of one layer; `null`: nothing on record. */
export interface ProvenLayer {
  readonly sourceDigest: string
  readonly contentDigest: string
}

/** What a person wrote to publish to this environment once without its proof: the input `promotion-override`. */
export interface PromotionOverride {
  readonly reason: string
  /** Login of who started the run. */
  readonly by: string
}

export function accountVerdict(environment: Environment, callerAccountId: string): Verdict {
  return verdict('ACCOUNT_MISMATCH', '', callerAccountId === environment.accountId, `account ${callerAccountId}`, {
    expected: `credentials of account ${environment.accountId} (${environment.name})`,
    found: `account ${callerAccountId}`,
    mend: `assume a role of account ${environment.accountId} in the workflow when it runs for the branch ${environment.branches.join(', ')}`
  })
}

/** @param regions the input `regions`, `null` for all */
export function regionVerdicts(environment: Environment, regions: readonly string[] | null): readonly Verdict[] {
  return (regions ?? environment.regions).map(region =>
    verdict('REGION_NOT_ALLOWED', region, environment.regions.includes(region), `${region} is configured`, {
      expected: `a region of ${environment.name} (${environment.regions.join(', ')})`,
      found: JSON.stringify(region),
      mend: 'correct the input regions, or add the region to the environment'
    })
  )
}

/**
 * Production publishes what the other environment proved: the same source and, once built, the same content.
 * @param wanted `contentDigest` of what was built here
 * @param override lets an unproven layer pass, marked as such; a proven one needs none
 */
export function promotedVerdict(
  promoteFrom: string,
  layerId: string,
  wanted: ProvenLayer,
  proven: Proven,
  override: PromotionOverride | null = null
): Verdict {
  const judged = promotion(promoteFrom, layerId, wanted, proven)
  if (judged.passed !== false || override === null) return judged
  const { guard, subject, finding } = judged
  const detail = `not proven by ${promoteFrom} (found ${finding.found}); overridden by ${override.by}: ${override.reason}`
  return { guard, subject, passed: true, detail, overridden: true }
}

/**
 * What the gate will say of a source once it is built, as far as a plan can tell: it never refuses the plan.
 * @param wanted its content digest is empty: nothing was built
 */
export function foretoldVerdict(promoteFrom: string, layerId: string, wanted: ProvenLayer, proven: Proven): Verdict {
  const judged = promotion(promoteFrom, layerId, wanted, proven)
  if (judged.passed !== false) return judged
  const { guard, subject, finding } = judged
  const detail = `a deploy would be refused: expected ${finding.expected}, found ${finding.found}. To fix: ${finding.mend}`
  return { guard, subject, passed: true, detail, foretold: true }
}

/** A person decides on an override, for the one run that they start: an event that comes by itself brings none. */
export function overrideVerdict(event: TriggerEvent, environment: Environment): Verdict {
  const mend = 'leave the input promotion-override empty here'
  const started = event.kind === 'workflow_dispatch'
  const found = started ? `${environment.name}, which has no promote-from` : `a run started by ${describe(event)}`
  const expected = 'promotion-override only in a workflow_dispatch run for an environment with promote-from'
  const passed = started && environment.promoteFrom !== null
  return verdict('TRUSTED_EVENT', '', passed, 'promotion-override by workflow_dispatch', { expected, found, mend })
}

/** A preview builds what the checkout holds: not where a workflow has its secrets on what strangers may have chosen. */
export function previewVerdict(event: TriggerEvent): Verdict {
  const foreign = event.kind === 'workflow_run' && (event.cause !== 'push' || !event.sameRepository)
  return verdict('TRUSTED_EVENT', '', event.kind !== 'other' && !foreign, `preview by ${describe(event)}`, {
    expected: 'preview in a run started by pull_request, merge_group, push, schedule, workflow_dispatch or a terminal',
    found: `a run started by ${describe(event)}${foreign ? ', after one of other origin than a push to this repository' : ''}`,
    mend: 'use the event pull_request for previews, or leave the input preview out here'
  })
}

export type Proven =
  | {
      readonly kind: 'read'
      readonly layer: ProvenLayer | null
      /** Where it was looked for. */
      readonly searched?: string
      /** It was proven, from a commit that the branch of that environment does not hold. */
      readonly elsewhere?: boolean
    }
  | {
      readonly kind: 'unreadable'
      readonly why: string
      /** What makes it readable; default: the permission. */
      readonly mend?: string
    }

function promotion(promoteFrom: string, layerId: string, wanted: ProvenLayer, proven: Proven): Verdict {
  const content = wanted.contentDigest === '' ? 'the content' : `content ${wanted.contentDigest}`
  const expected = `${promoteFrom} to have deployed ${content} from source ${wanted.sourceDigest}`
  const refused = (found: string, mend: string): Verdict =>
    verdict('NOT_PROMOTED', layerId, false, '', { expected, found, mend })
  if (proven.kind === 'unreadable') {
    return refused(proven.why, proven.mend ?? 'give the job the permission deployments: read and run again')
  }
  const again = `deploy the same source of ${layerId} to ${promoteFrom} first`
  // It may have been deployed all the same, by a run that could not say so.
  const recorded = `${again}, so that it is recorded: the job with the permission deployments: write, a terminal with GITHUB_TOKEN`
  if (proven.elsewhere === true) {
    return refused(`a proof from a commit that no branch of ${promoteFrom} holds, ${whereOf(proven)}`, again)
  }
  if (proven.layer === null) {
    return refused(`no successful deployment of it ${whereOf(proven)}`, recorded)
  }
  const { sourceDigest, contentDigest } = proven.layer
  const sameContent = contentDigest === wanted.contentDigest || wanted.contentDigest === ''
  if (sourceDigest === wanted.sourceDigest && sameContent)
    return verdict('NOT_PROMOTED', layerId, true, `proven by ${promoteFrom}`, { expected, found: '', mend: '' })
  const unreproducible = sourceDigest === wanted.sourceDigest
  return refused(
    `content ${contentDigest} from source ${sourceDigest}, ${whereOf(proven)}`,
    unreproducible
      ? 'pin what the build installs (with hashes), so that the same source gives the same content, and deploy again'
      : recorded
  )
}

function whereOf({ searched }: Proven & { readonly kind: 'read' }): string {
  return searched === undefined ? 'on record' : `in ${searched}`
}

function describe(event: TriggerEvent): string {
  return event.kind === 'other' ? event.name : event.kind
}

function verdict(guard: ErrorCode, subject: string, passed: boolean, detail: string, finding: Finding): Verdict {
  return passed ? { guard, subject, passed, detail } : { guard, subject, passed, finding }
}
