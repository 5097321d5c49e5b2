/** GitHub's answers, checked: a truncated or garbled one must not pass for an empty one. */
import type {
  CommitCheck,
  CommitStatusRecord,
  Comparison,
  DeploymentOutcome,
  DeploymentRecord,
  DeploymentState,
  EnvironmentProtection,
  IssueComment,
  PendingStatus,
  PullOfCommit
} from '../../ports/github.js'

export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer'
}

type Json = Readonly<Record<string, unknown>>

function object(value: unknown): Json {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw unexpected('an object', value)
  return value as Json
}

function number(from: Json, field: string): number {
  const value = from[field]
  if (typeof value !== 'number') throw unexpected(`a number as ${field}`, value)
  return value
}

function text(from: Json, field: string): string {
  const value = from[field]
  if (typeof value !== 'string') throw unexpected(`a text as ${field}`, value)
  return value
}

function optionalText(from: Json, field: string): string | null {
  return from[field] === null || from[field] === undefined ? null : text(from, field)
}

function login(from: Json, field: string): string {
  return from[field] === null || from[field] === undefined ? '' : text(object(from[field]), 'login')
}

function unexpected(expected: string, found: unknown): UnexpectedAnswer {
  return new UnexpectedAnswer(
    `expected ${expected} in the answer, found ${(JSON.stringify(found) ?? 'nothing').slice(0, 60)}`
  )
}

export function asList(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw unexpected('a list', value)
  return value as readonly unknown[]
}

export function asComment(value: unknown): IssueComment {
  const from = object(value)
  return {
    id: number(from, 'id'),
    body: optionalText(from, 'body') ?? '',
    author: login(from, 'user'),
    url: optionalText(from, 'html_url') ?? ''
  }
}

export function asStatus(value: unknown): CommitStatusRecord {
  const from = object(value)
  return {
    id: number(from, 'id'),
    context: text(from, 'context'),
    state: text(from, 'state') as CommitStatusRecord['state'],
    description: optionalText(from, 'description') ?? '',
    targetUrl: optionalText(from, 'target_url'),
    creator: login(from, 'creator')
  }
}

/** The commits whose status stands pending, as the query in `checks.ts` gives them. */
export function asPendingStatuses(value: unknown): readonly PendingStatus[] {
  const found = object(object(value)['repository'])['object']
  // GitHub knows no such commit: a forced push took it away.
  if (found === null) return []
  return asList(object(object(found)['history'])['nodes']).flatMap(node => {
    const { oid, status } = object(node)
    const latest = status === null ? null : object(status)['context']
    if (latest === null || text(object(latest), 'state') !== 'PENDING') return []
    return [{ commit: text({ oid }, 'oid'), targetUrl: optionalText(object(latest), 'targetUrl') }]
  })
}

export function asPull(value: unknown): PullOfCommit {
  const from = object(value)
  return {
    number: number(from, 'number'),
    baseBranch: text(object(from['base']), 'ref'),
    mergedAt: optionalText(from, 'merged_at'),
    mergeCommit: optionalText(from, 'merge_commit_sha'),
    headCommit: text(object(from['head']), 'sha'),
    locked: from['locked'] === true
  }
}

export function asDeployment(value: unknown): DeploymentRecord {
  const from = object(value)
  return {
    id: number(from, 'id'),
    commit: text(from, 'sha'),
    environment: text(from, 'environment'),
    task: text(from, 'task'),
    payload: payloadOf(from['payload']),
    description: optionalText(from, 'description') ?? '',
    createdAt: text(from, 'created_at'),
    nodeId: text(from, 'node_id')
  }
}

/** GitHub gives a payload back as an object, as the text of one, or as the text of that text. */
function payloadOf(value: unknown, depth = 2): unknown {
  if (typeof value !== 'string' || depth === 0) return value
  try {
    return payloadOf(JSON.parse(value) as unknown, depth - 1)
  } catch {
    return value
  }
}

/** A state as REST writes it; GraphQL writes it in capitals. */
function asDeploymentState(value: unknown): DeploymentState {
  return text(object(value), 'state').toLowerCase() as DeploymentState
}

export function asDeploymentStatus(value: unknown): {
  readonly state: DeploymentState
  readonly logUrl: string | null
} {
  const url = optionalText(object(value), 'log_url')
  return { state: asDeploymentState(value), logUrl: url === '' ? null : url }
}

/** By deployment, as the query of `deployments.ts` asks for it; what is gone, or is not ours to see, is left out. */
export function asDeploymentOutcomes(value: unknown): ReadonlyMap<number, DeploymentOutcome> {
  return new Map(
    asList(object(value)['nodes']).flatMap(node => {
      if (node === null || object(node)['databaseId'] === undefined) return []
      const from = object(node)
      const latest = from['latestStatus'] === null ? null : object(from['latestStatus'])
      const outcome = {
        states: asList(object(from['statuses'])['nodes']).map(asDeploymentState),
        state: latest === null ? null : asDeploymentState(latest),
        logUrl: latest === null ? null : optionalText(latest, 'logUrl')
      }
      return [[number(from, 'databaseId'), outcome] as const]
    })
  )
}

export function asCheckRun(value: unknown): CommitCheck {
  const from = object(value)
  const ended = text(from, 'status') === 'completed'
  return {
    id: number(from, 'id'),
    name: text(from, 'name'),
    outcome: ended ? (optionalText(from, 'conclusion') ?? 'pending') : 'pending',
    url: optionalText(from, 'details_url')
  }
}

/** `author`: an app writes as its own bot. */
export function asNewCheckRun(value: unknown): { readonly id: number; readonly author: string } {
  const from = object(value)
  const slug = from['app'] === null || from['app'] === undefined ? null : optionalText(object(from['app']), 'slug')
  return { id: number(from, 'id'), author: slug === null ? '' : `${slug}[bot]` }
}

export function asCreator(value: unknown): string {
  return login(object(value), 'creator')
}

export function asBranchProtected(value: unknown): boolean {
  const isProtected = object(value)['protected']
  if (typeof isProtected !== 'boolean') throw unexpected('true or false as protected', isProtected)
  return isProtected
}

/** GitHub leaves rules and branches out where there are none. */
export function asEnvironmentProtection(value: unknown): EnvironmentProtection {
  const { protection_rules: rules, deployment_branch_policy: policy } = object(value)
  return {
    rules: asList(rules ?? []).map(rule => text(object(rule), 'type')),
    limitsBranches: policy !== null && policy !== undefined
  }
}

export function asComparison(value: unknown): Comparison {
  const from = object(value)
  const subjects = asList(from['commits']).map(
    one => text(object(object(one)['commit']), 'message').split('\n')[0] ?? ''
  )
  return { subjects: subjects.reverse(), total: number(from, 'total_commits') }
}

export function asLogin(value: unknown): string {
  const name = text(object(value), 'login')
  if (name === '') throw unexpected('a login', name)
  return name
}
