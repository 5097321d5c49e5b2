/** Builders of run results and of what surrounds a report: facts with defaults, for every test of a renderer. */
import { CodedError, type ErrorCode } from '../../src/model/errors.js'
import type { Environment, LayerResult, RunResult, TriggerEvent, Verdict } from '../../src/model/index.js'
import type { ReportContext } from '../../src/report/context.js'

export const commits = { head: 'a1'.repeat(20), old: '01'.repeat(20), new: 'fe'.repeat(20) }

export function environment(part: Partial<Environment> = {}): Environment {
  return {
    name: 'sandbox',
    branches: ['test'],
    stage: 'dev',
    accountId: '111122223333',
    partition: 'aws',
    regions: ['us-east-2'],
    artifactBucketTemplate: '111122223333-code-deployment',
    engine: 'cloudformation',
    layerNameTemplate: '{stage}-{layer}-layer',
    stackNameTemplate: null,
    promoteFrom: null,
    concurrency: 8,
    terminationProtection: null,
    ssmParameterTemplate: null,
    shareWith: [],
    recreateFailedStacks: false,
    encryption: null,
    ...part
  }
}

export const production = environment({
  name: 'production',
  branches: ['main'],
  stage: 'prod',
  accountId: '444455556666',
  promoteFrom: 'sandbox'
})

export function layerResult(part: Partial<LayerResult> = {}): LayerResult {
  const layerId = part.layerId ?? 'da_flask'
  const region = part.region ?? 'us-east-2'
  const version = part.version === undefined ? 2 : part.version
  const layerName = part.layerName ?? `dev-${layerId.replace(/_/g, '-')}-layer`
  return {
    layerId,
    region,
    status: 'published',
    reason: 'source-changed',
    layerName,
    version,
    arn: version === null ? null : `arn:aws:lambda:${region}:111122223333:layer:${layerName}:${version}`,
    previousVersion: 1,
    artifactSha256: 'a'.repeat(64),
    contentDigest: 'c'.repeat(64),
    sourceDigest: '5'.repeat(64),
    sizeBytes: 1234,
    fromCommit: commits.old,
    toCommit: commits.new,
    error: null,
    ...part
  }
}

/** `count` rows of that many layers, named so that they sort. */
export function layerResults(count: number, part: Partial<LayerResult> = {}): LayerResult[] {
  return Array.from({ length: count }, (_unused, index) =>
    layerResult({ layerId: `layer_${String(index).padStart(5, '0')}`, ...part })
  )
}

export function runResult(part: Partial<RunResult> = {}): RunResult {
  const layers = part.layers ?? [layerResult()]
  const changed = layers.filter(row => row.status !== 'unchanged').map(row => row.layerId)
  return {
    command: 'deploy',
    conclusion: 'success',
    headline: 'Published 1 layer to sandbox',
    environment: environment(),
    regions: ['us-east-2'],
    branch: 'test',
    headCommit: commits.head,
    dryRun: false,
    changedLayers: [...new Set(changed)],
    layers,
    verdicts: [],
    errors: [],
    warnings: [],
    plan: { steps: [] },
    ...part
  }
}

export function codedError(code: ErrorCode = 'ACCESS_DENIED', part: Partial<CodedError['finding']> = {}): CodedError {
  return new CodedError(code, {
    expected: 'permission for lambda:PublishLayerVersion',
    found: 'a denial',
    mend: 'allow it in the policy of the role',
    ...part
  })
}

export function failedVerdict(part: Partial<Verdict & { passed: false }> = {}): Verdict & { passed: false } {
  const finding = { expected: 'account 111122223333', found: 'account 444455556666', mend: 'use the role of sandbox' }
  return { guard: 'ACCOUNT_MISMATCH', subject: '', passed: false, finding, ...part }
}

export const pullRequest: TriggerEvent & { kind: 'pull_request' } = {
  kind: 'pull_request',
  number: 5,
  baseBranch: 'test',
  baseCommit: 'b0'.repeat(20),
  headCommit: commits.head,
  fromFork: false,
  locked: false
}

export const push: TriggerEvent & { kind: 'push' } = {
  kind: 'push',
  ref: 'refs/heads/test',
  before: 'b0'.repeat(20),
  after: commits.head,
  deleted: false,
  forced: false
}

export function reportContext(part: Partial<ReportContext> = {}): ReportContext {
  return {
    serverUrl: 'https://github.com',
    repository: 'acme/superproject',
    runId: '700',
    runAttempt: 1,
    event: pullRequest,
    environments: [environment(), production],
    layers: [{ id: 'da_flask' }, { id: 'da_framework' }],
    comment: true,
    status: true,
    ...part
  }
}
