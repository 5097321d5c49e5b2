/** What the superproject's HEAD holds, written out. */
import { mkdir, rm, symlink } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { decodePath } from '../command/tree-records.js'
import { CodedError } from '../../../model/errors.js'
import type { ExportedSource } from '../../../ports/git.js'
import { fetchSuperproject } from '../own/place.js'
import type { Place } from '../submodules/local-config.js'
import { superprojectOf } from '../submodules/enclosing.js'
import { fillPointers } from './lfs.js'
import { writeCommit, type CommitToWrite, type WrittenCommit } from './write-commit.js'

/**
 * The superproject's HEAD at `paths`, to the same paths below `destination`.
 * @param asRepository with a git directory that answers to build tools
 */
export async function exportPaths(
  place: Place,
  paths: readonly string[],
  destination: string,
  asRepository: boolean
): Promise<ExportedSource> {
  const { objectFormat, objects, commonDirectory } = await place.workspace()
  const { workTree, prefix } = await exportRoot(place, destination)
  const head = await place.run({ args: ['rev-parse', '--verify', 'HEAD^{commit}'] })
  const commit = decodePath(head.stdout).trimEnd()
  const wanted = paths.map(path => join(prefix, path))
  const what = { commit, objectFormat, paths: wanted.includes('.') ? null : wanted }
  const source = { objectFolders: () => Promise.resolve([objects]), fetchInto: null }
  const repository = asRepository ? await place.commits.obtain('', commit, source) : null
  const written =
    repository === null
      ? await writeFromCheckout(place, workTree, what)
      : await writeCommit(place.run, workTree, { ...what, repository })
  const pointers = await fillPointers(place, written, {
    paths: what.paths,
    storages: [join(commonDirectory, 'lfs', 'objects')],
    url: superprojectOf(place).url
  })
  // A git directory without the commit's objects is of no use to anybody.
  if (repository === null) await rm(written.gitDirectory, { recursive: true, force: true })
  return { missing: [], pointers: pointers.map(path => relative(prefix, path)) }
}

/** A few files, of which the checkout needs not be copied whole. A partial clone may lack even some of its own HEAD. */
async function writeFromCheckout(
  place: Place,
  workTree: string,
  what: Pick<CommitToWrite, 'commit' | 'objectFormat' | 'paths'>
): Promise<WrittenCommit> {
  const { objects } = await place.workspace()
  const objectFolders = [objects, ...place.fetchedObjects()]
  try {
    return await writeCommit(place.run, workTree, { ...what, repository: null, objectFolders })
  } catch (error) {
    if (!(error instanceof CodedError) || error.code !== 'GIT_FAILED') throw error
    const repository = await place.commits.obtain('', what.commit, {
      objectFolders: () => Promise.resolve([]),
      fetchInto: async gitDirectory => {
        if (!(await fetchSuperproject(place, what.commit, gitDirectory))) throw error
      }
    })
    return await writeCommit(place.run, workTree, { ...what, repository })
  }
}

/**
 * Where the superproject's root is written to, so that its folder that is the working directory is `destination`: paths
 * that lead out of that folder (a link to `../shared`) find there what they find in the superproject.
 */
export async function exportRoot(
  place: Place,
  destination: string
): Promise<{ readonly workTree: string; readonly prefix: string }> {
  const { prefix } = await place.workspace()
  if (prefix === '') {
    await mkdir(destination, { recursive: true })
    return { workTree: destination, prefix }
  }
  const workTree = `${destination}.superproject`
  await mkdir(join(workTree, prefix), { recursive: true })
  await symlink(join(workTree, prefix), destination, 'dir').catch((error: unknown) => {
    // Both kinds of export come here.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  })
  return { workTree, prefix }
}
