/** What every command of the command line is given, and the codes that it ends with. */
import type { RunnerEnvironment, RunResult } from '../model/index.js'
import type { Terminal } from './output/terminal.js'

export interface CommandLine {
  readonly environment: RunnerEnvironment
  readonly terminal: Terminal
  /** Where it was started, absolute. */
  readonly directory: string
  /** Makes an action of commander out of work that ends in an exit code. */
  readonly action: <Args extends unknown[]>(
    work: (...args: Args) => Promise<number>
  ) => (...args: Args) => Promise<void>
}

/** docs/cli.md has them. */
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
