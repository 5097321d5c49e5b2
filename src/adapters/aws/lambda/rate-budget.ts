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

/** What a client of the SDK and its middleware have in common, whatever the service. */
interface Client {
  readonly middlewareStack: { add(middleware: never, options: object): void }
}

/**
 * Has each request of the client wait for its turn.
 * @param budgetOf of a call by its name, `DescribeStacks`
 */
export function withinBudget<T extends Client>(
  client: T,
  budgetOf: (call: string) => RateBudget,
  signal: AbortSignal
): T {
  type Next = (args: unknown) => Promise<unknown>
  const wait = (next: Next, context: { readonly commandName?: string }) => async (args: unknown) => {
    await budgetOf((context.commandName ?? '').replace(/Command$/, ''))(signal)
    return next(args)
  }
  // Behind the retries: each attempt counts.
  client.middlewareStack.add(wait as never, { name: 'rateBudget', step: 'finalizeRequest', priority: 'low' })
  return client
}
