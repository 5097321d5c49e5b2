/** A workflow file, as far as this action is concerned: its triggers, and the jobs that use the action. Pure. */
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

export interface OwnStep {
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
