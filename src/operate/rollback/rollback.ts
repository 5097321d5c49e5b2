/** The command `rollback`: the content of an earlier version is published again, as the newest one. */
import { mkdir } from 'node:fs/promises'
import pLimit from 'p-limit'
import { asCodedError, CodedError } from '../../model/errors.js'
import type { LayerResult, RunResult, Verdict } from '../../model/index.js'
import { GitHubError } from '../../ports/github.js'
import { shownAccess } from '../../publish-layers/target.js'
import type { StoredArtifact } from '../../publish-layers/engines/engine.js'
import { declaredProperties } from '../../publish-layers/engines/lambda/find-version.js'
import { endAll, endingsOf, listDeployments } from '../../publish-layers/promotion/active-deployments.js'
import { deploymentTask, payloadOf } from '../../publish-layers/promotion/promotion.js'
import { storeArtifact } from '../../publish-layers/apply/stored-artifact.js'
import {
  identityVerdicts,
  isRefused,
  type Operation,
  type OperationPorts,
  type OperationRequest
} from '../operation.js'
import { observeRollback } from './observe-rollback.js'
import { assertSpecified, planRollback, type RollbackPlan, type RollbackStep } from './plan-rollback.js'
import { deployedRow } from '../../publish-layers/result.js'

/** @throws CodedError CONFIG_INVALID, and what AWS answers to reads */
export const rollback: Operation = async (request, ports) => {
  const version = assertSpecified(request.version, request.layers, request.named)
  const { environment, headCommit, repository, run } = request
  const target = { environment, headCommit, repository, run, version, unrecorded: request.unrecorded === true }
  const identity = await identityVerdicts(request, ports.aws)
  if (isRefused(identity)) return { result: resultOfRollback(request, refusal(request, identity), []) }
  await mkdir(ports.scratchDirectory, { recursive: true })
  const { facts, verdicts } = await observeRollback(request, version, ports)
  const plan = planRollback(target, facts, [...identity, ...verdicts])
  const rows = await applyRollback(plan, request, ports)
  const result = resultOfRollback(request, plan, rows)
  const warning = await recordRollback(plan, rows, request, ports)
  return { result: withInterruption({ ...result, warnings: [...result.warnings, ...warning] }, ports.signal) }
}

function refusal({ environment }: OperationRequest, verdicts: readonly Verdict[]): RollbackPlan {
  return { environment, verdicts, steps: [] }
}

async function applyRollback(
  plan: RollbackPlan,
  request: OperationRequest,
  ports: OperationPorts
): Promise<readonly LayerResult[]> {
  const refused = isRefused(plan.verdicts)
  const limit = pLimit(plan.environment.concurrency)
  return Promise.all(
    plan.steps.map(step =>
      limit(async () => {
        if (step.kind === 'keep') return row(step, { status: 'unchanged', reason: 'same-content' })
        if (refused) return row(step, { status: 'not-attempted', reason: 'refused' })
        if (request.dryRun) return row(step, { status: 'planned', reason: 'rolled-back' })
        if (ports.signal.aborted) return row(step, { status: 'not-attempted', reason: 'cancelled' })
        return publish(step, ports)
      })
    )
  )
}

type PublishStep = RollbackStep & { readonly kind: 'publish' }

async function publish(step: PublishStep, ports: OperationPorts): Promise<LayerResult> {
  const { target, wanted, deployed, record } = step
  const tell = (what: string, ended = false): void => {
    ports.progress({ layerId: target.layerId, region: target.region, what, ended })
  }
  try {
    tell(`publishing the content of version ${wanted.version}`)
    const artifact = await inBucket(step, ports)
    const published = await ports.engine.publish({
      target,
      artifact,
      properties: declaredProperties(wanted),
      record: { ...record, artifactSha256: artifact.sha256 },
      previous: deployed
    })
    tell(`version ${wanted.version} is back, as version ${published.version}`, true)
    return row(step, {
      status: 'rolled-back',
      reason: 'rolled-back',
      version: published.version,
      arn: published.arn,
      artifactSha256: published.codeSha256,
      contentDigest: record.contentDigest,
      sizeBytes: published.sizeBytes
    })
  } catch (error) {
    const coded = asCodedError(error)
    tell(coded.message, true)
    return row(step, { status: 'failed', reason: 'failed', error: coded, version: null, arn: null })
  }
}

/** What was read from the version itself is put back where it was: the engines publish from the bucket. */
async function inBucket({ target, content, record }: PublishStep, { aws }: OperationPorts): Promise<StoredArtifact> {
  if (content.kind === 'stored') {
    const { bucket, key } = content.place
    return { bucket, key, sha256: content.sha256, sizeBytes: content.sizeBytes }
  }
  const { file, contentDigest, sha256: artifactSha256, sizeBytes } = content
  const artifact = { file, contentDigest, artifactSha256, sizeBytes }
  return (await storeArtifact(aws.region(target.region), target, artifact, record, null)).stored
}

