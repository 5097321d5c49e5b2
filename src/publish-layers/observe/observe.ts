/**
 * Observe: turns the world into the facts that the plan is made of. Reads only, but for the builds in a scratch folder. What
 * the account runs and what changed are known by then (`account.ts`, `detect-changes/observe-changes.ts`).
 */
import type { ObserveRequest, DeployPorts } from './observe-request.js'
import type { Facts } from '../plan/facts.js'
import type { Layer, Verdict, ObservedChanges } from '../../model/index.js'
import type { Aws } from '../../ports/aws.js'
import type { Git } from '../../ports/git.js'
import type { Log } from '../../ports/runner.js'
import type { Engine } from '../engines/engine.js'
import type { Target } from '../target.js'
import type { Account } from './account.js'

export interface ObservePorts extends DeployPorts {
  readonly git: Git
  readonly aws: Aws
  readonly engine: Engine
  readonly log: Log
}

export async function observe(
  request: ObserveRequest,
  account: Account,
  { sources, changes }: ObservedChanges,
  ports: ObservePorts
): Promise<Facts> {
  const { environment, mode } = request
  const facts: Facts = {
    mode: mode === 'deploy' ? 'deploy' : 'plan',
    dryRun: request.dryRun,
    environment,
    headCommit: request.headCommit,
    repository: request.repository,
    run: request.run,
    targets: account.targets,
    sources: new Map(sources.map(source => [source.layerId, source])),
    changes,
    deployed: account.deployed,
    protectionDiffers: account.protectionDiffers,
    aside: new Set(),
    builds: new Map(),
    stored: new Map(),
    packagesChanged: new Map(),
    contentChanges: new Map(),
    verdicts: account.verdicts
  }
  if (mode === 'plan') return observePlan(request, facts, account.trusted, ports)
  if (mode !== 'deploy' || !account.trusted) return facts
  // Nothing of what builds is loaded.
  if (changedLayers(facts).size === 0 && facts.protectionDiffers.size === 0) return facts
  const { observeDeploy } = await import('./observe-deploy.js')
  return observeDeploy(request, facts, ports)
}

async function observePlan(
  request: ObserveRequest,
  facts: Facts,
  trusted: boolean,
  ports: ObservePorts
): Promise<Facts> {
  const coverage = await plannedCoverage(facts, request, ports)
  if (request.preview && trusted) {
    const { observePreview } = await import('./observe-deploy.js')
    const previewed = await observePreview(request, facts, ports)
    return { ...previewed, verdicts: [...previewed.verdicts, ...coverage] }
  }
  const { layers, headCommit } = request
  const promoted = await plannedPromotion(request, facts, ports)
  const changed = changedLayers(facts)
  const templated = layers.filter(({ id, template }) => changed.has(id) && template != null)
  const templates =
    templated.length === 0 ? [] : await plannedTemplates(templated, facts.targets, headCommit, ports.git)
  return { ...facts, verdicts: [...facts.verdicts, ...promoted, ...templates, ...coverage] }
}

function changedLayers({ changes }: Facts): ReadonlySet<string> {
  return new Set(changes.filter(change => change.changed).map(({ layerId }) => layerId))
}

/** A coverage that is too low shows before the merge, where a report of it is there. */
async function plannedCoverage(
  facts: Facts,
  { layers }: ObserveRequest,
  { workspace }: ObservePorts
): Promise<readonly Verdict[]> {
  const changed = changedLayers(facts)
  const measured = layers.filter(({ id, coverage }) => changed.has(id) && coverage !== undefined && coverage !== null)
  if (measured.length === 0) return []
  const { observeCoverage } = await import('./observe-gates.js')
  return observeCoverage(measured, workspace, 'plan')
}

async function plannedPromotion(
  request: ObserveRequest,
  { changes, sources }: Facts,
  ports: ObservePorts
): Promise<readonly Verdict[]> {
  if (request.environment.promoteFrom === null) return []
  const published = changes.filter(change => change.changed && change.reason !== 'access-changed')
  const wanted = new Map(
    published.map(({ layerId }) => {
      return [layerId, { sourceDigest: sources.get(layerId)?.sourceDigest ?? '', contentDigest: '' }]
    })
  )
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
