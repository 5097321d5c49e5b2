/** The Git port over the git command. Reading here; history, checkout and submodules in `git/`. */
import type { SshAccess } from './submodules/local-config.js'
import type { RunGit } from './command/call.js'
import { decodePath } from './command/tree-records.js'
import { CodedError } from '../../model/errors.js'
import type { Git } from '../../ports/git.js'
import type { ProcessRunner } from '../../ports/process.js'
import { checkoutState, dirtyPaths } from './checkout.js'
import { gitFailed, gitRunner } from './command/run.js'
import { exportPaths } from './export/export-paths.js'
import { exportSubmodule } from './export/export-submodule.js'
import { noCommit } from './locate.js'
import { ancestorsAmong, mergeBase, readBranchTip, relation, remoteBranchTip, remoteTag } from './history.js'
import { isOfRepository, objectReader, type ObjectReader } from './objects.js'
import { openPlace } from './own/place.js'
import { sshSubmodules } from './submodules/submodule-source.js'
import { submoduleSubjects, tagsOf } from './submodules/submodule-commits.js'
import { askAhead, noSuchCommit, readEntries, readFolderPaths, readGitlinks } from './trees.js'

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

/** The superproject at `directory`. No git process starts before the first question. */
export function createGit(options: GitOptions): Git {
  const { directory } = options
  const { place, fetchCommit: fetchBeside } = openPlace(options, gitRunner(options.process, directory), () =>
    objects.read('HEAD^{commit}').then(
      head => head?.id ?? null,
      () => null
    )
  )
  const { run } = place
  const objects = objectReader(run, directory)
  const fetched = new Set<string>()
  const fetchCommit = askedOnce(async (commit: string) => {
    if (!(await fetchBeside(commit))) return false
    fetched.add(commit)
    objects.forgetMissing()
    return true
  })
  return {
    headCommit: () => headCommit(objects, run, directory),
    currentBranch: async () => {
      const result = await run({ args: ['symbolic-ref', '--quiet', '--short', 'HEAD'], answers: [1] })
      return result.exitCode === 0 ? text(result.stdout) : null
    },
    resolveCommit: revision => resolveCommit(objects, revision),
    parents: commit => parents(objects, commit),
    askAhead: (revision, paths) => {
      askAhead(objects, revision, paths)
    },
    readEntries: (revision, paths) => readEntries({ run, objects }, revision, paths),
    folderPaths: revision => readFolderPaths(run, revision),
    readGitlinks: (revision, paths) => readGitlinks(run, revision, paths),
    holdsPath: path => holdsPath(objects, path),
    readFile: (revision, path) => readFile(objects, revision, path),
    hasCommit: async commit => fetched.has(commit) || (await resolveCommit(objects, commit)) !== null,
    fetchCommit,
    mergeBase: askedOnce((a: string, b: string) => mergeBase(place, a, b)),
    relation: (head, other) => relation(place, head, other),
    remoteBranchTip: branch => remoteBranchTip(place, branch),
    remoteTag: tag => remoteTag(place, tag),
    readBranchTip: branch => readBranchTip(place, branch),
    ancestorsAmong: (tip, commits) => ancestorsAmong(place, tip, commits),
    readCommit: async (commit, read) => {
      if ((await objects.read(`${commit}^{tree}`)) === null && !(await fetchCommit(commit))) return null
      return read({
        readEntries: (revision, paths) => readEntries({ run, objects }, revision, paths),
        readFile: (revision, path) => readFile(objects, revision, path)
      })
    },
    checkoutState: path => checkoutState(place, path),
    submoduleSubjects: (path, from, to, most) => submoduleSubjects(place, path, from, to, most),
    dirtyPaths: () => dirtyPaths(place),
    sshSubmodules: revision => sshSubmodules(run, revision),
    tagsOf: (path, commit) => tagsOf(place, path, commit),
    exportPaths: (paths, destination, asRepository) => exportPaths(place, paths, destination, asRepository),
    exportSubmodule: (gitlink, destination, mayFetch) => exportSubmodule(place, gitlink, destination, mayFetch),
    close: () => place.own.close()
  }
}

async function resolveCommit(objects: ObjectReader, revision: string): Promise<string | null> {
  // No revision starts with a dash.
  if (revision === '' || revision.startsWith('-')) return null
  try {
    return (await objects.read(`${revision}^{commit}`))?.id ?? null
  } catch (error) {
    // What git will not even read (`HEAD@{upstream}` without one) names no commit; a broken repository is another matter.
    if (
      error instanceof CodedError &&
      /^exit code 128: /.test(error.finding.found) &&
      !isOfRepository(error.finding.found)
    )
      return null
    throw error
  }
}

async function headCommit(objects: ObjectReader, run: RunGit, directory: string): Promise<string> {
  const head = await objects.read('HEAD^{commit}')
  if (head !== null) return head.id
  // There is none: git says why.
  const args = ['rev-parse', '--verify', 'HEAD^{commit}'] as const
  const answer = await run({ args, answers: [128] })
  if (answer.exitCode === 0) return text(answer.stdout)
  const unborn = await run({ args: ['rev-list', '--all', '--max-count=1'], answers: [128] })
  if (unborn.exitCode === 0 && unborn.stdout.length === 0) throw noCommit()
  throw gitFailed(args, directory, answer)
}

async function parents(objects: ObjectReader, commit: string): Promise<readonly string[]> {
  // The raw object still names the parents that a shallow clone hides from every other command.
  const object = await objects.read(`${commit}^{commit}`)
  if (object === null) throw noSuchCommit(commit)
  const [header = ''] = decodePath(object.content).split('\n\n', 1)
  return header.split('\n').flatMap(line => /^parent ([0-9a-f]{40,64})$/.exec(line)?.[1] ?? [])
}

async function holdsPath(objects: ObjectReader, path: string): Promise<boolean> {
  try {
    await objects.read(`HEAD:./${path}`)
    return true
  } catch (error) {
    if (isOutside(error)) return false
    throw error
  }
}

function isOutside(error: unknown): boolean {
  return error instanceof CodedError && /is outside repository/.test(error.finding.found)
}

async function readFile(objects: ObjectReader, revision: string, path: string): Promise<Uint8Array | null> {
  try {
    const object = await objects.read(`${revision}:./${path}`)
    if (object !== null) return object.type === 'blob' ? object.content : null
  } catch (error) {
    if (isOutside(error)) return null
    throw error
  }
  // git says the same of a commit that is not in the clone: that is no answer about the file.
  if ((await resolveCommit(objects, revision)) !== null) return null
  throw noSuchCommit(revision)
}

function text(output: Uint8Array): string {
  return decodePath(output).trimEnd()
}

/** Parts of a run ask the same of the remote, some at once: it is asked once. A failure is not kept: whoever asks again has it tried again. */
function askedOnce<Question extends readonly string[], Answer>(
  ask: (...question: Question) => Promise<Answer>
): (...question: Question) => Promise<Answer> {
  const asked = new Map<string, Promise<Answer>>()
  return (...question) => {
    const key = question.join('\0')
    const answer =
      asked.get(key) ??
      ask(...question).catch((error: unknown) => {
        asked.delete(key)
        throw error
      })
    asked.set(key, answer)
    return answer
  }
}
