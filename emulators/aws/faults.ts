/** Faults on demand: rules that hit the nth matching call, and are then used up. */
import type { Call, FaultKind } from './calls.js'

export interface FaultRule {
  /** IAM's or the API's name of the call (`s3:PutObject`, `s3:UploadPart`), `*` for any run of characters. */
  readonly action: string
  readonly kind: FaultKind
  /** Which matching call is hit first, from 1 (default). */
  readonly nth?: number
  /** How many matching calls in a row are hit (default 1). */
  readonly times?: number
  readonly accountId?: string
  readonly region?: string
  /** Part of the resource's ARN. */
  readonly resource?: string
  /** `slow`: how long the second half of the answer is held back, in milliseconds (default 300). */
  readonly delayMilliseconds?: number
  /** `stale-read`: how many of the newest records a list leaves out (default 1). */
  readonly staleReads?: number
  /** `error`: what is answered, e.g. `ConditionalRequestConflict`, 409. */
  readonly code?: string
  readonly message?: string
  readonly status?: number
}

export interface Faults {
  /** Returns a function that withdraws the rule. Throws on a rule that could never hit. */
  add(rule: FaultRule): () => void
  clear(): void
  /** Rules that have hits left: a test asserts that this is empty, lest its fault never happened. */
  pending(): readonly FaultRule[]
}

export interface FaultBook extends Faults {
  /** Counts the call for every rule that it matches; the first rule whose turn it is hits. */
  take(call: Call): FaultRule | null
}

export function createFaultBook(): FaultBook {
  const entries = new Set<{ readonly rule: FaultRule; seen: number }>()
  return {
    add(rule) {
      const { nth = 1, times = 1 } = rule
      if (!(nth >= 1 && times >= 1)) throw new RangeError(`a fault that never hits: ${JSON.stringify(rule)}`)
      if (rule.kind === 'error' && (rule.code === undefined || rule.status === undefined)) {
        throw new TypeError(`a fault 'error' needs a code and a status: ${JSON.stringify(rule)}`)
      }
      const entry = { rule, seen: 0 }
      entries.add(entry)
      return () => {
        entries.delete(entry)
      }
    },
    clear() {
      entries.clear()
    },
    pending: () => [...entries].map(entry => entry.rule),
    take(call) {
      let hit: FaultRule | null = null
      for (const entry of entries) {
        if (!matches(entry.rule, call)) continue
        const { nth = 1, times = 1 } = entry.rule
        const due = entry.seen + 1 >= nth
        if (due && hit !== null) continue // its turn comes with the next call
        entry.seen += 1
        if (!due) continue
        hit = entry.rule
        if (entry.seen >= nth + times - 1) entries.delete(entry)
      }
      return hit
    }
  }
}

function matches(rule: FaultRule, call: Call): boolean {
  return (
    (globMatches(rule.action, call.action) || globMatches(rule.action, call.api)) &&
    (rule.accountId === undefined || rule.accountId === call.accountId) &&
    (rule.region === undefined || rule.region === call.region) &&
    (rule.resource === undefined || call.resource.includes(rule.resource))
  )
}

function globMatches(pattern: string, text: string): boolean {
  const source = pattern.split('*').map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${source.join('.*')}$`).test(text)
}
