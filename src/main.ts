/** The composition root: reads as the four verbs — observe, plan, apply, report. Here the adapters are wired. */
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createAws } from './adapters/aws/index.js'
import { systemClock } from './adapters/clock.js'
import { createGit } from './adapters/git.js'
import { createGitHub } from './adapters/github.js'
import { processRunner } from './adapters/process.js'
import { createRunner } from './adapters/runner.js'
import { configAt, loadConfig, type ConfigPlace, type LoadedConfig } from './config-file.js'
import { asCodedError } from './errors.js'
import {
  readEvent,
  readInputs,
  readRunContext,
  type Inputs,
  type RunContext,
  type RunnerEnvironment
} from './inputs.js'
import type { Config, RunResult, Selection, TriggerEvent } from './model.js'
import type { AwsRegion } from './ports/aws.js'
import type { Git } from './ports/git.js'
import type { GitHub } from './ports/github.js'
import type { ProcessRunner } from './ports/process.js'
import type { Runner } from './ports/runner.js'
import { apply } from './publish-layers/apply.js'
import { createEngine } from './publish-layers/engines/index.js'
import { overrideVerdict } from './publish-layers/guards.js'
import { observe, type ObserveRequest } from './publish-layers/observe.js'
import { buildPlan } from './publish-layers/plan.js'
import { recordRun } from './publish-layers/record-run.js'
import {
  resultOfFailure,
  resultOfNothing,
  resultOfPlan,
  resultOfRefusal,
  unknownSubject,
  type RunSubject
} from './publish-layers/result.js'
import type { ReportContext } from './report/context.js'
import { reporter, type Reporter } from './report/reporter.js'
import { committedVerdict, mapEdits } from './reviewed-config.js'
import { runLimits, type RunLimits } from './run-limits.js'
import { needsBranchTip, selectEnvironment } from './select-environment/select.js'
import { checkoutVerdict, selectedLayers } from './select-environment/selected-layers.js'

/** What a run works with: read once, wired once. */
interface Session {
  readonly environment: RunnerEnvironment
  readonly inputs: Inputs
  readonly context: RunContext
  readonly event: TriggerEvent
  readonly limits: RunLimits
  readonly runner: Runner
  readonly process: ProcessRunner
  readonly git: Git
  readonly github: GitHub | null
}

/** Runs the action. @returns the exit code: 1 where the conclusion is failure, else 0 */
export async function main(environment: RunnerEnvironment): Promise<number> {
  const runner = openRunner(environment)
  runner.saveState('main-ran', 'true')
  let session: Session
  try {
    session = open(environment, runner)
  } catch (error) {
    if (error instanceof Error) runner.debug(error.stack ?? error.message)
    const report = reporter(localReport(readRunContext(environment)), { runner, clock: systemClock, github: null })
    return report.deliver(resultOfFailure(unknownSubject, error))
  }
  try {
    return await run(session)
  } finally {
    session.limits.end()
  }
}

async function run(session: Session): Promise<number> {
  let report = openReport(session, null)
  let subject = unknownSubject
  try {
    const loaded = await loadConfig(placeOf(session))
    const { config } = loaded
    const selection = await select(session, config)
    const headCommit = selection.kind === 'nothing' ? null : await session.git.headCommit()
    subject = subjectOf(session, selection, headCommit)
    report = openReport(session, config, subject, selection)
    report.start(subject)
    return await report.deliver(await work(session, loaded, selection, subject))
  } catch (error) {
    const { limits, runner } = session
    if (error instanceof Error) runner.debug(error.stack ?? error.message)
    return report.deliver(resultOfFailure(subject, limits.signal.aborted ? limits.signal.reason : error))
  }
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
    case 'deploy': {
      const headCommit = subject.headCommit ?? ''
      const verdict = checkoutVerdict(session.event, headCommit)
      if (verdict.passed === false) return resultOfRefusal(subject, verdict)
      const committed = await committedVerdict(session.git, headCommit, loaded)
      if (committed.passed === false) return resultOfRefusal(subject, committed)
      return observePlanApply(session, loaded, selection, subject)
    }
    case 'plan': {
      const result = await observePlanApply(session, loaded, selection, subject)
      return {
        ...result,
        warnings: [
          ...(await mapEdits(session.git, session.event, loaded, subject.headCommit ?? '')),
          ...result.warnings
        ]
      }
    }
  }
}

async function observePlanApply(
  session: Session,
  loaded: LoadedConfig,
  selection: Selection & { readonly kind: 'plan' | 'deploy' },
  subject: RunSubject
): Promise<RunResult> {
  const { github, context, limits, runner } = session
  const { signal } = limits
  const { environment } = selection
  const override = session.inputs.promotionOverride === null ? null : overrideVerdict(session.event, environment)
  if (override?.passed === false) return resultOfRefusal(subject, override)
  const request = requestOf(session, loaded, selection, subject)
  const { accountId, regions } = request.environment
  const aws = createAws({ environment: session.environment, signal, homeRegion: regions[0] ?? '', accountId })
  const { repository, run } = request
  const region = (name: string): AwsRegion => aws.region(name)
  const engineContext = { region, clock: systemClock, signal, repository, run }
  const engine = await createEngine(request.environment.engine, engineContext)
  const scratchDirectory = await mkdtemp(join(context.temporaryDirectory, 'layer-deploy-'))
  try {
    const { git, process, inputs } = session
    const { directory: workspace, submodules } = inputs
    const ports = { git, aws, engine, github, process, log: runner, signal, workspace, scratchDirectory, submodules }
    const plan = buildPlan(await observe(request, ports))
    const rows = await apply(plan, { engine, region, signal, log: runner })
    const warning = signal.aborted ? null : await recordRun(github, loaded.config, plan, rows, context.runUrl)
    const further = { warning, interruption: signal.aborted ? asCodedError(signal.reason) : null }
    return resultOfPlan(subject, plan, rows, further)
  } finally {
    await rm(scratchDirectory, { recursive: true, force: true })
  }
}

