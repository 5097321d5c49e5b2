import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Octokit } from '@octokit/core'
import { paginateRest } from '@octokit/plugin-paginate-rest'
import type { GitHubEmulator } from '../../../emulators/github/index.js'
import { client, commitId, failureOf, repository, startWithHistory } from './emulator-under-test.js'

const commentsRoute = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'
const statusRoute = 'POST /repos/{owner}/{repo}/statuses/{sha}'

describe('what GitHub refuses', () => {
  let emulator: GitHubEmulator
  beforeAll(async () => {
    emulator = await startWithHistory()
  })
  afterAll(() => emulator.close())

  const comment = (body: string, issue_number = 7) =>
    client(emulator).request(commentsRoute, { ...repository, issue_number, body })
  const status = (fields: Record<string, unknown>) =>
    client(emulator).request(statusRoute, { ...repository, sha: commitId('d'), state: 'pending', ...fields })
  const checkRun = (fields: Record<string, unknown>, token?: string) =>
    client(emulator, token).request('POST /repos/{owner}/{repo}/check-runs', {
      ...{ ...repository, name: 'plan', head_sha: commitId('d') },
      ...fields
    })

  it('F75 a comment of 65,536 characters is taken, one more is 422', async () => {
    expect((await comment('😀'.repeat(65_536))).status).toBe(201)
    const failure = await failureOf(comment('x'.repeat(65_537)))
    expect(failure).toMatchObject({ status: 422, message: expect.stringContaining('maximum is 65536') })
  })

  it('a blank comment is 422', async () => {
    expect((await failureOf(comment(' \n'))).status).toBe(422)
  })

  it('the limit holds for an edit, too', async () => {
    const { id } = emulator.seed.comment({ issueNumber: 7, author: 'hubot', body: 'x' })
    const edit = client(emulator).request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
      ...{ ...repository, comment_id: id, body: 'x'.repeat(65_537) }
    })
    expect((await failureOf(edit)).status).toBe(422)
    expect(emulator.state.comments.find(c => c.id === id)?.body).toBe('x')
  })

  it('F76 a status description of 140 characters is taken, one more is 422', async () => {
    expect((await status({ description: '😀'.repeat(140) })).status).toBe(201)
    const failure = await failureOf(status({ description: 'x'.repeat(141) }))
    expect(failure).toMatchObject({ status: 422, message: expect.stringContaining('maximum is 140') })
  })

  it('a status without a context gets the context "default"', async () => {
    expect((await status({})).data.context).toBe('default')
  })

  it('a status of an unknown or abbreviated commit is 422', async () => {
    for (const sha of [commitId('9'), 'ddddddd']) expect((await failureOf(status({ sha }))).status).toBe(422)
  })

  it('a target that is no http address is 422', async () => {
    expect((await failureOf(status({ target_url: 'file:///x' }))).status).toBe(422)
  })

  it('more than 1,000 statuses of one commit and context are 422; another context is not', async () => {
    const { data } = await status({ context: 'many' })
    const one = emulator.state.statuses.find(s => s.id === data.id)!
    for (let i = 1; i < 1000; i++) emulator.state.statuses.push({ ...one, id: data.id + i * 100_000 })
    expect((await failureOf(status({ context: 'many' }))).status).toBe(422)
    expect((await status({ context: 'few' })).status).toBe(201)
  })

  it('a completed check run needs a conclusion; a conclusion completes it', async () => {
    expect((await failureOf(checkRun({ status: 'completed' }))).status).toBe(422)
    const { data } = await checkRun({ conclusion: 'neutral' })
    expect(data).toMatchObject({ status: 'completed', conclusion: 'neutral', completed_at: expect.any(String) })
  })

  it('only an app writes check runs', async () => {
    const failure = await failureOf(checkRun({}, 'user-token'))
    expect(failure).toMatchObject({ status: 403, message: expect.stringContaining('GitHub App') })
  })

  it('F80 a locked conversation is 403, a closed one is not', async () => {
    const pull = { head: { ref: 'x', sha: commitId('c') }, base: { ref: 'main', sha: commitId('a') } }
    emulator.seed.pullRequest({ number: 8, ...pull, locked: true })
    expect(await failureOf(comment('hello', 8))).toMatchObject({ status: 403 })
    emulator.seed.pullRequest({ number: 8, ...pull, state: 'closed' })
    expect((await comment('hello', 8)).status).toBe(201)
  })

  it('an unknown pull request, comment or repository is 404', async () => {
    expect((await failureOf(comment('hello', 999))).status).toBe(404)
    const unknown = client(emulator).request('GET /repos/{owner}/{repo}', { owner: 'acme', repo: 'nothing' })
    expect((await failureOf(unknown)).status).toBe(404)
    const words = client(emulator).request('GET /repos/{owner}/{repo}/issues/comments/{comment_id}', {
      ...{ ...repository, comment_id: 'latest' as unknown as number }
    })
    expect((await failureOf(words)).status).toBe(404)
  })
})

