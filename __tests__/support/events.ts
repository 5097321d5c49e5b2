/**
 * Builders of event payloads as GitHub delivers them, with the ref and commit that GitHub runs the workflow on ("Events that
 * trigger workflows"). What a builder returns fits `github` of `runAction`.
 */
import {
  commitObject,
  minimalRepository,
  nodeId,
  pushedRepository,
  repository,
  surroundings,
  user,
  type EventPlace
} from './event-objects.js'

export type { EventPlace } from './event-objects.js'

export interface WorkflowEvent {
  readonly eventName: string
  readonly payload: Record<string, unknown>
  readonly ref: string
  readonly sha: string
  /** Branch names, pull requests only. */
  readonly baseRef?: string
  readonly headRef?: string
}

export const noCommit = '0'.repeat(40)

/** Events without a branch of their own run on the default branch's tip. */
function onDefaultBranch(place: EventPlace): { ref: string; sha: string } {
  return { ref: `refs/heads/${place.defaultBranch ?? 'main'}`, sha: place.defaultBranchCommit ?? 'd'.repeat(40) }
}

export interface PushOptions extends EventPlace {
  readonly branch?: string
  /** Instead of a branch. */
  readonly tag?: string
  /** Default: none, the first push of a branch. */
  readonly before?: string
  readonly after: string
  readonly forced?: boolean
  readonly message?: string
}

/** A push to a branch or of a tag; without `before` the first one, with `forced` one that rewrote the branch. */
export function push(options: PushOptions): WorkflowEvent {
  const { before = noCommit, after, forced = false } = options
  const ref = options.tag === undefined ? `refs/heads/${options.branch ?? 'test'}` : `refs/tags/${options.tag}`
  return { eventName: 'push', payload: pushPayload({ ...options, ref, before, after, forced }), ref, sha: after }
}

/** A branch or tag was deleted. The run itself then stands on the default branch ("Events that trigger workflows", push). */
export function deletedPush(
  options: EventPlace & { readonly branch?: string; readonly tag?: string; readonly before: string }
): WorkflowEvent {
  const ref = options.tag === undefined ? `refs/heads/${options.branch ?? 'test'}` : `refs/tags/${options.tag}`
  const payload = pushPayload({ ...options, ref, after: noCommit, forced: false })
  return { eventName: 'push', payload, ...onDefaultBranch(options) }
}

interface PushShape extends EventPlace {
  readonly ref: string
  readonly before: string
  readonly after: string
  readonly forced: boolean
  readonly message?: string
}

