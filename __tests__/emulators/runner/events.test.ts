import { describe, expect, it } from '@jest/globals'
import * as events from '../../support/events.js'

const commit = '1'.repeat(40)
const base = '2'.repeat(40)
const tip = { defaultBranchCommit: '3'.repeat(40) }
const onMain = { ref: 'refs/heads/main', sha: tip.defaultBranchCommit }

describe('where GitHub runs the workflow of an event', () => {
  it.each([
    ['push', events.push({ after: commit, before: base }), { ref: 'refs/heads/test', sha: commit }],
    ['tag', events.push({ after: commit, tag: 'main' }), { ref: 'refs/tags/main', sha: commit }],
    ['deleted branch', events.deletedPush({ before: base, ...tip }), onMain],
    ['pull request', events.pullRequest({ baseCommit: base, headCommit: commit }), { ref: 'refs/pull/7/merge' }],
    ['pull_request_target', events.pullRequestTarget({ baseCommit: base, headCommit: commit, ...tip }), onMain],
    [
      'merge group',
      events.mergeGroup({ baseCommit: base, headCommit: commit }),
      { ref: `refs/heads/gh-readonly-queue/main/pr-7-${base}`, sha: commit }
    ],
    ['workflow run', events.workflowRun({ headCommit: commit, ...tip }), onMain],
    ['dispatch', events.workflowDispatch({ sha: commit }), { ref: 'refs/heads/test', sha: commit }],
    ['schedule', events.schedule(tip), onMain],
    ['comment', events.issueComment(tip), onMain]
  ])('%s', (_name, event, at) => {
    expect(event).toMatchObject(at)
    expect(event.payload).toMatchObject({
      repository: { full_name: 'octo-org/superproject' },
      sender: { login: 'octocat' }
    })
  })
})

describe('what tells the kinds apart', () => {
  it('first, forced and deleting pushes', () => {
    expect(events.push({ after: commit }).payload).toMatchObject({
      before: events.noCommit,
      created: true,
      forced: false
    })
    expect(events.push({ after: commit, before: base, forced: true }).payload).toMatchObject({
      created: false,
      forced: true
    })
    expect(events.deletedPush({ before: base }).payload).toMatchObject({
      after: events.noCommit,
      deleted: true,
      head_commit: null
    })
  })

  it('own, forked and deleted heads', () => {
    const head = (from: 'own' | 'fork' | 'deleted-fork') =>
      (
        events.pullRequest({ baseCommit: base, headCommit: commit, from }).payload['pull_request'] as {
          head: { repo: unknown }
        }
      ).head.repo
    expect(head('own')).toMatchObject({ full_name: 'octo-org/superproject', fork: false })
    expect(head('fork')).toMatchObject({ full_name: 'mona/superproject', fork: true })
    expect(head('deleted-fork')).toBeNull()
  })

  it('workflow runs by conclusion, cause and repository', () => {
    const run = (options: Partial<events.WorkflowRunOptions>) =>
      events.workflowRun({ headCommit: commit, ...options }).payload['workflow_run']
    expect(run({ conclusion: 'failure' })).toMatchObject({ conclusion: 'failure', event: 'push', status: 'completed' })
    expect(run({ fromFork: true })).toMatchObject({
      head_repository: { full_name: 'mona/superproject' },
      pull_requests: []
    })
    expect(run({ cause: 'pull_request' })).toMatchObject({ event: 'pull_request', pull_requests: [{ number: 7 }] })
    // The short form of a repository: code that reads its default branch finds nothing on GitHub either.
    expect(run({})).not.toHaveProperty('repository.default_branch')
  })
})
