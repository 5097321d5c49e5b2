/** The plan: a pure, synchronous, total function of what was observed. `apply` carries it out and decides nothing. */
import type { Facts, StepBase, PlanStep } from './facts.js'
import type { Access, Artifact, DeployedVersion, Environment, LayerChange, Verdict } from '../../model/index.js'
import { unreachable } from '../../model/errors.js'
import { noAccess, sameAccess, sameProperties, targetKey, type Target } from '../target.js'
import type { DeployRecord } from '../deploy-record.js'
import { largestPackagesOf, packagesChangedOf, sizesOfStep } from './content-changes.js'

type Outcome = 'apply' | 'nothing' | 'stand-aside' | 'refuse'

export interface Plan {
  readonly mode: 'plan' | 'deploy'
  readonly dryRun: boolean
  readonly environment: Environment
  readonly headCommit: string
  readonly outcome: Outcome
  readonly steps: readonly PlanStep[]
  readonly verdicts: readonly Verdict[]
}

export function buildPlan(facts: Facts): Plan {
  const targets = new Map(facts.targets.map(target => [targetKey(target), target]))
  const steps = facts.changes.flatMap(change => {
    const target = targets.get(targetKey(change))
    return target === undefined ? [] : [stepOf(facts, target, change)]
  })
  const { mode, dryRun, environment, headCommit, verdicts } = facts
  return { mode, dryRun, environment, headCommit, outcome: outcomeOf(mode, verdicts, steps), steps, verdicts }
}

function outcomeOf(mode: Plan['mode'], verdicts: readonly Verdict[], steps: readonly PlanStep[]): Outcome {
  if (verdicts.some(({ passed }) => passed === false)) return 'refuse'
  // What a preview has built is shown, never published.
  const writes =
    mode === 'deploy' && steps.some(({ kind }) => kind === 'publish' || kind === 'record' || kind === 'adjust')
  // One that names layers leaves the others to be written.
  if (verdicts.some(({ passed, subject }) => passed === 'stand-aside' && (subject === '' || !writes)))
    return 'stand-aside'
  return writes ? 'apply' : 'nothing'
}

function stepOf(facts: Facts, target: Target, change: LayerChange): PlanStep {
  const source = facts.sources.get(change.layerId)
  const deployed = facts.deployed.get(targetKey(target)) ?? null
  const base: StepBase = { target, change, sourceDigest: source?.sourceDigest ?? null, deployed }
  if (facts.aside.has(targetKey(target))) return { kind: 'stand-aside', ...base }
  if (!change.changed) {
    const adjusts =
      facts.mode === 'deploy' && facts.protectionDiffers.has(targetKey(target)) && change.reason !== 'removed'
    return { kind: adjusts ? 'adjust' : 'keep', ...base }
  }
  if (change.reason === 'access-changed') return accessStep(facts, base)
  const build = facts.builds.get(change.layerId)
  if (build === undefined) return { kind: 'announce', ...base }
  if (build instanceof Error) return { kind: 'fail', error: build, ...base }
  const record: DeployRecord = {
    sourceDigest: source?.sourceDigest ?? '',
    contentDigest: build.contentDigest,
    artifactSha256: build.artifactSha256,
    commit: facts.headCommit,
    sourceCommit: change.to ?? '',
    run: facts.run,
    repository: facts.repository
  }
  if (runsAlready(target, deployed, build)) return { kind: 'record', ...base, deployed, record }
  const stored = facts.stored.get(targetKey(target)) ?? null
  const packagesChanged = packagesChangedOf(facts, target)
  const contentChange = facts.contentChanges.get(targetKey(target))
  const changes = { packagesChanged, ...(contentChange === undefined ? {} : { contentChange }) }
  return { kind: 'publish', ...base, artifact: build, stored, ...changes, record }
}

/** The version stays, and so does what is recorded of it; the commit moves, so that an older run does not undo this. */
function accessStep(facts: Facts, base: StepBase): PlanStep {
  const { deployed, sourceDigest } = base
  if (facts.mode === 'plan' || deployed === null) return { kind: 'announce', ...base }
  const { contentDigest, artifactSha256, rolledBackTo } = deployed
  const record: DeployRecord = {
    sourceDigest: sourceDigest ?? '',
    contentDigest: contentDigest ?? '',
    artifactSha256: artifactSha256 ?? '',
    commit: facts.headCommit,
    sourceCommit: base.change.to ?? '',
    run: facts.run,
    repository: facts.repository,
    ...(rolledBackTo !== undefined && { rolledBackTo: String(rolledBackTo) })
  }
  return { kind: 'record', ...base, deployed, record }
}

/**
 * A content that did not change never gets a new version. What a version declares is part of it (it can only be changed by
 * another version); one that nobody recorded is taken over by the engine, which verifies it.
 */
function runsAlready(target: Target, deployed: DeployedVersion | null, build: Artifact): deployed is DeployedVersion {
  return (
    deployed !== null &&
    deployed.sourceDigest !== null &&
    deployed.properties !== null &&
    deployed.contentDigest === build.contentDigest &&
    sameProperties(deployed.properties, target.properties)
  )
}

/** The plan as the output `plan` carries it. */
export function planDocument(plan: Plan): unknown {
  return {
    mode: plan.mode,
    'dry-run': plan.dryRun,
    environment: plan.environment.name,
    'account-id': plan.environment.accountId,
    head: plan.headCommit,
    outcome: plan.outcome,
    steps: plan.steps.map(step => ({
      layer: step.target.layerId,
      region: step.target.region,
      action: actionOf(step),
      reason: step.change.reason,
      ...(step.change.addedBy === undefined ? {} : { 'added-by': step.change.addedBy }),
      'layer-name': step.target.layerName,
      from: step.change.from,
      to: step.change.to,
      'deployed-version': step.deployed?.version ?? null,
      'source-digest': step.sourceDigest,
      'content-digest': 'record' in step ? step.record.contentDigest : null,
      ...sizesOfStep(step),
      ...accessChange(step)
    })),
    'largest-packages': largestPackagesOf(plan.steps),
    guards: plan.verdicts.map(verdict => ({
      guard: verdict.guard,
      subject: verdict.subject,
      passed: verdict.passed === true && verdict.foretold === true ? false : verdict.passed,
      ...(verdict.passed === true ? { detail: verdict.detail } : verdict.finding)
    }))
  }
}

/** Only where something of it changes. */
function accessChange({ target, deployed }: PlanStep): { readonly access?: unknown } {
  const before = deployed?.access ?? noAccess
  const after = target.access
  const shown = ({ ssmParameter, sharedWith }: Access) => ({ 'ssm-parameter': ssmParameter, 'share-with': sharedWith })
  return sameAccess(before, after) ? {} : { access: { from: shown(before), to: shown(after) } }
}

function actionOf(step: PlanStep): string {
  if (step.kind !== 'stand-aside' && step.change.reason === 'access-changed') return 'update sharing and parameter'
  switch (step.kind) {
    case 'keep':
      return 'keep'
    case 'announce':
      return 'build and publish'
    case 'publish':
      return 'publish'
    case 'record':
      return 'record source'
    case 'adjust':
      return 'adjust the stack'
    case 'stand-aside':
      return 'none, a newer commit stands'
    case 'fail':
      return 'none, the build failed'
    default:
      return unreachable(step)
  }
}
