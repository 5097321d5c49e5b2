/** One AWS call: its deadline, answers that cannot be read, and what becomes of an error. */
import { answerWatch, UnreadableAnswer } from './answers.js'
import { codedAwsError, deadlineExceeded, errorName, httpStatus, type Subject } from './aws-errors.js'

export interface CallLimits {
  /** Aborts with the run. */
  readonly signal: AbortSignal
  readonly seconds: number
  /** How often an unreadable answer is asked for; 1 for a call that must not be repeated. Default 3. */
  readonly attempts?: number
}

export { UnreadableAnswer } from './answers.js'

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
  const options = { abortSignal: AbortSignal.any([signal, deadline]) }
  for (let attempt = 1; ; attempt++) {
    const watch = answerWatch()
    try {
      return await watch.run(() => work(options))
    } catch (error) {
      if (signal.aborted) throw signal.reason
      if (deadline.aborted || isTimeout(error)) throw deadlineExceeded(subject, seconds, error)
      if (attempt >= attempts || !isUnreadable(error)) throw codedAwsError(subject, error, watch.last())
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
