/** What the action asks of GitHub. Every method throws `GitHubError` and nothing else; none ever shows the token. */

export type GitHubErrorKind =
  /** 401 or 403: the token lacks a permission (or is none at all). */
  | 'permission'
  | 'not-found'
  /** 409, 410, 422: GitHub understood and refused. */
  | 'validation'
  /** 403 or 429 with a rate limit, still there after the bounded waits. */
  | 'rate-limited'
  /** 5xx, reset, time-out, truncated answer: whether a write took effect is unknown. */
  | 'unavailable'

export class GitHubError extends Error {
  override readonly name = 'GitHubError'
  constructor(
    readonly kind: GitHubErrorKind,
    /** Method and route, without any value: `POST /repos/{owner}/{repo}/statuses/{sha}`. */
    readonly operation: string,
    /** The permission that would allow it, as a workflow writes it: `statuses: write`. `null` where it is not about one. */
    readonly permission: string | null,
    readonly status: number | null,
    detail: string,
    /** What helps, an imperative without a full stop. */
    readonly mend: string = permission === null
      ? 'run the workflow again once GitHub answers'
      : `grant ${permission} under permissions in the workflow`
  ) {
    super(`${operation}: ${status === null ? '' : `${status} `}${detail}`)
  }
}

export interface IssueComment {
  readonly id: number
  readonly body: string
  /** Login of the author; empty for a deleted account. */
  readonly author: string
  readonly url: string
}

export interface CommentList {
  /** Oldest first, as GitHub lists them. */
  readonly comments: readonly IssueComment[]
  /** The page that a new comment would be on: where a second look may start. */
  readonly lastPage: number
}

/** What a check run holds beside what a commit status says. */
export interface CheckRunReport {
  /** Markdown, at most 65,535 characters. */
  readonly summary: string
  readonly annotations: readonly CheckRunAnnotation[]
}

export interface NewStatus {
  /** For a status that is written as a check run. */
  readonly report?: CheckRunReport
  readonly context: string
  readonly state: 'pending' | 'success' | 'failure' | 'error'
  readonly description: string
  readonly targetUrl: string | null
}

export interface CommitStatusRecord extends NewStatus {
  readonly id: number
  /** Login of who set it; empty where GitHub does not say. */
  readonly creator: string
}

export interface PullOfCommit {
  readonly number: number
  readonly baseBranch: string
  /** ISO 8601; `null` where it is not merged. */
  readonly mergedAt: string | null
  readonly mergeCommit: string | null
  readonly headCommit: string
  readonly locked: boolean
}

export interface DeploymentRecord {
  readonly id: number
  readonly commit: string
  readonly environment: string
  readonly task: string
  /** As it was created; parsed where GitHub gives it back as text. */
  readonly payload: unknown
  readonly description: string
  readonly createdAt: string
  /** What GraphQL calls it. */
  readonly nodeId: string
}

export type DeploymentState = 'in_progress' | 'success' | 'failure' | 'error' | 'inactive' | 'queued' | 'pending'

/** What became of a deployment. */
export interface DeploymentOutcome {
  /** Every state that it ever had, in no order. */
  readonly states: readonly DeploymentState[]
  /** The one that counts now; `null`: it never had one. */
  readonly state: DeploymentState | null
  /** The page of the run that set it. */
  readonly logUrl: string | null
}

/** One check run, or the latest commit status of one context. */
export interface CommitCheck {
  /** Of a check run. */
  readonly id?: number
  readonly name: string
  /** `pending` until it ended; else GitHub's own word: `success`, `failure`, `skipped`, `neutral`, `cancelled`, … */
  readonly outcome: string
  readonly url: string | null
}

interface CheckRunAnnotation {
  readonly path: string
  readonly line: number
  readonly level: 'failure' | 'warning'
  readonly title: string
  readonly message: string
}

export interface CheckRunContent {
  readonly name: string
  /** `null`: it is still going on. */
  readonly conclusion: 'success' | 'failure' | 'neutral' | 'cancelled' | null
  readonly title: string
  /** Markdown, at most 65,535 characters. */
  readonly summary: string
  /** At most 50. */
  readonly annotations: readonly CheckRunAnnotation[]
  readonly detailsUrl: string | null
}

