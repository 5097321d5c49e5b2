/** What is checked out, by what `git status` prints. */
import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunGit } from './command/call.js'
import { parseTree, decodePath } from './command/tree-records.js'
import type { CheckoutState } from '../../ports/git.js'
import { gitDirectoryAt } from './submodules/checkout-objects.js'
import type { Place } from './submodules/local-config.js'
import { CodedError } from '../../model/errors.js'

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

/** The output of `git status --porcelain=v2 -z --branch --no-renames`. */
interface Status {
  /** `null`: no commit is checked out. */
  readonly commit: string | null
  /** Changed, staged, conflicting and untracked paths, in git's order. */
  readonly dirtyPaths: readonly string[]
}

/** Fields before the path, by the first character of a record. */
const fieldsBeforePath: ReadonlyMap<string, number> = new Map([
  ['1', 8],
  ['u', 10],
  ['?', 1]
])

/** @throws CodedError `GIT_FAILED` with the raw record, for one of an unknown kind */
export function parseStatus(output: Uint8Array): Status {
  let commit: string | null = null
  const dirtyPaths: string[] = []
  for (const record of decodePath(output)
    .split('\0')
    .filter(each => each !== '')) {
    if (record.startsWith('# ')) {
      commit = /^# branch\.oid ([0-9a-f]{40,64})$/.exec(record)?.[1] ?? commit
      continue
    }
    const path = record
      .split(' ')
      .slice(fieldsBeforePath.get(record[0] ?? '') ?? Infinity)
      .join(' ')
    if (path === '') {
      const found = JSON.stringify(record)
      throw new CodedError('GIT_FAILED', {
        expected: 'a record of git status',
        found,
        mend: 'update git to 2.31 or newer'
      })
    }
    dirtyPaths.push(path)
  }
  return { commit, dirtyPaths }
}
