/** What a run is asked to do, and where and as what it takes place. `action/inputs.ts` reads it. */

/** The layer version to return to: its number, or the one whose content ran before. */
export type VersionSpec = number | 'previous'

export interface Inputs {
  readonly command: Command
  /** Path of the configuration, relative to the workspace. */
  readonly config: string
  /** The superproject's checkout, absolute. */
  readonly directory: string
  /** `null`: all. */
  readonly layers: readonly string[] | null
  readonly environment: string | null
  /** `null`: all of the environment's. */
  readonly regions: readonly string[] | null
  readonly base: string | null
  readonly force: boolean
  readonly dryRun: boolean
  /** For `rollback`; `null`: not given. */
  readonly version: VersionSpec | null
  /** For `rollback`, the command line only: a version that no record names may be returned to. */
  readonly unrecorded: boolean
  /** For `prune`: at least 1. */
  readonly keep: number
  readonly submodules: 'auto' | 'none'
  /** A plan builds what it would publish, and shows it; a deploy builds anyway. */
  readonly preview: boolean
  /** This job is one entry of a matrix: the command `report` speaks and records for all of them. */
  readonly partOfFanOut: boolean
  /** One line, at most 200 characters; `null`: none. */
  readonly promotionOverride: string | null
  readonly sshKey: string | null
  readonly sshKnownHosts: string | null
  readonly comment: boolean
  readonly status: boolean
  /** The status is a check run, with the job summary and annotations. */
  readonly checkRun: boolean
  readonly githubToken: string | null
  /** More than 0, at most 360. */
  readonly timeoutMinutes: number
}

export type RunnerEnvironment = Readonly<Record<string, string | undefined>>

/** Where and as what the run takes place, as the runner says. */
export interface RunContext {
  readonly onGitHub: boolean
  /** `owner/name`, empty outside GitHub. */
  readonly repository: string
  /** GitHub's number of it, `null` outside GitHub. */
  readonly repositoryId: string | null
  readonly runId: string
  readonly runAttempt: string
  /** Login of who started this attempt, empty outside GitHub. */
  readonly actor: string
  readonly apiUrl: string
  readonly serverUrl: string
  /** Address of the page of this attempt, `null` outside GitHub. */
  readonly runUrl: string | null
  /** `GITHUB_SHA`, `null` outside GitHub. */
  readonly sha: string | null
  readonly workspace: string
  /** A folder that the runner empties after the job. */
  readonly temporaryDirectory: string
  readonly stepDebug: boolean
}

/** Who writes, as records name it. */
export function identityOf(context: Pick<RunContext, 'repository' | 'repositoryId' | 'runId' | 'runAttempt'>): {
  readonly repository: string
  readonly repositoryId: string | null
  readonly run: string
} {
  return {
    repository: context.repository === '' ? 'local' : context.repository,
    repositoryId: context.repositoryId,
    run: context.runId === '' ? 'local' : `${context.runId}/${context.runAttempt}`
  }
}

/** The event that started the run, as far as it decides anything. Commit ids are full; refs are full (`refs/heads/test`). */
export type TriggerEvent =
  | {
      readonly kind: 'push'
      readonly ref: string
      readonly before: string
      readonly after: string
      readonly deleted: boolean
      readonly forced: boolean
    }
  | {
      readonly kind: 'pull_request'
      readonly number: number
      readonly baseBranch: string
      readonly baseCommit: string
      readonly headCommit: string
      /** The head lies in another repository (or in one that was deleted): the token is read-only. */
      readonly fromFork: boolean
      /** No comment may be expected to be possible on a locked conversation. */
      readonly locked: boolean
    }
  | { readonly kind: 'merge_group'; readonly baseRef: string; readonly baseCommit: string; readonly headCommit: string }
  | {
      readonly kind: 'workflow_run'
      readonly conclusion: string | null
      /** The event that started the other workflow. */
      readonly cause: string
      readonly headBranch: string | null
      readonly headCommit: string
      readonly sameRepository: boolean
    }
  | { readonly kind: 'workflow_dispatch'; readonly ref: string }
  | { readonly kind: 'schedule'; readonly ref: string }
  /** Run from a terminal: the branch that is checked out, `null` where HEAD is detached. */
  | { readonly kind: 'command-line'; readonly branch: string | null }
  /** `ref`: what the runner calls the ref of the run, empty where it has none. */
  | { readonly kind: 'other'; readonly name: string; readonly ref: string }

export type Command = 'auto' | 'detect' | 'plan' | 'deploy' | 'report' | 'rollback' | 'prune' | 'discover' | 'rollout'
