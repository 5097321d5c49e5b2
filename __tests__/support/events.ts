/**
 * Builders of event payloads as GitHub delivers them, with the ref and commit that GitHub runs the workflow on ("Events that
 * trigger workflows"). What a builder returns fits `github` of `runAction`. Pushes, pull requests and dispatches,
 * which the demo makes too, lie beside the emulators.
 */
import {
  commitObject,
  minimalRepository,
  nodeId,
  surroundings,
  user,
  type EventPlace
} from '../../emulators/world/event-objects.js'
import { onDefaultBranch, type WorkflowEvent } from '../../emulators/world/workflow-event.js'

export type { EventPlace } from '../../emulators/world/event-objects.js'
export * from '../../emulators/world/dispatch-event.js'
export * from '../../emulators/world/pull-request-events.js'
export * from '../../emulators/world/push-events.js'
export { noCommit, type WorkflowEvent } from '../../emulators/world/workflow-event.js'

const forkPlace = { repository: 'mona/superproject', repositoryId: 396980812, fork: true }

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
  /** Of the other workflow. Default `tests`. */
  readonly name?: string
}

/** Another workflow completed. Runs on the default branch, with secrets, whatever started the other one. */
export function workflowRun(options: WorkflowRunOptions): WorkflowEvent {
  const {
    conclusion = 'success',
    cause = 'push',
    headBranch = 'test',
    headCommit,
    fromFork = false,
    name = 'tests'
  } = options
  const fullName = options.repository ?? 'octo-org/superproject'
  const api = `https://api.github.com/repos/${fullName}/actions`
  const time = '2026-01-02T03:04:05Z'
  const workflow = {
    id: 16340987,
    node_id: nodeId('Workflow', 16340987),
    name,
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
    name,
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
