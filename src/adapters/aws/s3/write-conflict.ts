/**
 * A conditional write that met another one on its way. "Conditional requests", Amazon S3 User Guide: 409
 * ConditionalRequestConflict says nothing of what is there now; the upload is to be sent again.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { httpStatus } from '../aws-errors.js'

/** How often a write may meet another before it is given up. */
export const attemptsAtConflict = 6

export function isConflict(error: unknown): boolean {
  return httpStatus(error) === 409
}

/** "Exponential backoff and jitter", AWS Architecture Blog: a random part of a time that doubles, from 0.2 s on, at most 3 s. */
export async function afterConflict(attempt: number, signal: AbortSignal): Promise<void> {
  await pause(Math.random() * Math.min(3_000, 200 * 2 ** (attempt - 1)), undefined, { signal })
}
