/** One octokit with deadlines and bounded retries, and its failures as `GitHubError`. Loaded on the first call only. */
import type { Octokit } from '@octokit/core'
import type { PaginateInterface } from '@octokit/plugin-paginate-rest'
import { UnexpectedAnswer } from './answers.js'

export interface GitHubOptions {
  /** `GITHUB_API_URL`: `https://api.github.com`, on GitHub Enterprise Server `https://host/api/v3` (F79). */
  readonly apiUrl: string
  readonly token: string
  /** `owner/name`. */
  readonly repository: string
  /** One call with its retries. Default 30. */
  readonly deadlineSeconds?: number
  /** Unit of the waits between retries; tests shorten it. Default 1000. */
  readonly retryBaseMilliseconds?: number
  /** Called once for each request, whatever its retries. */
  readonly onCall?: () => void
}

export type Client = Octokit & { readonly paginate: PaginateInterface }

const RETRIES = 2
/** A longer wait than this is not worth a report: the call fails as rate-limited. */
const LONGEST_WAIT_SECONDS = 20

/** Not sent again after a lost answer: it might take effect twice. Naming any other number here would repeat refusals too. */
export const once = { retries: 0 } as const

export async function loadClient(options: GitHubOptions): Promise<Client> {
  const [{ Octokit }, { retry }, { throttling }, { paginateRest }] = await Promise.all([
    import('@octokit/core'),
    import('@octokit/plugin-retry'),
    import('@octokit/plugin-throttling'),
    import('@octokit/plugin-paginate-rest')
  ])
  const base = options.retryBaseMilliseconds ?? 1000
  const worthWaiting = (retryAfterSeconds: number, _options: unknown, _octokit: unknown, retryCount: number): boolean =>
    retryAfterSeconds <= LONGEST_WAIT_SECONDS && retryCount < RETRIES
  const silent = (): void => undefined
  const octokit = new (Octokit.plugin(retry, throttling, paginateRest))({
    auth: options.token,
    baseUrl: options.apiUrl.replace(/\/+$/, ''),
    userAgent: 'layer-deploy-action',
    log: { debug: silent, info: silent, warn: silent, error: silent },
    retry: { retries: RETRIES, retryAfterBaseValue: base },
    throttle: {
      onRateLimit: worthWaiting,
      onSecondaryRateLimit: worthWaiting,
      retryAfterBaseValue: base,
      ...unpaced
    }
  })
  // One signal for a call and its retries: the plugins' hooks lie inside this one.
  octokit.hook.before('request', request => {
    options.onCall?.()
    request.request = {
      ...request.request,
      signal: AbortSignal.timeout((options.deadlineSeconds ?? 30) * 1000)
    }
  })
  // A body that broke off arrives as an empty text, which paging would take for an empty list.
  octokit.hook.after('request', ({ status, data }) => {
    if (status === 200 && typeof data === 'string') throw new UnexpectedAnswer('expected JSON, found a broken answer')
  })
  return octokit
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
