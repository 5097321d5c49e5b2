/** One AWS call: its turn, its deadline, answers that cannot be read, and what becomes of an error. */
import {
  UnreadableAnswer,
  type Client,
  codedAwsError,
  deadlineExceeded,
  errorName,
  httpStatus,
  lastAnswer,
  type Subject
} from './aws-errors.js'
import type { Clock } from '../../ports/process.js'

export interface CallLimits {
  /** Aborts with the run. */
  readonly signal: AbortSignal
  readonly seconds: number
  /** How often an unreadable answer is asked for; 1 for a call that must not be repeated. Default 3. */
  readonly attempts?: number
}

/**
 * Runs one SDK call, or several for one purpose, with a deadline.
 * @throws CodedError NO_CREDENTIALS, ACCESS_DENIED, DEADLINE_EXCEEDED, AWS_FAILED, or what `work` throws; the signal's reason
 */
export async function call<T>(
  subject: Subject,
  { signal, seconds, attempts = 3 }: CallLimits,
  work: (options: { readonly abortSignal: AbortSignal }) => Promise<T>
): Promise<T> {
  signal.throwIfAborted()
  const deadline = AbortSignal.timeout(Math.ceil(seconds * 1000))
  for (let attempt = 1; ; attempt++) {
    // One for each attempt: what was answered to it is known by its signal.
    const abortSignal = AbortSignal.any([signal, deadline])
    try {
      return await work({ abortSignal })
    } catch (error) {
      if (signal.aborted) throw signal.reason
      if (deadline.aborted || isTimeout(error)) throw deadlineExceeded(subject, seconds, error)
      if (attempt >= attempts || !isUnreadable(error)) throw codedAwsError(subject, error, lastAnswer(abortSignal))
    }
  }
}

/** The SDK calls a reset connection a TimeoutError, too; that one bears the system's error code. */
function isTimeout(error: unknown): boolean {
  return errorName(error) === 'TimeoutError' && (error as { code?: unknown }).code === undefined
}

/** The SDK repeats neither an answer that it cannot parse nor a body that breaks off after it handed it on. */
function isUnreadable(error: unknown): boolean {
  if (error instanceof UnreadableAnswer || error instanceof SyntaxError) return true
  if ((error as { code?: unknown } | null)?.code === 'ECONNRESET') return true
  const status = httpStatus(error)
  return status !== null && status >= 200 && status < 300
}

/** Waits until one more request may go out. */
export type RateBudget = (signal: AbortSignal) => Promise<void>

/** A token bucket: `perSecond` requests a second, as many at once after a pause. */
export function rateBudget(perSecond: number, clock: Clock): RateBudget {
  let tokens = perSecond
  let filledAt = clock.now()
  return async signal => {
    const now = clock.now()
    tokens = Math.min(perSecond, tokens + ((now - filledAt) / 1000) * perSecond)
    filledAt = now
    tokens -= 1
    // Below zero the bucket is a queue: each request takes the next free moment.
    if (tokens < 0) await clock.sleep((-tokens / perSecond) * 1000, signal)
  }
}

/**
 * Has each request of the client wait for its turn.
 * @param budgetOf of a call by its name, `DescribeStacks`
 */
export function withinBudget<T extends Client>(
  client: T,
  budgetOf: (call: string) => RateBudget,
  signal: AbortSignal
): T {
  type Next = (args: unknown) => Promise<unknown>
  const wait = (next: Next, context: { readonly commandName?: string }) => async (args: unknown) => {
    await budgetOf((context.commandName ?? '').replace(/Command$/, ''))(signal)
    return next(args)
  }
  // Behind the retries: each attempt counts.
  client.middlewareStack.add(wait as never, { name: 'rateBudget', step: 'finalizeRequest', priority: 'low' })
  return client
}
