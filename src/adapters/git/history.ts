/** Questions about commits: what is where in history, here and on the remote. */
import { rm } from 'node:fs/promises'
import type { RunGit } from './command/call.js'
import { decodePath } from './command/tree-records.js'
import { CodedError } from '../../model/errors.js'
import type { MergeBase } from '../../ports/git.js'
import type { CommandResult, ProcessRunner } from '../../ports/process.js'
import { gitFailed, remoteSeconds, gitRunner } from './command/run.js'
import { fetchArguments, isNotGivenOut, noRemote, originAsSeenFrom } from './own/place.js'
import { makeOwnRepository } from './own/own-repository.js'
import { remoteEnvironment, type Place } from './submodules/local-config.js'

type Relation = 'same' | 'ancestor' | 'descendant' | 'diverged' | 'unknown'

export async function mergeBase(place: Place, a: string, b: string): Promise<MergeBase> {
  const local = await localMergeBase(place.run, a, b)
  if (local.commit !== null) return { kind: 'commit', commit: local.commit }
  if (local.complete) return { kind: 'none' }
  try {
    const remote = await withRemoteHistory(place, [a, b], async run => (await localMergeBase(run, a, b)).commit)
    if (remote === null) return { kind: 'unknown', why: 'the remote does not give out their history' }
    return remote.answer === null ? { kind: 'none' } : { kind: 'commit', commit: remote.answer }
  } catch (error) {
    // What could not be read says nothing about the two commits.
    if (!(error instanceof CodedError) || error.code !== 'GIT_FAILED') throw error
    return { kind: 'unknown', why: `their history could not be fetched: ${error.finding.found}` }
  }
}

/** How `other` stands to `head`. `unknown`: the remote does not have one of them. */
export async function relation(place: Place, head: string, other: string): Promise<Relation> {
  if (head === other) return 'same'
  const local = await localMergeBase(place.run, head, other)
  const answer = relationOf(local.commit, head, other)
  // That one reaches the other holds for any clone. That it does not, only for a complete one.
  if (answer !== 'diverged' || local.complete) return answer
  const remote = await withRemoteHistory(place, [head, other], async run => {
    return relationOf((await localMergeBase(run, head, other)).commit, head, other)
  })
  return remote?.answer ?? 'unknown'
}

function relationOf(base: string | null, head: string, other: string): Relation {
  if (base === other) return 'ancestor'
  return base === head ? 'descendant' : 'diverged'
}

/** `complete`: this repository's history is whole and holds both, so that the answer is final. */
async function localMergeBase(
  run: RunGit,
  a: string,
  b: string
): Promise<{ commit: string | null; complete: boolean }> {
  const args = ['merge-base', a, b] as const
  const result = await run({ args, answers: [1, 128] })
  if (result.exitCode === 0) {
    const commit = text(result)
    // Only a base that is neither of the two leaves a question open in a shallow clone.
    return { commit, complete: commit === a || commit === b || !(await isShallow(run)) }
  }
  if (result.exitCode === 1) return { commit: null, complete: !(await isShallow(run)) }
  if (
    /not a valid (commit|object) name|bad object|not a commit|could not (parse|read)|unable to (parse|read)/i.test(
      result.stderr
    )
  ) {
    return { commit: null, complete: false }
  }
  throw gitFailed(args, '.', result)
}

async function isShallow(run: RunGit): Promise<boolean> {
  return text(await run({ args: ['rev-parse', '--is-shallow-repository'] })) === 'true'
}

/**
 * Those of `commits` that are `tip` or lie in its history. Only the tip is asked of the remote: it gives out what a branch
 * points at, and a commit that is not in that history need not be there any more.
 */
export async function ancestorsAmong(
  place: Place,
  tip: string,
  commits: readonly string[]
): Promise<readonly string[]> {
  const isAncestor = async (run: RunGit, commit: string): Promise<boolean> =>
    (await run({ args: ['merge-base', '--is-ancestor', commit, tip], answers: [1, 128] })).exitCode === 0
  const found = new Set(commits.filter(commit => commit === tip))
  for (const commit of commits) if (!found.has(commit) && (await isAncestor(place.run, commit))) found.add(commit)
  const open = commits.filter(commit => !found.has(commit))
  if (open.length > 0) {
    await withRemoteHistory(place, [tip], async run => {
      for (const commit of open) if (await isAncestor(run, commit)) found.add(commit)
    })
  }
  return commits.filter(commit => found.has(commit))
}

