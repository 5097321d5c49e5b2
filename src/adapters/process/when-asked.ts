import type { ProcessRunner } from '../../ports/process.js'
import { whenAsked } from '../when-asked.js'
import type { ProcessRunnerOptions } from './index.js'

/** As `processRunner`, which is loaded with the first command. */
export function processRunnerWhenAsked(options: ProcessRunnerOptions): ProcessRunner {
  const load = async (): Promise<ProcessRunner> => (await import('./index.js')).processRunner(options)
  return whenAsked<ProcessRunner>({ run: true }, load).port
}
