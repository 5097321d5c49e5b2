/** Puts into the emulated GitHub what others did: pushes, pull requests, comments, runs. */
import { addComment } from './resources/comments.js'
import type {
  BranchRecord,
  CommentRecord,
  CommitFile,
  CommitRecord,
  DeploymentRecord,
  PullRecord,
  WorkflowRunRecord,
  World
} from './world.js'

export interface CommitSeed {
  readonly sha: string
  readonly repository?: string
  readonly parents?: readonly string[]
  readonly message?: string
  readonly author?: CommitRecord['author']
  readonly date?: number
  readonly files?: readonly CommitFile[]
}

export interface PullSeed {
  readonly number: number
  /** `repository`: default the pull request's own; another one makes it a fork's, `null` a deleted fork's. */
  readonly head: { readonly ref: string; readonly sha: string; readonly repository?: string | null }
  readonly base: { readonly ref: string; readonly sha: string }
  readonly repository?: string
  readonly title?: string
  readonly author?: string
  /** Commits of the pull request beside its head and the commit that its merge made. */
  readonly commits?: readonly string[]
  readonly state?: 'open' | 'closed'
  readonly locked?: boolean
  readonly draft?: boolean
  /** The commit that merging, squashing or rebasing made: the pull request is merged. */
  readonly mergeCommit?: string
}

/** `repository` is `owner/name`, default the first of the options. Commits that a record names must be seeded, too. */
export interface Seed {
  commit(seed: CommitSeed): CommitRecord
  /** Creates the branch or moves it, also by force. */
  branch(name: string, sha: string, repository?: string): BranchRecord
  /** A pull request of the same number is replaced: that is how one is updated, merged or locked. */
  pullRequest(seed: PullSeed): PullRecord
  comment(seed: { issueNumber: number; author: string; body: string; repository?: string }): CommentRecord
  workflowRun(seed: Partial<WorkflowRunRecord> & { headSha: string }): WorkflowRunRecord
  deployment(seed: Partial<DeploymentRecord> & { sha: string; environment: string }): DeploymentRecord
}

export function seeding(world: World, mainRepository: string): Seed {
  return {
    commit: seed => seedCommit(world, mainRepository, seed),
    branch: (name, sha, repository = mainRepository) => seedBranch(world, repository, name, sha),
    pullRequest: seed => seedPull(world, mainRepository, seed),
    comment: ({ repository = mainRepository, ...comment }) => addComment(world, { repository, ...comment }),
    workflowRun(seed) {
      const run: WorkflowRunRecord = {
        ...{ id: world.nextId(), repository: mainRepository, headRepository: mainRepository, name: 'ci' },
        ...{ event: 'push', headBranch: 'main', status: 'completed', conclusion: 'success' },
        ...{ actor: 'octocat', createdAt: world.now() },
        ...seed
      }
      world.state.workflowRuns.push(run)
      return run
    },
    deployment(seed) {
      const deployment: DeploymentRecord = {
        ...{ id: world.nextId(), repository: mainRepository, ref: seed.sha, task: 'deploy', payload: '' },
        ...{ description: null, creator: 'octocat', transient: false, production: false },
        ...{ createdAt: world.now(), statuses: [] },
        ...seed
      }
      world.state.deployments.push(deployment)
      return deployment
    }
  }
}

function seedCommit(world: World, mainRepository: string, seed: CommitSeed): CommitRecord {
  if (!/^[0-9a-f]{40}$/.test(seed.sha)) throw new Error(`a commit id has 40 hexadecimal digits: ${seed.sha}`)
  const commit: CommitRecord = {
    ...{ repository: mainRepository, parents: [], message: `commit ${seed.sha.slice(0, 7)}`, files: [] },
    ...{ author: { name: 'Octo Cat', email: 'octocat@example.com', login: 'octocat' }, date: world.now() },
    ...seed
  }
  const { commits } = world.state
  const known = commits.findIndex(c => c.sha === commit.sha && c.repository === commit.repository)
  if (known >= 0) commits.splice(known, 1)
  commits.push(commit)
  return commit
}

function seedBranch(world: World, repository: string, name: string, sha: string): BranchRecord {
  const known = world.state.branches.find(b => b.repository === repository && b.name === name)
  if (known !== undefined) return Object.assign(known, { sha })
  const branch = { repository, name, sha }
  world.state.branches.push(branch)
  return branch
}

function seedPull(world: World, mainRepository: string, seed: PullSeed): PullRecord {
  const { repository = mainRepository, mergeCommit = null, commits = [], head } = seed
  const { pulls } = world.state
  const known = pulls.findIndex(p => p.number === seed.number && p.repository === repository)
  const replaced = known < 0 ? undefined : pulls.splice(known, 1)[0]
  const pull: PullRecord = {
    id: replaced?.id ?? world.nextId(),
    ...{ repository, number: seed.number, title: seed.title ?? `Pull request ${seed.number}` },
    ...{ author: seed.author ?? 'octocat', createdAt: replaced?.createdAt ?? world.now() },
    head: { ref: head.ref, sha: head.sha, repository: head.repository === undefined ? repository : head.repository },
    base: { ...seed.base },
    commits: [...new Set([...commits, head.sha, ...(mergeCommit === null ? [] : [mergeCommit])])],
    state: seed.state ?? (mergeCommit === null ? 'open' : 'closed'),
    ...{ locked: seed.locked ?? false, draft: seed.draft ?? false, mergeCommit },
    mergedAt: mergeCommit === null ? null : world.now()
  }
  pulls.push(pull)
  return pull
}
