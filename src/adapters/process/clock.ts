import type { Clock } from '../../ports/process.js'

export const systemClock: Clock = {
  now: () => Date.now(),
  // node:timers/promises would be loaded by every start.
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const ended = (): void => {
        clearTimeout(timer)
        reject(signal?.reason as Error)
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', ended)
        resolve()
      }, milliseconds)
      signal?.addEventListener('abort', ended, { once: true })
      if (signal?.aborted === true) ended()
    })
}
