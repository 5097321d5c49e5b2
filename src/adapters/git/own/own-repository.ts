/** A repository of our own: bare, named by `--git-dir`, in the format of the one that it serves, in a folder outside the work tree. */
import { mkdir, writeFile, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import type { RunGit } from '../command/call.js'

/** Reading and copying a large commit from a slow disk. */
const copySeconds = 300

/** What `git init --bare` makes (gitrepository-layout(5)), without the process. */
export async function makeOwnRepository(gitDirectory: string, objectFormat: string): Promise<void> {
  const folders = ['objects/info', 'objects/pack', 'refs/heads', 'refs/tags']
  await Promise.all(folders.map(folder => mkdir(join(gitDirectory, folder), { recursive: true })))
  await writeFile(join(gitDirectory, 'config'), repositoryConfig(objectFormat, 'bare'))
  // Whoever looks takes a folder with this file for a repository: it comes last.
  await writeFile(join(gitDirectory, 'HEAD'), 'ref: refs/heads/main\n')
}

/** gitrepository-layout(5) and git's "repository version": 1 is what names an object format. */
export function repositoryConfig(objectFormat: string, kind: 'bare' | 'work-tree'): string {
  const core = (version: number): string =>
    `[core]\n\trepositoryformatversion = ${version}\n\tfilemode = true\n\tbare = ${String(kind === 'bare')}\n`
  return objectFormat === 'sha1' ? core(0) : `${core(1)}[extensions]\n\tobjectformat = ${objectFormat}\n`
}

/**
 * Copies one commit, with all that it holds and nothing before it, from folders of objects. `false` where they do not hold
 * all of it. Of the repositories that the folders belong to nothing else is read, no setting and no reference.
 */
export async function copyCommit(
  run: RunGit,
  gitDirectory: string,
  commit: string,
  objectFolders: readonly string[]
): Promise<boolean> {
  // The commit's parents are not looked for.
  await writeFile(join(gitDirectory, 'shallow'), `${commit}\n`)
  const pack = join(gitDirectory, 'objects', 'pack', 'pack')
  const result = await run({
    // Deltas are taken as they are; looking for better ones would cost more than they save here.
    args: ['pack-objects', '--quiet', '--revs', '--delta-base-offset', '--window=0', pack],
    ...{ gitDirectory, objectFolders, machineSettings: 'none' },
    stdin: Buffer.from(`${commit}\n`),
    timeoutSeconds: copySeconds,
    answers: [1, 128]
  })
  return result.exitCode === 0
}

/** Is all of the commit there? */
export async function holdsCommit(run: RunGit, gitDirectory: string, commit: string): Promise<boolean> {
  const args = ['rev-list', '--quiet', '--objects', '--no-walk', commit] as const
  const result = await run({
    args,
    gitDirectory,
    machineSettings: 'none',
    answers: [1, 128],
    timeoutSeconds: copySeconds
  })
  return result.exitCode === 0
}

/** Where repositories of our own lie, outside the work tree: the workspace and its `.git` stay as they are. */
export interface OwnFolder {
  /** A new, empty folder that is gone after `close`. */
  make(name: string): Promise<string>
  /** Absolute path of a folder that outlives the run, for commits that were fetched; `null`: nothing does. */
  readonly kept: string | null
  close(): Promise<void>
}

export function ownFolder(temporary: string | undefined, kept: string | null): OwnFolder {
  let root: Promise<string> | null = null
  let folder: string | null = null
  // Whoever ends without closing leaves nothing either.
  const removeAtExit = (): void => {
    if (folder !== null) rmSync(folder, { recursive: true, force: true })
  }
  const open = async (): Promise<string> => {
    folder = await mkdtemp(join(temporary ?? tmpdir(), 'layer-deploy-git-'))
    process.once('exit', removeAtExit)
    return folder
  }
  return {
    kept,
    make: async name => await mkdtemp(join(await (root ??= open()), `${name}-`)),
    close: async () => {
      const opened = root
      root = null
      if (opened === null) return
      // A command that was ended may be writing its last words.
      await rm(await opened, { recursive: true, force: true, maxRetries: 3 })
      process.removeListener('exit', removeAtExit)
    }
  }
}
