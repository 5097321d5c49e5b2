/** A repository of our own: bare, named by `--git-dir`, in the format of the one that it serves. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunGit } from '../command/run.js'

/** Reading and copying a large commit from a slow disk. */
const copySeconds = 300

export async function makeOwnRepository(run: RunGit, gitDirectory: string, objectFormat: string): Promise<void> {
  const args = ['init', '--quiet', '--bare', '--template=', `--object-format=${objectFormat}`, gitDirectory] as const
  await run({ args, machineSettings: 'none' })
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
