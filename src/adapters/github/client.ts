/**
 * One octokit with deadlines and bounded retries, loaded on the first call only; its failures as `GitHubError`; and how the parts of
 * the adapter send their calls.
 */
import type { getOctokit } from '@actions/github'
import type { RequestFailure } from './errors.js'
import type { HttpFetch } from '../proxy/http-fetch.js'
import type { ProxyRoutes } from '../proxy/routes.js'
import { UnexpectedAnswer } from './answers.js'

export interface GitHubOptions {
  /** `GITHUB_API_URL`: `https://api.github.com`, on GitHub Enterprise Server `https://host/api/v3` (F79). */
  readonly apiUrl: string
  readonly token: string
  /** `owner/name`. */
  readonly repository: string
  /** One call with its retries. Default 30. */
  readonly deadlineSeconds?: number
  /** Ends every call, whatever its own deadline. */
  readonly signal?: AbortSignal
  /** One try. Default 12: GitHub itself gives a request up after 10 s. */
  readonly attemptSeconds?: number
  /** Further tries after a lost answer. Default 2. */
  readonly retries?: number
  /** A rate limit that lasts longer fails the call at once. Default 20: a longer wait is not worth a report. */
  readonly longestWaitSeconds?: number
  /** Unit of the waits between retries; tests shorten it. Default 1000. */
  readonly retryBaseMilliseconds?: number
  /** Default: every call goes directly. */
  readonly proxies?: ProxyRoutes | null
  /** Called once for each request, whatever its retries. */
  readonly onCall?: () => void
}

export type Client = ReturnType<typeof getOctokit>

const RETRIES = 2
const LONGEST_WAIT_SECONDS = 20
const ATTEMPT_SECONDS = 12

/** What the same request would meet again: the plugin's own list, and 429, which is sent again when GitHub says so and not before. */
const refusals = [400, 401, 403, 404, 410, 422, 429, 451]

/** Not sent again after a lost answer: it might take effect twice. Naming any other number here would repeat refusals too. */
export const once = { retries: 0 } as const

export async function loadClient(options: GitHubOptions): Promise<Client> {
  const [{ getOctokit }, { retry }, { throttling }] = await Promise.all([
    import('@actions/github'),
    import('@octokit/plugin-retry'),
    import('@octokit/plugin-throttling')
  ])
  const base = options.retryBaseMilliseconds ?? 1000
  const worthWaiting = (retryAfterSeconds: number, _options: unknown, _octokit: unknown, retryCount: number): boolean =>
    retryAfterSeconds <= (options.longestWaitSeconds ?? LONGEST_WAIT_SECONDS) && retryCount < RETRIES
  const silent = (): void => undefined
  const settings = {
    baseUrl: options.apiUrl.replace(/(?<!\/)\/+$/, ''),
    userAgent: 'layer-deploy-action',
    request: { fetch: fetchWithin(options.attemptSeconds ?? ATTEMPT_SECONDS, await fetchOf(options.proxies)) },
    log: { debug: silent, info: silent, warn: silent, error: silent },
    retry: { retries: options.retries ?? RETRIES, retryAfterBaseValue: base, doNotRetry: refusals },
    throttle: {
      onRateLimit: worthWaiting,
      onSecondaryRateLimit: worthWaiting,
      retryAfterBaseValue: base,
      ...unpaced
    }
  }
  const octokit = getOctokit(options.token, settings, retry, throttling)
  octokit.hook.wrap('request', (request, parameters) => waitingAsTold(() => request(parameters), worthWaiting, base))
  // One signal for a call and its retries: the plugins' hooks lie inside this one.
  octokit.hook.before('request', request => {
    options.onCall?.()
    const deadline = AbortSignal.timeout((options.deadlineSeconds ?? 30) * 1000)
    const signal = options.signal === undefined ? deadline : AbortSignal.any([deadline, options.signal])
    request.request = { ...request.request, signal }
  })
  // A body that broke off arrives as an empty text, which paging would take for an empty list.
  octokit.hook.after('request', ({ status, data }) => {
    if (status === 200 && typeof data === 'string') throw new UnexpectedAnswer('expected JSON, found a broken answer')
  })
  return octokit
}

/** The plugin knows a secondary rate limit by its words alone; GitHub's documents say that the header counts. */
async function waitingAsTold<T>(
  send: () => T | Promise<T>,
  worthWaiting: (seconds: number, _options: unknown, _octokit: unknown, retryCount: number) => boolean,
  base: number
): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await send()
    } catch (error) {
      const { message, response } = error as Partial<RequestFailure>
      const seconds = Number(response?.headers['retry-after'])
      const limited = response !== undefined && [403, 429].includes(response.status) && seconds > 0
      if (!limited || /secondary rate/i.test(message ?? '') || !worthWaiting(seconds, null, null, tries)) throw error
      await new Promise(resolve => setTimeout(resolve, seconds * base))
    }
  }
}

/** A page of a hundred comments, each as long as GitHub takes them, has 26 MB. */
const longestAnswerBytes = 64 * 1024 * 1024

async function fetchOf(proxies: ProxyRoutes | null | undefined): Promise<HttpFetch> {
  const { httpFetch } = await import('../proxy/http-fetch.js')
  const largestBytes = longestAnswerBytes
  if (proxies == null) return httpFetch({ largestBytes })
  const { proxyAgent } = await import('../proxy/agents.js')
  return httpFetch({ largestBytes, agent: proxyAgent(proxies) })
}

/** One try that is never answered leaves room for the next. */
function fetchWithin(seconds: number, ask: HttpFetch): HttpFetch {
  return (url, init) => {
    const attempt = AbortSignal.timeout(seconds * 1000)
    const { signal } = init ?? {}
    return ask(url, { ...init, signal: signal == null ? attempt : AbortSignal.any([signal, attempt]) })
  }
}

/**
 * The throttling plugin waits 1 to 3 seconds between writes. A run makes a handful of calls, so that pace would only make
 * every run slower; what the plugin does on a rate limit stays.
 */
const passThrough = { key: () => ({ schedule: (_job: object, work: () => Promise<void>) => work() }) }
const unpaced = { write: passThrough, notifications: passThrough } as unknown as Record<
  'write' | 'notifications',
  never
>

export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly route: string
  /** What the workflow must grant; GitHub's own word, where it says it, counts more. */
  readonly permission: string
  readonly parameters?: Readonly<Record<string, unknown>>
  readonly request?: { readonly retries: number }
}

/** Every method throws `GitHubError`. */
export interface Api {
  /** The answer's body as `shape` reads it. */
  send<T>(call: Call, shape: (data: unknown) => T): Promise<T>
  /** The items of at most `pages` pages, and the number of the last page read. */
  list<T>(call: Call, pages: number, shape: (item: unknown) => T): Promise<{ items: readonly T[]; lastPage: number }>
  /** `$owner` and `$repo` are given to every query. What is refused is asked for over REST, whose error names the permission. */
  graphql<T>(
    what: string,
    query: string,
    variables: Readonly<Record<string, unknown>>,
    shape: (data: unknown) => T
  ): Promise<T>
}
