/** Where this program itself was checked out from: the repository that a workflow takes the action from. */
import { realpath } from 'node:fs/promises'
import { dirname } from 'node:path'
import { gitRunner } from '../../adapters/git/command/run.js'
import { decodePath } from '../../adapters/git/command/tree-records.js'
import type { ProcessRunner } from '../../ports/process.js'
import { programVersion } from '../version.js'
import { parseRemote } from './remote.js'

/**
 * `owner/name@<commit> # v<version>`; `null` where the program lies in no checkout of its own: an installed package, or a
 * folder of another repository.
 * @param program the file that was started: `<root>/dist/cli/index.js`
 */
export async function actionReference(
  process: ProcessRunner,
  program: string = globalThis.process.argv[1] ?? ''
): Promise<string | null> {
  const file = await realpath(program).catch(() => null)
  if (file === null || !/[\\/]dist[\\/]cli[\\/]index\.js$/.test(file)) return null
  const root = dirname(dirname(dirname(file)))
  const run = gitRunner(process, root)
  const ask = async (...args: [string, ...string[]]): Promise<string> => {
    const { exitCode, stdout } = await run({ args, answers: [1, 2, 128] })
    return exitCode === 0 ? decodePath(stdout).trim() : ''
  }
  const [top, url, commit] = [
    await ask('rev-parse', '--show-toplevel'),
    await ask('config', '--get', 'remote.origin.url'),
    await ask('rev-parse', '--verify', 'HEAD^{commit}')
  ]
  const remote = parseRemote(url)
  if (remote === null || !/^[0-9a-f]{40}$/.test(commit) || (await realpath(top).catch(() => '')) !== root) return null
  return `${remote.repository}@${commit} # v${programVersion}`
}
