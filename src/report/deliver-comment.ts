/** Writes the one comment of a pull request, whoever else writes at the same time and whatever answer gets lost. */
import type { TriggerEvent } from '../model.js'
import type { Clock } from '../ports/clock.js'
import { GitHubError, type GitHub, type IssueComment, type PullOfCommit } from '../ports/github.js'
import { isOurComment, mergeComment } from './comment.js'

export type CommentTarget =
  | { readonly kind: 'pull'; readonly number: number; readonly locked: boolean }
  | { readonly kind: 'none'; readonly why: string }

/** How often an answer may get lost, or the comment vanish, before the report gives up. */
const ATTEMPTS = 4

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
 * Creates or edits the comment; removes duplicates that the same token wrote. Two or three calls, one more a page of
 * 100 comments; more only where an answer was lost. Throws `GitHubError`.
 */
export async function writeComment(
  pull: number,
  section: string,
  github: GitHub,
  clock: Pick<Clock, 'sleep'>
): Promise<IssueComment> {
  const isMine = ownership(github)
  let { comments, lastPage } = await github.listComments(pull)
  for (let attempt = 1; ; attempt += 1) {
    const mine = await isMine(comments)
    try {
      const [keep] = mine
      if (keep !== undefined) return await editComment(keep, mine.slice(1), section, github)
      const created = await github.createComment(pull, mergeComment(null, section))
      // Another job may have created one in the meantime: the oldest stays, every writer removes the younger ones.
      const now = await github.listComments(pull, lastPage)
      const both = await isMine(now.comments, created.author)
      if (both.every(comment => comment.id === created.id)) return created
      comments = both
    } catch (error) {
      if (attempt >= ATTEMPTS || !isWorthAnotherLook(error)) throw error
      await clock.sleep(250 * attempt)
      // The answer was lost, not necessarily the effect: look again before creating again (F71).
      ;({ comments, lastPage } = await github.listComments(pull, mine.length > 0 ? 1 : lastPage))
    }
  }
}

async function editComment(
  keep: IssueComment,
  duplicates: readonly IssueComment[],
  section: string,
  github: GitHub
): Promise<IssueComment> {
  const present = duplicates.reduce((body, duplicate) => mergeComment(body, duplicate.body), keep.body)
  const wanted = mergeComment(present, section)
  const edited = wanted.trim() === keep.body.trim() ? keep : await github.updateComment(keep.id, wanted)
  for (const duplicate of duplicates) await github.deleteComment(duplicate.id)
  return edited
}

/** Anyone can write the marker: a comment is ours where its author is who we are (F73). Asked for once, and only then. */
function ownership(
  github: Pick<GitHub, 'viewerLogin'>
): (comments: readonly IssueComment[], self?: string) => Promise<readonly IssueComment[]> {
  let login: string | null = null
  return async (comments, self) => {
    const marked = comments.filter(comment => isOurComment(comment.body)).sort((a, b) => a.id - b.id)
    if (marked.length === 0) return []
    login ??= (self ?? (await github.viewerLogin())).toLowerCase()
    return marked.filter(comment => comment.author.toLowerCase() === login)
  }
}

/** Not-found: the comment that was to be edited is gone. */
function isWorthAnotherLook(error: unknown): boolean {
  return error instanceof GitHubError && (error.kind === 'unavailable' || error.kind === 'not-found')
}
