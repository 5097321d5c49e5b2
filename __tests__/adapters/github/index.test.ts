import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { startGitHubEmulator, type Fault, type GitHubEmulator } from '../../../emulators/github/index.js'
import { createGitHub, type GitHubOptions } from '../../../src/adapters/github/index.js'
import { GitHubError, type DeploymentRecord, type GitHub } from '../../../src/ports/github.js'

const token = 'ghs_EXAMPLEtokenOfTheWorkflow'
const sha = 'a1'.repeat(20)
const permissions = {
  issues: 'write',
  'pull-requests': 'write',
  statuses: 'write',
  deployments: 'write',
  contents: 'read'
} as const

let emulator: GitHubEmulator
beforeEach(async () => {
  emulator = await startGitHubEmulator({
    repositories: [{ owner: 'acme', name: 'superproject' }],
    tokens: [
      { token, permissions },
      { token: 'ghs_EXAMPLEreadOnly', permissions: { issues: 'read', 'pull-requests': 'read', contents: 'read' } },
      { token: 'ghp_EXAMPLEuser', permissions, kind: 'user' }
    ]
  })
  emulator.seed.commit({ sha })
  emulator.seed.pullRequest({ number: 5, head: { ref: 'feature', sha }, base: { ref: 'test', sha } })
})
afterEach(async () => {
  await emulator.close()
})

function connect(part: Partial<GitHubOptions> = {}): GitHub {
  return createGitHub({
    apiUrl: emulator.url,
    token,
    repository: 'acme/superproject',
    retryBaseMilliseconds: 5,
    ...part
  })
}

async function pagesOf(github: GitHub, environment: string): Promise<(readonly DeploymentRecord[])[]> {
  const pages: (readonly DeploymentRecord[])[] = []
  for await (const page of github.deployments({ environment, task: 'layer-deploy' })) pages.push(page)
  return pages
}

async function failureOf(work: Promise<unknown>): Promise<GitHubError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown
  )
  expect(error).toBeInstanceOf(GitHubError)
  return error as GitHubError
}

