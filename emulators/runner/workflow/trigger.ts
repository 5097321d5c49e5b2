/** Does an event start a workflow (GitHub: "Events that trigger workflows")? */
import { listOf, type RawMap, type Workflow } from './workflow-file.js'

export interface StartingEvent {
  readonly eventName: string
  readonly payload: unknown
  readonly ref: string
}

interface Payload {
  readonly action?: string
  readonly deleted?: boolean
  readonly pull_request?: { readonly base: { readonly ref: string } }
  readonly merge_group?: { readonly base_ref: string }
  readonly workflow_run?: { readonly name: string; readonly head_branch: string | null }
}

/** Activity types that start a run where the workflow names none. */
const defaultTypes: Readonly<Record<string, readonly string[]>> = {
  pull_request: ['opened', 'synchronize', 'reopened'],
  pull_request_target: ['opened', 'synchronize', 'reopened']
}

export function startedBy(workflow: Workflow, event: StartingEvent): boolean {
  const filters = workflow.on[event.eventName]
  if (filters === undefined) return false
  const payload = event.payload as Payload
  if (event.eventName === 'push' && payload.deleted === true) return false
  const types = filters['types'] === undefined ? defaultTypes[event.eventName] : listOf(filters['types'])
  if (types !== undefined && payload.action !== undefined && !types.includes(payload.action)) return false
  const workflows = listOf(filters['workflows'])
  if (event.eventName === 'workflow_run' && !workflows.includes(payload.workflow_run?.name ?? '')) return false
  return branchFits(filters, branchOf(event.eventName, event.ref, payload))
}

function branchFits(filters: RawMap, branch: string | null): boolean {
  if (filters['branches'] === undefined) return true
  const branches = listOf(filters['branches'])
  const pattern = branches.find(name => /[*?+![\]]/.test(name))
  if (pattern !== undefined) throw new Error(`the branch pattern ${pattern} is not modelled`)
  return branch !== null && branches.includes(branch)
}

/** The branch that a `branches` filter looks at; `null`: none, a tag. */
function branchOf(eventName: string, ref: string, payload: Payload): string | null {
  if (payload.pull_request !== undefined) return payload.pull_request.base.ref
  if (payload.merge_group !== undefined) return payload.merge_group.base_ref.replace('refs/heads/', '')
  if (eventName === 'workflow_run') return payload.workflow_run?.head_branch ?? null
  return ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null
}
