import { describe, expect, it } from '@jest/globals'
import type { CheckRunContent } from '../../../src/ports/github.js'
import { cannedForEach } from './canned-github.js'
import { checksToken, connectTo, emulatorForEach, failureOf, readToken, requests, sha } from './emulated.js'

const emulator = emulatorForEach()
const cannedGitHub = cannedForEach()
const connected = () => connectTo(emulator().url, { token: checksToken })

function check(id: number, name: string, conclusion = 'success'): void {
  emulator().state.checkRuns.push({
    ...{ id, repository: 'acme/superproject', headSha: sha, creator: 'ci[bot]' },
    ...{ name, status: 'completed', conclusion, startedAt: null, completedAt: null, detailsUrl: null },
    ...{ externalId: null, output: { title: null, summary: null, text: null, annotations: 0 } }
  })
}

const others = (from: number, to: number): void => {
  for (let id = from; id <= to; id += 1) check(id, `other ${id}`)
}

/** Of each call the name that it asks for, and the page. */
const asked = () =>
  emulator().calls.map(({ path }) => {
    const { searchParams } = new URL(path, 'http://x')
    return [searchParams.get('check_name'), Number(searchParams.get('page'))]
  })

describe('check runs are read', () => {
  it('F104 behind 450 others those that are meant are found, by name', async () => {
    check(1, 'unit tests', 'failure')
    check(2, 'lint')
    others(3, 450)
    const found = await connected().listCheckRuns(sha, ['unit tests', 'lint'])
    expect(found.filter(({ name }) => ['unit tests', 'lint'].includes(name))).toMatchObject([
      { name: 'unit tests', outcome: 'failure' },
      { name: 'lint', outcome: 'success' }
    ])
    expect(asked()).toEqual([
      [null, 1],
      ['unit tests', 1],
      ['lint', 1]
    ])
  })

  it('F104 the jobs of a matrix behind 450 others are found, each once', async () => {
    check(1, 'test (3.10)')
    check(2, 'test (3.11)')
    check(3, 'lint')
    others(4, 450)
    const found = await connected().listCheckRuns(sha, ['lint', 'test'])
    expect(found.map(({ id }) => id).sort((one, other) => Number(one) - Number(other))).toEqual(
      Array.from({ length: 450 }, (_unused, index) => index + 1)
    )
    expect(asked()).toEqual([
      [null, 1],
      ['lint', 1],
      ['test', 1],
      [null, 2],
      [null, 3],
      [null, 4],
      [null, 5]
    ])
  })

  it.each([
    [99, 1],
    [100, 2]
  ])('F104 %i of them, whatever the names: pages up to %i', async (count, pages) => {
    others(1, count)
    const names = pages === 1 ? ['nowhere', 'else'] : ['other 1']
    expect(await connected().listCheckRuns(sha, names)).toHaveLength(count)
    expect(asked()).toHaveLength(pages)
  })

  it('F104 the check run of this action is found behind any number of others', async () => {
    check(1, 'layer-deploy/plan')
    others(2, 450)
    expect(await connected().checkRunsNamed(sha, 'layer-deploy/plan')).toEqual([
      { id: 1, name: 'layer-deploy/plan', outcome: 'success', url: expect.stringMatching(/\/runs\/1$/) }
    ])
    expect(emulator().calls).toHaveLength(1)
  })

  it('an answer without them is none', async () => {
    const { url } = await cannedGitHub({ body: { total_count: 0 } })
    expect(await failureOf(connectTo(url).checkRunsNamed(sha, 'x'))).toMatchObject({ kind: 'unavailable' })
  })
})

