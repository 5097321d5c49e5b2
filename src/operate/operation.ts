/** What a command beside the deploy is given, where it may work, and the account that it must find itself in. */
import type { Runner, Log, Progress } from '../ports/runner.js'
import type { Environment, Layer, RunResult, VersionSpec, Inputs, RunContext, Verdict } from '../model/index.js'
import type { Aws } from '../ports/aws.js'
import type { Clock } from '../ports/process.js'
import type { Git } from '../ports/git.js'
import type { GitHub } from '../ports/github.js'
import type { Engine } from '../publish-layers/engines/engine.js'
import type { RunSubject } from '../publish-layers/result.js'
import { accountVerdict, regionVerdicts } from '../publish-layers/plan/guards.js'

export interface OperationRequest {
  readonly subject: RunSubject
  readonly environment: Environment
  readonly branch: string
  readonly headCommit: string
  /** The layers that were selected. */
  readonly layers: readonly Layer[]
  /** Whether they were named: what concerns many layers must not happen to all of them by default. */
  readonly named: boolean
  /** The input `regions`, `null` for all. */
  readonly regions: readonly string[] | null
  readonly dryRun: boolean
  readonly version: VersionSpec | null
  /** A version that no record names may be returned to. */
  readonly unrecorded?: boolean
  readonly keep: number
  readonly repository: string
  readonly run: string
  readonly runUrl: string | null
}

export interface OperationPorts {
  readonly aws: Aws
  readonly engine: Engine
  readonly git: Git
  readonly github: GitHub | null
  readonly clock: Clock
  readonly log: Log
  readonly progress: Progress
  readonly signal: AbortSignal
  /** An absolute path of this run's own; the caller removes it. */
  readonly scratchDirectory: string
}

export type Operation = (request: OperationRequest, ports: OperationPorts) => Promise<OperationResult>

interface OperationResult {
  readonly result: RunResult
  /** Markdown for the job summary, where the rows of the result do not say it all. */
  readonly details?: string
}

/** What a run hands to a command beside the deploy. */
export interface OperationSession {
  readonly inputs: Inputs
  readonly context: RunContext
  readonly limits: { readonly signal: AbortSignal }
  readonly runner: Runner
  readonly git: Git
  readonly github: GitHub | null
  readonly clock: Clock
  readonly progress: Progress
  readonly openAws: (environment: Environment) => Promise<Aws>
  readonly showDetails: (markdown: string, page?: string) => Promise<void>
}

/** Account and regions, before anything else of the account is looked at. */
export async function identityVerdicts(
  { environment, regions }: Pick<OperationRequest, 'environment' | 'regions'>,
  aws: Pick<Aws, 'callerIdentity'>
): Promise<readonly Verdict[]> {
  const { accountId } = await aws.callerIdentity()
  return [accountVerdict(environment, accountId), ...regionVerdicts(environment, regions)]
}

export function isRefused(verdicts: readonly Verdict[]): boolean {
  return verdicts.some(({ passed }) => passed !== true)
}
