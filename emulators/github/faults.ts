/** Faults on demand: which request meets which one. What each does to the connection is in serve.ts. */
export type Fault =
  /** An error answer, before the effect or instead of the answer after it. */
  | { readonly kind: 'error'; readonly status: number; readonly when: 'before' | 'after'; readonly message?: string }
  /** The connection is reset. */
  | { readonly kind: 'reset'; readonly when: 'before' | 'after' }
  /** No answer until the emulator closes. */
  | { readonly kind: 'hang'; readonly when: 'before' | 'after' }
  /** The effect happens; half of the answer's body arrives, then the connection ends. */
  | { readonly kind: 'truncated' }
  /** The effect happens; the answer has the right status and a body that is no JSON. */
  | { readonly kind: 'garbage' }
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** The answer of a list without its Link header, as a proxy on the way may drop it. */
  | { readonly kind: 'no-link' }
  /** GitHub answers either status; nothing happens. */
  | { readonly kind: 'secondary-rate-limit'; readonly status: 403 | 429; readonly retryAfterSeconds: number }

export interface FaultOrder {
  /** `issues/create-comment`, or `POST /repos/{owner}/{repo}/issues/{issue_number}/comments`, or `*`. */
  readonly operation: string
  readonly fault: Fault
  /** The how manieth matching request from now on, default the first. */
  readonly nth?: number
  /** For how many matching requests in a row, default 1. */
  readonly times?: number
}

export interface Faults {
  add(order: FaultOrder): void
  clear(): void
  /** The fault for this request, `null` for none. Each order counts every request that matches it. */
  next(operation: string, route: string): Fault | null
}

export function faults(): Faults {
  const orders: { readonly order: FaultOrder; seen: number }[] = []
  return {
    add(order) {
      orders.push({ order, seen: 0 })
    },
    clear() {
      orders.length = 0
    },
    next(operation, route) {
      const due = orders
        .filter(({ order }) => ['*', operation, route].includes(order.operation))
        .filter(entry => {
          entry.seen++
          const first = entry.order.nth ?? 1
          return entry.seen >= first && entry.seen < first + (entry.order.times ?? 1)
        })
      return due[0]?.order.fault ?? null
    }
  }
}
