import { describe, expect, it } from '@jest/globals'
import {
  asBranchProtected,
  asCheckRun,
  asComment,
  asComparison,
  asCreator,
  asDeployment,
  asDeploymentOutcomes,
  asDeploymentStatus,
  asEnvironmentProtection,
  asList,
  asLogin,
  asNewCheckRun,
  asPendingStatuses,
  asPull,
  asStatus
} from '../../../src/adapters/github/answers.js'

const commit = 'a1'.repeat(20)
const other = 'b2'.repeat(20)

describe('an answer as the product reads it', () => {
  const comment = { id: 7, body: 'text', user: { login: 'octocat' }, html_url: 'https://github.com/c' }
  const read = { id: 7, body: 'text', author: 'octocat', url: 'https://github.com/c' }
  it.each([
    [comment, read],
    [
      { ...comment, body: null, user: null, html_url: null },
      { ...read, body: '', author: '', url: '' }
    ],
    [{ id: 7 }, { id: 7, body: '', author: '', url: '' }]
  ])('comment %j', (answer, expected) => {
    expect(asComment(answer)).toEqual(expected)
  })

  const status = { id: 3, context: 'layer-deploy/plan', state: 'failure', description: 'Refused' }
  it.each([
    [
      { ...status, target_url: 'https://github.com/r', creator: { login: 'hubot' } },
      { ...status, targetUrl: 'https://github.com/r', creator: 'hubot' }
    ],
    [
      { ...status, description: null, target_url: null, creator: null },
      { ...status, description: '', targetUrl: null, creator: '' }
    ]
  ])('status %j', (answer, expected) => {
    expect(asStatus(answer)).toEqual(expected)
  })

  const pull = { number: 5, base: { ref: 'test' }, head: { sha: commit } }
  const open = { number: 5, baseBranch: 'test', headCommit: commit, mergedAt: null, mergeCommit: null, locked: false }
  it.each([
    [pull, open],
    [{ ...pull, merged_at: null, merge_commit_sha: null, locked: false }, open],
    [
      { ...pull, merged_at: '2026-01-01T00:00:00Z', merge_commit_sha: other, locked: true },
      { ...open, mergedAt: '2026-01-01T00:00:00Z', mergeCommit: other, locked: true }
    ]
  ])('pull request %j', (answer, expected) => {
    expect(asPull(answer)).toEqual(expected)
  })

  const deployment = { id: 9, sha: commit, environment: 'sandbox', task: 'layer-deploy', node_id: 'DE_9' }
  const payload = { da_flask: 1 }
  const quoted = JSON.stringify(JSON.stringify(JSON.stringify(payload)))
  it.each([
    [payload, payload],
    [[1], [1]],
    [JSON.stringify(payload), payload],
    [JSON.stringify(JSON.stringify(payload)), payload],
    [quoted, JSON.stringify(payload)],
    ['{broken', '{broken'],
    ['', ''],
    [null, null]
  ])('payload %j of a deployment', (given, expected) => {
    const answer = { ...deployment, payload: given, description: 'x', created_at: '2026-01-01T00:00:00Z' }
    expect(asDeployment(answer)).toEqual({
      ...{ id: 9, commit, environment: 'sandbox', task: 'layer-deploy', nodeId: 'DE_9' },
      ...{ payload: expected, description: 'x', createdAt: '2026-01-01T00:00:00Z' }
    })
    expect(asDeployment({ ...answer, description: null }).description).toBe('')
  })

  it.each([
    [
      { state: 'success', log_url: 'https://github.com/l' },
      { state: 'success', logUrl: 'https://github.com/l' }
    ],
    [
      { state: 'IN_PROGRESS', log_url: '' },
      { state: 'in_progress', logUrl: null }
    ],
    [
      { state: 'queued', log_url: null },
      { state: 'queued', logUrl: null }
    ]
  ])('status of a deployment %j', (answer, expected) => {
    expect(asDeploymentStatus(answer)).toEqual(expected)
  })

  const run = { id: 4, name: 'unit tests', details_url: 'https://ci.example/4' }
  it.each([
    [{ status: 'completed', conclusion: 'failure' }, 'failure'],
    [{ status: 'completed', conclusion: null }, 'pending'],
    [{ status: 'in_progress', conclusion: null }, 'pending'],
    // Run again, GitHub may still show what it concluded the first time.
    [{ status: 'queued', conclusion: 'success' }, 'pending']
  ])('check run %j is %s', (part, outcome) => {
    const expected = { id: 4, name: 'unit tests', outcome, url: 'https://ci.example/4' }
    expect(asCheckRun({ ...run, ...part })).toEqual(expected)
    expect(asCheckRun({ ...run, ...part, details_url: null })).toEqual({ ...expected, url: null })
  })

  it.each([
    [{ id: 4, app: { slug: 'github-actions' } }, 'github-actions[bot]'],
    [{ id: 4, app: { slug: null } }, ''],
    [{ id: 4, app: {} }, ''],
    [{ id: 4, app: null }, ''],
    [{ id: 4 }, '']
  ])('new check run %j is of %j', (answer, author) => {
    expect(asNewCheckRun(answer)).toEqual({ id: 4, author })
  })

  it.each([
    [{}, { rules: [], limitsBranches: false }],
    [
      { protection_rules: null, deployment_branch_policy: null },
      { rules: [], limitsBranches: false }
    ],
    [
      { protection_rules: [{ type: 'wait_timer' }, { type: 'required_reviewers' }], deployment_branch_policy: {} },
      { rules: ['wait_timer', 'required_reviewers'], limitsBranches: true }
    ]
  ])('environment %j', (answer, expected) => {
    expect(asEnvironmentProtection(answer)).toEqual(expected)
  })

  it.each([true, false])('protected branch %j', isProtected => {
    expect(asBranchProtected({ protected: isProtected })).toBe(isProtected)
  })

  it('comparison: subject lines, newest first', () => {
    const commits = ['one\n\nbody', 'two', ''].map(message => ({ commit: { message } }))
    expect(asComparison({ commits, total_commits: 240 })).toEqual({ subjects: ['', 'two', 'one'], total: 240 })
  })

  it.each([
    [{ creator: { login: 'hubot' } }, 'hubot'],
    [{ creator: null }, ''],
    [{}, '']
  ])('creator %j', (answer, expected) => {
    expect(asCreator(answer)).toBe(expected)
  })

  it('login and list as they are', () => {
    expect(asLogin({ login: 'octocat' })).toBe('octocat')
    expect(asList([1, 'a'])).toEqual([1, 'a'])
  })
})

