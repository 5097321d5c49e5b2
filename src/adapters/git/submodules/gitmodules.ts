/** `.gitmodules` of a commit. From the commit, not from the workspace: what a step wrote there is not what was reviewed. */
import type { GitCall, RunGit } from '../command/call.js'
import { decodePath } from '../command/tree-records.js'
import { CodedError } from '../../../model/errors.js'
import { parseSettings, type Settings } from './local-config.js'
import { submoduleProtocol } from './submodule-source.js'

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

/** A relative URL is none: on a runner the superproject comes over HTTPS. */
export async function sshSubmodules(run: RunGit, revision: string): Promise<readonly string[]> {
  const settings = await readGitmodules(run, revision, {})
  const value = (name: string): string => settings.findLast(([key]) => key === name)?.[1] ?? ''
  const names = settings.flatMap(([key]) => /^submodule\.(.+)\.path$/s.exec(key)?.[1] ?? [])
  const paths = [...new Set(names)]
    .filter(name => submoduleProtocol(value(`submodule.${name}.url`)) === 'ssh')
    .map(name => value(`submodule.${name}.path`))
  return [...new Set(paths)].sort()
}