async function select(session: Session, config: Config): Promise<Selection> {
  const { event, inputs, git } = session
  const branchTip = needsBranchTip(event) ? await git.remoteBranchTip(event.headBranch) : null
  const { command, environment } = inputs
  return selectEnvironment({ event, command, environments: config.environments, environment, branchTip })
}

function subjectOf({ inputs }: Session, selection: Selection, headCommit: string | null): RunSubject {
  const environment = 'environment' in selection ? selection.environment : null
  return {
    command: inputs.command === 'auto' ? (selection.kind === 'deploy' ? 'deploy' : 'plan') : inputs.command,
    environment,
    regions: inputs.regions ?? environment?.regions ?? [],
    branch: 'branch' in selection ? selection.branch : null,
    headCommit,
    dryRun: inputs.dryRun
  }
}

function requestOf(
  session: Session,
  loaded: LoadedConfig,
  selection: Selection & { readonly kind: 'plan' | 'deploy' },
  subject: RunSubject
): ObserveRequest {
  const { inputs, context, event, git } = session
  return {
    mode: selection.kind,
    dryRun: inputs.dryRun,
    environment: selection.environment,
    branch: selection.branch,
    event,
    headCommit: subject.headCommit ?? '',
    layers: selectedLayers(loaded.config.layers, inputs.layers),
    regions: inputs.regions,
    base: inputs.base,
    force: inputs.force,
    promotionOverride:
      inputs.promotionOverride === null ? null : { reason: inputs.promotionOverride, by: context.actor },
    repository: context.repository === '' ? 'local' : context.repository,
    run: context.runId === '' ? 'local' : `${context.runId}/${context.runAttempt}`,
    configAt: revision => configAt(git, revision, loaded)
  }
}

function placeOf({ inputs, context }: Session): ConfigPlace {
  return { config: inputs.config, directory: inputs.directory, workspace: context.workspace }
}

export function openRunner(environment: RunnerEnvironment): Runner {
  return createRunner({
    env: environment,
    stdout: text => process.stdout.write(text),
    stderr: text => process.stderr.write(text)
  })
}

/** @throws CodedError CONFIG_INVALID for an input, EVENT_INVALID for the event */
function open(environment: RunnerEnvironment, runner: Runner): Session {
  const inputs = readInputs(environment)
  const context = readRunContext(environment)
  const event = readEvent(environment)
  for (const secret of secretsOf(inputs, environment)) runner.mask(secret)
  const limits = runLimits(inputs.timeoutMinutes)
  const processes = processRunner({ signal: limits.signal })
  const git = createGit({
    process: processes,
    directory: inputs.directory,
    scratchDirectory: context.temporaryDirectory,
    ...(inputs.sshKey === null ? {} : { ssh: { key: inputs.sshKey, knownHosts: inputs.sshKnownHosts } })
  })
  return {
    environment,
    inputs,
    context,
    event,
    limits,
    runner,
    process: processes,
    git,
    github: openGitHub(inputs, context)
  }
}

/** Whoever assumed the role need not have masked what it was given; a build may print its environment. */
function secretsOf(inputs: Inputs, environment: RunnerEnvironment): readonly string[] {
  const fromEnvironment = ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'].map(name => environment[name])
  return [inputs.githubToken, inputs.sshKey, ...fromEnvironment].filter(
    (secret): secret is string => typeof secret === 'string'
  )
}

export function openGitHub(inputs: Pick<Inputs, 'githubToken'>, context: RunContext): GitHub | null {
  if (inputs.githubToken === null || context.repository === '') return null
  return createGitHub({ token: inputs.githubToken, repository: context.repository, apiUrl: context.apiUrl })
}

function openReport(session: Session, config: Config | null, subject?: RunSubject, selection?: Selection): Reporter {
  const { inputs, context, event, runner, github } = session
  // Outputs are all that `detect` is asked for, and a run with nothing to do has nothing to tell anybody.
  const quiet = subject?.command === 'detect' || selection?.kind === 'nothing'
  const to: ReportContext = {
    ...localReport(context),
    event,
    environments: config?.environments ?? [],
    layers: config?.layers ?? [],
    comment: inputs.comment && !quiet,
    status: inputs.status && !quiet
  }
  return reporter(to, { runner, clock: systemClock, github })
}

/** A report that no pull request and no commit gets: outputs, annotations, summary. */
function localReport(context: RunContext): ReportContext {
  return {
    serverUrl: context.serverUrl,
    repository: context.repository,
    runId: context.runId === '' ? null : context.runId,
    runAttempt: Number(context.runAttempt),
    event: { kind: 'other', name: '', ref: '' },
    environments: [],
    layers: [],
    comment: false,
    status: false
  }
}
