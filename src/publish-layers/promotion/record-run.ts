/**
 * Puts on record, as a GitHub deployment, what a deploy brings to its environment: in progress while it works, then a
 * success or a failure; what it takes the place of becomes inactive. Promotion reads these records.
 */
import type { Config, LayerResult } from '../../model/index.js'
import type { Clock } from '../../ports/clock.js'
import { GitHubError, type DeploymentState, type DeploymentWithStates, type GitHub } from '../../ports/github.js'
import { cutCharacters } from '../../report/escape.js'
import { callBudget, callsOfReport } from '../../ports/call-budget.js'
import type { Plan, PlanStep } from '../plan/plan.js'
import { overridesOf } from '../result.js'
import { deploymentTask, isProven, payloadOf, readPromotion, type PromotedLayer, type Promotion } from './promotion.js'

export interface RunRecord {
  /**
   * A failure changes nothing of the deploy's result: the next run, changed or not, records it.
   * @param interrupted the run was cancelled or ran out of time: there is a second left, not more
   * @returns a warning, or `null`
   */
  finish(rows: readonly LayerResult[], interrupted: boolean): Promise<string | null>
}

interface Run {
  readonly github: GitHub
  readonly clock: Pick<Clock, 'sleep'>
  readonly plan: Plan
  readonly logUrl: string | null
}

const interruptedMilliseconds = 1_000

/** Starts the record in the background, so that no layer waits for it. */
export function startRecord(
  ports: { readonly github: GitHub | null; readonly clock: Pick<Clock, 'sleep'> },
  config: Config,
  plan: Plan,
  logUrl: string | null
): RunRecord {
  const { github, clock } = ports
  const writes = plan.outcome === 'apply'
  const isSource = config.environments.some(({ promoteFrom }) => promoteFrom === plan.environment.name)
  const due = plan.mode === 'deploy' && !plan.dryRun && (writes || (plan.outcome === 'nothing' && isSource))
  if (github === null || !due) return { finish: () => Promise.resolve(null) }
  const run: Run = { github, clock, plan, logUrl }
  const started = writes ? start(run) : null
  return {
    finish: async (rows, interrupted) => {
      const work = attempt(run, () => finish(run, rows, started))
      return interrupted ? Promise.race([work, clock.sleep(interruptedMilliseconds).then(() => null)]) : work
    }
  }
}

/** Puts on record what the jobs of a fan-out brought together, unless it is on record. @returns a warning, or `null` */
export async function recordReadBack(
  ports: { readonly github: GitHub | null; readonly clock: Pick<Clock, 'sleep'> },
  config: Config,
  plan: Plan,
  rows: readonly LayerResult[],
  logUrl: string | null
): Promise<string | null> {
  const { github, clock } = ports
  const isSource = config.environments.some(({ promoteFrom }) => promoteFrom === plan.environment.name)
  const due = plan.outcome !== 'refuse' && (isSource || rows.some(({ status }) => status === 'published'))
  if (github === null || !due) return null
  const run: Run = { github, clock, plan, logUrl }
  return attempt(run, () => finish(run, rows, null))
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
  const { github, plan } = run
  const promotion = promotionOf(rows)
  const failed = rows.filter(({ status }) => status === 'failed' || status === 'not-attempted').length
  const started = await starting
  if (started === null) {
    // Without a change only the environment that others are promoted from is looked at again: a lost record would block them.
    if (promotion.size === 0) return
    if (starting === null && (await isProven(github, plan.environment.name, promotion))) return
    await setState(run, await create(run, promotion), 'success', 'Deployed and verified')
  } else if (failed === 0 && samePromotion(promotion, started.promotion)) {
    await setState(run, started.id, 'success', 'Deployed and verified')
    await retireOlder(run, started.id, promotion)
  } else {
    await setState(run, started.id, 'failure', failed === 0 ? 'Something else was deployed' : `${failed} layers failed`)
    // What did succeed is proven all the same.
    const budget = callBudget(github, callsOfReport)
    if (promotion.size > 0 && (failed === 0 || budget.allows(2))) {
      await setState(run, await create(run, promotion), 'success', 'Deployed and verified')
    }
  }
}

async function create({ github, plan }: Run, promotion: Promotion): Promise<number> {
  const { size } = promotion
  const [override] = overridesOf(plan.verdicts)
  const deployment = await github.createDeployment({
    commit: plan.headCommit,
    environment: plan.environment.name,
    task: deploymentTask,
    payload: payloadOf(promotion),
    // GitHub takes 140 characters. An override is what a reader of the deployment must know.
    description: cutCharacters(override ?? (size === 1 ? '1 layer' : `${size} layers`), 140),
    production: plan.environment.promoteFrom !== null
  })
  return deployment.id
}

function setState({ github, logUrl }: Run, id: number, state: DeploymentState, description: string): Promise<void> {
  return github.createDeploymentStatus(id, { state, description, logUrl })
}

/** The newest record whose every layer this one holds anew: its success is over, and what is still going on never will be. */
async function retireOlder(run: Run, id: number, promotion: Promotion): Promise<void> {
  const { github, plan, logUrl } = run
  if (!callBudget(github, callsOfReport).allows(2)) return
  const isOver = (older: DeploymentWithStates): boolean => {
    const layers = [...readPromotion(older.payload).keys()]
    const going = older.state !== null && ['success', 'in_progress', 'pending', 'queued'].includes(older.state)
    // Another job of this run may be at work on the same layers in another region.
    const sameRun = older.logUrl !== null && older.logUrl === logUrl
    return older.id < id && going && !sameRun && layers.length > 0 && layers.every(layerId => promotion.has(layerId))
  }
  for await (const page of github.deployments({ environment: plan.environment.name, task: deploymentTask })) {
    const over = page.find(isOver)
    if (over === undefined) return
    // Its page of a run stays that of the run that made it: the history names it.
    const own = { ...run, logUrl: over.logUrl ?? logUrl }
    if (over.state === 'success') await setState(own, over.id, 'inactive', 'A later deployment took its place')
    else await setState(own, over.id, 'error', 'The run ended before it was finished')
    return
  }
}

async function attempt(run: Run, work: () => Promise<void>): Promise<string | null> {
  try {
    await work()
    return null
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    const { name } = run.plan.environment
    return `The deployment was not recorded on GitHub, so nothing can be promoted from ${name}: ${error.message}; ${error.mend}.`
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
