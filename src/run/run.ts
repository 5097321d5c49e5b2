/** A run over what was wired for it: select, observe, plan, apply, report. The action and the command line share it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { loadConfig } from '../config/read/config-file.js'
import { asCodedError, settled } from '../model/errors.js'
import type { Config, Environment, RunResult, Selection, Verdict, Inputs, LoadedConfig } from '../model/index.js'
import type { Aws, AwsRegion } from '../ports/aws.js'
import type { Facts } from '../publish-layers/plan/facts.js'
import { overrideVerdict, previewVerdict } from '../publish-layers/plan/guards.js'
import type { Plan } from '../publish-layers/plan/plan.js'
import {
  resultOfFailure,
  resultOfNothing,
  resultOfPlan,
  resultOfRefusal,
  unknownSubject,
  type RunSubject
} from '../publish-layers/result.js'
import type { Reporter } from '../report/reporter.js'
import { askEarly } from './ask-early.js'
import { identityOf } from '../model/inputs.js'
import type { CarriedOut } from './carry-out.js'
import type { RunRequest } from './observe.js'
import { type Session, placeOf, recorderOf, requestOf, tokenNameOf, leftovers } from './session.js'
import { needsBranchTip, selectEnvironment } from '../select-environment/select.js'
import {
  checkoutVerdict,
  otherCommit,
  selectedLayers,
  workingTreeVerdict
} from '../select-environment/selected-layers.js'

/** @returns the exit code: 1 where the conclusion is failure, else 0 */
export async function run(session: Session): Promise<number> {
  const { limits, runner } = session
  const known: KnownSoFar = { report: session.openReport(null), subject: unknownSubject }
  let result: RunResult
  try {
    // All but the report, which has a time of its own.
    result = await limits.within(resultOf(session, known))
  } catch (error) {
    if (error instanceof Error) runner.debug(error.stack ?? error.message)
    result = resultOfFailure(known.subject, limits.signal.aborted ? limits.signal.reason : error)
  }
  return known.report.deliver(result)
}

/** What a run that ends early is reported as, and by. */
interface KnownSoFar {
  report: Reporter
  subject: RunSubject
}

async function resultOf(session: Session, known: KnownSoFar): Promise<RunResult> {
  const { inputs, git, limits } = session
  const loaded = await loadConfig(placeOf(session), text => {
    askEarly(session, text)
  })
  const { config } = loaded
  // It reads only, whatever the branch and the event: nothing is selected.
  if (inputs.command === 'discover') return (await import('../operate/discover/discover.js')).discover(session, config)
  const selection = await select(session, config)
  const headCommit = selection.kind === 'nothing' ? null : await git.headCommit()
  // Where the time is up, this run is reported already.
  limits.signal.throwIfAborted()
  const subject = subjectOf(session, selection, headCommit)
  known.subject = subject
  known.report = session.openReport({ config, subject, selection })
  known.report.start(subject)
  const worked = await work(session, loaded, selection, subject)
  if (selection.kind === 'nothing') return worked
  const { withHistorySoon } = await import('../report/source-history.js')
  return withHistorySoon(withCommitWarning(session, selection, worked), config.layers, session)
}

async function work(
  session: Session,
  loaded: LoadedConfig,
  selection: Selection,
  subject: RunSubject
): Promise<RunResult> {
  switch (selection.kind) {
    case 'nothing': {
      const result = resultOfNothing(subject, selection.why)
      session.runner.notice(result.headline)
      return result
    }
    case 'refuse':
      return resultOfRefusal(subject, selection.verdict)
    case 'report': {
      const verdict = checkoutVerdict(session.event, subject.headCommit ?? '', session.context.sha)
      if (verdict.passed === false) return resultOfRefusal(subject, verdict)
      return observePlanApply(session, loaded, selection, subject)
    }
    case 'deploy': {
      const { event, git } = session
      const headCommit = subject.headCommit ?? ''
      const verdict = checkoutVerdict(event, headCommit, session.context.sha)
      if (verdict.passed === false && !subject.dryRun) return resultOfRefusal(subject, verdict)
      const { committedVerdict } = await import('./reviewed-config.js')
      const committed = await committedVerdict(git, headCommit, loaded)
      if (committed.passed === false) return resultOfRefusal(subject, committed)
      warnOfNoRecord(session, loaded.config, selection.environment)
      const layers = selectedLayers(loaded.config.layers, session.inputs.layers)
      const { command } = session.inputs
      if (command === 'rollback' || command === 'prune' || command === 'rollout') {
        const { runOperation } = await import('../operate/run-operation.js')
        return runOperation(command, session, { selection, subject, layers })
      }
      // Nobody edits the checkout of a runner.
      const left = event.kind === 'command-line' ? await leftovers(git, headCommit, layers) : []
      const clean = workingTreeVerdict(left)
      if (clean.passed === false) return resultOfRefusal(subject, clean)
      return observePlanApply(session, loaded, selection, subject)
    }
    case 'plan': {
      const { mapEdits } = await import('./reviewed-config.js')
      const [result, edits] = await settled([
        observePlanApply(session, loaded, selection, subject),
        // The base may have to be fetched: beside what is asked of AWS.
        mapEdits(session.git, session.event, loaded, subject.headCommit ?? '')
      ])
      return { ...result, warnings: [...edits, ...result.warnings] }
    }
  }
}

/** At once: what is deployed without a record cannot be promoted, and the refusal would come days later elsewhere. */
function warnOfNoRecord({ github, inputs, event, runner }: Session, config: Config, { name }: Environment): void {
  if (github !== null || inputs.dryRun || inputs.command === 'prune') return
  const next = config.environments.filter(({ promoteFrom }) => promoteFrom === name).map(each => each.name)
  const lost =
    next.length === 0
      ? 'no deployment is recorded'
      : `no proof is recorded: ${next.join(', ')} will refuse what is deployed now`
  runner.warning(
    `There is no GitHub token, so ${lost}. Set ${tokenNameOf(event)}, for example to what gh auth token prints, and run again`
  )
}

