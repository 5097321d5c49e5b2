import { CodedError } from '../model/errors.js'
import type { TriggerEvent } from '../model/index.js'

/** What the runner says of the run, beside the event's payload. */
export interface EventContext {
  /** `GITHUB_EVENT_NAME`. */
  readonly name: string
  /** `GITHUB_REF`, full (`refs/heads/test`). */
  readonly ref: string
  /** `GITHUB_REPOSITORY`, `owner/name`. */
  readonly repository: string
}

type Json = Readonly<Record<string, unknown>>

/**
 * The event as far as it decides anything. Fields are read by GitHub's "Webhook events and payloads".
 * @throws CodedError EVENT_INVALID where a field that this kind of event requires is missing or of another type.
 */
export function readTriggerEvent(context: EventContext, payload: unknown): TriggerEvent {
  const event = object(payload, context.name, '')
  switch (context.name) {
    case 'push':
      return readPush(event)
    case 'pull_request':
      return readPullRequest(event, context.repository)
    case 'merge_group':
      return readMergeGroup(event)
    case 'workflow_run':
      return readWorkflowRun(event, context.repository)
    case 'workflow_dispatch':
      return { kind: 'workflow_dispatch', ref: context.ref }
    case 'schedule':
      return { kind: 'schedule', ref: context.ref }
    default:
      return { kind: 'other', name: context.name, ref: context.ref }
  }
}

function readPush(event: Json): TriggerEvent {
  return {
    kind: 'push',
    ref: text(event, 'push', 'ref'),
    before: commitId(event, 'push', 'before'),
    after: commitId(event, 'push', 'after'),
    deleted: event['deleted'] === true,
    forced: event['forced'] === true
  }
}

function readPullRequest(event: Json, repository: string): TriggerEvent {
  const pull = object(event['pull_request'], 'pull_request', 'pull_request')
  const base = object(pull['base'], 'pull_request', 'pull_request.base')
  const head = object(pull['head'], 'pull_request', 'pull_request.head')
  return {
    kind: 'pull_request',
    number: positiveInteger(pull, 'pull_request', 'number'),
    baseBranch: text(base, 'pull_request', 'ref'),
    baseCommit: commitId(base, 'pull_request', 'sha'),
    headCommit: commitId(head, 'pull_request', 'sha'),
    // A deleted fork leaves `repo: null`.
    fromFork: repositoryName(head['repo']) !== (repositoryName(base['repo']) ?? repository.toLowerCase()),
    locked: pull['locked'] === true
  }
}

function readMergeGroup(event: Json): TriggerEvent {
  const group = object(event['merge_group'], 'merge_group', 'merge_group')
  return {
    kind: 'merge_group',
    baseRef: text(group, 'merge_group', 'base_ref'),
    baseCommit: commitId(group, 'merge_group', 'base_sha'),
    headCommit: commitId(group, 'merge_group', 'head_sha')
  }
}

function readWorkflowRun(event: Json, repository: string): TriggerEvent {
  const run = object(event['workflow_run'], 'workflow_run', 'workflow_run')
  return {
    kind: 'workflow_run',
    conclusion: optionalText(run, 'conclusion'),
    cause: text(run, 'workflow_run', 'event'),
    headBranch: optionalText(run, 'head_branch'),
    headCommit: commitId(run, 'workflow_run', 'head_sha'),
    sameRepository:
      repositoryName(run['head_repository']) === (repositoryName(event['repository']) ?? repository.toLowerCase())
  }
}

/** GitHub compares owner and name without regard to case. */
function repositoryName(value: unknown): string | null {
  if (value === null || typeof value !== 'object') return null
  const name = (value as Json)['full_name']
  return typeof name === 'string' ? name.toLowerCase() : null
}

function object(value: unknown, event: string, field: string): Json {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Json
  throw invalid(event, field === '' ? 'an object as the payload' : `an object in ${field}`, value)
}

function text(from: Json, event: string, field: string): string {
  const value = from[field]
  if (typeof value === 'string' && value !== '') return value
  throw invalid(event, `a text in ${field}`, value)
}

function optionalText(from: Json, field: string): string | null {
  const value = from[field]
  return typeof value === 'string' && value !== '' ? value : null
}

function positiveInteger(from: Json, event: string, field: string): number {
  const value = from[field]
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value
  throw invalid(event, `a positive whole number in ${field}`, value)
}

/** SHA-1 or SHA-256 object id, lower case. */
function commitId(from: Json, event: string, field: string): string {
  const value = from[field]
  if (typeof value === 'string' && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value)) return value
  throw invalid(event, `a full commit id in ${field}`, value)
}

function invalid(event: string, expected: string, found: unknown): CodedError {
  const shown = found === undefined ? 'nothing' : JSON.stringify(found).slice(0, 100)
  return new CodedError('EVENT_INVALID', {
    expected: `${expected} of the ${event} event`,
    found: shown,
    mend: 'run the action from a workflow on GitHub, or give the event file that GitHub writes'
  })
}
