/** The guards of a publish: pure verdicts over what was observed. Nothing here reads, nothing here decides what happens next. */
import type { ErrorCode, Finding } from '../../model/errors.js'
import type { Environment, TriggerEvent, Verdict } from '../../model/index.js'

/** How a deployed commit stands to this run's head. `diverged` also where no common history is known. */
export interface DeployedCommit {
  readonly commit: string
  readonly relation: 'same' | 'ancestor' | 'descendant' | 'diverged' | 'unknown'
}

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
 * An older run never overwrites a newer one. Where a newer commit is deployed the run stands aside; where the histories
 * parted, only the branch's tip may deploy.
 */
export function staleVerdict(run: {
  readonly headCommit: string
  readonly branch: string
  readonly branchTip: string | null
  readonly deployed: readonly DeployedCommit[]
}): Verdict {
  const guard = 'STALE_RUN'
  const newer = run.deployed.find(({ relation }) => relation === 'descendant')
  if (newer !== undefined) {
    const finding = {
      expected: `a deployed commit that is not newer than ${run.headCommit}`,
      found: `${newer.commit}, which descends from it`,
      mend: `nothing, the newer commit stands; to go back, revert on ${run.branch} and push`
    }
    return { guard, subject: '', passed: 'stand-aside', finding }
  }
  const parted = run.deployed.find(({ relation }) => relation === 'diverged' || relation === 'unknown')
  const passed = parted === undefined || run.branchTip === run.headCommit
  return verdict(guard, '', passed, parted === undefined ? 'no newer commit is deployed' : `tip of ${run.branch}`, {
    expected: `${run.headCommit} at the tip of ${run.branch}, since ${parted?.commit ?? ''} is deployed and is not among its ancestors`,
    found: run.branchTip === null ? `no branch ${run.branch} on the remote` : `${run.branchTip} at the tip`,
    mend:
      run.branchTip === null
        ? `push ${run.branch} again, or run the workflow for a branch that exists`
        : 'wait for the run of the newer commit, which deploys'
  })
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

/** A person decides on an override, for the one run that they start: an event that comes by itself brings none. */
export function overrideVerdict(event: TriggerEvent, environment: Environment): Verdict {
  const mend = 'leave the input promotion-override empty here'
  const started = event.kind === 'workflow_dispatch'
  const found = started ? `${environment.name}, which has no promote-from` : `a run started by ${describe(event)}`
  const expected = 'promotion-override only in a workflow_dispatch run for an environment with promote-from'
  const passed = started && environment.promoteFrom !== null
  return verdict('TRUSTED_EVENT', '', passed, 'promotion-override by workflow_dispatch', { expected, found, mend })
}

type Proven =
  { readonly kind: 'read'; readonly layer: ProvenLayer | null } | { readonly kind: 'unreadable'; readonly why: string }

function promotion(promoteFrom: string, layerId: string, wanted: ProvenLayer, proven: Proven): Verdict {
  const expected = `${promoteFrom} to have deployed content ${wanted.contentDigest} from source ${wanted.sourceDigest}`
  const mend = `deploy the same source of ${layerId} to ${promoteFrom} first`
  if (proven.kind === 'unreadable') {
    return verdict('NOT_PROMOTED', layerId, false, '', {
      expected,
      found: proven.why,
      mend: 'give the job the permission deployments: read and run again'
    })
  }
  if (proven.layer === null)
    return verdict('NOT_PROMOTED', layerId, false, '', {
      expected,
      found: 'no successful deployment of it on record',
      mend
    })
  const { sourceDigest, contentDigest } = proven.layer
  const same = sourceDigest === wanted.sourceDigest && contentDigest === wanted.contentDigest
  const unreproducible = sourceDigest === wanted.sourceDigest && contentDigest !== wanted.contentDigest
  return verdict('NOT_PROMOTED', layerId, same, `proven by ${promoteFrom}`, {
    expected,
    found: `content ${contentDigest} from source ${sourceDigest}`,
    mend: unreproducible
      ? 'pin what the build installs (with hashes), so that the same source gives the same content, and deploy again'
      : mend
  })
}

function describe(event: TriggerEvent): string {
  return event.kind === 'other' ? event.name : event.kind
}

function verdict(guard: ErrorCode, subject: string, passed: boolean, detail: string, finding: Finding): Verdict {
  return passed ? { guard, subject, passed, detail } : { guard, subject, passed, finding }
}
