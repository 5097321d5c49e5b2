/**
 * How steps are worked on: so many begin at once; one that waits for AWS gives its slot to another, for good, and four times as many
 * may be under way; none outlives the run for long.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Clock } from '../../ports/process.js'

/** For each slot so many steps are under way: what is begun and waits must not grow with the number of layers. */
export const stepsForEachSlot = 4

export interface WorkSlots {
  /** Runs a step as soon as a slot is free. */
  run<T>(work: () => Promise<T>): Promise<T>
  /** The clock of what the steps do: sleeping holds no slot. */
  readonly clock: Clock
}

/** What a step holds: gives its slot back, once. */
interface Holding {
  isHeld: boolean
  readonly release: () => void
}
// One for all: Node looks at each storage that there is at every promise, and keeps it for good.
const holdings = new AsyncLocalStorage<Holding>()

export function workSlots(count: number, clock: Clock): WorkSlots {
  const waiting: (() => void)[] = []
  let free = count
  const acquire = async (): Promise<void> => {
    if (free > 0) free -= 1
    else await new Promise<void>(resolve => waiting.push(resolve))
  }
  const release = (): void => {
    const next = waiting.shift()
    if (next === undefined) free += 1
    else next()
  }
  return {
    async run(work) {
      await acquire()
      const holding = { isHeld: true, release }
      try {
        return await holdings.run(holding, work)
      } finally {
        giveBack(holding)
      }
    },
    clock: {
      now: () => clock.now(),
      async sleep(milliseconds, signal) {
        // It goes on without one: a step that hangs in the slot meanwhile must not keep it from its end (F147).
        giveBack(holdings.getStore())
        await clock.sleep(milliseconds, signal)
      }
    }
  }
}

function giveBack(holding: Holding | undefined): void {
  if (holding?.isHeld !== true) return
  holding.isHeld = false
  holding.release()
}

/**
 * Work that hangs when a run is cancelled or out of time must not take with it what the rest of the run has come to. Settles as `work` does; where the signal comes first and the work does not end within `milliseconds`,
 * gives `otherwise`.
 */
export async function endWith<T>(
  work: Promise<T>,
  signal: AbortSignal,
  milliseconds: number,
  otherwise: () => T
): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  let onAbort = (): void => undefined
  const late = new Promise<T>(resolve => {
    onAbort = () => {
      timer = setTimeout(() => {
        resolve(otherwise())
      }, milliseconds)
    }
    signal.addEventListener('abort', onAbort, { once: true })
    if (signal.aborted) onAbort()
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}
