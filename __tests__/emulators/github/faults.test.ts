import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Fault, GitHubEmulator } from '../../../emulators/github/index.js'
import { client, failureOf, repository, startWithHistory } from './emulator-under-test.js'

describe('faults', () => {
  let emulator: GitHubEmulator
  beforeEach(async () => {
    emulator = await startWithHistory()
  })
  afterEach(() => emulator.close())

  const operation = 'issues/create-comment'
  const comment = (timeoutMilliseconds = 10_000) =>
    client(emulator).request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      ...{ ...repository, issue_number: 7, body: 'hello' },
      request: { signal: AbortSignal.timeout(timeoutMilliseconds) }
    })

  const cases: [name: string, fault: Fault, written: number, seen: number | null][] = [
    ['500 before the effect', { kind: 'error', status: 500, when: 'before' }, 0, 500],
    ['F71 502 after the effect', { kind: 'error', status: 502, when: 'after' }, 1, 502],
    ['404', { kind: 'error', status: 404, when: 'before' }, 0, 404],
    ['a reset before the effect', { kind: 'reset', when: 'before' }, 0, null],
    ['a reset after the effect', { kind: 'reset', when: 'after' }, 1, null],
    ['a hang before the effect', { kind: 'hang', when: 'before' }, 0, null],
    ['a hang after the effect', { kind: 'hang', when: 'after' }, 1, null],
    ['F70 a secondary rate limit', { kind: 'secondary-rate-limit', status: 403, retryAfterSeconds: 1 }, 0, 403],
    ['F70 the same as 429', { kind: 'secondary-rate-limit', status: 429, retryAfterSeconds: 1 }, 0, 429]
  ]
  it.each(cases)('%s', async (_name, fault, written, seen) => {
    emulator.faults.add({ operation, fault })
    const failure = await failureOf(comment(300))
    if (seen !== null) expect(failure.status).toBe(seen)
    if (fault.kind === 'secondary-rate-limit') {
      expect(failure.headers['retry-after']).toBe('1')
      expect(failure.message).toMatch(/secondary rate limit/)
    }
    expect(emulator.state.comments).toHaveLength(written)
    expect(emulator.calls).toMatchObject([{ operation, status: seen }])
    expect((await comment()).status).toBe(201)
  })

  // With fetch: octokit hands a truncated or garbled body of a 2xx answer on as text, without an error.
  const plainComment = () =>
    fetch(`${emulator.url}/repos/acme/superproject/issues/7/comments`, {
      ...{ method: 'POST', headers: { authorization: 'bearer workflow-token' }, body: '{"body":"hello"}' }
    })

  it('truncated: the effect happens, half of the answer arrives', async () => {
    emulator.faults.add({ operation, fault: { kind: 'truncated' } })
    const response = await plainComment()
    expect(response.status).toBe(201)
    await expect(response.text()).rejects.toThrow('terminated')
    expect(emulator.state.comments).toHaveLength(1)
    expect(emulator.calls).toMatchObject([{ operation, status: null }])
  })

  it('garbage: the effect happens, the answer is no JSON', async () => {
    emulator.faults.add({ operation, fault: { kind: 'garbage' } })
    const response = await plainComment()
    expect(response.status).toBe(201)
    await expect(response.json()).rejects.toThrow('not valid JSON')
    expect(emulator.state.comments).toHaveLength(1)
  })

  it('slow: the answer comes late', async () => {
    emulator.faults.add({ operation, fault: { kind: 'slow', milliseconds: 200 } })
    await failureOf(comment(50))
    expect((await comment()).status).toBe(201)
  })

  it('the nth request, so many times, of one operation, one route or all', async () => {
    const fault: Fault = { kind: 'error', status: 503, when: 'before' }
    emulator.faults.add({ operation, fault, nth: 2, times: 2 })
    const route = 'GET /repos/{owner}/{repo}'
    const statuses: number[] = []
    for (let i = 0; i < 4; i++) {
      statuses.push(
        await comment().then(
          r => r.status,
          (thrown: unknown) => (thrown as { status: number }).status
        )
      )
      expect((await client(emulator).request(route, repository)).status).toBe(200)
    }
    expect(statuses).toEqual([201, 503, 503, 201])
    emulator.faults.add({ operation: route, fault })
    expect((await failureOf(client(emulator).request(route, repository))).status).toBe(503)
    emulator.faults.add({ operation: '*', fault })
    expect((await failureOf(client(emulator).request('GET /rate_limit'))).status).toBe(503)
    emulator.faults.add({ operation: '*', fault })
    emulator.faults.clear()
    expect((await client(emulator).request('GET /rate_limit')).status).toBe(200)
  })
})

describe('a defect of the emulator', () => {
  it('is 500, says so, and makes close throw', async () => {
    const emulator = await startWithHistory()
    const deployment = emulator.seed.deployment({ sha: 'd'.repeat(40), environment: 'sandbox' })
    Object.assign(deployment, { payload: 5 })
    const failure = await failureOf(client(emulator).request('GET /repos/{owner}/{repo}/deployments', repository))
    expect(failure).toMatchObject({ status: 500, message: expect.stringContaining('defect of the emulator') })
    await expect(emulator.close()).rejects.toThrow('repos/list-deployments 200: /0/payload')
  })
})
