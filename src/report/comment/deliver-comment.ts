/** Writes the one comment of a pull request, whoever else writes at the same time and whatever answer gets lost. */
import type { TriggerEvent } from '../../model/index.js'
import type { Clock } from '../../ports/clock.js'
import { GitHubError, type GitHub, type IssueComment, type PullOfCommit } from '../../ports/github.js'
import { isOurComment, mergeComment } from './comment.js'

export type CommentTarget =
  | { readonly kind: 'pull'; readonly number: number; readonly locked: boolean }
  | { readonly kind: 'none'; readonly why: string }

/** How often an answer may get lost, or the comment vanish, before the report gives up. */
const LOSSES = 4
/** How often others may write over this report before it gives up: far more than twenty jobs at once need. */
const ROUNDS = 16
/**
 * Before the look back: longer than another writer takes from its own look to its write. Where others are at work it is
 * longer, and grows, so that they thin out.
 */
const QUIET_MILLISECONDS = 200
const CROWDED_MILLISECONDS = 800

/**
 * The pull request of the event, or the merged one that the commit came from. At most one call. `branch`: the branch
 * that the run deploys; a pull request into another branch is not the one.
 */
export async function commentTarget(
  event: TriggerEvent,
  subject: { readonly headCommit: string | null; readonly branch: string | null },
  github: Pick<GitHub, 'pullsOfCommit'>
): Promise<CommentTarget> {
  switch (event.kind) {
    case 'pull_request':
      if (event.fromFork) return { kind: 'none', why: 'the pull request comes from a fork: its token may not comment' }
      return { kind: 'pull', number: event.number, locked: event.locked }
    case 'push':
    case 'workflow_run':
    case 'workflow_dispatch': {
      if (subject.headCommit === null) return { kind: 'none', why: 'the commit is not known' }
      if (event.kind === 'workflow_run' && !event.sameRepository)
        return { kind: 'none', why: 'the commit lies in a fork' }
      const pull = mergedPull(await github.pullsOfCommit(subject.headCommit), subject.headCommit, subject.branch)
      if (pull === null) return { kind: 'none', why: 'the commit came from no merged pull request' }
      return { kind: 'pull', number: pull.number, locked: pull.locked }
    }
    case 'merge_group':
    case 'schedule':
    case 'command-line':
    case 'other':
      return { kind: 'none', why: 'the event belongs to no pull request' }
  }
}

/** Squash, rebase and merge commit all name the merge commit; of several, that one, else the one merged last (F81). */
export function mergedPull(pulls: readonly PullOfCommit[], commit: string, branch: string | null): PullOfCommit | null {
  const merged = pulls
    .filter(pull => pull.mergedAt !== null && (branch === null || pull.baseBranch === branch))
    .sort((a, b) => ((a.mergedAt ?? '') < (b.mergedAt ?? '') ? 1 : -1))
  return merged.find(pull => pull.mergeCommit === commit) ?? merged[0] ?? null
}

/**
 * Creates or edits the comment, then looks again: GitHub has no conditional write, so a job that read before this one wrote
 * may have written over it. It is done once the oldest comment of this token holds the section; younger ones are merged
 * into it and removed. Three calls, one more a page of 100 comments; more only where an answer was lost or others write
 * too. Throws `GitHubError`.
 * @param shared other jobs are likely to report to the same comment now
 */
export async function writeComment(
  pull: number,
  section: string,
  github: GitHub,
  clock: Pick<Clock, 'sleep'>,
  shared = false
): Promise<IssueComment> {
  const mineAmong = ownership(github)
  let losses = 0
  let crowded = shared
  let fromPage = 1
  let known: IssueComment | null = null
  for (let round = 1; round <= ROUNDS; round += 1) {
    try {
      const { comments, lastPage } = await look(pull, known, fromPage, github)
      const { mine, asked } = await mineAmong(comments)
      const [first, ...duplicates] = mine
      // Time went by since it was read: what it says now is what is merged.
      const keep = first !== undefined && (asked || lastPage > fromPage) ? await github.readComment(first.id) : first
      const present = duplicates.reduce((body, duplicate) => mergeComment(body, duplicate.body), keep?.body ?? null)
      const wanted = mergeComment(present, section)
      if (keep !== undefined && isSame(wanted, keep.body)) {
        // Removed only now: what they held was seen in the one that stays.
        for (const duplicate of duplicates) await github.deleteComment(duplicate.id)
        return keep
      }
      crowded ||= round > 1 || duplicates.length > 0
      const written: IssueComment =
        keep === undefined ? await github.createComment(pull, wanted) : await github.updateComment(keep.id, wanted)
      // Whoever created one too is on the last page; an edit is seen in the comment itself.
      known = keep === undefined || duplicates.length > 0 ? null : written
      fromPage = keep === undefined ? lastPage : 1
      const quiet = crowded ? CROWDED_MILLISECONDS * Math.min(round, 4) : QUIET_MILLISECONDS
      await clock.sleep(quiet * (1 + Math.random()))
    } catch (error) {
      losses += 1
      if (losses >= LOSSES || !isWorthAnotherLook(error)) throw error
      // The answer was lost, not necessarily the effect: look again before creating again (F71).
      known = null
      fromPage = 1
      await clock.sleep(250 * losses)
    }
  }
  const detail = 'other jobs wrote over this report again and again'
  throw new GitHubError('unavailable', 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', null, null, detail)
}

async function look(
  pull: number,
  known: IssueComment | null,
  fromPage: number,
  github: GitHub
): Promise<{ readonly comments: readonly IssueComment[]; readonly lastPage: number }> {
  if (known === null) return github.listComments(pull, fromPage)
  return { comments: [await github.readComment(known.id)], lastPage: fromPage }
}

/** GitHub may give a text back with other white space at its end and other line ends. */
function isSame(a: string, b: string): boolean {
  return a.trim() === b.replace(/\r\n/g, '\n').trim()
}

/**
 * Anyone can write the marker: a comment is ours where its author is who we are (F73). `asked`: that had to be asked for,
 * once, and only where a marker was seen.
 */
function ownership(
  github: Pick<GitHub, 'viewerLogin' | 'callsMade'>
): (comments: readonly IssueComment[]) => Promise<{ readonly mine: readonly IssueComment[]; readonly asked: boolean }> {
  return async comments => {
    const marked = comments.filter(comment => isOurComment(comment.body)).sort((a, b) => a.id - b.id)
    if (marked.length === 0) return { mine: [], asked: false }
    const before = github.callsMade()
    const login = (await github.viewerLogin()).toLowerCase()
    const mine = marked.filter(comment => comment.author.toLowerCase() === login)
    return { mine, asked: github.callsMade() > before }
  }
}

/** Not-found: the comment that was to be edited is gone. */
function isWorthAnotherLook(error: unknown): boolean {
  return error instanceof GitHubError && (error.kind === 'unavailable' || error.kind === 'not-found')
}
