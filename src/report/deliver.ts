/**
 * Delivers what stays on this machine of a run's report: outputs, annotations, job summary. Each part stands alone: what fails
 * in one changes neither the other parts nor what deliver-to-github.ts does (F69).
 */
import { asCodedError, type CodedError } from '../model/errors.js'
import type { RunResult, TriggerEvent } from '../model/index.js'
import type { Runner } from '../ports/runner.js'
import { annotationsOf } from './status/annotations.js'
import type { ReportContext } from './context.js'
import { outputsOf } from './outputs/outputs.js'
import { redactResult } from '../redaction/redactor.js'
import { renderSummary } from './summary/summary.js'

/** GitHub shows ten annotations of a level for a step; the others stay readable in the log. */
const ANNOTATIONS_PER_LEVEL = 10

/** The commit that a status belongs to: of a pull request its head, not the merge that was checked out. */
function statusCommit(event: TriggerEvent, headCommit: string | null): string | null {
  switch (event.kind) {
    case 'pull_request':
    case 'merge_group':
    case 'workflow_run':
      return event.headCommit
    case 'push':
    case 'workflow_dispatch':
    case 'schedule':
      return headCommit
    case 'command-line':
    case 'other':
      return null
  }
}

/** What stays on this machine. It needs no network and comes first: a cancelled run has it too. */
export interface LocalDelivery {
  /** Redacted; a failure where the outputs, which other jobs go by, could not be written. */
  readonly result: RunResult
  readonly warnings: readonly string[]
}

/** Outputs, annotations, job summary. Never throws. */
export async function deliverLocally(
  unredacted: RunResult,
  context: ReportContext,
  runner: Runner
): Promise<LocalDelivery> {
  const redacted = redactResult(unredacted, text => runner.redact(text))
  const unwritten = await caught(() => {
    setOutputs(redacted, context, runner)
  })
  const result = unwritten === null ? redacted : withFailure(redacted, asCodedError(unwritten))
  const annotations = await caught(() => {
    annotate(result, runner)
  })
  const summary = await caught(() => runner.appendSummary(renderSummary(result, context)))
  const warnings = [
    ...(annotations === null ? [] : [`The annotations were not written: ${annotations.message}.`]),
    ...(summary === null
      ? []
      : [`The job summary was not written: ${summary.message}${summary.message.endsWith('.') ? '' : '.'}`])
  ]
  return { result, warnings }
}

async function caught(work: () => void | Promise<void>): Promise<Error | null> {
  try {
    await work()
    return null
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** What was done stays told; that the step failed all the same comes first. */
function withFailure(result: RunResult, error: CodedError): RunResult {
  const headline = result.conclusion === 'failure' ? result.headline : `${error.code}: ${result.headline}`
  return { ...result, conclusion: 'failure', headline, errors: [...result.errors, error] }
}

function setOutputs(result: RunResult, context: ReportContext, runner: Runner): void {
  const { values, warnings } = outputsOf(result, context.layers)
  runner.setOutputs(values)
  for (const warning of warnings) runner.warning(warning)
}

function annotate(result: RunResult, runner: Runner): void {
  const shown = { error: 0, warning: 0 }
  for (const { level, message, place, further } of annotationsOf(result)) {
    if (further === true) {
      runner.info(message)
      continue
    }
    shown[level] += 1
    if (shown[level] <= ANNOTATIONS_PER_LEVEL) runner[level](message, place)
    else runner.info(`${level}: ${message}`)
  }
}

/** The commit that a status is due on; `null`: none is. */
export function statusTarget(
  headCommit: string | null,
  { status, event }: Pick<ReportContext, 'status' | 'event'>
): string | null {
  return status && !isForeign(event) ? statusCommit(event, headCommit) : null
}

/** The commit lies in a fork: its pull request's token may only read, and a commit of another repository has no status here. */
function isForeign(event: TriggerEvent): boolean {
  return (event.kind === 'pull_request' && event.fromFork) || (event.kind === 'workflow_run' && !event.sameRepository)
}
