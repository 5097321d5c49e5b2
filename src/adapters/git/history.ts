/** Questions about commits: what is where in history, here and on the remote. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodePath } from '../../detect-changes/tree.js'
import type { CommandResult } from '../../ports/process.js'
import { readLocalConfig, remoteEnvironment, type Place } from './submodules/local-config.js'
import { gitFailed, remoteSeconds, type RunGit } from './run.js'

type Relation = 'same' | 'ancestor' | 'descendant' | 'diverged' | 'unknown'

/** Answers of a server that does not have, or does not give out, what was asked for by id. */
const notGivenOut = /not our ref|unadvertised object|couldn't find remote ref|no such remote ref|did not contain/i
const noRemote = /does not appear to be a git repository|No such remote|No configured push destination/i

export async function fetchCommit({ run, directory }: Place, commit: string): Promise<boolean> {
  const args = fetchArguments(['--depth=1', 'origin', commit])
  const result = await run({ args, timeoutSeconds: remoteSeconds, answers: [1, 128] })
  if (result.exitCode === 0) return true
  if (notGivenOut.test(result.stderr) || noRemote.test(result.stderr)) return false
  throw gitFailed(args, directory, result)
}

function fetchArguments(rest: readonly string[]): [string, ...string[]] {
  return ['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head', ...rest]
}

export async function mergeBase(place: Place, a: string, b: string): Promise<string | null> {
  const local = await localMergeBase(place.run, a, b)
  if (local.commit !== null || local.complete) return local.commit
  return await withRemoteHistory(place, [a, b], async run => (await localMergeBase(run, a, b)).commit)
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
  return remote ?? 'unknown'
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
  if (/not a valid (commit|object) name|bad object|not a commit|could not parse/i.test(result.stderr)) {
    return { commit: null, complete: false }
  }
  throw gitFailed(args, '.', result)
}

async function isShallow(run: RunGit): Promise<boolean> {
  return text(await run({ args: ['rev-parse', '--is-shallow-repository'] })) === 'true'
}

/**
 * Asks `question` in a bare repository outside the workspace that holds the remote's history of `commits`: commits only, no
 * trees, no files. `null` where there is no remote or it does not give the commits out.
 */
async function withRemoteHistory<T>(
  place: Place,
  commits: readonly string[],
  question: (run: RunGit) => Promise<T>
): Promise<T | null> {
  const local = await readLocalConfig(place)
  if (local.originUrl === null) return null
  const bare = await mkdtemp(join(place.scratchDirectory ?? tmpdir(), 'layer-deploy-history-'))
  const url = originAsSeenFrom(place.directory, local.originUrl)
  try {
    const runHere: RunGit = call =>
      place.run({ ...call, directory: bare, env: { ...remoteEnvironment(local.settings, url), ...call.env } })
    await runHere({ args: ['init', '--quiet', '--bare', '.'] })
    const args = fetchArguments(['--filter=tree:0', 'origin', ...new Set(commits)])
    const result = await runHere({ args, timeoutSeconds: remoteSeconds, answers: [1, 128] })
    if (result.exitCode === 0) return await question(runHere)
    if (notGivenOut.test(result.stderr) || noRemote.test(result.stderr)) return null
    throw gitFailed(args, place.directory, result)
  } finally {
    await rm(bare, { recursive: true, force: true })
  }
}

/** A remote that is a relative path is relative to the workspace, not to the scratch repository. */
function originAsSeenFrom(directory: string, url: string): string {
  return /^\.\.?(\/|$)/.test(url) ? join(directory, url) : url
}

export async function remoteBranchTip({ run, directory }: Place, branch: string): Promise<string | null> {
  const ref = `refs/heads/${branch}`
  // No branch name holds these; ls-remote would take them for a pattern.
  if (/[*?[\\\s]/.test(branch)) return null
  const args = ['ls-remote', '--quiet', 'origin', ref] as const
  const result = await run({ args, timeoutSeconds: remoteSeconds, answers: [128] })
  if (result.exitCode !== 0) {
    if (noRemote.test(result.stderr)) return null
    throw gitFailed(args, directory, result)
  }
  // git also matches refs that merely end in the name asked for.
  const line = text(result)
    .split('\n')
    .find(each => each.endsWith(`\t${ref}`))
  return line?.split('\t')[0] ?? null
}

function text(result: CommandResult): string {
  return decodePath(result.stdout).trimEnd()
}