describe('requests that the description does not allow', () => {
  let emulator: GitHubEmulator
  beforeAll(async () => {
    emulator = await startWithHistory()
  })
  afterAll(() => emulator.close())

  it.each([
    ['a wrong type', statusRoute, { sha: commitId('d'), state: 'pending', description: 5 }],
    ['a missing member', commentsRoute, { issue_number: 7 }],
    ['a value outside of the enumeration', statusRoute, { sha: commitId('d'), state: 'neutral' }],
    ['an unknown member', commentsRoute, { issue_number: 7, body: 'x', text: 'x' }],
    ['an unknown query parameter', 'GET /repos/{owner}/{repo}/pulls', { author: 'x' }],
    ['a query parameter of the wrong type', 'GET /repos/{owner}/{repo}/pulls', { per_page: 'all' }]
  ])('%s is 422 and recorded', async (_name, route, parameters) => {
    const before = emulator.violations.length
    const failure = await failureOf(client(emulator).request(route, { ...repository, ...parameters }))
    expect(failure.status).toBe(422)
    expect(emulator.violations).toHaveLength(before + 1)
  })

  it('an operation outside of the cut is 404 and recorded', async () => {
    const before = emulator.violations.length
    const failure = await failureOf(client(emulator).request('GET /repos/{owner}/{repo}/hooks', repository))
    expect(failure.status).toBe(404)
    expect(emulator.violations.slice(before)).toEqual(['no such operation: GET /repos/acme/superproject/hooks'])
    expect(emulator.calls.at(-1)).toMatchObject({ operation: 'unknown', status: 404 })
  })

  it.each(['{', '[]', '"x"'])('the body %s is 400', async body => {
    const headers = { authorization: 'token workflow-token' }
    const url = `${emulator.url}/repos/acme/superproject/issues/7/comments`
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(400)
  })
})

describe('paging', () => {
  let emulator: GitHubEmulator
  beforeAll(async () => {
    emulator = await startWithHistory()
    for (let i = 1; i <= 300; i++) emulator.seed.comment({ issueNumber: 7, author: 'hubot', body: `comment ${i}` })
  })
  afterAll(() => emulator.close())
  const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments'

  it('F74 300 comments come over pages that the Link header joins', async () => {
    const Paging = Octokit.plugin(paginateRest)
    const octokit = new Paging({ auth: 'workflow-token', baseUrl: emulator.url })
    const all = await octokit.paginate(route, { ...repository, issue_number: 7, per_page: 100 })
    expect(all.map(c => c.body)).toEqual(Array.from({ length: 300 }, (_, i) => `comment ${i + 1}`))
    expect(emulator.calls.map(c => c.path.split('?')[1])).toEqual([
      'per_page=100',
      'per_page=100&page=2',
      'per_page=100&page=3'
    ])
  })

  it.each([
    [undefined, undefined, 30],
    [100, undefined, 100],
    [250, undefined, 100],
    [100, 4, 0]
  ])('per_page %s, page %s: %s comments', async (per_page, page, expected) => {
    const asked = { ...(per_page === undefined ? {} : { per_page }), ...(page === undefined ? {} : { page }) }
    const { data } = await client(emulator).request(route, { ...repository, issue_number: 7, ...asked })
    expect(data).toHaveLength(expected)
  })

  it('the Link header names prev, next, last and first', async () => {
    const { headers } = await client(emulator).request(route, {
      ...{ ...repository, issue_number: 7, per_page: 100, page: 2 }
    })
    const at = (page: number) => `<${emulator.url}/repos/acme/superproject/issues/7/comments?per_page=100&page=${page}>`
    expect(headers.link).toBe(`${at(1)}; rel="prev", ${at(3)}; rel="next", ${at(3)}; rel="last", ${at(1)}; rel="first"`)
  })
})
