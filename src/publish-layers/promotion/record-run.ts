/**
 * Puts on record, as a GitHub deployment, what a deploy brings to its environment: in progress while it works, then a
 * success or a failure; what it takes the place of becomes inactive. Promotion reads these records.
 */
import type { PlanStep } from '../plan/facts.js'
import { CodedError } from '../../model/errors.js'
import type { Config, LayerResult } from '../../model/index.js'
import type { Clock } from '../../ports/process.js'
import { GitHubError, type DeploymentState, type GitHub, callBudget, callsOfReport } from '../../ports/github.js'
import { cutCharacters } from '../../redaction/escape.js'
import type { Plan } from '../plan/plan.js'
import { overridesOf } from '../result.js'
import { endAll, endingsOf, listDeployments, withRun, type Listed, type RunName } from './active-deployments.js'
import {
  deploymentTask,
  judge,
  payloadOf,
  sameLayer,
  type OnBranch,
  type PromotedLayer,
  type Promotion
} from './promotion.js'

export interface RunRecord {
  /**
   * A failure changes nothing of the deploy's result: the next run, changed or not, records it.
   * @param interrupted the run was cancelled or ran out of time: there is a second left, not more
   * @returns a warning, or `null`
   */
  finish(rows: readonly LayerResult[], interrupted: boolean): Promise<string | null>
}

export interface Recorder {
  readonly github: GitHub | null
  readonly clock: Pick<Clock, 'sleep'>
  readonly config: Config
  /** Address of the run's page. */
  readonly logUrl: string | null
  readonly run: RunName
  /** Those of the commits that this run's commit descends from, or is. */
  readonly onBranch: OnBranch
}

interface Run extends Omit<Recorder, 'github' | 'config'> {
  readonly github: GitHub
  readonly plan: Plan
  /** Others are promoted from this environment: a lost record would block them. */
  readonly isSource: boolean
}

const interruptedMilliseconds = 1_000

/** Starts the record in the background, so that no layer waits for it. */
export function startRecord(recorder: Recorder, plan: Plan): RunRecord {
  const run = runOf(recorder, plan)
  const writes = plan.outcome === 'apply'
  const due = plan.mode === 'deploy' && !plan.dryRun && (writes || plan.outcome === 'nothing')
  if (run === null || !due) return { finish: () => Promise.resolve(null) }
  const started = writes ? start(run) : null
  return {
    finish: async (rows, interrupted) => {
      const work = attempt(run, writes || run.isSource, () => finish(run, rows, started))
      return interrupted ? Promise.race([work, run.clock.sleep(interruptedMilliseconds).then(() => null)]) : work
    }
  }
}

/** Puts on record what the jobs of a fan-out brought together, unless it is on record. @returns a warning, or `null` */
export async function recordReadBack(
  recorder: Recorder,
  plan: Plan,
  rows: readonly LayerResult[]
): Promise<string | null> {
  const run = runOf(recorder, plan)
  if (run === null || plan.outcome === 'refuse') return null
  const published = rows.some(({ status }) => status === 'published')
  const due = { ...run, isSource: run.isSource || published }
  return attempt(due, due.isSource, () => finish(due, rows, null))
}

function runOf({ github, config, ...recorder }: Recorder, plan: Plan): Run | null {
  const isSource = config.environments.some(({ promoteFrom }) => promoteFrom === plan.environment.name)
  return github === null ? null : { ...recorder, github, plan, isSource }
}

interface Started {
  readonly id: number
  readonly promotion: Promotion
}

/** Never throws: `finish` tries once more and tells. */
async function start(run: Run): Promise<Started | null> {
  try {
    const promotion = new Map(run.plan.steps.flatMap(promotedBy))
    const id = await create(run, promotion)
    await setState(run, id, 'in_progress', 'Deploying')
    return { id, promotion }
  } catch (error) {
    if (error instanceof GitHubError) return null
    throw error
  }
}

/** What the step brings, or leaves, in the environment. */
function promotedBy(step: PlanStep): readonly (readonly [string, PromotedLayer])[] {
  const { layerId } = step.target
  if (step.kind === 'publish') {
    const artifactSha256 = step.stored?.sha256 ?? step.record.artifactSha256
    return [[layerId, { ...step.record, artifactSha256 }]]
  }
  if (step.kind === 'record') {
    return [[layerId, { ...step.record, artifactSha256: step.deployed.artifactSha256 ?? step.record.artifactSha256 }]]
  }
  const { contentDigest = null, artifactSha256 = null } = step.deployed ?? {}
  const { sourceDigest } = step
  const stays = step.kind === 'keep' || step.kind === 'adjust'
  if (!stays || sourceDigest === null || contentDigest === null || artifactSha256 === null) return []
  return [[layerId, { sourceDigest, contentDigest, artifactSha256 }]]
}

