/** What ends a run before its work is done: the deadline of the step, or the runner's cancellation. The report has a part of the time of its own. */
import { CodedError } from '../model/errors.js'

export interface RunLimits {
  /** Ends the work. Its reason is a CodedError, DEADLINE_EXCEEDED or CANCELLED. */
  readonly signal: AbortSignal
  /** Settles as `work` does; where the signal comes first and the work does not end soon, rejects with the signal's reason. */
  within<T>(work: Promise<T>): Promise<T>
  /** Whether the report was delivered in its time, which begins now. Rejects as `delivery` does. */
  reported(delivery: Promise<void>): Promise<boolean>
  /** Removes the timer and the signal handlers. */
  end(): void
}

/** GitHub sends SIGINT to a cancelled job, 7.5 s later SIGTERM, and kills it 2.5 s after that. */
const cancellations = ['SIGINT', 'SIGTERM'] as const

/** What was aborted ends in this time, or the run reports without it: a call that hangs must not keep its status open. */
const endingMilliseconds = 1_500

/** With the time that the work has to end 4.5 s from the cancellation; the post step closes what is left. */
const cancelledReportMilliseconds = 3_000

const longestReportMilliseconds = 30_000

/** The report's share of a deadline so short that it cannot have all of its 30 s. */
const shortestShare = 1 / 3

/** Monotonic milliseconds. `performance` would load a part of Node that nothing else needs. */
const now = (): number => Number(process.hrtime.bigint()) / 1e6

/** @param elapsedMilliseconds of the step, before this call */
export function runLimits(timeoutMinutes: number, elapsedMilliseconds = 0): RunLimits {
  const wholeMilliseconds = timeoutMinutes * 60_000
  const reportMilliseconds = Math.min(longestReportMilliseconds, wholeMilliseconds * shortestShare)
  const started = now() - elapsedMilliseconds
  const left = (): number => Math.max(0, started + wholeMilliseconds - now())
  const work = new AbortController()
  const cancelled = new AbortController()
  const timer = setTimeout(
    () => {
      work.abort(
        new CodedError('DEADLINE_EXCEEDED', {
          expected: `the step to end within ${timeoutMinutes} minutes, ${reportMilliseconds / 1000} s of them for its report`,
          found: 'work that is not done',
          mend: 'run again, what is done is kept; or raise the input timeout-minutes'
        })
      )
    },
    Math.max(0, left() - reportMilliseconds)
  )
  const cancel = (signal: NodeJS.Signals): void => {
    const reason = new CodedError('CANCELLED', {
      expected: 'to finish',
      found: `${signal} from the runner`,
      mend: 'run again; what is done is kept'
    })
    work.abort(reason)
    cancelled.abort(reason)
  }
  for (const signal of cancellations) process.on(signal, cancel)
  return {
    signal: work.signal,
    within: task => within(task, work.signal),
    reported: delivery => inTime(delivery, Math.min(reportMilliseconds, left()), cancelled.signal),
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

/** @param cancelled a cancellation, before or while it is delivered, leaves it less time */
async function inTime(delivery: Promise<void>, milliseconds: number, cancelled: AbortSignal): Promise<boolean> {
  const timers: NodeJS.Timeout[] = []
  let hurry = (): void => undefined
  const late = new Promise<false>(resolve => {
    const lateAfter = (after: number): void => {
      timers.push(
        setTimeout(() => {
          resolve(false)
        }, after)
      )
    }
    hurry = () => {
      lateAfter(cancelledReportMilliseconds)
    }
    lateAfter(milliseconds)
    cancelled.addEventListener('abort', hurry, { once: true })
    if (cancelled.aborted) hurry()
  })
  try {
    return await Promise.race([delivery.then(() => true), late])
  } finally {
    for (const timer of timers) clearTimeout(timer)
    cancelled.removeEventListener('abort', hurry)
  }
}
