/** What a workflow runs on, and what is seen of it afterwards. */
import type { GithubContext } from '../github-context.js'
import type { RunOutcome } from '../index.js'
import type { SecretMasker } from '../secret-masker.js'
import type { Permissions, RawMap } from './workflow-file.js'

export interface WorkflowHost {
  /** The run's event; each job gets a token of its own. */
  readonly github: GithubContext
  /** Variables of the repository, with those of the environment where a job has one. */
  readonly variables: (environment: string | null) => Readonly<Record<string, string>>
  readonly secrets: Readonly<Record<string, string>>
  /** The text of a called workflow, `./.github/workflows/x.yml` or `owner/name/.github/workflows/x.yml@ref`. */
  readonly read: (uses: string) => Promise<string>
  /** `owner/name` of an action → what it does here. */
  readonly actions: Readonly<Record<string, Action>>
  /** A token that may do this and no more. */
  readonly token: (permissions: Permissions) => string
  /** Runs of forks and of Dependabot: every `write` becomes `read`, and there is no OIDC token. */
  readonly readOnly: boolean
  /** Jobs of a matrix that run at once. */
  readonly atOnce: number
}

export interface RunningJob {
  readonly id: string
  readonly environment: string | null
  readonly permissions: Permissions
  /** With the job's token. */
  readonly github: GithubContext
  readonly masker: SecretMasker
  readonly timeoutMs: number
  /** GITHUB_WORKSPACE: an empty folder until a checkout. */
  readonly workspace: string
}

interface ActionCall {
  readonly uses: string
  readonly with: Readonly<Record<string, string>>
  readonly env: Readonly<Record<string, string>>
  readonly job: RunningJob
}

export type Action = (call: ActionCall) => Promise<StepEffect>

export interface StepEffect {
  readonly failed: boolean
  readonly outputs: Readonly<Record<string, string>>
  /** For the steps that follow. */
  readonly env: Readonly<Record<string, string>>
  readonly path: readonly string[]
  readonly log: readonly string[]
  readonly workspace?: string
  /** Where dist/ ran. */
  readonly run?: RunOutcome
}

export const noEffect: StepEffect = { failed: false, outputs: {}, env: {}, path: [], log: [] }

export type Result = 'success' | 'failure' | 'skipped'

export interface StepRun {
  readonly id: string | null
  /** Its `name`, else what it uses or runs. */
  readonly name: string
  readonly result: Result
  readonly effect: StepEffect
}

/** A job, or one entry of its matrix. */
export interface JobRun {
  readonly matrix: RawMap
  readonly name: string
  readonly environment: string | null
  readonly result: Result
  readonly steps: readonly StepRun[]
  readonly outputs: Readonly<Record<string, string>>
  /** What GitHub says of outputs that it does not hand on. */
  readonly warnings: readonly string[]
}

export interface JobResult {
  /** `deploy`, or `layers / deploy` in a called workflow. */
  readonly id: string
  readonly result: Result
  readonly outputs: Readonly<Record<string, string>>
  /** Empty where the job was skipped or calls a workflow. */
  readonly runs: readonly JobRun[]
  readonly concurrency: { readonly group: string; readonly cancelInProgress: boolean } | null
}
