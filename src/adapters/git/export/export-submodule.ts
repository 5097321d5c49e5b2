/** A commit of a submodule written out, and of the submodules in it, as deep as they go. */
import { mkdir, realpath } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { parseTree } from '../command/tree-records.js'
import { CodedError } from '../../../model/errors.js'
import type { ExportedSource, Gitlink } from '../../../ports/git.js'
import {
  checkedOutObjects,
  submoduleOf,
  submoduleUrl,
  superprojectOf,
  type Enclosing
} from '../submodules/enclosing.js'
import { fetchGitlink } from '../submodules/fetch-gitlink.js'
import type { Place } from '../submodules/local-config.js'
import { isSafePath } from '../submodules/submodule-source.js'
import { exportRoot } from './export-paths.js'
import { fillPointers } from './lfs.js'
import { writeCommit } from './write-commit.js'

interface SubmoduleExport {
  /** May a commit be fetched that the checkout does not hold? */
  readonly mayFetch: boolean
  /** The root of the exported superproject. */
  readonly root: string
}

/** @throws CodedError `GIT_FAILED`, naming the submodule, the commit and the remote, where it cannot be fetched */
export async function exportSubmodule(
  place: Place,
  gitlink: Gitlink,
  destination: string,
  mayFetch: boolean
): Promise<ExportedSource> {
  const { workTree, prefix } = await exportRoot(place, destination)
  const path = join(prefix, gitlink.path)
  const exported = await exportInto(place, superprojectOf(place), { ...gitlink, path }, { mayFetch, root: workTree })
  const shown = (each: string): string => relative(prefix, each)
  return {
    missing: exported.missing.map(each => ({ ...each, path: shown(each.path) })),
    pointers: exported.pointers.map(shown)
  }
}

/** @param gitlink its path is relative to `outer` */
async function exportInto(
  place: Place,
  outer: Enclosing,
  gitlink: Gitlink,
  options: SubmoduleExport
): Promise<ExportedSource> {
  const path = join(outer.path, gitlink.path)
  const { commit } = gitlink
  const { objectFormat } = await place.workspace()
  const fetchInto = async (gitDirectory: string): Promise<void> => {
    const url = await submoduleUrl(place, outer, gitlink.path)
    await fetchGitlink(place, { path, url, commit }, gitDirectory)
  }
  const repository = await place.commits.obtain(path, commit, {
    objectFolders: () => checkedOutObjects(place, outer, gitlink.path),
    fetchInto: options.mayFetch ? fetchInto : null
  })
  if (repository === null) return { missing: [{ path, commit }], pointers: [] }

  const workTree = await folderFor(options.root, path)
  const written = await writeCommit(place.run, workTree, { commit, objectFormat, repository, paths: null })
  const at = { gitDirectory: written.gitDirectory, machineSettings: 'none' } as const
  const inner = submoduleOf(place, outer, gitlink.path, at)
  const pointers = await fillPointers(place, written, {
    paths: null,
    storages: (await inner.gitDirectories()).map(directory => join(directory, 'lfs', 'objects')),
    url: inner.url
  })
  const all: ExportedSource[] = [{ missing: [], pointers: pointers.map(each => join(path, each)) }]
  const { stdout } = await place.run({ ...at, args: ['ls-tree', '-r', '-z', '--full-tree', 'HEAD'] })
  for (const entry of parseTree(stdout)) {
    if (entry.mode !== '160000') continue
    all.push(await exportInto(place, inner, { path: entry.path, commit: entry.objectId }, options))
  }
  return { missing: all.flatMap(({ missing }) => missing), pointers: all.flatMap(each => each.pointers) }
}

/** Nothing is written through a link: a tree whose names differ only in case could bring one on some file systems. */
async function folderFor(root: string, path: string): Promise<string> {
  const refused = (found: string, mend: string): CodedError =>
    new CodedError('GIT_FAILED', { expected: `a folder of its own for submodule ${JSON.stringify(path)}`, found, mend })
  if (!isSafePath(path)) throw refused('a path that is no plain one', 'move the submodule')
  const folder = join(root, path)
  await mkdir(dirname(folder), { recursive: true })
  if ((await realpath(dirname(folder))) !== dirname(join(await realpath(root), path))) {
    throw refused('a symbolic link on the way to it', 'rename the submodule or remove the link')
  }
  await mkdir(folder, { recursive: true })
  if ((await realpath(folder)) !== join(await realpath(root), path)) {
    throw refused('a symbolic link in its place', 'rename the submodule or remove the link')
  }
  return folder
}
