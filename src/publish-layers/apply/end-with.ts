/** Work that hangs when a run is cancelled or out of time must not take with it what the rest of the run has come to. */

/** Settles as `work` does; where the signal comes first and the work does not end within `milliseconds`, gives `otherwise`. */
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
