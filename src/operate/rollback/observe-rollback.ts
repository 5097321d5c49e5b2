import pLimit from 'p-limit'
import { CodedError, settled } from '../../model/errors.js'
import type { DeployedVersion, Layer, Verdict, VersionSpec } from '../../model/index.js'
import type { AwsRegion, LayerVersionDetail } from '../../ports/aws.js'
import { declaredProperties } from '../../publish-layers/engines/lambda/find-version.js'
import { observeTip } from '../../publish-layers/observe/branch-tip.js'
import { staleVerdict } from '../../publish-layers/plan/stale-run.js'
import { isAmong } from '../../publish-layers/deploy-record.js'
import { sameProperties, targetKey, targetsOf, type Target } from '../../publish-layers/target.js'
import type { OperationPorts, OperationRequest } from '../operation.js'
import { findContent } from './find-content.js'
import { runsAlready, type RollbackFacts } from './plan-rollback.js'

export interface RollbackObservation {
  readonly facts: readonly RollbackFacts[]
  readonly verdicts: readonly Verdict[]
}

/** How many versions are looked at for another content than the deployed one. */
const mostLooks = 50

export async function observeRollback(
  request: OperationRequest,
  version: VersionSpec,
  ports: OperationPorts
): Promise<RollbackObservation> {
  const { environment, layers } = request
  const limit = pLimit(environment.concurrency)
  const targets = targetsOf(environment, layers, request.regions ?? environment.regions)
  const observed = await settled(targets.map(target => limit(() => observeTarget(request, target, version, ports))))
  const stale = await observeAge(
    request,
    observed.flatMap(({ facts }) => facts.deployed?.commit ?? []),
    layers.map(({ id }) => id),
    ports
  )
  return {
    facts: observed.map(({ facts }) => facts),
    verdicts: [...stale, ...observed.flatMap(({ verdicts }) => verdicts)]
  }
}

async function observeTarget(
  request: OperationRequest,
  target: Target,
  version: VersionSpec,
  { engine, aws, progress, scratchDirectory }: OperationPorts
): Promise<{ readonly facts: RollbackFacts; readonly verdicts: readonly Verdict[] }> {
  progress({ layerId: target.layerId, region: target.region, what: 'looking for the version', ended: false })
  const region = aws.region(target.region)
  const { deployed, verdicts } = await engine.observe(target, true)
  const nothing = { facts: { target, deployed, wanted: null, content: null }, verdicts }
  if (deployed === null) return nothing
  const current = await region.layers.get(target.layerName, deployed.version)
  const sha256 = current?.codeSha256 ?? deployed.artifactSha256 ?? ''
  // A second attempt of the same workflow run must not go back a second time.
  if (version === 'previous' && isOwn(request, deployed) && current !== null && deployed.rolledBackTo !== undefined) {
    return {
      facts: { target, deployed, wanted: { ...current, version: deployed.rolledBackTo }, content: null },
      verdicts
    }
  }
  const wanted =
    version === 'previous'
      ? await previous(region, target, deployed, sha256)
      : await region.layers.get(target.layerName, version)
  if (wanted === null) return nothing
  if (runsAlready(deployed, sha256, wanted)) return { facts: { target, deployed, wanted, content: null }, verdicts }
  try {
    const content = await findContent({ region, target, wanted, layer: layerOf(request, target), scratchDirectory })
    return { facts: { target, deployed, wanted, content }, verdicts }
  } catch (error) {
    if (!(error instanceof CodedError) || error.code !== 'BUCKET_OWNER_MISMATCH') throw error
    const refused: Verdict = { guard: error.code, subject: targetKey(target), passed: false, finding: error.finding }
    return { ...nothing, facts: { ...nothing.facts, wanted }, verdicts: [...verdicts, refused] }
  }
}

function layerOf({ layers }: OperationRequest, { layerId }: Target): Layer {
  const layer = layers.find(({ id }) => id === layerId)
  if (layer === undefined) throw new Error(`no layer ${layerId}`)
  return layer
}

function isOwn({ run }: OperationRequest, { lastRun }: { readonly lastRun?: string }): boolean {
  const id = run.split('/')[0] ?? ''
  return id !== 'local' && lastRun?.split('/')[0] === id
}

/**
 * The newest version with another content that was on record before the deployed one: neither what somebody published by hand,
 * nor what a killed run left. Where a rollback is deployed, before the version that it
 * returned to: rolling back twice goes back twice, and never forward again to what was rolled back.
 */
async function previous(
  region: AwsRegion,
  target: Target,
  deployed: DeployedVersion,
  sha256: string
): Promise<LayerVersionDetail | null> {
  const from = deployed.rolledBackTo ?? deployed.version
  const older = (await region.layers.list(target.layerName)).filter(
    ({ version }) => version < from && isAmong(deployed.earlierVersions, version)
  )
  for (const { version } of older.slice(0, mostLooks)) {
    const detail = await region.layers.get(target.layerName, version)
    if (detail === null) continue
    const same = deployed.properties !== null && sameProperties(deployed.properties, declaredProperties(detail))
    if (detail.codeSha256 !== sha256 || !same) return detail
  }
  return null
}

/** A re-run of an old rollback must not undo what was deployed since. Nobody asked it to stand aside: it is refused. */
async function observeAge(
  { headCommit, branch, dryRun }: OperationRequest,
  deployed: readonly string[],
  layerIds: readonly string[],
  ports: OperationPorts
): Promise<readonly Verdict[]> {
  if (dryRun) return []
  const tip = await observeTip({ headCommit, branch, deployed }, ports)
  const verdict = staleVerdict({ headCommit, branch, tip, differing: layerIds, everything: true })
  if (verdict.passed !== 'stand-aside') return [verdict]
  const expected = `${headCommit} at the tip of ${branch}`
  const found = tip.kind === 'newer' ? `${tip.commit}, which descends from it` : verdict.finding.found
  const mend = `start the rollback anew on the tip of ${branch}`
  return [{ ...verdict, passed: false, finding: { expected, found, mend } }]
}
