/** The report over the life of a run: what is known so far, the pending status, and the one delivery at the end. */
import type { CodedError } from '../model/errors.js'
import type { RunResult, TriggerEvent } from '../model/index.js'
import type { Clock } from '../ports/clock.js'
import { GitHubError, type GitHub, type NewStatus } from '../ports/github.js'
import type { Runner } from '../ports/runner.js'
import type { ReportContext } from './context.js'
import { deliverReport, openStatus, statusTarget } from './deliver.js'
import { statusContext, statusSubjectOf } from './status/status.js'

/** With the time that the work has to end (`run-limits.ts`) 4.5 s from the cancellation; the post step closes what is left. */
const cancelledMilliseconds = 3_500

/** Statuses that one run closes for others: more wait for the next push, the calls of a run are bounded. */
const mostClosed = 2

/** What the post step needs to close a status that a killed run left open. */
export interface OpenStatus {
  readonly commit: string
  readonly context: string
}
export const openStatusState = 'open-status'

export interface Reporter {
  /** Sets the pending status in the background; `deliver` waits for it. */
  start(subject: Pick<RunResult, 'command' | 'dryRun' | 'environment' | 'headCommit'>): void
  /** @returns the exit code of the step */
  deliver(result: RunResult): Promise<number>
}

export function reporter(
  context: ReportContext,
  ports: { readonly runner: Runner; readonly clock: Clock; readonly github: GitHub | null }
): Reporter {
  const { runner, clock } = ports
  const { github, isForbidden } = watchingPermission(ports.github)
  let opening: Promise<boolean> | null = null
  return {
    start: subject => {
      const commit = statusTarget(subject.headCommit, context)
      if (github === null || commit === null) return
      const about = statusSubjectOf(subject)
      const open: OpenStatus = { commit, context: statusContext(about) }
      runner.saveState(openStatusState, JSON.stringify(open))
      opening = openStatus(about, subject.headCommit, context, { runner, clock, github })
    },
    deliver: async result => {
      const work = async (): Promise<void> => {
        await opening
        // A token that may not write the pending status may not write the final one: one warning is enough. Any other
        // failure leaves open whether it stands, so the final one is written all the same.
        const status = context.status && !isForbidden()
        const delivery = await deliverReport(result, { ...context, status }, { runner, clock, github })
        if (delivery.statusClosed) runner.saveState(openStatusState, '')
        if (status && github !== null && opening !== null) await closeAbandoned(result, context.event, github)
      }
      if (isCancelled(result.errors)) await Promise.race([work(), clock.sleep(cancelledMilliseconds)])
      else await work()
      return result.conclusion === 'failure' ? 1 : 0
    }
  }
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
