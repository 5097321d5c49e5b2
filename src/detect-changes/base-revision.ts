/** The revision to compare with where no deployed state can be read. Fail-closed: in doubt unknown, hence all changed. */
import { CodedError, unreachable } from '../model/errors.js'
import type { BaseRevision, TriggerEvent } from '../model/index.js'
import type { Git } from '../ports/git.js'

/** Where the base may be found; the first one that names a commit decides. */
export type BaseCandidate =
  /** The input `base`: any revision, not only a commit id. */
  | { readonly from: 'base-input'; readonly revision: string }
  /** The merge base of the base branch's commit and the head decides. */
  | { readonly from: 'pull-request'; readonly commit: string; readonly headCommit: string }
  | { readonly from: 'push' | 'merge-group'; readonly commit: string }

/**
 * The candidates in order of precedence: `base` input, pull request base, push `before`, merge group base.
 * @param input the input `base`; empty text means not given
 */
export function baseRevisionCandidates(event: TriggerEvent, input: string): readonly BaseCandidate[] {
  const candidates: BaseCandidate[] = input === '' ? [] : [{ from: 'base-input', revision: input }]
  switch (event.kind) {
    case 'pull_request':
      candidates.push({ from: 'pull-request', commit: event.baseCommit, headCommit: event.headCommit })
      break
    case 'push':
      candidates.push({ from: 'push', commit: event.before })
      break
    case 'merge_group':
      candidates.push({ from: 'merge-group', commit: event.baseCommit })
      break
    // No other event says what was there before it.
    case 'workflow_run':
    case 'workflow_dispatch':
    case 'schedule':
    case 'command-line':
    case 'other':
      break
  }
  // A push that creates its branch has no `before` (GitHub, webhook payload of push: 40 zeros); the input may repeat it.
  return candidates.filter(candidate => !isNoCommit('revision' in candidate ? candidate.revision : candidate.commit))
}

function isNoCommit(commit: string): boolean {
  return /^0{40}(0{24})?$/.test(commit)
}

/** What the resolver asks of git. */
export type BaseGit = Pick<
  Git,
  'resolveCommit' | 'hasCommit' | 'fetchCommit' | 'mergeBase' | 'parents' | 'remoteBranchTip' | 'remoteTag'
>

/**
 * The base revision, present in the workspace. A missing commit is fetched by id, once, at depth 1.
 * @throws CodedError `CONFIG_INVALID` where the input `base` names nothing: a mistyped base must not pass for an unknown one
 */
export async function resolveBaseRevision(
  git: BaseGit,
  event: TriggerEvent,
  input: string,
  headCommit: string
): Promise<BaseRevision> {
  const [first] = baseRevisionCandidates(event, input)
  if (first === undefined) return { kind: 'unknown', why: noBase(event) }
  switch (first.from) {
    case 'base-input':
      return await resolveInput(git, first.revision)
    case 'pull-request':
      return await resolvePullRequest(git, first, headCommit)
    case 'push':
    case 'merge-group':
      return await presentCommit(git, first.commit)
  }
}

function noBase(event: TriggerEvent): string {
  if (event.kind === 'push') return 'the push created its branch'
  if (event.kind === 'command-line') return 'no credentials say what is deployed, and no --base was given'
  return `the event ${event.kind === 'other' ? event.name : event.kind} names no earlier commit`
}

async function resolveInput(git: BaseGit, revision: string): Promise<BaseRevision> {
  if (/^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(revision)) return await presentCommit(git, revision.toLowerCase())
  const local = await git.resolveCommit(revision)
  if (local !== null) return { kind: 'known', commit: local }
  // A checkout of one branch knows no other, and no tag: the remote may.
  const remote = await onRemote(git, revision)
  if (remote !== null) return await presentCommit(git, remote)
  throw new CodedError('CONFIG_INVALID', {
    expected: 'the input `base` to be a commit id, a branch or a tag',
    found: JSON.stringify(revision),
    mend: 'set `base` to a full commit id, or fetch that revision in the checkout (`fetch-depth: 0`)'
  })
}

/** @throws CodedError `CONFIG_INVALID` where a branch and a tag of the remote have this name, and are not the same commit */
async function onRemote(git: BaseGit, revision: string): Promise<string | null> {
  const branch = revision.replace(/^(refs\/)?heads\/|^(refs\/remotes\/)?origin\//, '')
  const tag = revision.replace(/^(refs\/)?tags\//, '')
  if (tag !== revision) return isReferenceName(tag) ? await git.remoteTag(tag) : null
  if (!isReferenceName(branch)) return null
  const tip = await git.remoteBranchTip(branch)
  const tagged = branch === revision ? await git.remoteTag(branch) : null
  if (tip !== null && tagged !== null && tip !== tagged) {
    throw new CodedError('CONFIG_INVALID', {
      expected: 'the input `base` to name one commit',
      found: `a branch and a tag named ${JSON.stringify(revision)} at different commits`,
      mend: `write refs/heads/${revision} or refs/tags/${revision}`
    })
  }
  return tip ?? tagged
}

/** Rules of git-check-ref-format that keep a text from being an option, a pattern or an expression. */
function isReferenceName(text: string): boolean {
  return /^[^\s~^:?*[\\-][^\s~^:?*[\\]*$/.test(text) && !/\.\.|@\{|\/\/|\/$|\.lock$|\.$/.test(text)
}

async function resolvePullRequest(
  git: BaseGit,
  candidate: BaseCandidate & { readonly from: 'pull-request' },
  headCommit: string
): Promise<BaseRevision> {
  // actions/checkout checks out GitHub's trial merge: its first parent is the very commit that it was merged into.
  const [into, merged] = await git.parents(headCommit)
  if (into !== undefined && merged === candidate.headCommit) return await presentCommit(git, into)
  const base = await presentCommit(git, candidate.commit)
  if (base.kind === 'unknown') return base
  const shared = await git.mergeBase(base.commit, headCommit)
  const both = `the head and ${short(base.commit)}, the pull request's base`
  switch (shared.kind) {
    case 'commit':
      return await presentCommit(git, shared.commit)
    case 'none':
      return { kind: 'unknown', why: `${both}, share no history` }
    case 'unknown':
      return { kind: 'unknown', why: `what ${both}, have in common is not known: ${shared.why}` }
    default:
      return unreachable(shared)
  }
}

/** A commit that is known by its id, as a base: in the workspace, or fetched. */
export async function presentCommit(
  git: Pick<BaseGit, 'hasCommit' | 'fetchCommit'>,
  commit: string
): Promise<BaseRevision> {
  if (await git.hasCommit(commit)) return { kind: 'known', commit }
  try {
    // What was fetched may be the id of a tag's object or of a file: no commit to compare with.
    if ((await git.fetchCommit(commit)) && (await git.hasCommit(commit))) return { kind: 'known', commit }
    return { kind: 'unknown', why: `commit ${short(commit)} is not in the clone, and no remote gives it out` }
  } catch (error) {
    // Without the base every layer counts as changed, which is safe; it is no reason to stop.
    if (!(error instanceof CodedError) || error.code !== 'GIT_FAILED') throw error
    return { kind: 'unknown', why: `commit ${short(commit)} could not be fetched: ${error.finding.found}` }
  }
}

function short(commit: string): string {
  return commit.slice(0, 12)
}
