import type { Clock } from '../../../ports/clock.js'

/** Waits until one more request may go out. */
export type RateBudget = (signal: AbortSignal) => Promise<void>

/** A token bucket: `perSecond` requests a second, as many at once after a pause. */
export function rateBudget(perSecond: number, clock: Clock): RateBudget {
  let tokens = perSecond
  let filledAt = clock.now()
  return async signal => {
    const now = clock.now()
    tokens = Math.min(perSecond, tokens + ((now - filledAt) / 1000) * perSecond)
    filledAt = now
    tokens -= 1
    // Below zero the bucket is a queue: each request takes the next free moment.
    if (tokens < 0) await clock.sleep((-tokens / perSecond) * 1000, signal)
  }
}