function row(step: RollbackStep, changes: Partial<LayerResult> & Pick<LayerResult, 'status' | 'reason'>): LayerResult {
  const { target, deployed } = step
  const record = step.kind === 'publish' ? step.record : null
  return {
    ...deployedRow(target, deployed),
    contentDigest: record?.contentDigest ?? deployed?.contentDigest ?? null,
    sourceDigest: record?.sourceDigest ?? deployed?.sourceDigest ?? null,
    toCommit: record?.sourceCommit ?? deployed?.sourceCommit ?? null,
    ...shownAccess(target.access),
    ...changes
  }
}

/** The environment's page on GitHub shows what runs now. A failure is a warning: what is published stays published. */
async function recordRollback(
  plan: RollbackPlan,
  rows: readonly LayerResult[],
  { environment, headCommit, run, runUrl }: OperationRequest,
  { github, signal }: OperationPorts
): Promise<readonly string[]> {
  const done = rows.filter(({ status }) => status === 'rolled-back').map(({ layerId }) => layerId)
  const promotion = new Map(
    plan.steps.flatMap(step =>
      step.kind === 'publish' && done.includes(step.target.layerId) ? [[step.target.layerId, step.record] as const] : []
    )
  )
  if (github === null || promotion.size === 0 || signal.aborted) return []
  try {
    const deployment = await github.createDeployment({
      commit: headCommit,
      environment: environment.name,
      task: deploymentTask,
      payload: payloadOf(promotion),
      description: `Rolled back: ${[...promotion.keys()].join(', ')}`.slice(0, 140),
      production: environment.promoteFrom !== null
    })
    const description = 'Rolled back and verified'
    await github.createDeploymentStatus(deployment.id, { state: 'success', description, logUrl: runUrl })
    const listed = await listDeployments(github, environment.name)
    await endAll(github, endingsOf(listed, run, deployment.id), runUrl)
    return []
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    return [`The rollback was not recorded on GitHub: ${error.message}`]
  }
}

function withInterruption(result: RunResult, signal: AbortSignal): RunResult {
  if (!signal.aborted) return result
  const error: CodedError = asCodedError(signal.reason)
  return { ...result, conclusion: 'failure', errors: [error, ...result.errors] }
}

/** What a rollback came to, in the shape of every report. */
export function resultOfRollback(
  { subject, branch }: Pick<OperationRequest, 'subject' | 'branch'>,
  plan: RollbackPlan,
  rows: readonly LayerResult[]
): RunResult {
  const refusals = plan.verdicts
    .filter((verdict): verdict is Verdict & { passed: false } => verdict.passed === false)
    .map(({ guard, finding }) => new CodedError(guard, finding))
  const errors = [...refusals, ...rows.flatMap(({ error }) => error ?? [])]
  return {
    ...subject,
    conclusion: errors.length > 0 ? 'failure' : 'success',
    headline: headlineOf(plan, rows, errors),
    changedLayers: [...new Set(plan.steps.filter(({ kind }) => kind === 'publish').map(step => step.target.layerId))],
    layers: rows,
    verdicts: plan.verdicts,
    errors,
    warnings: rows.some(({ status }) => status === 'rolled-back')
      ? [`The next push to ${branch} deploys forward again, unless its source is the one that was returned to`]
      : [],
    plan: {
      outcome: refusals.length > 0 ? 'refuse' : 'apply',
      steps: plan.steps.map(step => ({
        layer: step.target.layerId,
        region: step.target.region,
        action: step.kind === 'publish' ? 'publish again' : 'keep',
        'deployed-version': step.deployed?.version ?? null,
        'to-version': step.wanted.version,
        'content-digest': step.kind === 'publish' ? step.record.contentDigest : null
      }))
    }
  }
}

function headlineOf(
  { environment, steps }: RollbackPlan,
  rows: readonly LayerResult[],
  errors: readonly CodedError[]
): string {
  const where = `${environment.name} (${environment.accountId})`
  const done = rows.filter(({ status }) => status === 'rolled-back' || status === 'planned')
  if (done.length === 0) {
    if (errors[0] !== undefined) return `${errors[0].code}: nothing was rolled back in ${where}`
    return `Nothing to roll back in ${where}: it runs what is wanted`
  }
  const would = done.some(({ status }) => status === 'planned')
  const [only] = done
  const failed = rows.filter(({ status }) => status === 'failed' || status === 'not-attempted').length
  const rest = failed === 0 ? '' : `, ${failed} failed`
  if (done.length > 1 || only === undefined) {
    return `${done.length} layers ${would ? 'would be rolled back' : 'rolled back'} in ${where}${rest}`
  }
  const step = steps.find(({ target }) => target.layerId === only.layerId && target.region === only.region)
  const to = `version ${step?.wanted.version ?? ''}`
  const said = would ? `would be rolled back to ${to}` : `rolled back to ${to} (as version ${only.version ?? ''})`
  return `${only.layerId} ${said} in ${where}${rest}`
}