describe('an answer of GraphQL', () => {
  const history = (...nodes: unknown[]) => ({ repository: { object: { history: { nodes } } } })
  const node = (oid: string, context: unknown) => ({ oid, status: { context } })
  it.each([
    [{ repository: { object: null } }, []],
    [history(), []],
    [history({ oid: commit, status: null }, node(commit, null)), []],
    [history(node(commit, { state: 'SUCCESS', targetUrl: null })), []],
    [
      history(
        node(other, { state: 'PENDING', targetUrl: 'https://github.com/r' }),
        { oid: commit, status: null },
        node(commit, { state: 'PENDING', targetUrl: null })
      ),
      [
        { commit: other, targetUrl: 'https://github.com/r' },
        { commit, targetUrl: null }
      ]
    ]
  ])('pending statuses %#', (answer, expected) => {
    expect(asPendingStatuses(answer)).toEqual(expected)
  })

  it('outcomes of deployments; what is gone, or is none, is left out', () => {
    const states = (...all: string[]) => ({ nodes: all.map(state => ({ state })) })
    const nodes = [
      null,
      {},
      { databaseId: 1, latestStatus: null, statuses: states() },
      {
        databaseId: 2,
        latestStatus: { state: 'SUCCESS', logUrl: 'https://github.com/l' },
        statuses: states('IN_PROGRESS', 'SUCCESS')
      },
      { databaseId: 3, latestStatus: { state: 'ERROR', logUrl: null }, statuses: states('ERROR') }
    ]
    expect([...asDeploymentOutcomes({ nodes })]).toEqual([
      [1, { states: [], state: null, logUrl: null }],
      [2, { states: ['in_progress', 'success'], state: 'success', logUrl: 'https://github.com/l' }],
      [3, { states: ['error'], state: 'error', logUrl: null }]
    ])
  })
})

