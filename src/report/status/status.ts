/** The commit status: one line that always closes. Source: GitHub REST API, "Commit statuses". */
import type { ErrorCode } from '../../model/errors.js'
import type { Conclusion, RunResult } from '../../model/index.js'
import { runUrl, type ReportContext } from '../context.js'
import { cutCharacters, oneLine } from '../../redaction/escape.js'

export interface CommitStatus {
  readonly context: string
  readonly state: 'pending' | 'success' | 'failure' | 'error'
  /** At most 140 characters. */
  readonly description: string
  /** `null` outside GitHub Actions. */
  readonly targetUrl: string | null
}

/** GitHub refuses a longer description; its OpenAPI description does not say so. */
const DESCRIPTION_LIMIT = 140

/** Whether the run may write, and where: known before the result is. */
export type StatusSubject =
  | { readonly kind: 'plan' }
  /** `doing`: what the run is for, with what follows it before the environment's name. */
  | { readonly kind: 'deploy'; readonly environment: string; readonly doing: string }

/** `layer-deploy/plan` or `layer-deploy/<environment>`. */
export function statusContext(subject: StatusSubject): string {
  return `layer-deploy/${subject.kind === 'plan' ? 'plan' : oneLine(subject.environment)}`
}

/** A dry run, and a run that found no environment, has touched none: it reports as a plan. */
export function statusSubjectOf(result: Pick<RunResult, 'command' | 'dryRun' | 'environment'>): StatusSubject {
  const reads = result.command === 'plan' || result.command === 'detect' || result.command === 'discover'
  if (reads || result.dryRun || result.environment === null) return { kind: 'plan' }
  return { kind: 'deploy', environment: result.environment.name, doing: doingOf(result.command) }
}

function doingOf(command: RunResult['command']): string {
  switch (command) {
    case 'rollback':
      return 'Rolling back in'
    case 'rollout':
      return 'Moving functions in'
    case 'report':
      return 'Reading back'
    default:
      return 'Deploying to'
  }
}

export function pendingStatus(subject: StatusSubject, context: ReportContext): CommitStatus {
  const description =
    subject.kind === 'plan'
      ? 'Planning'
      : cutCharacters(`${subject.doing} ${oneLine(subject.environment)}`, DESCRIPTION_LIMIT)
  return { context: statusContext(subject), state: 'pending', description, targetUrl: runUrl(context) }
}

export function finalStatus(result: RunResult, context: ReportContext): CommitStatus {
  return {
    context: statusContext(statusSubjectOf(result)),
    state: finalState(result.conclusion, result.errors[0]?.code),
    description: cutCharacters(oneLine(result.headline), DESCRIPTION_LIMIT),
    targetUrl: runUrl(context)
  }
}

/** `error` is for a run that could not come to a verdict; a neutral run must not block a merge. */
function finalState(conclusion: Conclusion, code: ErrorCode | undefined): 'success' | 'failure' | 'error' {
  if (conclusion !== 'failure') return 'success'
  return code === 'CANCELLED' || code === 'INTERNAL' ? 'error' : 'failure'
}
