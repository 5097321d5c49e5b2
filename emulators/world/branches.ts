/** What people do with the branches of a repository, and GitHub with them: push, merge, open a pull request. */
import { runGit } from './git-process.js'

export interface Branches {
  /** git in the bare repository that commits are made in. */
  git(...args: string[]): Promise<string>
  /** A merge commit on `into` with the content of `from`, not pushed. Returns its id. */
  mergeBranch(from: string, into: string, message?: string): Promise<string>
  /** Pushes a branch or tag (by force: a rewritten branch is what tests need). Returns the commit that the remote has now. */
  push(branchOrTag: string): Promise<string>
  /** Pushes both branches and what GitHub makes of a pull request: refs/pull/<n>/head and refs/pull/<n>/merge. */
  openPullRequest(number: number, head: string, base: string): Promise<{ head: string; base: string; merge: string }>
}

/** A minute between commits: their order shows, and ids depend on nothing but the calls made. */
export interface CommitClock {
  /** Of the last commit, in seconds since 1970. */
  now(): number
  /** Moves on by a minute. */
  next(): number
}

export function commitClock(firstSeconds: number): CommitClock {
  let seconds = firstSeconds
  return { now: () => seconds, next: () => (seconds += 60) }
}

/** @param remote path of the bare repository that is served */
export function branchesOf(repository: string, remote: string, clock: CommitClock): Branches {
  const git = (...args: string[]): Promise<string> => runGit(repository, args, { seconds: clock.now() })
  const push = async (branchOrTag: string): Promise<string> => {
    await git('push', '-q', '--force', remote, branchOrTag)
    return git('rev-parse', `${branchOrTag}^{commit}`)
  }
  const mergeCommit = (from: string, into: string, message: string): Promise<string> => {
    clock.next()
    return git('commit-tree', `${from}^{tree}`, '-p', into, '-p', from, '-m', message)
  }
  return {
    git,
    push,
    mergeBranch: async (from, into, message = `Merge branch '${from}' into ${into}`) => {
      const merge = await mergeCommit(from, into, message)
      await git('update-ref', `refs/heads/${into}`, merge)
      return merge
    },
    openPullRequest: async (number, head, base) => {
      const commits = { head: await push(head), base: await push(base) }
      const merge = await mergeCommit(commits.head, commits.base, `Merge ${commits.head} into ${commits.base}`)
      const refs = [`${commits.head}:refs/pull/${number}/head`, `${merge}:refs/pull/${number}/merge`]
      await git('push', '-q', '--force', remote, ...refs)
      return { ...commits, merge }
    }
  }
}