/**
 * Asks `question` in a repository outside the workspace that holds the remote's history of `commits`: commits only, no
 * trees, no files. `null` where there is no remote or it does not give the commits out.
 */
async function withRemoteHistory<T>(
  place: Place,
  commits: readonly string[],
  question: (run: RunGit) => Promise<T>
): Promise<{ readonly answer: T } | null> {
  const local = await place.local()
  if (local.originUrl === null) return null
  const { objectFormat } = await place.workspace()
  const url = await originAsSeenFrom(place, local.originUrl)
  const gitDirectory = await place.own.make('history')
  try {
    await makeOwnRepository(gitDirectory, objectFormat)
    const runThere: RunGit = call =>
      place.run({ ...call, gitDirectory, env: { ...remoteEnvironment(local.settings, url), ...call.env } })
    const args = fetchArguments(['--filter=tree:0', 'origin', ...new Set(commits)])
    const result = await runThere({ args, timeoutSeconds: remoteSeconds, answers: [1, 128] })
    if (result.exitCode === 0) return { answer: await question(runThere) }
    if (isNotGivenOut(result)) return null
    throw gitFailed(args, place.directory, result)
  } finally {
    await rm(gitDirectory, { recursive: true, force: true })
  }
}

/** The commit of the remote's tag, also of an annotated one; `null` where the tag or the remote is missing. */
export async function remoteTag(place: Place, tag: string): Promise<string | null> {
  const tags = await remoteReferences(place, [`refs/tags/${tag}`, `refs/tags/${tag}^{}`])
  return tags?.get(`refs/tags/${tag}^{}`) ?? tags?.get(`refs/tags/${tag}`) ?? null
}

/** `null` where the branch or the remote is missing. */
export async function remoteBranchTip(place: Place, branch: string): Promise<string | null> {
  return (await remoteReferences(place, [`refs/heads/${branch}`]))?.get(`refs/heads/${branch}`) ?? null
}

/** @throws CodedError GIT_FAILED where there is no remote, or it does not answer */
export async function readBranchTip(place: Place, branch: string): Promise<string | null> {
  const references = await remoteReferences(place, [`refs/heads/${branch}`])
  if (references === null) {
    throw new CodedError('GIT_FAILED', {
      expected: `a remote origin that tells where the branch ${branch} stands`,
      found: 'no such remote',
      mend: 'check the repository out with actions/checkout, or add the remote: git remote add origin URL'
    })
  }
  return references.get(`refs/heads/${branch}`) ?? null
}

/** Full name → object id of what the remote has of `names`; `null` where there is no remote. */
async function remoteReferences(
  { run, directory }: Place,
  names: readonly string[]
): Promise<ReadonlyMap<string, string> | null> {
  // No name of a reference holds these; ls-remote would take them for a pattern.
  if (names.some(name => /[*?[\\\s]/.test(name))) return new Map()
  const args = ['ls-remote', '--quiet', 'origin', ...names] as const
  const result = await run({ args, timeoutSeconds: remoteSeconds, answers: [128] })
  if (result.exitCode !== 0) {
    if (noRemote.test(result.stderr)) return null
    throw gitFailed(args, directory, result)
  }
  const lines = text(result).split('\n')
  // git also matches refs that merely end in the name asked for: they are told apart by their whole name.
  return new Map(lines.map(line => line.split('\t')).map(([id = '', name = '']) => [name, id] as const))
}

function text(result: CommandResult): string {
  return decodePath(result.stdout).trimEnd()
}

/** Does the clone lack history? @throws CodedError GIT_FAILED */
export async function isShallowClone(process: ProcessRunner, directory: string): Promise<boolean> {
  return await isShallow(gitRunner(process, directory))
}