describe('calls', () => {
  it('create, read, edit, list and delete a comment', async () => {
    const github = connect()
    const created = await github.createComment(5, 'one')
    expect(created).toMatchObject({ body: 'one', author: 'github-actions[bot]' })
    expect(created.url).toContain('issuecomment')
    await github.updateComment(created.id, 'two')
    expect(await github.readComment(created.id)).toMatchObject({ id: created.id, body: 'two' })
    expect((await github.listComments(5)).comments).toHaveLength(1)
    await github.deleteComment(created.id)
    await github.deleteComment(created.id)
    expect(await github.listComments(5)).toEqual({ comments: [], lastPage: 1 })
    expect(emulator.violations).toEqual([])
  })

  it('F74 reads every page, and again from the last one on', async () => {
    for (let index = 0; index < 250; index += 1)
      emulator.seed.comment({ issueNumber: 5, author: 'octocat', body: `c${index}` })
    const github = connect()
    const all = await github.listComments(5)
    expect(all.comments.map(comment => comment.body)).toEqual(
      Array.from({ length: 250 }, (_unused, index) => `c${index}`)
    )
    expect(all.lastPage).toBe(3)
    expect((await github.listComments(5, 3)).comments).toHaveLength(50)
    expect(emulator.calls).toHaveLength(4)
  })

  it('sets and reads statuses, one a context, the newest', async () => {
    const github = connect()
    const status = { context: 'layer-deploy/plan', description: 'Planning', targetUrl: 'https://github.com/x' } as const
    await github.createStatus(sha, { ...status, state: 'pending' })
    await github.createStatus(sha, { ...status, state: 'success', targetUrl: null })
    expect(await github.listStatuses(sha)).toMatchObject([{ context: 'layer-deploy/plan', state: 'success' }])
    expect(emulator.violations).toEqual([])
  })

  it('F78 finds pending statuses of a context on a commit and before it, in one call', async () => {
    const github = connect()
    const [first, second, third] = ['d1', 'd2', 'd3'].map(text => text.repeat(20)) as [string, string, string]
    emulator.seed.commit({ sha: first })
    emulator.seed.commit({ sha: second, parents: [first] })
    emulator.seed.commit({ sha: third, parents: [second] })
    const status = { context: 'layer-deploy/sandbox', description: 'x', targetUrl: 'https://github.com/x' } as const
    await github.createStatus(first, { ...status, state: 'pending' })
    await github.createStatus(second, { ...status, state: 'pending' })
    await github.createStatus(second, { ...status, state: 'success' })
    await github.createStatus(third, { ...status, context: 'other', state: 'pending' })
    const calls = emulator.calls.length
    const found = await github.pendingStatuses(third, status.context)
    expect(found).toEqual([{ commit: first, targetUrl: status.targetUrl }])
    expect(emulator.calls).toHaveLength(calls + 1)
    expect(await github.pendingStatuses(second, 'other')).toEqual([])
    expect(emulator.violations).toEqual([])
  })

  it('finds the pull requests of a commit', async () => {
    emulator.seed.commit({ sha: 'b2'.repeat(20) })
    emulator.seed.pullRequest({
      number: 6,
      head: { ref: 'f', sha },
      base: { ref: 'test', sha },
      mergeCommit: 'b2'.repeat(20)
    })
    expect(await connect().pullsOfCommit('b2'.repeat(20))).toMatchObject([
      { number: 6, baseBranch: 'test', mergeCommit: 'b2'.repeat(20), headCommit: sha, locked: false }
    ])
  })

  it('writes deployments with our task and payload, and reads them newest first', async () => {
    const github = connect()
    const payload = { da_flask: { 'content-digest': 'c'.repeat(64) } }
    const deployment = {
      commit: sha,
      environment: 'sandbox',
      task: 'layer-deploy',
      payload,
      description: 'x',
      production: false
    }
    const first = await github.createDeployment(deployment)
    const second = await github.createDeployment(deployment)
    await github.createDeploymentStatus(second.id, { state: 'in_progress', description: 'Deploying', logUrl: null })
    await github.createDeploymentStatus(second.id, {
      state: 'success',
      description: 'Deployed',
      logUrl: 'https://github.com/x'
    })
    const [listed = []] = await pagesOf(github, 'sandbox')
    expect(listed.map(one => one.id)).toEqual([second.id, first.id])
    expect(listed[0]).toMatchObject({ commit: sha, payload, task: 'layer-deploy', description: 'x' })
    const outcomes = await github.deploymentOutcomes(listed)
    expect(outcomes.get(second.id)).toEqual({
      states: ['in_progress', 'success'],
      state: 'success',
      logUrl: 'https://github.com/x'
    })
    expect(outcomes.get(first.id)).toEqual({ states: [], state: null, logUrl: null })
    expect(await pagesOf(github, 'production')).toEqual([[]])
    expect(emulator.calls.filter(({ operation }) => operation === 'graphql')).toHaveLength(1)
    expect(emulator.violations).toEqual([])
  })

  it('F73 knows who the token is', async () => {
    expect(await connect().viewerLogin()).toBe('github-actions[bot]')
    expect(await connect({ token: 'ghp_EXAMPLEuser' }).viewerLogin()).toBe('octocat')
    expect(emulator.calls.map(call => call.operation)).toEqual(['graphql', 'graphql'])
  })

  it('takes a token that may not ask who it is for a workflow’s own', async () => {
    emulator.faults.add({ operation: 'graphql', fault: { kind: 'error', status: 403, when: 'before' } })
    expect(await connect().viewerLogin()).toBe('github-actions[bot]')
    emulator.faults.add({ operation: 'graphql', fault: { kind: 'error', status: 403, when: 'before' } })
    expect(await connect({ token: 'ghp_EXAMPLEuser' }).viewerLogin()).toBe('octocat')
    expect(emulator.violations).toEqual([])
  })

  it('F79 works below the path of GitHub Enterprise Server', async () => {
    const server = await startGitHubEmulator({
      repositories: [{ owner: 'acme', name: 'superproject' }],
      tokens: [{ token, permissions }],
      prefix: '/api/v3'
    })
    server.seed.commit({ sha })
    server.seed.pullRequest({ number: 5, head: { ref: 'f', sha }, base: { ref: 'test', sha } })
    const github = connect({ apiUrl: `${server.url}/` })
    expect(await github.viewerLogin()).toBe('github-actions[bot]')
    await github.createComment(5, 'x')
    expect(server.calls.map(call => call.status)).toEqual([200, 201])
    await server.close()
  })
})

