/** The commits of a submodule between two of them, from its clone in the workspace. */
import { join } from 'node:path'
import { decodePath } from '../command/tree-records.js'
import { gitDirectoryAt } from './checkout-objects.js'
import type { Place } from './local-config.js'

/** More are not counted. */
const mostCounted = 1000

/**
 * Newest first. `null` where the clone cannot tell: it is not there, or too shallow to hold both commits and what is
 * between them.
 */
export async function submoduleSubjects(
  place: Place,
  path: string,
  from: string,
  to: string,
  most: number
): Promise<{ readonly subjects: readonly string[]; readonly total: number } | null> {
  // Most runners check out no submodules: that shows without git.
  const gitDirectory = await gitDirectoryAt(join(place.directory, path))
  if (gitDirectory === null) return null
  const git = (args: readonly [string, ...string[]]): ReturnType<Place['run']> =>
    place.run({ args, gitDirectory, answers: [1, 128] })
  try {
    const range = `${from}...${to}`
    const format = ['--no-show-signature', '--left-right', '--format=%m%s', `--max-count=${mostCounted}`] as const
    const log = await git(['log', ...format, range, '--'])
    if (log.exitCode !== 0) return null
    const lines = decodePath(log.stdout).split('\n').slice(0, -1)
    // A commit on the left alone: `to` does not come from `from`. Among more than are counted it may be hidden.
    if (lines.some(line => line.startsWith('<'))) return null
    if (lines.length >= mostCounted && (await git(['merge-base', '--is-ancestor', from, to])).exitCode !== 0)
      return null
    const subjects = lines.map(line => line.slice(1))
    return { subjects: subjects.slice(0, most), total: subjects.length }
  } catch {
    return null
  }
}
