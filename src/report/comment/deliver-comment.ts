/** Writes the one comment of a pull request, whoever else writes at the same time and whatever answer gets lost. */
import type { TriggerEvent } from '../../model/index.js'
import type { Clock } from '../../ports/process.js'
import { GitHubError, type GitHub, type IssueComment, type PullOfCommit } from '../../ports/github.js'
import { isOurComment, mergeComment, type CommentScope } from './comment.js'

export type CommentTarget =
  | { readonly kind: 'pull'; readonly number: number; readonly locked: boolean }
  | { readonly kind: 'none'; readonly why: string }

/** How often an answer may get lost, or the comment vanish, before the report gives up. */
const LOSSES = 4
/** How often others may write over this report before it gives up: far more than twenty jobs at once need. */
const ROUNDS = 16
/** How often a list that lags behind this run's own comment is asked again: others may have made one, too. */
const LATE_LOOKS = 3
/** How often a comment that was, or may have been, created is looked for where the list shows none. */
const LOST_LOOKS = 4
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
 * into it and removed. Three calls, one more a page of 100 comments; more only where an answer was lost, the list lags or
 * others write too. It makes one comment at most: what it made is read by its id, which never lags as the list may. Throws
 * `GitHubError`.
 * @param shared other jobs are likely to report to the same comment now
 */
export async function writeComment(
  pull: number,
  section: string,
  github: GitHub,
  clock: Pick<Clock, 'sleep'>,
  { shared = false, scope = null }: { readonly shared?: boolean; readonly scope?: CommentScope | null } = {}
): Promise<IssueComment> {
  const mineAmong = ownership(github)
  let [losses, lateLooks, looksLeft] = [0, 0, 0]
  let crowded = shared
  let fromPage = 1
  let known: IssueComment | null = null
  let created: number | null = null
  for (let round = 1; round <= ROUNDS; round += 1) {
    try {
      const { comments, lastPage, lags } = await look(pull, { known, created, fromPage }, github)
      const { mine, asked } = await mineAmong(comments)
      const [first, ...duplicates] = mine
      // Time went by since it was read, or the list lags: what it says now is what is merged.
      const unsure = asked || lags || lastPage > fromPage
      const keep: IssueComment | undefined = first !== undefined && unsure ? await github.readComment(first.id) : first
      if (keep === undefined && looksLeft > 0) {
        // One was made, or may have been: the list is asked again before anything else is believed.
        looksLeft -= 1
        if (looksLeft === 0 && created !== null) throw gone()
        fromPage = 1
        await clock.sleep(QUIET_MILLISECONDS * round)
        continue
      }
      const present = duplicates.reduce((body, duplicate) => mergeComment(body, duplicate.body), keep?.body ?? null)
      const wanted = mergeComment(present, section, { scope })
      if (keep !== undefined && isSame(wanted, keep.body)) {
        // Removed only now: what they held was seen in the one that stays.
        for (const duplicate of duplicates) await github.deleteComment(duplicate.id)
        // A list that does not show what was made hides what others made, too.
        if (!lags || lateLooks >= LATE_LOOKS) return keep
        lateLooks += 1
      } else {
        crowded ||= (round > 1 && lateLooks === 0) || duplicates.length > 0
        if (keep === undefined) looksLeft = LOST_LOOKS
        const written: IssueComment =
          keep === undefined ? await github.createComment(pull, wanted) : await github.updateComment(keep.id, wanted)
        if (keep === undefined) created = written.id
        // Whoever created one too is on the last page; an edit is seen in the comment itself.
        known = keep === undefined || duplicates.length > 0 ? null : written
        fromPage = keep === undefined ? lastPage : 1
      }
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

interface Look {
  readonly comments: readonly IssueComment[]
  readonly lastPage: number
  /** The list does not show the comment that this run made. */
  readonly lags: boolean
}

async function look(
  pull: number,
  at: { readonly known: IssueComment | null; readonly created: number | null; readonly fromPage: number },
  github: GitHub
): Promise<Look> {
  if (at.known !== null) {
    return { comments: [await github.readComment(at.known.id)], lastPage: at.fromPage, lags: false }
  }
  const { comments, lastPage } = await github.listComments(pull, at.fromPage)
  const { created } = at
  if (created === null || comments.some(({ id }) => id === created)) return { comments, lastPage, lags: false }
  const ours = await github.readComment(created).catch((error: unknown) => {
    // Another job merged it into an older one, and the list will show that one.
    if (error instanceof GitHubError && error.kind === 'not-found') return null
    throw error
  })
  return { comments: ours === null ? comments : [...comments, ours], lastPage, lags: true }
}

function gone(): GitHubError {
  const detail = 'the comment that this run wrote was removed, and no other is there'
  // Nothing that another look would change.
  return new GitHubError('validation', 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments', null, null, detail)
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
