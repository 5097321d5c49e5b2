/**
 * Writes a commit out: the committed bytes, whatever the machine's settings, attributes and filters would make of them. The
 * commit's own `.gitattributes` count.
 */
import type { RunGit } from '../command/call.js'
import { copyFile, link, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { repositoryConfig } from '../own/own-repository.js'

/** Writing a large tree to a slow disk. */
const checkoutSeconds = 300

/** Stated, since what git takes where nothing is stated depends on the machine (git-config(1), `core.eol`, `core.symlinks`). */
export const committedBytes: readonly string[] = [
  ['core.autocrlf', 'false'],
  ['core.eol', 'lf'],
  ['core.symlinks', 'true'],
  ['core.attributesFile', '/dev/null'],
  ['core.sparseCheckout', 'false']
].flatMap(([key, value]) => ['-c', `${key}=${value}`])

export interface WrittenCommit {
  readonly workTree: string
  readonly gitDirectory: string
  /** Of the commit, beside those in the git directory. */
  readonly objectFolders: readonly string[]
}

export interface CommitToWrite {
  readonly commit: string
  readonly objectFormat: string
  /** The git directory of a repository of ours that holds the commit; `null`: `objectFolders` do. */
  readonly repository: string | null
  readonly objectFolders?: readonly string[]
  /** `null`: everything. */
  readonly paths: readonly string[] | null
}

/**
 * Makes `workTree` a work tree of the commit, with a git directory of its own: build tools that ask git find the commit. It
 * holds copies and names no other repository, hence no configuration of the checkout either.
 */
export async function writeCommit(run: RunGit, workTree: string, what: CommitToWrite): Promise<WrittenCommit> {
  const gitDirectory = join(workTree, '.git')
  await layOutRepository(gitDirectory, what)
  const { objectFolders = [], paths } = what
  const git = (...args: readonly string[]): Promise<unknown> =>
    run({
      args: ['-c', 'core.logAllRefUpdates=false', ...committedBytes, ...args],
      directory: workTree,
      ...{ gitDirectory, workTree, objectFolders, machineSettings: 'none' },
      timeoutSeconds: checkoutSeconds
    })
  if (paths === null) await git('read-tree', '--reset', '-u', 'HEAD')
  else {
    // The whole index, though few of its files are written: .gitattributes of the folders above apply to them.
    await git('read-tree', 'HEAD')
    if (paths.length > 0) await git('checkout', '--quiet', '--force', '--no-recurse-submodules', '--', ...paths)
  }
  return { workTree, gitDirectory, objectFolders }
}

async function layOutRepository(
  gitDirectory: string,
  { commit, objectFormat, repository }: CommitToWrite
): Promise<void> {
  await rm(gitDirectory, { recursive: true, force: true })
  const packs = join(gitDirectory, 'objects', 'pack')
  await mkdir(packs, { recursive: true })
  await mkdir(join(gitDirectory, 'refs'))
  await writeFile(join(gitDirectory, 'HEAD'), `${commit}\n`)
  await writeFile(join(gitDirectory, 'shallow'), `${commit}\n`)
  await writeFile(join(gitDirectory, 'config'), repositoryConfig(objectFormat, 'work-tree'))
  if (repository === null) return
  const from = join(repository, 'objects', 'pack')
  for (const name of await readdir(from)) await linkOrCopy(join(from, name), join(packs, name))
}

/** A pack is never written again: a second name costs nothing. On another disk it is copied. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to))
}
