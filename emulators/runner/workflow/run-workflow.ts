/**
 * Runs a workflow file: its jobs in the order of `needs`, matrices, called workflows; steps in bash or by the host's
 * equivalents of actions. Not modelled, and said so by an error where the file would show it: services, containers,
 * other systems, caches, artifacts. Cancelling by concurrency is not modelled: groups are evaluated and handed out.
 */
import pLimit from 'p-limit'
import { checkGranted, dispatchedInputs, givenInputs } from './call-inputs.js'
import { expressions, type Expressions } from './expressions.js'
import type { JobResult, Result, WorkflowHost } from './host.js'
import { matrixEntries } from './matrix.js'
import { jobContexts, runJob } from './run-job.js'
import { startedBy } from './trigger.js'
import { mapOf, mapValues, readWorkflow, type Job, type Permissions, type Raw, type Workflow } from './workflow-file.js'

export type { Action, WorkflowHost } from './host.js'
export { noEffect } from './host.js'

/** Job id (`layers / deploy` in a called workflow) → what became of it. */
export type WorkflowResult = Readonly<Record<string, JobResult>>

/** What a token may do where nobody says (GitHub: "Automatic token authentication", restricted default). */
const defaultPermissions: Permissions = { contents: 'read', packages: 'read' }

/** @returns `null` where the event does not start the workflow */
export async function runWorkflow(text: string, place: string, host: WorkflowHost): Promise<WorkflowResult | null> {
  const workflow = readWorkflow(text, place)
  if (!startedBy(workflow, host.github)) return null
  const { eventName, payload } = host.github
  const inputs = eventName === 'workflow_dispatch' ? dispatchedInputs(workflow.inputs(eventName), payload) : {}
  const named = { ...host, github: { ...host.github, workflow: workflow.name } }
  const ceiling = workflow.permissions ?? defaultPermissions
  const results = await runJobs(workflow, {
    ...{ host: named, inputs, secrets: host.secrets, prefix: '', granted: null, ceiling, groups: [] }
  })
  return Object.fromEntries(results.map(result => [result.id, result]))
}

interface Scope {
  readonly host: WorkflowHost
  readonly inputs: Readonly<Record<string, Raw>>
  readonly secrets: Readonly<Record<string, string>>
  readonly prefix: string
  /** Of the calling job; `null`: nobody called. */
  readonly granted: Permissions | null
  /** What a job has that says nothing. */
  readonly ceiling: Permissions
  /** Concurrency groups that the callers hold. */
  readonly groups: readonly string[]
}

async function runJobs(workflow: Workflow, scope: Scope): Promise<readonly JobResult[]> {
  const plain = { host: scope.host, inputs: scope.inputs, secrets: scope.secrets, needs: {} }
  const overall = expressions(jobContexts(plain, scope.host.github, null), { failed: false, skipped: false })
  const held = [...scope.groups, ...groupOf(workflow.concurrency, overall, scope.groups)]
  const within = { ...scope, groups: held }
  const pending = new Map<string, Promise<readonly JobResult[]>>()
  const resultsOf = (id: string): Promise<readonly JobResult[]> => {
    const known = pending.get(id)
    if (known !== undefined) return known
    const job = workflow.jobs[id]
    if (job === undefined) throw new Error(`no job ${id}, which another one needs`)
    const before = ancestors(workflow, job)
    const running = Promise.all(before.map(resultsOf)).then(done => oneJob(workflow, job, done.map(own), within))
    pending.set(id, running)
    return running
  }
  return (await Promise.all(Object.keys(workflow.jobs).map(resultsOf))).flat()
}

/** The job's own result stands first, before those of the jobs that it calls. */
function own(results: readonly JobResult[]): JobResult {
  const [first] = results
  if (first === undefined) throw new Error('a job without a result')
  return first
}

/** @param before every job that this one needs, directly or not: `success()` asks them all */
async function oneJob(
  workflow: Workflow,
  job: Job,
  before: readonly JobResult[],
  scope: Scope
): Promise<readonly JobResult[]> {
  const { host, inputs, secrets, prefix } = scope
  const direct = before.filter(({ id }) => job.needs.includes(id.slice(prefix.length)))
  const needs = Object.fromEntries(
    direct.map(({ id, result, outputs }) => [id.slice(prefix.length), { result, outputs }])
  )
  const progress = {
    failed: before.some(({ result }) => result === 'failure'),
    skipped: before.some(({ result }) => result === 'skipped')
  }
  const evaluated = expressions(jobContexts({ host, inputs, secrets, needs }, host.github, null), progress)
  const id = prefix + job.id
  const skipped: JobResult = { id, result: 'skipped', outputs: {}, runs: [], concurrency: null }
  if (!evaluated.condition(job.if)) return [skipped]
  const concurrency = concurrencyOf(job.concurrency, evaluated)
  const groups = [...scope.groups, ...groupOf(job.concurrency, evaluated, scope.groups)]
  const permissions = permissionsOf(workflow, job, scope)
  if (job.uses !== null) {
    const called = await callWorkflow(job, evaluated, { ...scope, granted: permissions, ceiling: permissions, groups })
    return [{ ...skipped, ...called.summary, concurrency }, ...called.jobs]
  }
  const jobScope = { host, inputs, secrets, workflowEnv: workflow.env, needs, permissions: cutDown(permissions, host) }
  const limit = pLimit(host.atOnce)
  const entries = matrixEntries(evaluated.value(job.matrix))
  if (entries.length > 1 && job.failFast) throw new Error(`${id}: only fail-fast: false is modelled`)
  const runs = await Promise.all(entries.map((entry, index) => limit(() => runJob(job, entry, index, jobScope))))
  const outputs = Object.assign({}, ...runs.map(run => run.outputs)) as Record<string, string>
  return [{ id, result: worst(runs.map(({ result }) => result)), outputs, runs, concurrency }]
}

