/** A workflow file, as far as this action is concerned: its triggers, the jobs that use the action, and what each use needs. Pure. */
import { parseDocument } from 'yaml'
import { letsThrough } from './condition.js'

export interface WorkflowFile {
  readonly path: string
  readonly text: string
}

export type Mapping = Readonly<Record<string, unknown>>

interface Workflow {
  readonly path: string
  readonly events: readonly string[]
  readonly jobs: readonly WorkflowJob[]
}

export interface WorkflowJob {
  readonly id: string
  readonly job: Mapping
  readonly steps: readonly Mapping[]
  /** Of the job, else of the workflow; `undefined`: neither says. */
  readonly concurrency: unknown
  readonly permissions: unknown
  /** The events that may start it. */
  readonly events: readonly string[]
  /** Steps that use this action, and what may start them. */
  readonly ours: readonly OwnStep[]
  /** The file name of the workflow of this repository that it calls; `null`: it calls none. */
  readonly calls: string | null
}

interface OwnStep {
  readonly given: Mapping
  readonly events: readonly string[]
}

/** `message`: it is no YAML. `null`: it does not use this action. */
export type ReadWorkflow = Workflow | { readonly message: string } | null

const ownAction = /(^|\/)layer-deploy-action(@|$)/
const ownWorkflow = /(?:^|\/)layer-deploy-action\/\.github\/workflows\/([^@]+)(?:@|$)/

export function readWorkflow({ path, text }: WorkflowFile): ReadWorkflow {
  const document = parseDocument(text)
  if (document.errors.length > 0) {
    return text.includes('layer-deploy-action') ? { message: document.errors[0]?.message.split('\n')[0] ?? '' } : null
  }
  const workflow = mapping(document.toJS() as unknown)
  const events = eventsOf(workflow['on'])
  const jobs = Object.entries(mapping(workflow['jobs']))
    .map(([id, job]) => readJob(id, mapping(job), workflow, events))
    .filter(({ ours, calls }) => ours.length > 0 || calls !== null)
  return jobs.length === 0 ? null : { path, events, jobs }
}

function readJob(id: string, job: Mapping, workflow: Mapping, all: readonly string[]): WorkflowJob {
  const steps = list(job['steps']).map(mapping)
  const events = all.filter(event => letsThrough(job['if'], event) !== false)
  const ours = steps
    .filter(step => ownAction.test(usesOf(step)))
    .map((step): OwnStep => {
      return {
        given: mapping(step['with']),
        events: events.filter(event => letsThrough(step['if'], event) !== false)
      }
    })
  return {
    ...{ id, job, steps, events, ours },
    concurrency: job['concurrency'] ?? workflow['concurrency'],
    permissions: job['permissions'] ?? workflow['permissions'],
    calls: ownWorkflow.exec(usesOf(job))?.[1] ?? null
  }
}

function eventsOf(on: unknown): readonly string[] {
  if (typeof on === 'string') return [on]
  return Array.isArray(on) ? on.map(String) : Object.keys(mapping(on))
}

export function usesOf(step: Mapping): string {
  return typeof step['uses'] === 'string' ? step['uses'] : ''
}

export function mapping(value: unknown): Mapping {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Mapping) : {}
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** What one use of the action does, by its `with:` and by what may start it: writes, builds, permissions of the token. Pure. */
export interface StepNeeds {
  /** Names the writing command where the step says one: it is refused on a pull request. */
  readonly writes: string | null
  /** It may publish, roll back, prune or roll out. */
  readonly mayWrite: boolean
  /** It needs the sources of the layers. */
  readonly builds: boolean
  readonly permissions: readonly (readonly [name: string, access: 'read' | 'write'])[]
}

/** Commands that change an account; `auto` does where the event may. */
const writing = ['deploy', 'rollback', 'prune', 'rollout']
/** They get no comment and no status: the outputs, or the job summary, are all that they are asked for. */
const silent = ['detect', 'prune', 'discover']
/** What `auto` deploys on. A called workflow does not say what started its caller. */
const deploying = ['push', 'workflow_run', 'workflow_dispatch']
const onPullRequests = ['pull_request', ...deploying]

/** @param gated the configuration names required checks: a deploy reads them. */
export function needsOf({ given, events }: OwnStep, inEnvironment: boolean, gated: boolean): StepNeeds {
  const command = text(given['command'] ?? 'auto')
  const called = events.includes('workflow_call')
  const mayDeploy = events.some(event => deploying.includes(event)) || (called && inEnvironment)
  const dry = isTrue(given['dry-run'])
  const explicit = writing.includes(command)
  const mayWrite = !dry && (explicit || (command === 'auto' && mayDeploy))
  const quiet = isTrue(given['part-of-fan-out']) || silent.includes(command) || isExpression(command)
  const records = !quiet && !dry && mayDeploy && ['auto', 'deploy', 'rollback', 'report'].includes(command)
  const comments = called || events.some(event => onPullRequests.includes(event))
  const permissions: (readonly [string, 'read' | 'write'])[] = [['contents', 'read']]
  if (!quiet && !isFalse(given['status'])) {
    permissions.push([text(given['status']) === 'check-run' ? 'checks' : 'statuses', 'write'])
  }
  if (!quiet && comments && !isFalse(given['comment'])) permissions.push(['pull-requests', 'write'])
  if (records) permissions.push(['deployments', 'write'])
  if (gated && mayWrite && ['auto', 'deploy'].includes(command)) {
    permissions.push(['checks', 'read'], ['statuses', 'read'])
  }
  return {
    writes: explicit && !dry ? command : null,
    mayWrite,
    builds: command === 'deploy' || (command === 'auto' && mayDeploy) || isTrue(given['preview']),
    permissions
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : typeof value === 'boolean' ? String(value) : ''
}

function isExpression(value: string): boolean {
  return value.includes('${{')
}

function isTrue(value: unknown): boolean {
  return text(value).toLowerCase() === 'true'
}

function isFalse(value: unknown): boolean {
  return text(value).toLowerCase() === 'false'
}
