import type { ProcessRunner } from '../../ports/process.js'
import { gitRunner } from './command/run.js'

/** Does the clone lack history? @throws CodedError GIT_FAILED */
export async function isShallow(process: ProcessRunner, directory: string): Promise<boolean> {
  const { stdout } = await gitRunner(process, directory)({ args: ['rev-parse', '--is-shallow-repository'] })
  return new TextDecoder().decode(stdout).trim() === 'true'
}
