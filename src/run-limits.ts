import { CodedError } from './errors.js'

/** What ends a run before its work is done: the deadline of the step, or the runner's cancellation. */
export interface RunLimits {
  /** Its reason is a CodedError, DEADLINE_EXCEEDED or CANCELLED. */
  readonly signal: AbortSignal
  /** Removes the timer and the signal handlers. */
  end(): void
}

/** GitHub sends SIGINT to a cancelled job, 7.5 s later SIGTERM, and kills it 2.5 s after that. */
const cancellations = ['SIGINT', 'SIGTERM'] as const

export function runLimits(timeoutMinutes: number): RunLimits {
  const controller = new AbortController()
  const timer = setTimeout(() => {
    controller.abort(
      new CodedError('DEADLINE_EXCEEDED', {
        expected: `the step to end within ${timeoutMinutes} minutes`,
        found: 'work that is not done',
        mend: 'run again, what is done is kept; or raise the input timeout-minutes'
      })
    )
  }, timeoutMinutes * 60_000)
  const cancel = (signal: NodeJS.Signals): void => {
    controller.abort(
      new CodedError('CANCELLED', {
        expected: 'to finish',
        found: `${signal} from the runner`,
        mend: 'run again; what is done is kept'
      })
    )
  }
  for (const signal of cancellations) process.on(signal, cancel)
  return {
    signal: controller.signal,
    end: () => {
      clearTimeout(timer)
      for (const signal of cancellations) process.removeListener(signal, cancel)
    }
  }
}