export interface PendingStatus {
  readonly commit: string
  readonly targetUrl: string | null
}

export interface EnvironmentProtection {
  /** `required_reviewers`, `wait_timer`, … */
  readonly rules: readonly string[]
  /** Only some branches may deploy to it. */
  readonly limitsBranches: boolean
}

export interface Comparison {
  /** Subject lines, newest first, of at most 100 commits. */
  readonly subjects: readonly string[]
  readonly total: number
}

export interface GitHub {
  /** All comments of a pull request from `fromPage` (default 1) on. */
  listComments(pull: number, fromPage?: number): Promise<CommentList>
  readComment(id: number): Promise<IssueComment>
  createComment(pull: number, body: string): Promise<IssueComment>
  updateComment(id: number, body: string): Promise<IssueComment>
  deleteComment(id: number): Promise<void>
  createStatus(commit: string, status: NewStatus): Promise<void>
  /** The latest status of each context of a commit, newest first. */
  listStatuses(commit: string): Promise<readonly CommitStatusRecord[]>
  /** Where a status of this context stands pending: at the commit or one of the 99 before it, newest first. */
  pendingStatuses(commit: string, context: string): Promise<readonly PendingStatus[]>
  /** The pull requests that a commit belongs to, open and merged. */
  pullsOfCommit(commit: string): Promise<readonly PullOfCommit[]>
  /**
   * Check runs of a commit, the latest of each name and app: all of those that bear one of the names, and of a name that
   * none bears all of its matrix; others as they come along.
   */
  listCheckRuns(commit: string, names: readonly string[]): Promise<readonly CommitCheck[]>
  /** Those of exactly one name. */
  checkRunsNamed(commit: string, name: string): Promise<readonly CommitCheck[]>
  createCheckRun(commit: string, content: CheckRunContent): Promise<number>
  updateCheckRun(id: number, content: CheckRunContent): Promise<void>
  /** What lies between two commits of a repository (`owner/name`), which may be another one than this token is for. */
  compare(repository: string, from: string, to: string): Promise<Comparison>
  /** Does a rule, of a ruleset or of the older kind, protect the branch? `null`: GitHub has no such branch. */
  branchProtected(branch: string): Promise<boolean | null>
  /** What protects a GitHub environment; `null`: there is none of that name. */
  environmentProtection(name: string): Promise<EnvironmentProtection | null>
  /** Who the token is. */
  viewerLogin(): Promise<string>
  /** How many requests this run has sent, retries aside. */
  callsMade(): number
  /** Deployments of one environment and task, newest first, 100 a page and a call: stop reading where enough is known. */
  deployments(filter: {
    readonly environment: string
    readonly task: string
  }): AsyncIterable<readonly DeploymentRecord[]>
  /** By id, in one call for at most 100; the others, and what is gone, are missing. */
  deploymentOutcomes(deployments: readonly DeploymentRecord[]): Promise<ReadonlyMap<number, DeploymentOutcome>>
  createDeployment(deployment: {
    readonly commit: string
    readonly environment: string
    readonly task: string
    readonly payload: Readonly<Record<string, unknown>>
    readonly description: string
    readonly production: boolean
  }): Promise<DeploymentRecord>
  createDeploymentStatus(
    deployment: number,
    status: { readonly state: DeploymentState; readonly description: string; readonly logUrl: string | null }
  ): Promise<void>
}

/**
 * The bound on GitHub calls of one run, whatever the number of layers; retries and further pages of comments aside. What a run
 * can do without is left out before it would pass it.
 */
const mostCalls = 14

/** What the delivery may need at most: final status, a look at the status before, pull request, comments, write, look again. */
export const callsOfReport = 6

interface CallBudget {
  /** Whether so many more calls still leave room for what must follow. */
  allows(calls: number): boolean
  /** How many are left, at least 0. */
  left(): number
}

/** @param reserved the calls that must still be possible afterwards */
export function callBudget(github: { callsMade(): number }, reserved: number): CallBudget {
  const left = (): number => Math.max(0, mostCalls - github.callsMade() - reserved)
  return { allows: calls => calls <= left(), left }
}