async function callWorkflow(
  job: Job,
  evaluated: Expressions,
  scope: Scope
): Promise<{ readonly summary: Pick<JobResult, 'result' | 'outputs'>; readonly jobs: readonly JobResult[] }> {
  const uses = job.uses ?? ''
  const called = readWorkflow(await scope.host.read(uses), uses)
  if (called.on['workflow_call'] === undefined) throw new Error(`${uses} cannot be called`)
  const inputs = givenInputs(called.inputs('workflow_call'), mapValues(job.with, evaluated.value))
  const prefix = `${scope.prefix}${job.id} / `
  const secrets = secretsFor(called, job, evaluated, scope)
  const jobs = await runJobs(called, { ...scope, inputs, secrets, prefix })
  const outer = jobs.filter(({ id }) => !id.slice(prefix.length).includes(' / '))
  const results = Object.fromEntries(
    outer.map(({ id, result, outputs }) => [id.slice(prefix.length), { result, outputs }])
  )
  const github = { github: { event: scope.host.github.payload }, inputs, jobs: results }
  const outputs = expressions(github, { failed: false, skipped: false }).texts(called.outputs)
  return { summary: { result: worst(outer.map(({ result }) => result)), outputs }, jobs }
}

function secretsFor(called: Workflow, job: Job, evaluated: Expressions, scope: Scope): Record<string, string> {
  if (job.secrets === 'inherit') return { ...scope.secrets }
  const given = evaluated.texts(mapOf(job.secrets ?? {}))
  const unknown = Object.keys(given).filter(name => !Object.hasOwn(called.secrets, name))
  const missing = Object.keys(called.secrets).filter(
    name => called.secrets[name] === true && !Object.hasOwn(given, name)
  )
  if (unknown.length + missing.length > 0) throw new Error(`secrets: ${[...unknown, ...missing].join(', ')} do not fit`)
  return given
}

/** What the job's token may do: what it asks for, within what its caller has. */
function permissionsOf(workflow: Workflow, job: Job, scope: Scope): Permissions {
  const asked = job.permissions ?? workflow.permissions
  if (asked !== null && scope.granted !== null) checkGranted(scope.prefix + job.id, asked, scope.granted)
  return asked ?? scope.ceiling
}

/** GitHub cuts a fork's token down after it compared what was asked for: such a run is not refused. */
function cutDown(permissions: Permissions, { readOnly }: WorkflowHost): Permissions {
  if (!readOnly) return permissions
  return mapValues(permissions, (access, name) => (name === 'id-token' ? 'none' : access === 'write' ? 'read' : access))
}

function ancestors(workflow: Workflow, job: Job): readonly string[] {
  const direct = job.needs.flatMap(id => {
    const needed = workflow.jobs[id]
    if (needed === undefined) throw new Error(`${job.id} needs ${id}, which is no job`)
    return [id, ...ancestors(workflow, needed)]
  })
  return [...new Set(direct)]
}

/** Worst first; a workflow whose jobs were all skipped was skipped. */
function worst(results: readonly Result[]): Result {
  if (results.includes('failure')) return 'failure'
  return results.includes('success') ? 'success' : 'skipped'
}

function concurrencyOf(raw: Raw | null, evaluated: Expressions): JobResult['concurrency'] {
  if (raw === null) return null
  if (typeof raw === 'string') return { group: evaluated.text(raw), cancelInProgress: false }
  const { group, 'cancel-in-progress': cancel } = mapOf(raw, ['group', 'cancel-in-progress'], 'concurrency')
  return { group: evaluated.text(group ?? ''), cancelInProgress: evaluated.value(cancel ?? false) === true }
}

/** @throws {Error} where a job waits for a group that its own caller holds: GitHub cancels such a run */
function groupOf(raw: Raw | null, evaluated: Expressions, held: readonly string[]): readonly string[] {
  const concurrency = concurrencyOf(raw, evaluated)
  if (concurrency === null) return []
  if (held.includes(concurrency.group)) throw new Error(`the concurrency group ${concurrency.group} waits for itself`)
  return [concurrency.group]
}
