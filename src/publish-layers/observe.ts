/** Observe: turns the world into the facts that the plan is made of. Reads only, but for the builds in a scratch folder. */
import pLimit from 'p-limit'
import { CodedError } from '../errors.js'
import { detectChanges, type Baseline } from '../detect-changes/changes.js'
import { resolveBaseRevision } from '../detect-changes/base-revision.js'
import { layerSource, watchedPaths } from '../detect-changes/source-digest.js'
import type { Config, DeployedVersion, Environment, Layer, LayerSource, TriggerEvent } from '../model.js'
import type { Aws } from '../ports/aws.js'
import type { Git } from '../ports/git.js'
import type { Log } from '../ports/log.js'
import type { Engine, Observation } from './engines/engine.js'
import { accountVerdict, regionVerdicts } from './guards.js'
import type { Facts } from './plan.js'
import { targetKey, targetsOf, type Target } from './target.js'
import type { DeployPorts } from './observe-deploy.js'

export interface ObserveRequest {
  readonly mode: 'plan' | 'deploy'
  readonly dryRun: boolean
  readonly environment: Environment
  readonly branch: string
  readonly event: TriggerEvent
  readonly headCommit: string
  readonly layers: readonly Layer[]
  /** The input `regions`, `null` for all. */
  readonly regions: readonly string[] | null
  readonly base: string | null
  readonly force: boolean
  readonly repository: string
  readonly run: string
  /** The configuration as it stood at another revision; `null` where it cannot be read there. */
  readonly configAt: (revision: string) => Promise<Config | null>
}

export interface ObservePorts extends DeployPorts {
  readonly git: Git
  readonly aws: Aws
  readonly engine: Engine
  readonly log: Log
}

export async function observe(request: ObserveRequest, ports: ObservePorts): Promise<Facts> {
  const { environment, layers, mode } = request
  const regions = (request.regions ?? environment.regions).filter(region => environment.regions.includes(region))
  const targets = targetsOf(environment, layers, regions)
  const [entries, caller] = await Promise.all([
    ports.git.readEntries(request.headCommit, watchedPaths(layers)),
    callerAccount(request, ports)
  ])
  const sources = new Map(layers.map(layer => [layer.id, layerSource(layer, entries)]))
  const identity = [
    ...(caller === null ? [] : [accountVerdict(environment, caller)]),
    ...regionVerdicts(environment, request.regions)
  ]
  const trusted = identity.every(({ passed }) => passed === true)

  // Before the account is known to be the right one, nothing else in it is looked at.
  const observations = caller !== null && trusted ? await observeTargets(request, ports, targets) : null
  const baseline =
    observations === null ? await revisionBaseline(request, ports) : deployedBaseline(targets, observations)
  const changes = detectChanges({ layers, regions, sources: [...sources.values()], baseline, force: request.force })
  const facts: Facts = {
    mode,
    dryRun: request.dryRun,
    environment,
    headCommit: request.headCommit,
    repository: request.repository,
    run: request.run,
    targets,
    sources,
    changes,
    deployed: deployedMap(observations),
    builds: new Map(),
    stored: new Map(),
    verdicts: [...identity, ...[...(observations?.values() ?? [])].flatMap(({ verdicts }) => verdicts)]
  }
  if (mode === 'plan' || !trusted) return facts
  const { observeDeploy } = await import('./observe-deploy.js')
  return observeDeploy(request, facts, ports)
}

/** `null`: this run has no credentials, and needs none because it only plans. */
async function callerAccount(request: ObserveRequest, { aws, log }: ObservePorts): Promise<string | null> {
  if (request.mode === 'plan' && aws.credentialSources().length === 0) return null
  try {
    return (await aws.callerIdentity()).accountId
  } catch (error) {
    if (request.mode === 'deploy' || !(error instanceof CodedError) || error.code !== 'NO_CREDENTIALS') throw error
    log.warning(`The deployed state is not read: ${error.message}`)
    return null
  }
}

/** `null`: a plan may not read the account; its baseline is the base revision then. */
async function observeTargets(
  request: ObserveRequest,
  ports: ObservePorts,
  targets: readonly Target[]
): Promise<ReadonlyMap<string, Observation> | null> {
  const limit = pLimit(request.environment.concurrency)
  try {
    const observed = targets.map(target =>
      limit(async () => [targetKey(target), await ports.engine.observe(target, request.mode === 'deploy')] as const)
    )
    return new Map(await Promise.all(observed))
  } catch (error) {
    limit.clearQueue()
    if (request.mode === 'deploy' || !(error instanceof CodedError) || error.code !== 'ACCESS_DENIED') throw error
    ports.log.warning(`The deployed state is not read: ${error.message}`)
    return null
  }
}

function deployedMap(
  observations: ReadonlyMap<string, Observation> | null
): ReadonlyMap<string, DeployedVersion | null> {
  return new Map([...(observations ?? [])].map(([key, { deployed }]) => [key, deployed]))
}

function deployedBaseline(targets: readonly Target[], observations: ReadonlyMap<string, Observation>): Baseline {
  return {
    kind: 'deployed',
    layers: targets.map(target => ({
      layerId: target.layerId,
      region: target.region,
      deployed: observations.get(targetKey(target))?.deployed ?? null
    }))
  }
}

/** No deployed state can be read: the layers are compared with a base revision, recipes included. */
async function revisionBaseline(request: ObserveRequest, { git, log }: ObservePorts): Promise<Baseline> {
  const base = await resolveBaseRevision(git, request.event, request.base ?? '', request.headCommit)
  if (base.kind === 'unknown') {
    log.warning(`No base revision: ${base.why}. Every layer counts as changed.`)
    return base
  }
  const before = await request.configAt(base.commit)
  const layersBefore =
    before?.layers.filter(layer => request.layers.some(({ id }) => id === layer.id)) ?? request.layers
  const entries = await git.readEntries(base.commit, watchedPaths(layersBefore))
  return { kind: 'revision', sources: layersBefore.map((layer): LayerSource => layerSource(layer, entries)) }
}
