import { describe, expect, it } from '@jest/globals'
import { startGitHubEmulator } from '../../../emulators/github/index.js'
import { createGitHub, openGitHub } from '../../../src/adapters/github/index.js'
import { cannedForEach } from './canned-github.js'
import { connectTo, emulatorForEach, requests, sha, token, userToken } from './emulated.js'

const emulator = emulatorForEach()
const cannedGitHub = cannedForEach()
const connected = () => connectTo(emulator().url)
const pages = () => emulator().calls.map(({ path }) => new URL(path, 'http://x').searchParams.get('page'))

describe('comments', () => {
  it('are created, read, edited, listed and deleted', async () => {
    const github = connected()
    const created = await github.createComment(5, 'one')
    expect(created).toEqual({
      ...{ id: created.id, body: 'one', author: 'github-actions[bot]' },
      url: `https://github.com/acme/superproject/pull/5#issuecomment-${created.id}`
    })
    const edited = { ...created, body: 'two' }
    expect(await github.updateComment(created.id, 'two')).toEqual(edited)
    expect(await github.readComment(created.id)).toEqual(edited)
    expect(await github.listComments(5)).toEqual({ comments: [edited], lastPage: 1 })
    await github.deleteComment(created.id)
    await github.deleteComment(created.id)
    expect(await github.listComments(5)).toEqual({ comments: [], lastPage: 1 })
  })

  it('F74 every page is read, and again from the last one on', async () => {
    for (let index = 0; index < 250; index += 1)
      emulator().seed.comment({ issueNumber: 5, author: 'octocat', body: `c${index}` })
    const github = connected()
    const all = await github.listComments(5)
    expect(all.comments.map(comment => comment.body)).toEqual(
      Array.from({ length: 250 }, (_unused, index) => `c${index}`)
    )
    expect(all.lastPage).toBe(3)
    expect(await github.listComments(5, 3)).toEqual({ comments: all.comments.slice(200), lastPage: 3 })
    expect(pages()).toEqual(['1', '2', '3', '3'])
  })

  it('a full page is followed by a look at the next one, with a Link header or without', async () => {
    for (let index = 0; index < 100; index += 1)
      emulator().seed.comment({ issueNumber: 5, author: 'octocat', body: `c${index}` })
    expect((await connected().listComments(5)).lastPage).toBe(2)
    emulator().faults.add({ operation: '*', fault: { kind: 'no-link' }, times: 9 })
    expect((await connected().listComments(5)).lastPage).toBe(2)
    expect(pages()).toEqual(['1', '2', '1', '2'])
  })

  it.each([
    ['<https://x/?page=2>; rel="next", <https://x/?page=9>; rel="last"', 2],
    ['<https://x/?page=1>; rel="prev"', 1]
  ])('a page that is not full and has the Link %s: %i pages are read', async (link, lastPage) => {
    const comment = { id: 1, body: 'x' }
    const { url, received } = await cannedGitHub({ body: [comment], headers: { link } }, { body: [] })
    expect((await connectTo(url).listComments(5)).lastPage).toBe(lastPage)
    expect(received).toHaveLength(lastPage)
  })

  it('a list has an end: GitHub allows 2,500 comments', async () => {
    const { url, received } = await cannedGitHub({ body: [], headers: { link: '<https://x>; rel="next"' } })
    expect(await connectTo(url).listComments(5, 2)).toEqual({ comments: [], lastPage: 31 })
    expect(received).toHaveLength(30)
  })
})

