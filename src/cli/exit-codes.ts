import type { RunResult } from '../model/index.js'

/** The exit codes of the command line; docs/cli.md has them. */
export const exitCodes = {
  /** Done, or nothing to do. */
  success: 0,
  /** Refused, or failed. */
  failure: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** Ended by Ctrl-C or by a signal (128 + SIGINT). */
  cancelled: 130
} as const

export function exitCodeOf(result: Pick<RunResult, 'conclusion' | 'errors'>): number {
  if (result.errors.some(({ code }) => code === 'CANCELLED')) return exitCodes.cancelled
  return result.conclusion === 'failure' ? exitCodes.failure : exitCodes.success
}