describe('a check run is written', () => {
  const content: CheckRunContent = {
    ...{ name: 'layer-deploy/plan', conclusion: null, title: 'Planning', summary: 'Soon' },
    ...{ annotations: [], detailsUrl: 'https://github.com/r' }
  }

  it('begun and ended', async () => {
    const github = connected()
    const id = await github.createCheckRun(sha, content)
    expect(emulator().state.checkRuns).toMatchObject([{ id, headSha: sha, status: 'in_progress', conclusion: null }])
    await github.updateCheckRun(id, { ...content, conclusion: 'neutral', title: 'Nothing to do' })
    expect(emulator().state.checkRuns).toMatchObject([
      { id, status: 'completed', conclusion: 'neutral', detailsUrl: 'https://github.com/r' }
    ])
  })

  it('who wrote it is who the token is', async () => {
    const github = connected()
    await github.createCheckRun(sha, content)
    expect(await github.viewerLogin()).toBe('github-actions[bot]')
    expect(emulator().calls).toHaveLength(1)
  })

  it('where GitHub does not say, the token is asked', async () => {
    const { url, received } = await cannedGitHub(
      { body: { id: 4 } },
      { body: { data: { viewer: { login: 'hubot' } } } }
    )
    const github = connectTo(url)
    expect(await github.createCheckRun(sha, content)).toBe(4)
    expect(await github.viewerLogin()).toBe('hubot')
    expect(received.map(({ request }) => request)).toEqual([
      'POST /repos/acme/superproject/check-runs',
      'POST /graphql'
    ])
  })
})

describe('pending statuses', () => {
  const status = { context: 'layer-deploy/sandbox', description: 'x', targetUrl: 'https://github.com/x' } as const

  it('F78 of a context are found on a commit and before it, in one call', async () => {
    const github = connectTo(emulator().url)
    const [first, second, third] = ['d1', 'd2', 'd3'].map(text => text.repeat(20)) as [string, string, string]
    emulator().seed.commit({ sha: first })
    emulator().seed.commit({ sha: second, parents: [first] })
    emulator().seed.commit({ sha: third, parents: [second] })
    await github.createStatus(first, { ...status, state: 'pending' })
    await github.createStatus(second, { ...status, state: 'pending' })
    await github.createStatus(second, { ...status, state: 'success' })
    await github.createStatus(third, { ...status, context: 'other', state: 'pending' })
    const calls = emulator().calls.length
    expect(await github.pendingStatuses(third, status.context)).toEqual([
      { commit: first, targetUrl: status.targetUrl }
    ])
    expect(emulator().calls).toHaveLength(calls + 1)
    expect(await github.pendingStatuses(second, 'other')).toEqual([])
  })

  it.each([
    ['pending', [{ commit: sha, targetUrl: status.targetUrl }]],
    ['success', []],
    [null, []]
  ] as const)('over REST, where GraphQL is refused, the latest of the commit is %s', async (state, expected) => {
    const github = connectTo(emulator().url)
    await github.createStatus(sha, { ...status, state: 'failure' })
    await github.createStatus(sha, { ...status, context: 'other', state: 'pending' })
    if (state !== null) await github.createStatus(sha, { ...status, state })
    emulator().calls.length = 0
    emulator().faults.add({ operation: 'graphql', fault: { kind: 'error', status: 403, when: 'before' } })
    expect(await github.pendingStatuses(sha, status.context)).toEqual(expected)
    expect(requests(emulator()).map(([first]) => first)).toEqual([
      'POST /graphql',
      `GET /repos/acme/superproject/commits/${sha}/statuses?page=1&per_page=100`
    ])
  })

  it('a token without the permission is told which', async () => {
    expect(await failureOf(connectTo(emulator().url, { token: readToken }).pendingStatuses(sha, 'c'))).toMatchObject({
      kind: 'permission',
      permission: 'statuses: read'
    })
  })

  it('nothing is guessed where GraphQL does not answer', async () => {
    emulator().faults.add({ operation: 'graphql', fault: { kind: 'error', status: 502, when: 'before' }, times: 9 })
    const github = connectTo(emulator().url)
    expect(await failureOf(github.pendingStatuses(sha, 'c'))).toMatchObject({
      ...{ kind: 'unavailable', operation: 'POST /graphql statuses', permission: null }
    })
    expect(github.callsMade()).toBe(1)
  })
})
