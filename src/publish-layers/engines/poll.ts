import type { EngineContext } from './engine.js'

/** Who looks at the log of a run that seems to stand still wants to know what it waits for; then once a minute. */
const silentMilliseconds = 10_000
const repeatMilliseconds = 60_000

/**
 * Asks until there is an answer: again after 0.2 s, then each time after 1.5 times as long, up to 2 s. Ends with the run's deadline.
 * @param firstMilliseconds after which it is asked for the first time, where there can be no answer before
 * @param what is waited for, as the log says it: `the stack dev-x-layer (UPDATE_IN_PROGRESS)`
 * @throws the signal's reason
 */
export async function pollUntil<T>(
  context: Pick<EngineContext, 'clock' | 'signal' | 'log'>,
  what: string | (() => string),
  ask: () => Promise<T | undefined>,
  firstMilliseconds = 0
): Promise<T> {
  const { clock, signal, log } = context
  const began = clock.now()
  let tellAt = began + silentMilliseconds
  if (firstMilliseconds > 0) await clock.sleep(firstMilliseconds, signal)
  for (
    let waitMilliseconds = Math.max(200, firstMilliseconds);
    ;
    waitMilliseconds = Math.min(waitMilliseconds * 1.5, 2_000)
  ) {
    signal.throwIfAborted()
    const answer = await ask()
    if (answer !== undefined) return answer
    const now = clock.now()
    if (now >= tellAt) {
      const seconds = Math.round((now - began) / 1000)
      log.info(`Waiting for ${typeof what === 'string' ? what : what()}, for ${seconds} s now`)
      tellAt = now + repeatMilliseconds
    }
    await clock.sleep(waitMilliseconds, signal)
  }
}