describe('commits', () => {
  const status = { context: 'layer-deploy/plan', description: 'Planning', targetUrl: 'https://github.com/x' } as const

  it('statuses are set and read, one a context, the newest', async () => {
    const github = connected()
    await github.createStatus(sha, { ...status, state: 'pending' })
    await github.createStatus(sha, { ...status, state: 'failure', context: 'other', targetUrl: null })
    await github.createStatus(sha, { ...status, state: 'success' })
    const creator = 'github-actions[bot]'
    expect(await github.listStatuses(sha)).toEqual([
      { ...status, state: 'success', id: expect.any(Number), creator },
      { ...status, state: 'failure', context: 'other', targetUrl: null, id: expect.any(Number), creator }
    ])
  })

  it('the pull requests that one belongs to are found', async () => {
    const merged = 'b2'.repeat(20)
    emulator().seed.commit({ sha: merged })
    emulator().seed.pullRequest({
      ...{ number: 6, head: { ref: 'f', sha }, base: { ref: 'test', sha }, mergeCommit: merged, locked: true }
    })
    const found = { number: 6, baseBranch: 'test', mergeCommit: merged, headCommit: sha }
    expect(await connected().pullsOfCommit(merged)).toEqual([{ ...found, mergedAt: expect.any(String), locked: true }])
  })

  it('of pull requests a page is enough', async () => {
    const pull = { number: 6, base: { ref: 'test' }, head: { sha } }
    const { url, received } = await cannedGitHub({ body: Array.from({ length: 100 }, () => pull) })
    expect(await connectTo(url).pullsOfCommit(sha)).toHaveLength(100)
    expect(received).toHaveLength(1)
  })

  it('two of another repository are compared', async () => {
    const [from, to] = ['c1', 'c2'].map(text => text.repeat(20)) as [string, string]
    const repository = 'acme/da_flask'
    emulator().seed.commit({ sha: from, repository })
    emulator().seed.commit({ sha: to, repository, parents: [from], message: 'Add a route\n\nwith care' })
    expect(await connected().compare(repository, from, to)).toEqual({ subjects: ['Add a route'], total: 1 })
  })
})

describe('who the token is', () => {
  it('F73 GraphQL says it, once', async () => {
    const github = connected()
    expect(await github.viewerLogin()).toBe('github-actions[bot]')
    expect(await github.viewerLogin()).toBe('github-actions[bot]')
    expect(await connectTo(emulator().url, { token: userToken }).viewerLogin()).toBe('octocat')
    expect(emulator().calls.map(call => call.operation)).toEqual(['graphql', 'graphql'])
    expect(github.callsMade()).toBe(1)
  })

  it('after a comment or a status nobody needs to be asked', async () => {
    for (const write of ['comment', 'status']) {
      const github = connectTo(emulator().url, { token: userToken })
      if (write === 'comment') await github.createComment(5, 'x')
      else await github.createStatus(sha, { context: 'c', state: 'pending', description: '', targetUrl: null })
      expect(await github.viewerLogin()).toBe('octocat')
      expect(github.callsMade()).toBe(1)
    }
  })

  it('an answer that does not say it takes nothing back', async () => {
    const status = { context: 'c', state: 'pending', description: '', targetUrl: null } as const
    const { url } = await cannedGitHub({ body: { creator: { login: 'hubot' } } }, { body: { creator: null } })
    const github = connectTo(url)
    await github.createStatus(sha, status)
    await github.createStatus(sha, status)
    expect(await github.viewerLogin()).toBe('hubot')
    expect(github.callsMade()).toBe(2)
  })

  it('F79 works below the path of GitHub Enterprise Server', async () => {
    const server = await startGitHubEmulator({
      ...{ repositories: [{ owner: 'acme', name: 'superproject' }], prefix: '/api/v3' },
      tokens: [{ token, permissions: { issues: 'write' } }]
    })
    server.seed.commit({ sha })
    server.seed.pullRequest({ number: 5, head: { ref: 'f', sha }, base: { ref: 'test', sha } })
    const github = connectTo(`${server.url}//`)
    expect(await github.viewerLogin()).toBe('github-actions[bot]')
    await github.createComment(5, 'x')
    expect(requests(server).map(([request]) => request)).toEqual([
      'POST /api/graphql',
      'POST /api/v3/repos/acme/superproject/issues/5/comments'
    ])
    await server.close()
  })
})

describe('a client', () => {
  it.each([
    [null, 'acme/superproject', false],
    [token, '', false],
    [token, 'acme/superproject', true]
  ])('for the token %j and the repository %j', (given, repository, opened) => {
    expect(openGitHub({ token: given, repository, apiUrl: 'https://api.github.com' }) !== null).toBe(opened)
  })

  it('made asks nothing', () => {
    expect(createGitHub({ token, repository: 'acme/superproject', apiUrl: emulator().url }).callsMade()).toBe(0)
    expect(emulator().calls).toEqual([])
  })
})
