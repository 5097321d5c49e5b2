import { CodedError } from '../model/errors.js'

/** What ends a run before its work is done: the deadline of the step, or the runner's cancellation. */
export interface RunLimits {
  /** Its reason is a CodedError, DEADLINE_EXCEEDED or CANCELLED. */
  readonly signal: AbortSignal
  /** Settles as `work` does; where the signal comes first and the work does not end soon, rejects with the signal's reason. */
  within<T>(work: Promise<T>): Promise<T>
  /** Removes the timer and the signal handlers. */
  end(): void
}

/** GitHub sends SIGINT to a cancelled job, 7.5 s later SIGTERM, and kills it 2.5 s after that. */
const cancellations = ['SIGINT', 'SIGTERM'] as const

/** What was aborted ends in this time, or the run reports without it: a call that hangs must not keep its status open. */
const endingMilliseconds = 1_000

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
    within: work => within(work, controller.signal),
    end: () => {
      clearTimeout(timer)
      for (const signal of cancellations) process.removeListener(signal, cancel)
    }
  }
}

async function within<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  let onAbort = (): void => undefined
  const ended = new Promise<never>((_resolve, reject) => {
    onAbort = () => {
      timer = setTimeout(() => {
        reject(signal.reason as Error)
      }, endingMilliseconds)
    }
    signal.addEventListener('abort', onAbort, { once: true })
    if (signal.aborted) onAbort()
  })
  try {
    return await Promise.race([work, ended])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}
