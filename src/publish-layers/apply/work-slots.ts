/** So many steps begin at once; one that waits for AWS gives its slot to another, for good: four times as many may be under way. */
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
