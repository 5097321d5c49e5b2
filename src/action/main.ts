/** The action: wires a run to the runner, the event and the adapters. What it then does is in run.ts. */
import type { Inputs, RunContext, RunnerEnvironment } from '../model/index.js'
import { credentialSources, withoutCredentials } from '../adapters/aws/credentials.js'
import { systemClock } from '../adapters/process/clock.js'
import { gitWhenAsked, processRunnerWhenAsked, gitHubWhenAsked } from '../adapters/when-asked.js'
import { proxyRoutes } from '../adapters/proxy/routes.js'
import { openRunner } from '../adapters/runner/index.js'
import { readEvent, readInputs, readRunContext } from './inputs.js'
import type { Runner } from '../ports/runner.js'
import { resultOfFailure, unknownSubject } from '../publish-layers/result.js'
import type { ReportContext } from '../report/context.js'
import { withCheckRuns } from '../report/status/check-run.js'
import { reporter, type Reporter } from '../report/reporter.js'
import { run } from '../run/run.js'
import type { Known, Session } from '../run/session.js'
import { runLimits } from '../run/limits.js'
import { unsupportedMachine } from '../run/supported-machine.js'
import { secretsOf } from '../redaction/secrets.js'

/** Runs the action. @param elapsedMilliseconds of the step, before this call. @returns the exit code: 1 where the conclusion is failure, else 0 */
export async function main(environment: RunnerEnvironment, elapsedMilliseconds = 0): Promise<number> {
  const runner = openRunner(environment)
  for (const secret of secretsOf(environment)) runner.mask(secret)
  let session: Session
  try {
    const refused = unsupportedMachine(process.platform, process.arch)
    if (refused !== null) throw refused
    session = open(environment, runner, elapsedMilliseconds)
  } catch (error) {
    if (error instanceof Error) runner.debug(error.stack ?? error.message)
    const limits = { reported: (delivery: Promise<void>) => delivery.then(() => true) }
    const ports = { runner, clock: systemClock, github: null, limits }
    const report = reporter(localReport(readRunContext(environment)), ports)
    return report.deliver(resultOfFailure(unknownSubject, error))
  }
  try {
    return await run(session)
  } finally {
    session.limits.end()
    await session.git.close()
  }
}

/** @throws CodedError CONFIG_INVALID for an input, EVENT_INVALID for the event */
function open(environment: RunnerEnvironment, runner: Runner, elapsedMilliseconds: number): Session {
  const inputs = readInputs(environment, runner)
  const context = readRunContext(environment)
  const event = readEvent(environment)
  const wired = wire({ environment, inputs, context, runner, profileOf: () => null, elapsedMilliseconds })
  const openReport = (known: Known | null): Reporter => reportOf({ ...wired, event }, known)
  const progress: Session['progress'] = ({ layerId, region, what, ended }) => {
    if (ended) runner.info(`${layerId}${region === null ? '' : ` in ${region}`}: ${what}`)
  }
  const showDetails = (markdown: string): Promise<void> => runner.appendSummary(markdown)
  return { ...wired, event, openReport, progress, showDetails }
}

/** The adapters of a run, whoever started it. */
export function wire(start: {
  readonly environment: RunnerEnvironment
  readonly inputs: Inputs
  readonly context: RunContext
  readonly runner: Runner
  /** An environment's profile of ~/.aws; `null`: the SDK's own choice. */
  readonly profileOf: (environment: string) => string | null
  /** Where commits of submodules that were fetched are kept for the next run. Default: they are not. */
  readonly keptDirectory?: string
  /** Of the step, before this call; 0 where it is not given. */
  readonly elapsedMilliseconds?: number
}): Omit<Session, 'event' | 'openReport' | 'progress' | 'showDetails'> {
  const { environment, inputs, context, runner, profileOf } = start
  const given = [inputs.githubToken, inputs.sshKey].filter(secret => secret !== null)
  for (const secret of [...given, ...secretsOf(environment)]) runner.mask(secret)
  const limits = runLimits(inputs.timeoutMinutes, start.elapsedMilliseconds)
  const processes = processRunnerWhenAsked({ signal: limits.signal })
  const git = gitWhenAsked({
    process: processes,
    directory: inputs.directory,
    mask: secret => {
      runner.mask(secret)
    },
    warn: message => {
      runner.warning(message)
    },
    scratchDirectory: context.temporaryDirectory,
    ...(start.keptDirectory === undefined ? {} : { keptDirectory: start.keptDirectory }),
    ...(inputs.sshKey === null ? {} : { ssh: { key: inputs.sshKey, knownHosts: inputs.sshKnownHosts } })
  })
  const openAws: Session['openAws'] = async ({ name, accountId, regions, encryption }) => {
    const profile = profileOf(name)
    // Nothing of AWS can be asked: nothing of it is loaded.
    if (profile === null && credentialSources(environment).length === 0) return withoutCredentials
    const { createAws } = await import('../adapters/aws/index.js')
    const { signal } = limits
    return createAws({ environment, signal, homeRegion: regions[0] ?? '', accountId, encryption, profile })
  }
  const { repository, apiUrl } = context
  const proxies = proxyRoutes(environment)
  const github = gitHubWhenAsked({ token: inputs.githubToken, repository, apiUrl, proxies })
  return { inputs, context, limits, clock: systemClock, runner, process: processes, git, github, openAws }
}

function reportOf(
  { inputs, context, event, runner, github, limits }: Omit<Session, 'openReport' | 'progress' | 'showDetails'>,
  known: Known | null
): Reporter {
  // Outputs are all that `detect` is asked for, no pull request brings about a `prune` or a `discover`, and a run with
  // nothing to do has nothing to tell anybody.
  const silent = ['detect', 'prune', 'discover'].includes(inputs.command)
  const quiet = silent || known?.selection.kind === 'nothing'
  const to: ReportContext = {
    ...localReport(context),
    event,
    environments: known?.config.environments ?? [],
    layers: known?.config.layers ?? [],
    comment: inputs.comment && !quiet,
    status: inputs.status && !quiet,
    checkRun: inputs.checkRun
  }
  const statuses = inputs.checkRun && github !== null ? withCheckRuns(github) : github
  return reporter(to, { runner, clock: systemClock, github: statuses, limits })
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
