/** What is checked out, and the committed content written out elsewhere. */
import { lstat, mkdir, realpath, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { decodePath, parseTree } from '../../detect-changes/tree.js'
import type { CheckoutState, ExportedSubmodule } from '../../ports/git.js'
import type { Place } from './submodules/local-config.js'
import { gitFailed, type RunGit } from './run.js'
import { parseStatus } from './status.js'

const dirtyPathsShown = 20
const statusArguments = ['status', '--porcelain=v2', '-z', '--branch', '--untracked-files=all', '--no-renames'] as const
/** Writing a large tree to a slow disk. */
const checkoutSeconds = 300

export async function checkoutState({ run, directory }: Place, path: string): Promise<CheckoutState> {
  const folder = join(directory, path)
  if (!(await exists(folder))) return { kind: 'missing' }
  if (path !== '.' && (await exists(join(folder, '.git')))) return await submoduleState(run, folder)
  const { stdout: tree } = await run({ args: ['ls-tree', '-z', '--full-tree', 'HEAD', '--', path] })
  if (parseTree(tree).some(entry => entry.path === path && entry.mode === '160000')) return { kind: 'not-initialised' }
  const { stdout } = await run({ args: [...statusArguments, '--ignore-submodules=all', '--', path] })
  return { kind: 'present', commit: null, dirtyPaths: parseStatus(stdout).dirtyPaths.slice(0, dirtyPathsShown) }
}

async function submoduleState(run: RunGit, folder: string): Promise<CheckoutState> {
  // The ceiling keeps git from taking the superproject for the submodule where the latter's .git is broken.
  const env = { GIT_CEILING_DIRECTORIES: dirname(folder) }
  const args = [...statusArguments, '--ignore-submodules=none'] as const
  const result = await run({ args, directory: folder, env, answers: [128] })
  // Not ours to read is not the same as not there.
  if (/dubious ownership/i.test(result.stderr)) throw gitFailed(args, folder, result)
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

/** The superproject's HEAD at `paths`, to the same paths below `destination`. */
export async function exportPaths(place: Place, paths: readonly string[], destination: string): Promise<void> {
  const target = await openExport(place.run, place.directory, destination)
  if (paths.includes('.')) {
    await target({ args: ['read-tree', '--reset', '-u', 'HEAD'], timeoutSeconds: checkoutSeconds })
    return
  }
  // The whole index, though few of its files are written: .gitattributes of the folders above apply to them.
  await target({ args: ['read-tree', 'HEAD'] })
  const args = ['checkout', '--quiet', '--force', '--', ...paths] as const
  if (paths.length > 0) await target({ args, timeoutSeconds: checkoutSeconds })
}

/** The commit that is checked out in the submodule, to `path` below `destination`; its own checked-out submodules too. */
export async function exportSubmodule(place: Place, path: string, destination: string): Promise<ExportedSubmodule> {
  const from = join(place.directory, path)
  const to = join(destination, path)
  const target = await openExport(place.run, from, to)
  await target({ args: ['read-tree', '--reset', '-u', 'HEAD'], timeoutSeconds: checkoutSeconds })
  if (!(await exists(join(to, '.gitmodules')))) return { leftOut: [] }
  const { stdout } = await target({ args: ['ls-tree', '-r', '-z', 'HEAD'] })
  const leftOut: string[] = []
  for (const inner of parseTree(stdout).filter(entry => entry.mode === '160000')) {
    const innerPath = join(path, inner.path)
    if (await exists(join(place.directory, innerPath, '.git'))) {
      leftOut.push(...(await exportSubmodule(place, innerPath, destination)).leftOut)
    } else {
      leftOut.push(innerPath)
    }
  }
  return { leftOut }
}

/**
 * Makes `destination` a second working tree of the repository at `repository`, without a trace in that repository: a git
 * directory that holds HEAD and an index and takes everything else from the first one (gitrepository-layout, `commondir`).
 * Build tools that ask git for a version find the right commit, and attributes and filters apply as in a checkout.
 */
async function openExport(run: RunGit, repository: string, destination: string): Promise<RunGit> {
  const location = await run({
    args: ['rev-parse', 'HEAD', '--path-format=absolute', '--git-common-dir'],
    directory: repository
  })
  const [head = '', common = ''] = decodePath(location.stdout).trimEnd().split('\n')
  const gitDirectory = join(destination, '.git')
  await mkdir(gitDirectory, { recursive: true })
  await writeFile(join(gitDirectory, 'HEAD'), `${head}\n`)
  await writeFile(join(gitDirectory, 'commondir'), `${await realpath(common)}\n`)
  return async call =>
    await run({ ...call, args: ['-c', 'core.sparseCheckout=false', ...call.args], directory: destination })
}
