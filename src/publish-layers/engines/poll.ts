import type { EngineContext } from './engine.js'

/**
 * Asks until there is an answer: again after 0.2 s, then each time after 1.5 times as long, up to 2 s. Ends with the run's deadline.
 * @throws the signal's reason
 */
export async function pollUntil<T>(
  context: Pick<EngineContext, 'clock' | 'signal'>,
  ask: () => Promise<T | undefined>
): Promise<T> {
  for (let waitMilliseconds = 200; ; waitMilliseconds = Math.min(waitMilliseconds * 1.5, 2_000)) {
    context.signal.throwIfAborted()
    const answer = await ask()
    if (answer !== undefined) return answer
    await context.clock.sleep(waitMilliseconds, context.signal)
  }
}
