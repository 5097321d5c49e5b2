/** What is checked out. */
import type { RunGit } from './command/call.js'
import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { parseTree } from './command/tree-records.js'
import type { CheckoutState } from '../../ports/git.js'
import { parseStatus } from './status.js'
import { gitDirectoryAt } from './submodules/checkout-objects.js'
import type { Place } from './submodules/local-config.js'

const dirtyPathsShown = 20
const statusArguments = ['status', '--porcelain=v2', '-z', '--branch', '--untracked-files=all', '--no-renames'] as const

export async function checkoutState({ run, directory }: Place, path: string): Promise<CheckoutState> {
  const folder = join(directory, path)
  if (!(await exists(folder))) return { kind: 'missing' }
  // The commit says what is a submodule: a `.git` may be left over from another time.
  const { stdout: tree } = await run({ args: ['ls-tree', '-z', 'HEAD', '--', path] })
  if (parseTree(tree).some(entry => entry.mode === '160000')) return await submoduleState(run, folder)
  const { stdout } = await run({ args: [...statusArguments, '--ignore-submodules=all', '--', path] })
  return { kind: 'present', commit: null, dirtyPaths: parseStatus(stdout).dirtyPaths.slice(0, dirtyPathsShown) }
}

async function submoduleState(run: RunGit, folder: string): Promise<CheckoutState> {
  const gitDirectory = await gitDirectoryAt(folder)
  if (gitDirectory === null) return { kind: 'not-initialised' }
  const args = [...statusArguments, '--ignore-submodules=none'] as const
  // Named, so that git looks for no other repository and asks nobody whose folder it is.
  const result = await run({ args, directory: folder, gitDirectory, workTree: folder, answers: [128] })
  if (result.exitCode !== 0) return { kind: 'not-initialised' }
  const { commit, dirtyPaths } = parseStatus(result.stdout)
  if (commit === null) return { kind: 'not-initialised' }
  return { kind: 'present', commit, dirtyPaths: dirtyPaths.slice(0, dirtyPathsShown) }
}

export async function dirtyPaths({ run }: Pick<Place, 'run'>): Promise<readonly string[]> {
  const whole = await run({ args: [...statusArguments, '--ignore-submodules=none'], answers: [1, 128] })
  // A submodule that git cannot look into is judged where a layer needs it.
  const { stdout } = whole.exitCode === 0 ? whole : await run({ args: [...statusArguments, '--ignore-submodules=all'] })
  return parseStatus(stdout).dirtyPaths
}

async function exists(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    () => false
  )
}