describe('an answer of another shape is refused', () => {
  const status = { id: 1, context: 'c', state: 'pending', description: null, target_url: null, creator: null }
  it.each<[string, (answer: unknown) => unknown, unknown]>([
    ['an object in the answer, found null', asComment, null],
    ['an object in the answer, found "text"', asComment, 'text'],
    ['an object in the answer, found []', asComment, []],
    ['an object in the answer, found nothing', asComment, undefined],
    ['a list in the answer, found {"message":"x"}', asList, { message: 'x' }],
    ['a list in the answer, found ""', asList, ''],
    ['a number as id in the answer, found nothing', asComment, {}],
    ['a number as id in the answer, found "7"', asComment, { id: '7' }],
    ['a text as body in the answer, found 1', asComment, { id: 1, body: 1 }],
    ['a text as login in the answer, found nothing', asComment, { id: 1, user: {} }],
    ['an object in the answer, found "octocat"', asComment, { id: 1, user: 'octocat' }],
    ['a text as context in the answer, found null', asStatus, { ...status, context: null }],
    ['a text as state in the answer, found nothing', asStatus, { ...status, state: undefined }],
    ['a text as target_url in the answer, found false', asStatus, { ...status, target_url: false }],
    ['an object in the answer, found nothing', asPendingStatuses, { repository: {} }],
    ['a text as oid in the answer, found nothing', asPendingStatuses, pendingWithout('oid')],
    ['a text as state in the answer, found nothing', asPendingStatuses, pendingWithout('state')],
    ['an object in the answer, found nothing', asPull, { number: 1 }],
    ['a text as ref in the answer, found nothing', asPull, { number: 1, base: {}, head: { sha: 's' } }],
    ['a text as sha in the answer, found nothing', asPull, { number: 1, base: { ref: 'r' }, head: {} }],
    ['a text as sha in the answer, found nothing', asDeployment, { id: 1 }],
    ['a text as state in the answer, found nothing', asDeploymentStatus, {}],
    ['a list in the answer, found nothing', asDeploymentOutcomes, {}],
    ['an object in the answer, found nothing', asDeploymentOutcomes, { nodes: [{ databaseId: 1 }] }],
    ['a text as status in the answer, found nothing', asCheckRun, { id: 1 }],
    ['a text as name in the answer, found nothing', asCheckRun, { id: 1, status: 'queued' }],
    ['an object in the answer, found "x"', asNewCheckRun, { id: 1, app: 'x' }],
    ['true or false as protected in the answer, found nothing', asBranchProtected, {}],
    ['an object in the answer, found []', asEnvironmentProtection, []],
    ['a text as type in the answer, found nothing', asEnvironmentProtection, { protection_rules: [{}] }],
    ['a list in the answer, found nothing', asComparison, {}],
    ['a text as message in the answer, found nothing', asComparison, { commits: [{ commit: {} }], total_commits: 1 }],
    ['a number as total_commits in the answer, found nothing', asComparison, { commits: [] }],
    ['a login in the answer, found ""', asLogin, { login: '' }],
    ['a text as login in the answer, found null', asLogin, { login: null }],
    ['an object in the answer, found nothing', asLogin, undefined]
  ])('expected %s', (words, read, answer) => {
    expect(() => read(answer)).toThrow(
      expect.objectContaining({ name: 'UnexpectedAnswer', message: `expected ${words}` })
    )
  })

  it('no more than 60 characters of it are told', () => {
    const told = `"${'x'.repeat(59)}`
    expect(() => asComment('x'.repeat(1000))).toThrow(
      expect.objectContaining({ message: `expected an object in the answer, found ${told}` })
    )
  })
})

function pendingWithout(field: 'oid' | 'state'): unknown {
  const node = { oid: commit, status: { context: { state: 'PENDING', targetUrl: null } } }
  if (field === 'oid') return { repository: { object: { history: { nodes: [{ ...node, oid: undefined }] } } } }
  return { repository: { object: { history: { nodes: [{ ...node, status: { context: {} } }] } } } }
}
