import { setTimeout as delay } from 'node:timers/promises'
import type { Clock } from '../../src/ports/process.js'

/** A clock of one run's own: it moves on by what is slept (and by real time), while sleeping takes `slower` times less. */
export function fastClock(slower = 1_000): Clock {
  let slept = 0
  return {
    now: () => Date.now() + slept,
    async sleep(milliseconds, signal) {
      const real = milliseconds / slower
      slept += milliseconds - real
      try {
        await delay(real, undefined, { signal })
      } catch (error) {
        // As the system's clock: who waits is told why it ends.
        throw signal?.aborted === true ? signal.reason : error
      }
    }
  }
}
