/** The Git port over the git command. Reading here; history, checkout and submodules in `git/`. */
import { decodePath, parseTree } from '../../detect-changes/tree.js'
import type { TreeEntry } from '../../model/index.js'
import type { Git } from '../../ports/git.js'
import type { ProcessRunner } from '../../ports/process.js'
import { checkoutState, dirtyPaths } from './checkout.js'
import { gitFailed, gitRunner, type RunGit } from './command/run.js'
import { exportPaths } from './export/export-paths.js'
import { exportSubmodule } from './export/export-submodule.js'
import { ancestorsAmong, mergeBase, readBranchTip, relation, remoteBranchTip, remoteTag } from './history.js'
import { openPlace } from './own/place.js'
import { submoduleSubjects } from './submodules/submodule-log.js'
import type { SshAccess } from './submodules/ssh-files.js'
import { tagsOf } from './submodules/tags.js'

export interface GitOptions {
  readonly process: ProcessRunner
  /** Absolute path of the superproject's checkout. */
  readonly directory: string
  /** Where keys and bare repositories may lie for a moment, outside the workspace (RUNNER_TEMP). Default: the system's. */
  readonly scratchDirectory?: string
  /** Where fetched commits of submodules are kept for the next run: the user's cache. Default: nowhere. */
  readonly keptDirectory?: string
  /** Told what a person should know and no verdict says. */
  readonly warn?: (message: string) => void
  /** Told every credential that a configuration of git holds, before anything could print it. */
  readonly mask?: (secret: string) => void
  /** For submodules over SSH. Without it, whatever SSH set-up the machine has is used. */
  readonly ssh?: SshAccess
}

/** Above this number of paths git's own filter is quadratic (measured): the whole tree is read once instead. */
const pathsAtOnce = 200

/** The superproject at `directory`. No git process starts before the first question. */
export function createGit(options: GitOptions): Git {
  const { directory } = options
  const { place, fetchCommit } = openPlace(options, gitRunner(options.process, directory))
  const { run } = place
  return {
    headCommit: async () => text((await run({ args: ['rev-parse', '--verify', 'HEAD^{commit}'] })).stdout),
    currentBranch: async () => {
      const result = await run({ args: ['symbolic-ref', '--quiet', '--short', 'HEAD'], answers: [1] })
      return result.exitCode === 0 ? text(result.stdout) : null
    },
    resolveCommit: revision => resolveCommit(run, revision),
    parents: commit => parents(run, commit),
    readEntries: (revision, paths) => readEntries(run, revision, paths),
    readGitlinks: (revision, paths) => readGitlinks(run, revision, paths),
    readFile: (revision, path) => readFile(run, revision, path, directory),
    hasCommit: async commit => (await resolveCommit(run, commit)) !== null,
    fetchCommit,
    mergeBase: (a, b) => mergeBase(place, a, b),
    relation: (head, other) => relation(place, head, other),
    remoteBranchTip: branch => remoteBranchTip(place, branch),
    remoteTag: tag => remoteTag(place, tag),
    readBranchTip: branch => readBranchTip(place, branch),
    ancestorsAmong: (tip, commits) => ancestorsAmong(place, tip, commits),
    readCommit: async (commit, read) => {
      const tree = await run({ args: ['cat-file', '-e', `${commit}^{tree}`], answers: [1, 128] })
      if (tree.exitCode !== 0 && !(await fetchCommit(commit))) return null
      return read({
        readEntries: (revision, paths) => readEntries(run, revision, paths),
        readFile: (revision, path) => readFile(run, revision, path, directory)
      })
    },
    checkoutState: path => checkoutState(place, path),
    submoduleSubjects: (path, from, to, most) => submoduleSubjects(place, path, from, to, most),
    dirtyPaths: () => dirtyPaths(place),
    tagsOf: (path, commit) => tagsOf(place, path, commit),
    exportPaths: (paths, destination, asRepository) => exportPaths(place, paths, destination, asRepository),
    exportSubmodule: (gitlink, destination, mayFetch) => exportSubmodule(place, gitlink, destination, mayFetch),
    close: () => place.own.close()
  }
}

async function resolveCommit(run: RunGit, revision: string): Promise<string | null> {
  // Not every git understands `--end-of-options` here; no revision starts with a dash.
  if (revision === '' || revision.startsWith('-')) return null
  const args = ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`] as const
  const result = await run({ args, answers: [1, 128] })
  if (result.exitCode === 128 && /dubious ownership|not a git repository/i.test(result.stderr)) {
    throw gitFailed(args, '.', result)
  }
  return result.exitCode === 0 ? text(result.stdout) : null
}

async function parents(run: RunGit, commit: string): Promise<readonly string[]> {
  // The raw object still names the parents that a shallow clone hides from every other command.
  const { stdout } = await run({ args: ['cat-file', 'commit', commit] })
  const [header = ''] = decodePath(stdout).split('\n\n', 1)
  return header.split('\n').flatMap(line => /^parent ([0-9a-f]{40,64})$/.exec(line)?.[1] ?? [])
}

async function readEntries(run: RunGit, revision: string, paths: readonly string[]): Promise<readonly TreeEntry[]> {
  const wanted = new Set(paths.filter(path => path !== '.'))
  const entries: TreeEntry[] = paths.includes('.') ? [await rootEntry(run, revision)] : []
  if (wanted.size > 0) {
    // -t: without it git leaves out a folder of which something deeper is asked as well.
    const listing = ['ls-tree', '-t', '-z', '--full-tree'] as const
    const few = wanted.size <= pathsAtOnce && [...wanted].every(isPlain)
    const { stdout } = await run({ args: few ? [...listing, revision, '--', ...wanted] : [...listing, '-r', revision] })
    entries.push(...parseTree(stdout).filter(entry => wanted.has(entry.path)))
  }
  return entries.sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Lone surrogates stand for bytes that no argument of a process can carry. */
function isPlain(path: string): boolean {
  return !/\p{Surrogate}/u.test(path)
}

async function rootEntry(run: RunGit, revision: string): Promise<TreeEntry> {
  const { stdout } = await run({ args: ['rev-parse', '--verify', `${revision}^{tree}`] })
  return { path: '.', mode: '040000', objectId: text(stdout) }
}

async function readGitlinks(run: RunGit, revision: string, paths: readonly string[]): Promise<readonly TreeEntry[]> {
  const everything = paths.includes('.') || paths.length > pathsAtOnce || !paths.every(isPlain)
  const pathspecs = everything ? [] : ['--', ...paths]
  const { stdout } = await run({ args: ['ls-tree', '-r', '-z', '--full-tree', revision, ...pathspecs] })
  const below = (entry: TreeEntry): boolean =>
    paths.some(path => path === '.' || entry.path === path || entry.path.startsWith(`${path}/`))
  return parseTree(stdout).filter(entry => entry.mode === '160000' && below(entry))
}

async function readFile(run: RunGit, revision: string, path: string, directory: string): Promise<Uint8Array | null> {
  const args = ['cat-file', 'blob', `${revision}:${path}`] as const
  const result = await run({ args, answers: [128] })
  if (result.exitCode === 0) return result.stdout
  const missing = /does not exist in|exists on disk, but not in/.test(result.stderr)
  // git says the same of a commit that is not in the clone: that is no answer about the file.
  if (missing && (await resolveCommit(run, revision)) !== null) return null
  throw gitFailed(args, directory, result)
}

function text(output: Uint8Array): string {
  return decodePath(output).trimEnd()
}
