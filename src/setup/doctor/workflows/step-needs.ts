/** What one use of the action does, by its `with:` and by what may start it: writes, builds, permissions of the token. Pure. */
import type { OwnStep } from './read-workflow.js'

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
