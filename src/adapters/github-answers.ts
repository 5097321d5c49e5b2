/** GitHub's answers, checked: a truncated or garbled one must not pass for an empty one. */
import type {
  CommitStatusRecord,
  DeploymentRecord,
  DeploymentState,
  DeploymentStatusRecord,
  IssueComment,
  PullOfCommit
} from '../ports/github.js'

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
    createdAt: text(from, 'created_at')
  }
}

/** GitHub gives a payload back as an object or as the text of one. Text that is no JSON stays what it is. */
function payloadOf(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return value
  }
}

export function asDeploymentStatus(value: unknown): DeploymentStatusRecord {
  const from = object(value)
  return { id: number(from, 'id'), state: text(from, 'state') as DeploymentState }
}

export function asLogin(value: unknown): string {
  const name = text(object(value), 'login')
  if (name === '') throw unexpected('a login', name)
  return name
}
