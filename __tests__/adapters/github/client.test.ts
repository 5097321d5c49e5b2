import { afterEach, describe, expect, it, jest } from '@jest/globals'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { createGitHub } from '../../../src/adapters/github/index.js'
import { startProxy } from '../../support/forward-proxy.js'
import { cannedForEach, type CannedAnswer } from './canned-github.js'
import { connectTo, failureOf, token } from './emulated.js'

const cannedGitHub = cannedForEach()
const none: CannedAnswer = { body: [] }
const hang = (): void => undefined
const content = {
  ...{ name: 'c', conclusion: null, title: 't', summary: 's' },
  ...{ annotations: [], detailsUrl: null }
} as const

afterEach(() => {
  jest.restoreAllMocks()
})

describe('a call', () => {
  it('says who asks, and with which token', async () => {
    const { url, received } = await cannedGitHub(none)
    await connectTo(url).listComments(5)
    expect(received).toMatchObject([
      {
        request: 'GET /repos/acme/superproject/issues/5/comments?page=1&per_page=100',
        headers: {
          'user-agent': expect.stringMatching(/^layer-deploy-action /),
          authorization: expect.stringContaining(token)
        }
      }
    ])
  })

  it('goes through the proxy that is set', async () => {
    const { url, received } = await cannedGitHub(none)
    const proxy = await startProxy({ credentials: null, hosts: { 'github.test': Number(new URL(url).port) } })
    const proxies = { proxyFor: () => new URL(`http://127.0.0.1:${proxy.port}`) }
    try {
      expect(await connectTo('http://github.test', { proxies }).listComments(5)).toEqual({ comments: [], lastPage: 1 })
      expect(proxy.requests).toMatchObject([{ target: 'github.test:80', allowed: true }])
      expect(received).toHaveLength(1)
    } finally {
      await proxy.close()
    }
  })

  it('an answer that is no JSON is none, also where nothing of it is read', async () => {
    const { url } = await cannedGitHub({ body: '<html>' })
    const error = await failureOf(connectTo(url).updateCheckRun(4, content))
    expect(error).toMatchObject({ kind: 'unavailable', status: null })
    expect(error.message).toContain('expected JSON, found a broken answer')
  })

  it('an empty answer is one where GitHub says that it is', async () => {
    const { url, received } = await cannedGitHub({ status: 204 })
    await connectTo(url).deleteComment(7)
    expect(received).toHaveLength(1)
  })

  it('a lost connection is told as one', async () => {
    const { url } = await cannedGitHub((response: ServerResponse) => response.socket?.resetAndDestroy())
    const error = await failureOf(connectTo(url).createComment(5, 'x'))
    // Within jest an error of Node's own is none of its realm, and octokit does not read it.
    expect(error.message).toMatch(/ECONNRESET|socket hang up|Unknown Error/)
  })
})

describe('how often it is sent', () => {
  const broken: CannedAnswer = { status: 502, body: { message: 'Bad Gateway' } }
  it.each([
    [undefined, 3],
    [0, 1],
    [1, 2]
  ])('retries %j: %i times', async (retries, times) => {
    const { url, received } = await cannedGitHub(broken)
    await failureOf(connectTo(url, retries === undefined ? {} : { retries }).listComments(5))
    expect(received).toHaveLength(times)
  })

  const limited = (status: number, message: string, headers: Readonly<Record<string, string>>): CannedAnswer => ({
    ...{ status, headers },
    body: { message }
  })
  const secondary = 'You have exceeded a secondary rate limit.'
  it.each<[number, string, string, number]>([
    [403, 'Slow down', '1', 3],
    [429, 'Slow down', '1', 3],
    [403, secondary, '1', 3],
    [429, secondary, '1', 3],
    [403, 'Slow down', '21', 1],
    [403, secondary, '21', 1],
    [403, 'Slow down', '0', 1],
    [429, 'Slow down', '0', 1],
    [403, 'Slow down', 'soon', 1],
    [422, 'Slow down', '1', 1],
    [404, 'Slow down', '1', 1]
  ])('%i %s, for %s seconds: %i times', async (status, message, seconds, times) => {
    const { url, received } = await cannedGitHub(limited(status, message, { 'retry-after': seconds }))
    await failureOf(connectTo(url).listComments(5))
    expect(received).toHaveLength(times)
  })

  it.each([
    ['Slow down', 2, 3],
    ['Slow down', 1, 1],
    [secondary, 2, 3],
    [secondary, 1, 1]
  ])('%s, for 2 seconds where at most %i are waited: %i times', async (message, longestWaitSeconds, times) => {
    const { url, received } = await cannedGitHub(limited(403, message, { 'retry-after': '2' }))
    expect(await failureOf(connectTo(url, { longestWaitSeconds }).listComments(5))).toMatchObject({
      kind: 'rate-limited'
    })
    expect(received).toHaveLength(times)
  })

  it('it waits as long as it is told', async () => {
    const waits = jest.spyOn(globalThis, 'setTimeout')
    const { url, received } = await cannedGitHub(limited(403, 'Slow down', { 'retry-after': '3' }), none)
    await connectTo(url, { retryBaseMilliseconds: 7 }).listComments(5)
    expect(received).toHaveLength(2)
    expect(waits).toHaveBeenCalledWith(expect.any(Function), 21)
  })

  it('in seconds, unless a test says otherwise', async () => {
    const waits = jest.spyOn(globalThis, 'setTimeout')
    const { url } = await cannedGitHub(limited(403, 'Slow down', { 'retry-after': '0.004' }), none)
    await createGitHub({ apiUrl: url, token, repository: 'acme/superproject' }).listComments(5)
    expect(waits).toHaveBeenCalledWith(expect.any(Function), 4)
  })
})