describe('check runs', () => {
  const check = (id: number, name: string, conclusion = 'success') => {
    emulator.state.checkRuns.push({
      ...{ id, repository: 'acme/superproject', headSha: sha, creator: 'ci[bot]' },
      ...{ name, status: 'completed', conclusion, startedAt: null, completedAt: null, detailsUrl: null },
      ...{ externalId: null, output: { title: null, summary: null, text: null, annotations: 0 } }
    })
  }
  const connected = () => {
    const token = 'ghs_EXAMPLEchecks'
    emulator.addToken({ token, permissions: { checks: 'read' } })
    return connect({ token })
  }
  const queries = () => emulator.calls.map(({ path }) => new URL(path, 'http://x').searchParams)

  it('F104 behind 450 others those that are meant are found, by name', async () => {
    check(1, 'unit tests', 'failure')
    check(2, 'lint')
    for (let id = 3; id <= 450; id += 1) check(id, `other ${id}`)
    const found = await connected().listCheckRuns(sha, ['unit tests', 'lint'])
    expect(found.filter(({ name }) => ['unit tests', 'lint'].includes(name))).toMatchObject([
      { name: 'unit tests', outcome: 'failure' },
      { name: 'lint', outcome: 'success' }
    ])
    expect(queries().map(query => query.get('check_name'))).toEqual([null, 'unit tests', 'lint'])
    expect(emulator.violations).toEqual([])
  })

  it('F104 the jobs of a matrix behind 450 others are found, each once', async () => {
    for (const [id, version] of [
      [1, '3.10'],
      [2, '3.11']
    ] as const)
      check(id, `test (${version})`)
    for (let id = 3; id <= 450; id += 1) check(id, `other ${id}`)
    const found = await connected().listCheckRuns(sha, ['test'])
    expect(found).toHaveLength(450)
    expect(found.filter(({ name }) => name.startsWith('test ('))).toHaveLength(2)
  })

  it('F104 one call where a page holds all, whatever the names', async () => {
    for (let id = 1; id <= 99; id += 1) check(id, `other ${id}`)
    expect(await connected().listCheckRuns(sha, ['nowhere', 'else'])).toHaveLength(99)
    expect(emulator.calls).toHaveLength(1)
  })

  it('F104 the check run of this action is found behind any number of others', async () => {
    check(1, 'layer-deploy/plan')
    for (let id = 2; id <= 450; id += 1) check(id, `other ${id}`)
    expect(await connected().checkRunsNamed(sha, 'layer-deploy/plan')).toMatchObject([{ id: 1 }])
    expect(emulator.calls).toHaveLength(1)
  })
})

