/** So many steps begin at once; one that waits for AWS gives its slot to another, for good: four times as many may be under way. */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Clock } from '../../ports/clock.js'

/** For each slot so many steps are under way: what is begun and waits must not grow with the number of layers. */
export const stepsForEachSlot = 4

export interface WorkSlots {
  /** Runs a step as soon as a slot is free. */
  run<T>(work: () => Promise<T>): Promise<T>
  /** The clock of what the steps do: sleeping holds no slot. */
  readonly clock: Clock
}

export function workSlots(count: number, clock: Clock): WorkSlots {
  const holders = new AsyncLocalStorage<{ isHeld: boolean }>()
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
      const holder = { isHeld: true }
      try {
        return await holders.run(holder, work)
      } finally {
        if (holder.isHeld) release()
      }
    },
    clock: {
      now: () => clock.now(),
      async sleep(milliseconds, signal) {
        const holder = holders.getStore()
        if (holder?.isHeld !== true) return clock.sleep(milliseconds, signal)
        holder.isHeld = false
        release()
        // It goes on without one: a step that hangs in the slot meanwhile must not keep it from its end (F147).
        await clock.sleep(milliseconds, signal)
      }
    }
  }
}
