/** `.gitmodules` of a commit. From the commit, not from the workspace: what a step wrote there is not what was reviewed. */
import { decodePath } from '../../../detect-changes/tree.js'
import { CodedError } from '../../../model/errors.js'
import type { GitCall, RunGit } from '../command/run.js'
import { parseSettings, type Settings } from './local-config.js'

/** A thousand submodules take about 100 kB. */
const mostBytes = 1024 * 1024

/**
 * Its settings, none where there is no such file. `[include]` in it is not followed: it would read files of the machine.
 * @throws CodedError GIT_FAILED where it is larger than any that people write, or no configuration
 */
export async function readGitmodules(
  run: RunGit,
  revision: string,
  at: Pick<GitCall, 'gitDirectory' | 'machineSettings'>
): Promise<Settings> {
  const { stdout } = await run({ ...at, args: ['ls-tree', '-z', '-l', '--full-tree', revision, '--', '.gitmodules'] })
  const found = /^100(?:644|755) blob ([0-9a-f]+) +(\d+)\t\.gitmodules\0$/.exec(decodePath(stdout))
  // git refuses one that is a link as well.
  if (found === null) return []
  const [, objectId = '', size = ''] = found
  if (Number(size) > mostBytes) {
    throw new CodedError('GIT_FAILED', {
      expected: `a file .gitmodules of at most ${mostBytes} bytes`,
      found: `${size} bytes`,
      mend: 'remove from .gitmodules what describes no submodule'
    })
  }
  const settings = await run({ ...at, args: ['config', '--no-includes', '--blob', objectId, '--list', '-z'] })
  return parseSettings(settings.stdout)
}