describe('failures', () => {
  it.each([
    [401, 'Bad credentials', /token ended.*run|run again: the token ended/],
    [403, 'Repository was archived so is read-only.', /^unarchive the repository/],
    [410, 'Issues are disabled for this repo', /^enable issues/],
    [410, 'Issues has been disabled in this repository.', /^enable issues/],
    [403, 'Resource protected by organization SAML enforcement.', /single sign-on/],
    [403, 'the `acme` organization has an IP allow list enabled, and your IP address is not permitted', /allow list/],
    [403, 'Sorry. Your account was suspended.', /unsuspended/],
    [422, 'No commit found for SHA: abc', /^push the commit/],
    [422, 'This SHA and context has reached the maximum number of statuses.', /1,000 statuses/],
    [403, 'Resource not accessible by integration', /^grant pull-requests: write/],
    [502, 'Server Error', /once GitHub answers/]
  ] as const)('F146 %i %s: the mend that helps', async (status, message, mend) => {
    const fault: Fault = { kind: 'error', status, when: 'before', message }
    emulator.faults.add({ operation: 'issues/create-comment', fault })
    const error = await failureOf(connect().createComment(5, 'x'))
    expect(error).toMatchObject({ status, mend: expect.stringMatching(mend) })
    if (!mend.source.startsWith('^grant')) expect(error.mend).not.toContain('grant')
  })

  it('F69 a missing permission is named, as GitHub names it', async () => {
    const github = connect({ token: 'ghs_EXAMPLEreadOnly' })
    const comment = await failureOf(github.createComment(5, 'x'))
    expect(comment).toMatchObject({
      kind: 'permission',
      status: 403,
      permission: 'issues: write or pull-requests: write'
    })
    const status = { context: 'c', state: 'pending', description: '', targetUrl: null } as const
    expect(await failureOf(github.createStatus(sha, status))).toMatchObject({
      kind: 'permission',
      permission: 'statuses: write'
    })
    expect(emulator.calls).toHaveLength(2)
  })

  it('a wrong token is a permission error that does not show it', async () => {
    const error = await failureOf(connect({ token: 'ghs_EXAMPLEwrong' }).listComments(5))
    expect(error.kind).toBe('permission')
    expect(JSON.stringify(error) + error.message + String(error.stack) + String(error.cause)).not.toContain(
      'EXAMPLEwrong'
    )
  })

  it('an unknown pull request is not found; a body too long is refused', async () => {
    expect(await failureOf(connect().listComments(99))).toMatchObject({ kind: 'not-found', status: 404 })
    expect(await failureOf(connect().createComment(5, 'x'.repeat(65_537)))).toMatchObject({
      kind: 'validation',
      status: 422
    })
  })

  const reset: Fault = { kind: 'reset', when: 'before' }
  it.each<[string, Fault]>([
    ['500', { kind: 'error', status: 500, when: 'before' }],
    ['a reset', reset],
    ['503 after', { kind: 'error', status: 503, when: 'after' }]
  ])('a read is repeated after %s, a creation is not', async (_name, fault) => {
    const github = connect()
    emulator.faults.add({ operation: 'issues/list-comments', fault })
    expect((await github.listComments(5)).comments).toEqual([])
    emulator.faults.add({ operation: 'issues/create-comment', fault })
    expect(await failureOf(github.createComment(5, 'x'))).toMatchObject({ kind: 'unavailable' })
    expect(emulator.calls.filter(call => call.operation === 'issues/create-comment')).toHaveLength(1)
    expect(emulator.calls.filter(call => call.operation === 'issues/list-comments')).toHaveLength(2)
  })

  it.each<Fault['kind']>(['truncated', 'garbage'])('a %s answer is no answer', async kind => {
    emulator.faults.add({ operation: '*', fault: { kind } as Fault, times: 5 })
    expect(await failureOf(connect().createComment(5, 'x'))).toMatchObject({ kind: 'unavailable' })
    expect(await failureOf(connect().listComments(5))).toMatchObject({ kind: 'unavailable' })
  })

  it('repeats a bounded number of times', async () => {
    emulator.faults.add({ operation: '*', fault: { kind: 'error', status: 502, when: 'before' }, times: 50 })
    expect(await failureOf(connect().listComments(5))).toMatchObject({ kind: 'unavailable', status: 502 })
    expect(emulator.calls).toHaveLength(3)
  })

  it('G8 a hang ends at the deadline', async () => {
    emulator.faults.add({ operation: '*', fault: { kind: 'hang', when: 'before' }, times: 9 })
    const started = performance.now()
    expect(await failureOf(connect({ deadlineSeconds: 0.3 }).listComments(5))).toMatchObject({ kind: 'unavailable' })
    expect(performance.now() - started).toBeLessThan(5000)
  })

  it.each([403, 429] as const)(
    'F70 waits out a short secondary rate limit told as %i, a creation too',
    async status => {
      const fault = { kind: 'secondary-rate-limit', status, retryAfterSeconds: 3 } as const
      emulator.faults.add({ operation: 'issues/create-comment', fault })
      expect((await connect().createComment(5, 'x')).body).toBe('x')
      expect(emulator.state.comments).toHaveLength(1)
    }
  )

  it('F70 gives up on a long rate limit at once', async () => {
    const fault = { kind: 'secondary-rate-limit', status: 403, retryAfterSeconds: 600 } as const
    emulator.faults.add({ operation: 'issues/create-comment', fault })
    expect(await failureOf(connect().createComment(5, 'x'))).toMatchObject({ kind: 'rate-limited', permission: null })
    expect(emulator.calls).toHaveLength(1)
  })
})