describe('how long it may take', () => {
  it.each([
    [{}, 30_000, 12_000],
    [{ deadlineSeconds: 7, attemptSeconds: 3 }, 7000, 3000]
  ])('%j: %i ms with its tries, %i ms each', async (part, whole, attempt) => {
    const limits = jest.spyOn(AbortSignal, 'timeout')
    const { url } = await cannedGitHub({ status: 502 }, none)
    await connectTo(url, part).listComments(5)
    expect(limits.mock.calls).toEqual([[whole], [attempt], [attempt]])
  })

  const attemptSeconds = 3
  /** Ends by hand, not by the clock. */
  function endedByHand(milliseconds: number): AbortController {
    const controller = new AbortController()
    const ever = new AbortController()
    jest
      .spyOn(AbortSignal, 'timeout')
      .mockImplementation(asked => (asked === milliseconds ? controller.signal : ever.signal))
    return controller
  }

  it('the deadline ends it, whatever tries are left', async () => {
    const deadline = endedByHand(30_000)
    const { url, received } = await cannedGitHub(() => {
      deadline.abort()
    })
    expect(await failureOf(connectTo(url, { attemptSeconds }).listComments(5))).toMatchObject({ kind: 'unavailable' })
    expect(received).toHaveLength(1)
  })

  it('a try that nobody answers leaves room for the next', async () => {
    const tries = [new AbortController(), new AbortController()]
    const ever = new AbortController()
    let begun = 0
    jest
      .spyOn(AbortSignal, 'timeout')
      .mockImplementation(asked => (asked === 3000 ? tries[begun++]!.signal : ever.signal))
    const { url, received } = await cannedGitHub(() => {
      tries[0]!.abort(new DOMException('too long', 'TimeoutError'))
    }, none)
    const github = connectTo(url, { attemptSeconds })
    expect(await github.listComments(5)).toEqual({ comments: [], lastPage: 1 })
    expect(received).toHaveLength(2)
    expect(github.callsMade()).toBe(1)
  })

  it('the signal of the run ends it, and its connection', async () => {
    const run = new AbortController()
    const closed: Promise<unknown>[] = []
    const { url } = await cannedGitHub((response: ServerResponse) => {
      closed.push(once(response, 'close'))
      run.abort()
    })
    const error = await failureOf(
      connectTo(url, { signal: run.signal, attemptSeconds: 600, deadlineSeconds: 600 }).listComments(5)
    )
    expect(error.message).toContain('no time is left for an answer')
    await Promise.all(closed)
    expect(closed).toHaveLength(1)
  })

  it('the signal of the run ends a wait between two tries', async () => {
    const run = new AbortController()
    const { url, received } = await cannedGitHub((response: ServerResponse) => {
      response.writeHead(403, { 'retry-after': '19' }).end('{}')
      setImmediate(() => {
        run.abort()
      })
    })
    const error = await failureOf(connectTo(url, { signal: run.signal, retryBaseMilliseconds: 40 }).listComments(5))
    expect(error.message).toContain('no time is left for an answer')
    expect(received).toHaveLength(1)
  })

  it('a run that has no time left asks nothing', async () => {
    const { url, received } = await cannedGitHub(hang)
    const error = await failureOf(connectTo(url, { signal: AbortSignal.abort() }).listComments(5))
    expect(error.message).toContain('no time is left for an answer')
    expect(received).toEqual([])
  })

  it('with time left it is answered, and leaves nothing behind at the signal', async () => {
    const run = new AbortController()
    const [added, removed] = [jest.spyOn(run.signal, 'addEventListener'), jest.spyOn(run.signal, 'removeEventListener')]
    const { url } = await cannedGitHub(none)
    expect((await connectTo(url, { signal: run.signal }).listComments(5)).comments).toEqual([])
    const named = ([name, listener]: readonly unknown[]) => [name, listener]
    expect(removed.mock.calls.map(named)).toEqual(added.mock.calls.map(named))
  })
})
