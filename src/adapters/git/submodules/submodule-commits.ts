/** What is known of the commits of a submodule: those between two of them, from its clone in the workspace, and the tags of one. */
import { join } from 'node:path'
import { rm } from 'node:fs/promises'
import { decodePath } from '../command/tree-records.js'
import { gitDirectoryAt } from './checkout-objects.js'
import type { Place } from './local-config.js'
import { remoteSeconds } from '../command/run.js'
import { makeOwnRepository } from '../own/own-repository.js'
import { submoduleUrl, superprojectOf } from './enclosing.js'
import { accessTo, withSshFiles } from './fetch-gitlink.js'

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

/** `refs/tags/v1.0^{}` is what the annotated tag points at. */
const tagLine = /^([0-9a-f]{40,64})\trefs\/tags\/(.+?)(\^\{\})?$/

/** @param commit its own tags, not those before it. Empty where the remote does not answer: a version is then made of the commit */
export async function tagsOf(place: Place, path: string, commit: string): Promise<readonly string[]> {
  try {
    const url = await submoduleUrl(place, superprojectOf(place), path)
    const access = accessTo(url, await place.local())
    const { objectFormat } = await place.workspace()
    const gitDirectory = await place.own.make('tags')
    try {
      await makeOwnRepository(gitDirectory, objectFormat)
      return await withSshFiles(place, async env => {
        const args = ['ls-remote', '--tags', 'origin'] as const
        const call = { args, gitDirectory, env: { ...access, ...env }, timeoutSeconds: remoteSeconds }
        return tagsAt(decodePath((await place.run(call)).stdout), commit)
      })
    } finally {
      await rm(gitDirectory, { recursive: true, force: true })
    }
  } catch (thrown) {
    place.warn(
      `The tags of submodule ${path} could not be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`
    )
    return []
  }
}

/** The output of `git ls-remote --tags`. */
export function tagsAt(listing: string, commit: string): readonly string[] {
  const tags = listing.split('\n').flatMap(line => {
    const [, objectId, name] = tagLine.exec(line) ?? []
    return objectId === commit && name !== undefined ? [name] : []
  })
  return [...new Set(tags)].sort()
}
