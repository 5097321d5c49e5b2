/** What is to be observed. */
import type { Engine } from '../engines/engine.js'
import type { Progress, Log } from '../../ports/runner.js'
import type { ProcessRunner, Clock } from '../../ports/process.js'
import type { GitHub } from '../../ports/github.js'
import type { Aws } from '../../ports/aws.js'
import type { PromotionOverride } from '../plan/guards.js'
import type { CommitFiles, Git } from '../../ports/git.js'
import type { Environment, Layer, TriggerEvent, ConfigAtRevision } from '../../model/index.js'

export interface ObserveRequest {
  readonly mode: 'plan' | 'deploy' | 'report'
  readonly dryRun: boolean
  /** A plan that builds what it would publish. */
  readonly preview: boolean
  readonly environment: Environment
  readonly branch: string
  readonly event: TriggerEvent
  readonly headCommit: string
  readonly layers: readonly Layer[]
  /** The input `regions`, `null` for all. */
  readonly regions: readonly string[] | null
  readonly force: boolean
  /** Branches of the environment that this one is promoted from. */
  readonly sourceBranches: readonly string[]
  /** What would give GitHub's answers, where nobody is signed in there: `GITHUB_TOKEN`, or the input. */
  readonly tokenName: string
  /** The input `promotion-override` with who gave it; `null`: none. */
  readonly promotionOverride: PromotionOverride | null
  readonly repository: string
  readonly run: string
  /** The configuration as it stood at another revision, read from `files` (default: here). */
  readonly configAt: (revision: string, files?: CommitFiles) => Promise<ConfigAtRevision>
}

export interface DeployPorts {
  readonly engine: Pick<Engine, 'readVersion'>
  readonly git: Git
  readonly aws: Aws
  readonly github: GitHub | null
  readonly clock: Clock
  readonly process: ProcessRunner
  readonly log: Log
  readonly progress?: Progress
  readonly signal: AbortSignal
  /** Absolute path of the superproject's checkout. */
  readonly workspace: string
  /** An absolute path of this run's own; the caller removes it. */
  readonly scratchDirectory: string
  readonly submodules: 'auto' | 'none'
  /** What one command of a build may take. */
  readonly commandSeconds: number
}
