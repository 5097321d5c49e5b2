/** The state of the emulated GitHub: what it remembers, not how it is rendered. Times are milliseconds since 1970. */

export type Access = 'read' | 'write' | 'none'
/** As a workflow file spells them. `metadata: read` is always granted. */
export type PermissionName =
  'actions' | 'checks' | 'contents' | 'deployments' | 'issues' | 'metadata' | 'pull-requests' | 'statuses'
export type Permissions = Readonly<Partial<Record<PermissionName, Access>>>

export interface TokenRecord {
  readonly token: string
  readonly login: string
  readonly permissions: Permissions
  /** `installation`: the workflow's own token or that of a GitHub App. `user`: a personal access token. */
  readonly kind: 'installation' | 'user'
}

export interface RepositoryRecord {
  readonly id: number
  /** `owner/name`, the key by which every other record names it. */
  readonly fullName: string
  readonly owner: string
  readonly name: string
  readonly defaultBranch: string
  readonly fork: boolean
}

export interface CommentRecord {
  readonly id: number
  readonly repository: string
  readonly issueNumber: number
  readonly author: string
  readonly createdAt: number
  body: string
  updatedAt: number
  /** How many lists of comments will not show it yet. */
  hiddenReads: number
}

export type StatusState = 'error' | 'failure' | 'pending' | 'success'
export interface StatusRecord {
  readonly id: number
  readonly repository: string
  readonly sha: string
  readonly state: StatusState
  readonly context: string
  readonly description: string | null
  readonly targetUrl: string | null
  readonly creator: string
  readonly createdAt: number
}

export interface CheckRunRecord {
  readonly id: number
  readonly repository: string
  readonly headSha: string
  readonly creator: string
  name: string
  status: string
  conclusion: string | null
  startedAt: string | null
  completedAt: string | null
  detailsUrl: string | null
  externalId: string | null
  output: { title: string | null; summary: string | null; text: string | null; annotations: number }
}

export interface PullRecord {
  readonly id: number
  readonly repository: string
  readonly number: number
  readonly title: string
  readonly author: string
  readonly createdAt: number
  /** `repository`: `owner/name` of the head, `null` for a deleted fork. */
  readonly head: { readonly ref: string; sha: string; readonly repository: string | null }
  readonly base: { readonly ref: string; readonly sha: string }
  /** Every commit that GitHub associates with it: its own, and the one that the merge made. */
  commits: string[]
  state: 'open' | 'closed'
  locked: boolean
  draft: boolean
  mergedAt: number | null
  mergeCommit: string | null
}

export interface DeploymentStatusRecord {
  readonly id: number
  readonly state: string
  readonly description: string
  readonly environment: string
  readonly targetUrl: string
  readonly logUrl: string
  readonly environmentUrl: string
  readonly creator: string
  readonly createdAt: number
}

export interface DeploymentRecord {
  readonly id: number
  readonly repository: string
  readonly sha: string
  readonly ref: string
  readonly task: string
  readonly environment: string
  readonly description: string | null
  readonly payload: string | Readonly<Record<string, unknown>>
  readonly creator: string
  readonly transient: boolean
  readonly production: boolean
  readonly createdAt: number
  /** Oldest first. */
  readonly statuses: DeploymentStatusRecord[]
}

export interface CommitFile {
  readonly path: string
  readonly status: 'added' | 'removed' | 'modified' | 'renamed'
}

export interface CommitRecord {
  readonly repository: string
  readonly sha: string
  readonly parents: readonly string[]
  readonly message: string
  readonly author: { readonly name: string; readonly email: string; readonly login: string | null }
  readonly date: number
  readonly files: readonly CommitFile[]
}

export interface BranchRecord {
  readonly repository: string
  readonly name: string
  sha: string
  /** Protected the older way, without rulesets. Default `false`. */
  protected?: boolean
  /** Types of the rules of its rulesets: `deletion`, `non_fast_forward`, … Default: none. */
  rules?: readonly string[]
}

export interface EnvironmentRecord {
  readonly id: number
  readonly repository: string
  readonly name: string
  /** `required_reviewers`, `wait_timer`, `branch_policy` */
  readonly rules: readonly string[]
  /** Which branches may deploy to it; `null`: all. */
  readonly branches: { readonly protected_branches: boolean; readonly custom_branch_policies: boolean } | null
}

export interface WorkflowRunRecord {
  readonly id: number
  readonly repository: string
  readonly name: string
  readonly event: string
  readonly headBranch: string | null
  readonly headSha: string
  readonly headRepository: string
  readonly status: string
  readonly conclusion: string | null
  readonly actor: string
  readonly createdAt: number
}

/** Everything remembered, oldest first, over all repositories. */
export interface GitHubState {
  readonly repositories: RepositoryRecord[]
  readonly comments: CommentRecord[]
  /** How many lists of comments a new one stays out of: a list may lag behind a create. */
  commentLag: number
  readonly statuses: StatusRecord[]
  readonly checkRuns: CheckRunRecord[]
  readonly pulls: PullRecord[]
  readonly deployments: DeploymentRecord[]
  readonly commits: CommitRecord[]
  readonly branches: BranchRecord[]
  readonly environments: EnvironmentRecord[]
  readonly workflowRuns: WorkflowRunRecord[]
}

export interface World {
  readonly state: GitHubState
  /** Root of the REST API without a trailing slash, and of the web pages that answers link to. */
  readonly apiUrl: string
  readonly htmlUrl: string
  now(): number
  /** Ids grow over all resources and are never used again. */
  nextId(): number
  /** A commit that was never seeded is taken to exist, without parents or files. */
  readonly acceptUnknownCommits: boolean
}

/** GitHub's time stamps have whole seconds. */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z')
}

export function emptyState(): GitHubState {
  return {
    repositories: [],
    comments: [],
    commentLag: 0,
    statuses: [],
    checkRuns: [],
    pulls: [],
    deployments: [],
    commits: [],
    branches: [],
    environments: [],
    workflowRuns: []
  }
}