/** What only looks may look at another commit than the event names: its report says so. */
function withCommitWarning({ event, context }: Session, { kind }: Selection, result: RunResult): RunResult {
  const looks = kind === 'plan' || (kind === 'deploy' && result.dryRun)
  const said = looks ? otherCommit(event, result.headCommit ?? '', context.sha) : null
  return said === null ? result : { ...result, warnings: [said, ...result.warnings] }
}

async function observePlanApply(
  session: Session,
  loaded: LoadedConfig,
  selection: Selection & { readonly kind: 'plan' | 'deploy' | 'report' },
  subject: RunSubject
): Promise<RunResult> {
  const { github, context, limits, runner, clock, progress } = session
  const { signal } = limits
  const { environment } = selection
  const request = requestOf(session, loaded, selection, subject)
  const refusal = misplacedInput(session, request)
  if (refusal?.passed === false) return resultOfRefusal(subject, refusal)
  const { buildPlan, createEngine, observeRun, unwrittenRows, workSlots } = await import('./look.js')
  const aws = await session.openAws(request.environment)
  const identity = identityOf(context)
  const { repositoryId, run } = identity
  // A plan in a terminal need not know it; who writes does, and is refused what is not its own.
  const repository = selection.kind === 'plan' && context.repository === '' ? '' : identity.repository
  const region = (name: string): AwsRegion => aws.region(name)
  const slots = workSlots(request.environment.concurrency, clock)
  const engineContext = { region, clock: slots.clock, signal, log: runner, repository, repositoryId, run }
  const engine = createEngine(request.environment.engine, engineContext)
  const scratchDirectory = await mkdtemp(join(context.temporaryDirectory, 'layer-deploy-'))
  try {
    const { git, process, inputs } = session
    const { directory: workspace, submodules } = inputs
    const world = { git, aws, engine, github, clock, process, log: runner, progress, signal }
    const commandSeconds = commandSecondsOf(inputs)
    const ports = { ...world, workspace, scratchDirectory, submodules, commandSeconds }
    if (selection.kind === 'report') {
      const { readBackRun } = await import('./report.js')
      const read = await readBackRun(subject, request, ports, recorderOf(session, loaded, request))
      return await withUsers(read, environment, aws)
    }
    const facts = await observeRun(request, ports)
    const plan = buildPlan(facts)
    const carryOut = async (): Promise<CarriedOut> => {
      const { carriedOut } = await import('./carry-out.js')
      return carriedOut(plan, { ...ports, region, slots, recorder: recorderOf(session, loaded, request) })
    }
    const { rows, warning } = plan.mode === 'deploy' ? await carryOut() : { rows: unwrittenRows(plan), warning: null }
    const interruption = signal.aborted ? asCodedError(signal.reason) : null
    const result = resultOfPlan(subject, plan, rows, { warning, interruption })
    return await withUsers(await withBillsOf(result, facts, plan, session), environment, aws)
  } finally {
    await rm(scratchDirectory, { recursive: true, force: true })
  }
}

/** Inputs that some events may not bring. */
function misplacedInput({ inputs, event }: Session, { environment, preview }: RunRequest): Verdict | null {
  const override = inputs.promotionOverride === null ? null : overrideVerdict(event, environment)
  if (override?.passed === false || !preview) return override
  return previewVerdict(event)
}

/** Where nothing was built, there is no bill of materials to hand on. */
async function withBillsOf(
  result: RunResult,
  facts: Facts,
  plan: Plan,
  { event, context }: Session
): Promise<RunResult> {
  if (facts.builds.size === 0) return result
  const jobFolder = event.kind === 'command-line' ? null : context.temporaryDirectory
  return (await import('./bills.js')).withBills(result, facts, plan, jobFolder)
}

async function withUsers(result: RunResult, { reportConsumers }: Environment, aws: Aws): Promise<RunResult> {
  if (reportConsumers !== true) return result
  return (await import('../operate/consumers.js')).withConsumers(result, aws)
}

async function select(session: Session, config: Config): Promise<Selection> {
  const { event, inputs, git } = session
  const branchTip = needsBranchTip(event) ? await git.remoteBranchTip(event.headBranch) : null
  const { environment } = inputs
  // Of a dry run there is nothing to read back.
  const command = inputs.command === 'report' && inputs.dryRun ? 'plan' : inputs.command
  return selectEnvironment({ event, command, environments: config.environments, environment, branchTip })
}

function subjectOf({ inputs }: Session, selection: Selection, headCommit: string | null): RunSubject {
  const environment = 'environment' in selection ? selection.environment : null
  return {
    command: commandOf(inputs, selection),
    environment,
    regions: inputs.regions ?? environment?.regions ?? [],
    branch: 'branch' in selection ? selection.branch : null,
    headCommit,
    dryRun: inputs.dryRun
  }
}

/** Where nothing may be deployed, `report` has nothing to read back: it plans. */
function commandOf({ command }: Inputs, { kind }: Selection): RunSubject['command'] {
  if (command === 'report') return kind === 'plan' ? 'plan' : 'report'
  return command === 'auto' ? (kind === 'deploy' ? 'deploy' : 'plan') : command
}

/** A long run gives its builds longer: one that hangs leaves a quarter of it to the other layers and the report. */
export function commandSecondsOf({ timeoutMinutes }: Pick<Inputs, 'timeoutMinutes'>): number {
  return Math.max(15, timeoutMinutes * 0.75) * 60
}
