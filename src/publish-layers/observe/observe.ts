/** Observe: turns the world into the facts that the plan is made of. Reads only, but for the builds in a scratch folder. */
import pLimit from 'p-limit'
import { CodedError } from '../../model/errors.js'
import { detectChanges, type Baseline } from '../../detect-changes/changes.js'
import { resolveBaseRevision } from '../../detect-changes/base-revision.js'
import { layerSource, watchedPaths } from '../../detect-changes/source-digest.js'
import type {
  Config,
  DeployedVersion,
  Environment,
  Layer,
  LayerChange,
  LayerSource,
  TriggerEvent,
  Verdict
} from '../../model/index.js'
import { settled } from '../../model/settle.js'
import type { Aws } from '../../ports/aws.js'
import type { CommitFiles, Git } from '../../ports/git.js'
import type { Log } from '../../ports/log.js'
import { sameAccess } from '../access.js'
import type { Engine, Observation } from '../engines/engine.js'
import { accountVerdict, regionVerdicts, type PromotionOverride } from '../plan/guards.js'
import type { Facts } from '../plan/plan.js'
import { sameProperties, targetKey, targetsOf, type Target } from '../target.js'
import type { DeployPorts } from './observe-deploy.js'

export interface ObserveRequest {
  readonly mode: 'plan' | 'deploy' | 'report'
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
  /** Branches of the environment that this one is promoted from. */
  readonly sourceBranches: readonly string[]
  /** What would give GitHub's answers, where nobody is signed in there: `GITHUB_TOKEN`, or the input. */
  readonly tokenName: string
  /** The input `promotion-override` with who gave it; `null`: none. */
  readonly promotionOverride: PromotionOverride | null
  readonly repository: string
  readonly run: string
  /** The configuration as it stood at another revision, read from `files` (default: here); `null` where it cannot be read there. */
  readonly configAt: (revision: string, files?: CommitFiles) => Promise<Config | null>
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
  const [entries, account] = await settled([
    ports.git.readEntries(request.headCommit, watchedPaths(layers)),
    observeAccount(request, ports, targets)
  ])
  const sources = layers.map(layer => layerSource(layer, entries))
  const changes = detectChanges({ layers, regions, sources, baseline: account.baseline, force: request.force })
  const facts: Facts = {
    mode: mode === 'deploy' ? 'deploy' : 'plan',
    dryRun: request.dryRun,
    environment,
    headCommit: request.headCommit,
    repository: request.repository,
    run: request.run,
    targets,
    sources: new Map(sources.map(source => [source.layerId, source])),
    changes,
    deployed: account.deployed,
    astray: account.astray,
    aside: new Set(),
    builds: new Map(),
    stored: new Map(),
    verdicts: account.verdicts
  }
  if (mode === 'plan')
    return { ...facts, verdicts: [...facts.verdicts, ...(await plannedGates(facts, request, ports))] }
  if (mode !== 'deploy' || !account.trusted) return facts
  const { observeDeploy } = await import('./observe-deploy.js')
  return observeDeploy(request, facts, ports)
}

/** A coverage that is too low shows before the merge, where a report of it is there. */
async function plannedGates(
  { changes, targets, sources }: Facts,
  request: ObserveRequest,
  ports: ObservePorts
): Promise<readonly Verdict[]> {
  const { layers, headCommit } = request
  const { workspace, git } = ports
  const changed = new Set(changes.filter(change => change.changed).map(({ layerId }) => layerId))
  const promoted = await plannedPromotion(request, changes, sources, ports)
  const templated = layers.filter(({ id, template }) => changed.has(id) && template != null)
  const templates = templated.length === 0 ? [] : await plannedTemplates(templated, targets, headCommit, git)
  const measured = layers.filter(({ id, coverage }) => changed.has(id) && coverage !== undefined && coverage !== null)
  if (measured.length === 0) return [...promoted, ...templates]
  const { observeCoverage } = await import('./observe-gates.js')
  return [...promoted, ...templates, ...(await observeCoverage(measured, workspace, 'plan'))]
}

async function plannedPromotion(
  request: ObserveRequest,
  changes: readonly LayerChange[],
  sources: Facts['sources'],
  ports: ObservePorts
): Promise<readonly Verdict[]> {
  if (request.environment.promoteFrom === null) return []
  const published = changes.filter(change => change.changed && change.reason !== 'access-changed')
  const wanted = new Map(published.map(({ layerId }) => [layerId, sources.get(layerId)?.sourceDigest ?? '']))
  const { foretellPromotion } = await import('./observe-promotion.js')
  return foretellPromotion(request, wanted, ports)
}

