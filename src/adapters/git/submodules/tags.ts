/** The tags of a submodule's commit: a clone at depth 1 has none, its remote knows them. */
import { rm } from 'node:fs/promises'
import { decodePath } from '../command/tree-records.js'
import { remoteSeconds } from '../command/run.js'
import { makeOwnRepository } from '../own/own-repository.js'
import { submoduleUrl, superprojectOf } from './enclosing.js'
import { accessTo } from './fetch-gitlink.js'
import { type Place } from './local-config.js'
import { withSshFiles } from './ssh-files.js'

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