async function finish(run: Run, rows: readonly LayerResult[], starting: Promise<Started | null> | null): Promise<void> {
  const promotion = promotionOf(rows)
  const failed = rows.filter(({ status }) => status === 'failed' || status === 'not-attempted').length
  const started = await starting
  if (started === null) {
    await finishUnstarted(run, promotion, starting !== null)
  } else if (failed === 0 && samePromotion(promotion, started.promotion)) {
    await setState(run, started.id, 'success', 'Deployed and verified')
    await endOver(run, await listDeployments(run.github, run.plan.environment.name, started.id), started.id)
  } else {
    await setState(run, started.id, 'failure', failed === 0 ? 'Something else was deployed' : `${failed} layers failed`)
    // What did succeed is proven all the same.
    const proves = promotion.size > 0 && (failed === 0 || callBudget(run.github, callsOfReport).allows(2))
    await endOver(
      run,
      await listDeployments(run.github, run.plan.environment.name),
      proves ? await succeed(run, promotion) : null
    )
  }
}

/** Without a change only the environment that others are promoted from is recorded again: a lost record would block them. */
async function finishUnstarted(run: Run, promotion: Promotion, tried: boolean): Promise<void> {
  if (tried) {
    if (promotion.size === 0) return
    await endOver(run, await listDeployments(run.github, run.plan.environment.name), await succeed(run, promotion))
    return
  }
  const listed = await listDeployments(run.github, run.plan.environment.name)
  const lost = run.isSource && !(await isProven(listed, promotion, run.onBranch))
  await endOver(run, listed, lost ? await succeed(run, promotion) : null)
}

/** @param own this run's deployment that has become a success just now */
async function endOver({ github, run, logUrl }: Run, listed: Listed, own: number | null): Promise<void> {
  await endAll(github, endingsOf(listed, run, own), logUrl)
}

async function isProven({ records, outcomes }: Listed, promotion: Promotion, onBranch: OnBranch): Promise<boolean> {
  const successes = records.filter(({ id }) => outcomes.get(id)?.states.includes('success') === true)
  const { layers } = await judge(records, successes, promotion, onBranch)
  return [...promotion].every(([layerId, layer]) => sameLayer(layers.get(layerId), layer))
}

async function succeed(run: Run, promotion: Promotion): Promise<number> {
  const id = await create(run, promotion)
  await setState(run, id, 'success', 'Deployed and verified')
  return id
}

async function create({ github, plan, run }: Run, promotion: Promotion): Promise<number> {
  const { size } = promotion
  const [override] = overridesOf(plan.verdicts)
  const deployment = await github.createDeployment({
    commit: plan.headCommit,
    environment: plan.environment.name,
    task: deploymentTask,
    payload: payloadOf(promotion),
    // GitHub takes 140 characters. An override is what a reader of the deployment must know.
    description:
      override === undefined ? withRun(size === 1 ? '1 layer' : `${size} layers`, run) : cutCharacters(override, 140),
    production: plan.environment.promoteFrom !== null
  })
  return deployment.id
}

function setState({ github, logUrl }: Run, id: number, state: DeploymentState, description: string): Promise<void> {
  return github.createDeploymentStatus(id, { state, description, logUrl })
}

/** @param isDue a record was due; else there was at most something of others to end, and nothing is lost */
async function attempt(run: Run, isDue: boolean, work: () => Promise<void>): Promise<string | null> {
  try {
    await work()
    return null
  } catch (error) {
    if (!(error instanceof GitHubError) && !(error instanceof CodedError)) throw error
    if (!isDue) return null
    // A coded error says its mend itself.
    const why = error instanceof CodedError ? error.message : `${error.message}; ${error.mend}.`
    const { name } = run.plan.environment
    return `The deployment was not recorded on GitHub, so nothing can be promoted from ${name}: ${why}`
  }
}

/** A layer counts once every region of the run has it. */
function promotionOf(rows: readonly LayerResult[]): Promotion {
  const failed = new Set(
    rows.filter(row => row.status !== 'published' && row.status !== 'unchanged').map(row => row.layerId)
  )
  return new Map(
    rows.flatMap(({ layerId, sourceDigest, contentDigest, artifactSha256 }) => {
      if (failed.has(layerId) || sourceDigest === null || contentDigest === null || artifactSha256 === null) return []
      return [[layerId, { sourceDigest, contentDigest, artifactSha256 }] as const]
    })
  )
}

function samePromotion(a: Promotion, b: Promotion): boolean {
  const same = (one: PromotedLayer, other: PromotedLayer | undefined): boolean =>
    one.sourceDigest === other?.sourceDigest &&
    one.contentDigest === other.contentDigest &&
    one.artifactSha256 === other.artifactSha256
  return a.size === b.size && [...a].every(([layerId, layer]) => same(layer, b.get(layerId)))
}
