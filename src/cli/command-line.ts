/** What every command of the command line is given. */
import type { RunnerEnvironment } from '../model/index.js'
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
