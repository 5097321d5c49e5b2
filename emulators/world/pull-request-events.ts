/**
 * Payloads of pull requests as GitHub delivers them, with the ref and commit that GitHub runs the workflow on ("Events that
 * trigger workflows"). What a builder returns fits `github` of `runAction`.
 */
import { nodeId, repository, surroundings, user, type EventPlace } from './event-objects.js'
import { onDefaultBranch, type WorkflowEvent } from './workflow-event.js'

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
  const { number = 7, from = 'own', merged = false, action } = options
  const fullName = options.repository ?? 'octo-org/superproject'
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
    ...pullRequestEnds(options),
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

function pullRequestEnds(options: PullRequestOptions): Record<string, unknown> {
  const { base = 'test', head = 'feature', from = 'own' } = options
  const owner = (options.repository ?? 'octo-org/superproject').split('/')[0] ?? ''
  const headOwner = from === 'own' ? owner : 'mona'
  const headRepository = { own: repository(options), fork: repository(forkPlace), 'deleted-fork': null }[from]
  return {
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
    }
  }
}
