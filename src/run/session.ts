/** What a run works with, and what is known of it. */
import type { Config, Environment, Inputs, RunContext, Selection, TriggerEvent } from '../model/index.js'
import type { Aws } from '../ports/aws.js'
import type { Clock } from '../ports/clock.js'
import type { Git } from '../ports/git.js'
import type { GitHub } from '../ports/github.js'
import type { ProcessRunner } from '../ports/process.js'
import type { Progress } from '../ports/progress.js'
import type { Runner } from '../ports/runner.js'
import type { RunSubject } from '../publish-layers/result.js'
import type { Reporter } from '../report/reporter.js'
import type { RunLimits } from './limits.js'

/** What is known of a run by the time that its report is opened; `null`: not yet. */
export interface Known {
  readonly config: Config
  readonly subject: RunSubject
  readonly selection: Selection
}

/** What a run works with: read once, wired once. */
export interface Session {
  readonly inputs: Inputs
  readonly context: RunContext
  readonly event: TriggerEvent
  readonly limits: RunLimits
  readonly clock: Clock
  readonly runner: Runner
  readonly process: ProcessRunner
  readonly progress: Progress
  readonly git: Git
  readonly github: GitHub | null
  readonly openAws: (environment: Environment) => Promise<Aws>
  readonly openReport: (known: Known | null) => Reporter
  /** Markdown beside the report: the job summary, or standard output. */
  readonly showDetails: (markdown: string, page?: string) => Promise<void>
}
