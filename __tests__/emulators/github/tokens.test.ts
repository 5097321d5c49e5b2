import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { GitHubEmulator } from '../../../emulators/github/index.js'
import { client, commitId, failureOf, repository, startWithHistory } from './emulator-under-test.js'

describe('tokens', () => {
  let emulator: GitHubEmulator
  beforeAll(async () => {
    emulator = await startWithHistory()
  })
  afterAll(() => emulator.close())

  const comment = (token: string) =>
    client(emulator, token).request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      ...{ ...repository, issue_number: 7, body: 'hello' }
    })

  it('an unknown token is 401 Bad credentials', async () => {
    const failure = await failureOf(client(emulator, 'nobody').request('GET /repos/{owner}/{repo}', repository))
    expect(failure).toMatchObject({ status: 401, message: expect.stringContaining('Bad credentials') })
  })

  it('no token is 401', async () => {
    const response = await fetch(`${emulator.url}/repos/acme/superproject`)
    expect(response.status).toBe(401)
  })

  it('F69 a missing permission is 403, with a header that names what would be enough', async () => {
    for (const token of ['read-token', 'bare-token']) {
      const failure = await failureOf(comment(token))
      expect(failure).toMatchObject({ status: 403, message: expect.stringContaining('Resource not accessible by') })
      expect(failure.headers['x-accepted-github-permissions']).toBe('issues=write; pull_requests=write')
    }
    expect(emulator.state.comments).toEqual([])
  })

  it('either of two permissions is enough', async () => {
    const only = await startWithHistory({ tokens: [{ token: 'x', permissions: { 'pull-requests': 'write' } }] })
    const { status } = await client(only, 'x').request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      ...{ ...repository, issue_number: 7, body: 'hello' }
    })
    expect(status).toBe(201)
    await only.close()
  })

  it('every operation with a need refuses a token without rights', async () => {
    const asked = [
      ['POST /repos/{owner}/{repo}/statuses/{sha}', 'statuses=write'],
      ['GET /repos/{owner}/{repo}/commits/{ref}/status', 'statuses=read'],
      ['POST /repos/{owner}/{repo}/check-runs', 'checks=write'],
      ['POST /repos/{owner}/{repo}/deployments', 'deployments=write'],
      ['GET /repos/{owner}/{repo}/deployments', 'deployments=read'],
      ['GET /repos/{owner}/{repo}/compare/{basehead}', 'contents=read'],
      ['GET /repos/{owner}/{repo}/actions/runs', 'actions=read'],
      ['GET /repos/{owner}/{repo}/pulls', 'pull_requests=read']
    ] as const
    for (const [route, accepted] of asked) {
      const parameters = { ...repository, sha: commitId('d'), ref: commitId('d'), basehead: 'main...main' }
      const failure = await failureOf(client(emulator, 'bare-token').request(route, parameters))
      expect([route, failure.status, failure.headers['x-accepted-github-permissions']]).toEqual([route, 403, accepted])
    }
  })

  it('an installation writes under its bot’s name, a user under their own', async () => {
    const { data: byBot } = await comment('workflow-token')
    expect(byBot.user).toMatchObject({ login: 'github-actions[bot]', type: 'Bot' })
    expect(byBot.performed_via_github_app?.slug).toBe('github-actions')
    const { data: byUser } = await comment('user-token')
    expect(byUser.user).toMatchObject({ login: 'hubot', type: 'User' })
    expect(byUser.performed_via_github_app).toBeNull()
  })

  it('GET /user is closed to an installation; the viewer query is not', async () => {
    expect((await failureOf(client(emulator).request('GET /user'))).status).toBe(403)
    expect((await client(emulator, 'user-token').request('GET /user')).data.login).toBe('hubot')
    const answer = await client(emulator).graphql('query { viewer { login } }')
    expect(answer).toEqual({ viewer: { login: 'github-actions[bot]' } })
    expect(emulator.violations).toEqual([])
  })

  it('another query is an error and recorded', async () => {
    await expect(client(emulator).graphql('{ viewer { email } }')).rejects.toThrow('not emulated')
    expect(emulator.violations).toHaveLength(1)
  })

  it('F79 GitHub Enterprise Server: REST under /api/v3, GraphQL under /api/graphql', async () => {
    const server = await startWithHistory({ prefix: '/api/v3' })
    expect(server.url).toMatch(/\/api\/v3$/)
    const { data } = await client(server).request('GET /repos/{owner}/{repo}', repository)
    expect(data.url).toBe(`${server.url}/repos/acme/superproject`)
    const answer = await client(server).graphql('{ viewer { login } }')
    expect(answer).toEqual({ viewer: { login: 'github-actions[bot]' } })
    const outside = await fetch(server.url.replace('/api/v3', '/repos/acme/superproject'), {
      headers: { authorization: 'token workflow-token' }
    })
    expect(outside.status).toBe(404)
    await server.close()
  })
})

describe('the primary rate limit', () => {
  it('is counted down, refuses when used up, and starts again', async () => {
    let now = Date.UTC(2026, 0, 1)
    const emulator = await startWithHistory({ rateLimit: { limit: 3, windowSeconds: 60 }, now: () => now })
    const ask = () => client(emulator).request('GET /repos/{owner}/{repo}', repository)
    const { headers } = await ask()
    expect(headers).toMatchObject({ 'x-ratelimit-limit': '3', 'x-ratelimit-remaining': '2', 'x-ratelimit-used': '1' })
    expect(headers['x-ratelimit-reset']).toBe(String(now / 1000 + 60))
    await ask()
    await ask()
    const failure = await failureOf(ask())
    expect(failure).toMatchObject({ status: 403, message: expect.stringContaining('API rate limit exceeded') })
    expect(failure.headers['x-ratelimit-remaining']).toBe('0')
    const { data } = await client(emulator).request('GET /rate_limit')
    expect(data.rate).toMatchObject({ limit: 3, used: 3, remaining: 0 })
    expect((await client(emulator, 'user-token').request('GET /repos/{owner}/{repo}', repository)).status).toBe(200)
    now += 60_000
    expect((await ask()).status).toBe(200)
    await emulator.close()
  })

  it('an unchanged answer is 304 and costs nothing', async () => {
    const emulator = await startWithHistory()
    const { headers } = await client(emulator).request('GET /repos/{owner}/{repo}', repository)
    const again = client(emulator).request('GET /repos/{owner}/{repo}', {
      ...{ ...repository, headers: { 'if-none-match': headers.etag! } }
    })
    const failure = await failureOf(again)
    expect(failure.status).toBe(304)
    expect(failure.headers['x-ratelimit-used']).toBe('1')
    await emulator.close()
  })
})
