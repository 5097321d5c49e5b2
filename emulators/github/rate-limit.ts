/** The primary rate limit: so many requests an hour for each token. The secondary one is a fault (faults.ts). */
import { ApiFailure, type RateLimitState } from './operation.js'

export interface RateLimitOptions {
  /** Requests in a window. GitHub gives a workflow's token 1,000 for each repository. */
  readonly limit: number
  readonly windowSeconds: number
}

export interface RateLimit {
  read(token: string): RateLimitState
  /** Throws 403 where the window is used up; a refused request counts no further. */
  spend(token: string): void
  /** A request that was answered 304 costs nothing. */
  giveBack(token: string): void
}

export function rateLimit(options: RateLimitOptions, now: () => number): RateLimit {
  const windows = new Map<string, { used: number; endsAt: number }>()
  const windowOf = (token: string): { used: number; endsAt: number } => {
    const open = windows.get(token)
    if (open !== undefined && now() < open.endsAt) return open
    const opened = { used: 0, endsAt: now() + options.windowSeconds * 1000 }
    windows.set(token, opened)
    return opened
  }
  return {
    read(token) {
      const { used, endsAt } = windowOf(token)
      return { limit: options.limit, used, remaining: options.limit - used, reset: Math.ceil(endsAt / 1000) }
    },
    spend(token) {
      const window = windowOf(token)
      if (window.used >= options.limit) throw new ApiFailure(403, 'API rate limit exceeded for installation.')
      window.used++
    },
    giveBack(token) {
      windowOf(token).used--
    }
  }
}

export function rateLimitHeaders(state: RateLimitState): Record<string, string> {
  return {
    'x-ratelimit-limit': String(state.limit),
    'x-ratelimit-remaining': String(state.remaining),
    'x-ratelimit-reset': String(state.reset),
    'x-ratelimit-used': String(state.used),
    'x-ratelimit-resource': 'core'
  }
}