async function plannedTemplates(
  layers: readonly Layer[],
  targets: readonly Target[],
  revision: string,
  git: Git
): Promise<readonly Verdict[]> {
  const { isTemplated, planTemplates } = await import('../own-template/observe-templates.js')
  return planTemplates(layers.filter(isTemplated), targets, revision, git)
}

interface Account {
  /** Account and regions are the environment's. */
  readonly trusted: boolean
  readonly verdicts: readonly Verdict[]
  readonly deployed: ReadonlyMap<string, DeployedVersion | null>
  readonly astray: ReadonlySet<string>
  readonly baseline: Baseline
}

/** Before the account is known to be the right one, nothing else in it is looked at. */
async function observeAccount(
  request: ObserveRequest,
  ports: ObservePorts,
  targets: readonly Target[]
): Promise<Account> {
  const { environment } = request
  const caller = await callerAccount(request, ports)
  const identity = [
    ...(caller === null ? [] : [accountVerdict(environment, caller)]),
    ...regionVerdicts(environment, request.regions)
  ]
  const trusted = identity.every(({ passed }) => passed === true)
  const observations = caller !== null && trusted ? await observeTargets(request, ports, targets) : null
  if (observations === null) {
    return {
      trusted,
      verdicts: identity,
      deployed: new Map(),
      astray: new Set(),
      baseline: await revisionBaseline(request, ports)
    }
  }
  const deployed = new Map([...observations].map(([key, observation]) => [key, observation.deployed]))
  const astray = new Set([...observations].flatMap(([key, observation]) => (observation.astray ? [key] : [])))
  const verdicts = [...identity, ...[...observations.values()].flatMap(observation => observation.verdicts)]
  return { trusted, verdicts, deployed, astray, baseline: deployedBaseline(targets, deployed) }
}

/** `null`: this run has no credentials, and needs none because it only plans. */
async function callerAccount(request: ObserveRequest, { aws, log }: ObservePorts): Promise<string | null> {
  if (request.mode === 'plan' && aws.credentialSources().length === 0) return null
  try {
    return (await aws.callerIdentity()).accountId
  } catch (error) {
    if (request.mode !== 'plan' || !(error instanceof CodedError) || error.code !== 'NO_CREDENTIALS') throw error
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
      limit(async () => [targetKey(target), await ports.engine.observe(target, request.mode !== 'plan')] as const)
    )
    return new Map(await Promise.all(observed))
  } catch (error) {
    limit.clearQueue()
    if (request.mode !== 'plan' || !(error instanceof CodedError) || error.code !== 'ACCESS_DENIED') throw error
    ports.log.warning(`The deployed state is not read: ${error.message}`)
    return null
  }
}

function deployedBaseline(targets: readonly Target[], deployed: ReadonlyMap<string, DeployedVersion | null>): Baseline {
  const layers = targets.map(target => {
    const { layerId, region, access } = target
    const version = deployed.get(targetKey(target)) ?? null
    const accessDiffers = !sameAccess(access, version?.access)
    return { layerId, region, deployed: version, accessDiffers, propertiesDiffer: declaresOtherwise(target, version) }
  })
  return { kind: 'deployed', layers }
}

/** What an own template declares is read from it by the deploy; its text is part of the source digest. */
function declaresOtherwise({ template, properties }: Target, version: DeployedVersion | null): boolean {
  const declared = version?.properties ?? null
  return template === null && declared !== null && !sameProperties(declared, properties)
}

/** No deployed state can be read: the layers are compared with a base revision, recipes included. */
export async function revisionBaseline(request: ObserveRequest, { git, log }: ObservePorts): Promise<Baseline> {
  const base = await resolveBaseRevision(git, request.event, request.base ?? '', request.headCommit)
  if (base.kind === 'unknown') {
    log.warning(`No base revision: ${base.why}. Every layer counts as changed.`)
    return base
  }
  const watched = watchedPaths(request.layers)
  const [before, entries] = await Promise.all([request.configAt(base.commit), git.readEntries(base.commit, watched)])
  const ids = new Set(request.layers.map(({ id }) => id))
  const layersBefore = before?.layers.filter(layer => ids.has(layer.id)) ?? request.layers
  const further = watchedPaths(layersBefore).filter(path => !watched.includes(path))
  const all = further.length === 0 ? entries : [...entries, ...(await git.readEntries(base.commit, further))]
  return { kind: 'revision', sources: layersBefore.map((layer): LayerSource => layerSource(layer, all)) }
}
