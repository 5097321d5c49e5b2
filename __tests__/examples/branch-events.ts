/** Pushes and pull requests of a world's branches: what GitHub sends, and what the emulated GitHub then knows. */
import type { ExampleWorld } from '../../emulators/world/example-world.js'
import { push, type WorkflowEvent } from '../support/events.js'

type Branch = 'test' | 'main'

export interface BranchEvents {
  /** What was pushed last; empty: nothing. */
  readonly commits: Readonly<Record<Branch, string>>
  pushTo(branch: Branch): Promise<WorkflowEvent>
  /** Of the branch `feature`: options of an event. */
  pullRequestOf(
    number: number,
    base?: Branch
  ): Promise<{
    readonly number: number
    readonly base: Branch
    readonly head: string
    readonly baseCommit: string
    readonly headCommit: string
    readonly mergeCommit: string
  }>
}

export function branchEvents({ superproject, github }: ExampleWorld): BranchEvents {
  const commits = { test: '', main: '' }
  return {
    commits,
    pushTo: async branch => {
      const before = commits[branch]
      commits[branch] = await superproject.push(branch)
      github.seed.branch(branch, commits[branch])
      return push({
        branch,
        after: commits[branch],
        ...(before === '' || before === commits[branch] ? {} : { before })
      })
    },
    pullRequestOf: async (number, base = 'test') => {
      const ends = await superproject.openPullRequest(number, 'feature', base)
      github.seed.pullRequest({
        number,
        head: { ref: 'feature', sha: ends.head },
        base: { ref: base, sha: ends.base }
      })
      const ids = { baseCommit: ends.base, headCommit: ends.head, mergeCommit: ends.merge }
      return { number, base, head: 'feature', ...ids }
    }
  }
}