function pushPayload(shape: PushShape): Record<string, unknown> {
  const { ref, before, after, forced } = shape
  const deleted = after === noCommit
  const person = { name: 'Octo Cat', email: 'octocat@example.com', username: shape.actor ?? 'octocat' }
  const commit = {
    ...commitObject(after, shape.message),
    distinct: true,
    url: `https://github.com/${shape.repository ?? 'octo-org/superproject'}/commit/${after}`,
    author: person,
    committer: person,
    added: [],
    removed: [],
    modified: ['da_flask']
  }
  return {
    ref,
    before,
    after,
    created: before === noCommit,
    deleted,
    forced,
    base_ref: null,
    compare: `https://github.com/octo-org/superproject/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
    commits: deleted || ref.startsWith('refs/tags/') ? [] : [commit],
    head_commit: deleted ? null : commit,
    pusher: { name: person.username, email: person.email },
    ...surroundings(shape),
    repository: pushedRepository(shape)
  }
}

export interface PullRequestOptions extends EventPlace {
  readonly number?: number
  readonly action?: 'opened' | 'synchronize' | 'reopened' | 'closed' | 'labeled'
  readonly base?: string
  readonly baseCommit: string
  readonly head?: string
  readonly headCommit: string
  /** What `pull_request` runs on; default all `e`. */
  readonly mergeCommit?: string
  /** The head's repository: the same one, a fork, or a fork that was deleted since. Default `own`. */
  readonly from?: 'own' | 'fork' | 'deleted-fork'
  readonly locked?: boolean
  readonly merged?: boolean
  readonly draft?: boolean
  readonly title?: string
}

/** Runs on refs/pull/<number>/merge. */
export function pullRequest(options: PullRequestOptions): WorkflowEvent {
  const sha = options.mergeCommit ?? 'e'.repeat(40)
  return pullRequestEvent('pull_request', options, { ref: `refs/pull/${options.number ?? 7}/merge`, sha })
}

/** Runs on the default branch, with secrets and a token that may write: whatever the head is. */
export function pullRequestTarget(options: PullRequestOptions): WorkflowEvent {
  return pullRequestEvent('pull_request_target', options, onDefaultBranch(options))
}

function pullRequestEvent(
  eventName: string,
  options: PullRequestOptions,
  at: { readonly ref: string; readonly sha: string }
): WorkflowEvent {
  const { action = 'synchronize', number = 7, base = 'test', head = 'feature' } = options
  const payload = {
    action,
    number,
    ...(action === 'synchronize' ? { before: 'a'.repeat(40), after: options.headCommit } : {}),
    pull_request: pullRequestObject(options),
    ...surroundings(options)
  }
  return { eventName, payload, ...at, baseRef: base, headRef: head }
}

const forkPlace = { repository: 'mona/superproject', repositoryId: 396980812, fork: true }

function pullRequestObject(options: PullRequestOptions): Record<string, unknown> {
  const { number = 7, base = 'test', head = 'feature', from = 'own', merged = false, action } = options
  const fullName = options.repository ?? 'octo-org/superproject'
  const owner = fullName.split('/')[0] ?? ''
  const headOwner = from === 'own' ? owner : 'mona'
  const headRepository = { own: repository(options), fork: repository(forkPlace), 'deleted-fork': null }[from]
  const api = `https://api.github.com/repos/${fullName}`
  const html = `https://github.com/${fullName}/pull/${number}`
  const closed = merged || action === 'closed'
  const time = '2026-01-02T03:04:05Z'
  return {
    url: `${api}/pulls/${number}`,
    id: 279147437,
    node_id: nodeId('PullRequest', 279147437),
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: `${api}/issues/${number}`,
    number,
    state: closed ? 'closed' : 'open',
    locked: options.locked ?? false,
    active_lock_reason: null,
    title: options.title ?? 'Move da_flask',
    user: user(from === 'own' ? 'octocat' : 'mona', from === 'own' ? 583231 : 2),
    body: null,
    created_at: time,
    updated_at: time,
    closed_at: closed ? time : null,
    merged_at: merged ? time : null,
    merge_commit_sha: options.mergeCommit ?? 'e'.repeat(40),
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: [],
    milestone: null,
    draft: options.draft ?? false,
    commits_url: `${api}/pulls/${number}/commits`,
    comments_url: `${api}/issues/${number}/comments`,
    statuses_url: `${api}/statuses/${options.headCommit}`,
    // A deleted fork leaves head.repo null; its user stays.
    head: {
      label: `${headOwner}:${head}`,
      ref: head,
      sha: options.headCommit,
      user: user(headOwner),
      repo: headRepository
    },
    base: {
      label: `${owner}:${base}`,
      ref: base,
      sha: options.baseCommit,
      user: user(owner),
      repo: repository(options)
    },
    author_association: from === 'own' ? 'MEMBER' : 'CONTRIBUTOR',
    auto_merge: null,
    merged,
    mergeable: closed ? null : true,
    rebaseable: closed ? null : true,
    mergeable_state: closed ? 'unknown' : 'clean',
    merged_by: merged ? user('octocat') : null,
    comments: 0,
    review_comments: 0,
    maintainer_can_modify: from !== 'own',
    commits: 1,
    additions: 1,
    deletions: 1,
    changed_files: 1
  }
}

export interface MergeGroupOptions extends EventPlace {
  readonly base?: string
  readonly baseCommit: string
  readonly headCommit: string
  readonly number?: number
}

export function mergeGroup(options: MergeGroupOptions): WorkflowEvent {
  const { base = 'main', baseCommit, headCommit, number = 7 } = options
  const ref = `refs/heads/gh-readonly-queue/${base}/pr-${number}-${baseCommit}`
  const payload = {
    action: 'checks_requested',
    merge_group: {
      head_sha: headCommit,
      head_ref: ref,
      base_sha: baseCommit,
      base_ref: `refs/heads/${base}`,
      head_commit: commitObject(headCommit, `Merge pull request #${number}`)
    },
    ...surroundings(options)
  }
  return { eventName: 'merge_group', payload, ref, sha: headCommit }
}

export interface WorkflowRunOptions extends EventPlace {
  readonly conclusion?: 'success' | 'failure' | 'cancelled' | 'skipped' | 'timed_out' | null
  /** The event that started the other workflow. Default `push`. */
  readonly cause?: string
  readonly headBranch?: string | null
  readonly headCommit: string
  readonly fromFork?: boolean
}

/** Another workflow completed. Runs on the default branch, with secrets, whatever started the other one. */
export function workflowRun(options: WorkflowRunOptions): WorkflowEvent {
  const { conclusion = 'success', cause = 'push', headBranch = 'test', headCommit, fromFork = false } = options
  const fullName = options.repository ?? 'octo-org/superproject'
  const api = `https://api.github.com/repos/${fullName}/actions`
  const time = '2026-01-02T03:04:05Z'
  const workflow = {
    id: 16340987,
    node_id: nodeId('Workflow', 16340987),
    name: 'tests',
    path: '.github/workflows/tests.yml',
    state: 'active',
    created_at: time,
    updated_at: time,
    url: `${api}/workflows/16340987`,
    html_url: `https://github.com/${fullName}/blob/main/.github/workflows/tests.yml`,
    badge_url: `https://github.com/${fullName}/workflows/tests/badge.svg`
  }
  const url = `${api}/runs/1589141559`
  const run = {
    id: 1589141559,
    name: 'tests',
    node_id: nodeId('WorkflowRun', 1589141559),
    head_branch: headBranch,
    head_sha: headCommit,
    path: workflow.path,
    display_title: 'Move da_flask',
    run_number: 36,
    run_attempt: 1,
    event: cause,
    status: conclusion === null ? 'in_progress' : 'completed',
    conclusion,
    workflow_id: workflow.id,
    check_suite_id: 4683454167,
    url,
    html_url: `https://github.com/${fullName}/actions/runs/1589141559`,
    // GitHub lists no pull requests here for a head in a fork.
    pull_requests:
      cause === 'pull_request' && !fromFork ? [{ number: 7, head: { ref: headBranch, sha: headCommit } }] : [],
    created_at: time,
    updated_at: time,
    run_started_at: time,
    actor: user(fromFork ? 'mona' : 'octocat'),
    triggering_actor: user(fromFork ? 'mona' : 'octocat'),
    head_commit: commitObject(headCommit),
    previous_attempt_url: null,
    ...Object.fromEntries(['jobs', 'logs', 'artifacts', 'cancel', 'rerun'].map(key => [`${key}_url`, `${url}/${key}`])),
    check_suite_url: `https://api.github.com/repos/${fullName}/check-suites/4683454167`,
    workflow_url: workflow.url,
    repository: minimalRepository(options),
    head_repository: minimalRepository(fromFork ? forkPlace : options)
  }
  const action = conclusion === null ? 'in_progress' : 'completed'
  const payload = { action, workflow_run: run, workflow, ...surroundings(options) }
  return { eventName: 'workflow_run', payload, ...onDefaultBranch(options) }
}

/** Started by hand on a branch or tag. */
export function workflowDispatch(
  options: EventPlace & { readonly ref?: string; readonly sha: string; readonly inputs?: Record<string, string> }
): WorkflowEvent {
  const { ref = 'refs/heads/test', sha, inputs = null } = options
  const payload = { inputs, ref, workflow: '.github/workflows/layers.yml', ...surroundings(options) }
  return { eventName: 'workflow_dispatch', payload, ref, sha }
}

export function schedule(options: EventPlace & { readonly cron?: string } = {}): WorkflowEvent {
  const { cron = '30 5 * * 1' } = options
  const payload = { schedule: cron, workflow: '.github/workflows/layers.yml', ...surroundings(options) }
  return { eventName: 'schedule', payload, ...onDefaultBranch(options) }
}

/** A comment on a pull request: anyone may write one, and the run has secrets. */
export function issueComment(
  options: EventPlace & { readonly number?: number; readonly body?: string } = {}
): WorkflowEvent {
  const { number = 7, body = '/deploy' } = options
  const api = `https://api.github.com/repos/${options.repository ?? 'octo-org/superproject'}`
  const html = `https://github.com/${options.repository ?? 'octo-org/superproject'}/pull/${number}`
  const time = '2026-01-02T03:04:05Z'
  const issue = {
    url: `${api}/issues/${number}`,
    id: 444500041,
    node_id: nodeId('Issue', 444500041),
    number,
    title: 'Move da_flask',
    user: user('octocat'),
    labels: [],
    state: 'open',
    locked: false,
    comments: 1,
    created_at: time,
    updated_at: time,
    closed_at: null,
    author_association: 'MEMBER',
    body: null,
    pull_request: {
      url: `${api}/pulls/${number}`,
      html_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`
    }
  }
  const comment = {
    url: `${api}/issues/comments/492700400`,
    html_url: `${html}#issuecomment-492700400`,
    issue_url: issue.url,
    id: 492700400,
    node_id: nodeId('IssueComment', 492700400),
    user: user('mona', 2),
    created_at: time,
    updated_at: time,
    author_association: 'NONE',
    body
  }
  const payload = { action: 'created', issue, comment, ...surroundings(options) }
  return { eventName: 'issue_comment', payload, ...onDefaultBranch(options) }
}
