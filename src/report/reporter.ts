/** The report over the life of a run: what is known so far, the pending status, and the one delivery at the end. */
import { asCodedError, CodedError } from '../model/errors.js'
import type { RunResult, TriggerEvent } from '../model/index.js'
import type { Clock } from '../ports/process.js'
import { GitHubError, type GitHub, type NewStatus } from '../ports/github.js'
import type { Runner } from '../ports/runner.js'
import type { ReportContext } from './context.js'
import { deliverLocally, statusTarget, type LocalDelivery } from './deliver.js'
import { finalStatus, statusContext, statusSubjectOf } from './status/status.js'
import { openStatusState, type OpenStatus } from './status/write-status.js'

/** Statuses that one run closes for others: more wait for the next push, the calls of a run are bounded. */
const mostClosed = 2

/** How long GitHub may take for the report. */
export interface ReportLimits {
  /** Whether the delivery ended in its time, which begins now. */
  reported(delivery: Promise<void>): Promise<boolean>
}

export interface Reporter {
  /** Sets the pending status in the background; `deliver` waits for it. */
  start(subject: Pick<RunResult, 'command' | 'dryRun' | 'environment' | 'headCommit'>): void
  /** @returns the exit code of the step */
  deliver(result: RunResult): Promise<number>
}

export function reporter(
  context: ReportContext,
  ports: {
    readonly runner: Runner
    readonly clock: Clock
    readonly github: GitHub | null
    readonly limits: ReportLimits
  }
): Reporter {
  const { runner, clock, limits } = ports
  const { github, isForbidden } = watchingPermission(ports.github)
  let opening: Promise<boolean> | null = null
  let open: OpenStatus | null = null
  const leave = (left: OpenStatus | null): void => {
    if (open === null) return
    open = left
    tryToSave(runner, left)
  }
  const toGitHub = async (local: LocalDelivery): Promise<void> => {
    // Nobody is to be told: nothing of it is loaded.
    if (!context.comment && !context.status) {
      for (const warning of local.warnings) runner.warning(warning)
      return
    }
    await opening
    const { deliverToGitHub } = await import('./deliver-to-github.js')
    // A token that may not write the pending status may not write the final one: one warning is enough. Any other
    // failure leaves open whether it stands, so the final one is written all the same.
    const status = context.status && !isForbidden()
    const delivery = await deliverToGitHub(local, { ...context, status }, { runner, clock, github })
    if (delivery.statusClosed) leave(null)
    if (status && github !== null && opening !== null) await closeAbandoned(local.result, context.event, github)
  }
  return {
    start: subject => {
      const commit = statusTarget(subject.headCommit, context)
      if (github === null || commit === null) return
      const about = statusSubjectOf(subject)
      open = { commit, context: statusContext(about), final: null }
      runner.saveState(openStatusState, JSON.stringify(open))
      opening = import('./deliver-to-github.js').then(({ openStatus }) =>
        openStatus(about, subject.headCommit, context, { runner, clock, github })
      )
    },
    deliver: async unredacted => {
      const local = await deliverLocally(unredacted, context, runner)
      const { result } = local
      const { state, description } = finalStatus(result, context)
      // Whatever keeps GitHub from taking it now, the post step writes what the run came to.
      if (open !== null) leave({ ...open, final: { state, description } })
      if (!(await limits.reported(toGitHub(local))) && !isCancelled(result.errors)) {
        const late = tellLate(runner)
        if (open !== null) leave({ ...open, final: { state: 'error', description: `${late.code}: ${description}` } })
        return 1
      }
      return result.conclusion === 'failure' ? 1 : 0
    }
  }
}

/** Without it a later kill would leave the status to the next run: no reason to fail now. */
function tryToSave(runner: Runner, left: OpenStatus | null): void {
  try {
    runner.saveState(openStatusState, left === null ? '' : JSON.stringify(left))
  } catch (error) {
    runner.warning(asCodedError(error).message)
  }
}

/** What was done stays done and is in the outputs; but nobody can tell from GitHub, so the step fails. */
function tellLate(runner: Runner): CodedError {
  const late = new CodedError('DEADLINE_EXCEEDED', {
    expected: 'GitHub to take the report in the time that the step leaves for it, 30 s at most',
    found: 'no answer',
    mend: 'run again once GitHub answers: what is published is kept, and is in the outputs and the job summary'
  })
  runner.error(late.message)
  try {
    runner.setOutputs({ conclusion: 'failure' })
  } catch {
    // Told already: the outputs could not be written before.
  }
  return late
}

/**
 * A runner that was lost leaves its status pending, and nobody runs for that commit again: a later push closes it (F78), not
 * only the next one, whose run may have been dropped from the queue. Where that run still goes on after all, its own final
 * status comes later and counts.
 */
async function closeAbandoned(result: RunResult, event: TriggerEvent, github: GitHub): Promise<void> {
  if (event.kind !== 'push' || /^0+$/.test(event.before) || event.before === result.headCommit) return
  const context = statusContext(statusSubjectOf(result))
  const description = 'The run ended before it was finished; a later run took its place'
  try {
    const abandoned = (await github.pendingStatuses(event.before, context)).slice(0, mostClosed)
    for (const { commit, targetUrl } of abandoned) {
      await github.createStatus(commit, { context, state: 'error', description, targetUrl })
    }
  } catch (error) {
    // It is another run's status, maybe of a commit that is gone: nothing that this run has to tell.
    if (!(error instanceof GitHubError)) throw error
  }
}

/** Remembers whether GitHub refused a status for want of a permission. */
function watchingPermission(github: GitHub | null): {
  readonly github: GitHub | null
  readonly isForbidden: () => boolean
} {
  let forbidden = false
  if (github === null) return { github, isForbidden: () => forbidden }
  const createStatus = async (commit: string, status: NewStatus): Promise<void> => {
    try {
      await github.createStatus(commit, status)
    } catch (error) {
      forbidden ||= error instanceof GitHubError && error.kind === 'permission'
      throw error
    }
  }
  return { github: { ...github, createStatus }, isForbidden: () => forbidden }
}

function isCancelled(errors: readonly CodedError[]): boolean {
  return errors.some(({ code }) => code === 'CANCELLED')
}
