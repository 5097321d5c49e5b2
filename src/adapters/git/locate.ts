import { decodePath } from '../../detect-changes/tree.js'
import { CodedError } from '../../model/errors.js'
import type { ProcessRunner } from '../../ports/process.js'
import { gitFailed, gitRunner } from './command/run.js'

/**
 * The repository that a folder lies in, and where it was cloned from.
 * @throws CodedError GIT_FAILED where the folder is in no repository
 */
export async function locateRepository(
  process: ProcessRunner,
  directory: string
): Promise<{
  /** Absolute. */
  readonly root: string
  /** Of the remote `origin`; `null`: there is none. */
  readonly remoteUrl: string | null
}> {
  const run = gitRunner(process, directory)
  const where = ['rev-parse', '--show-toplevel'] as const
  const top = await run({ args: where, answers: [128] })
  if (/not a git repository/i.test(top.stderr)) {
    throw new CodedError('GIT_FAILED', {
      expected: `a checkout of the superproject at ${directory}`,
      found: 'no git repository',
      mend: 'change into the checkout and run again'
    })
  }
  if (top.exitCode !== 0) throw gitFailed(where, directory, top)
  const remote = await run({ args: ['config', '--get', 'remote.origin.url'], answers: [1] })
  const text = (output: Uint8Array): string => decodePath(output).replace(/\n$/, '')
  return { root: text(top.stdout), remoteUrl: remote.exitCode === 0 ? text(remote.stdout) : null }
}
