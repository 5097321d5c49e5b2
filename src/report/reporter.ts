/** The report over the life of a run: what is known so far, the pending status, and the one delivery at the end. */
import type { CodedError } from '../errors.js'
import type { RunResult } from '../model.js'
import type { Clock } from '../ports/clock.js'
import type { GitHub } from '../ports/github.js'
import type { Runner } from '../ports/runner.js'
import type { ReportContext } from './context.js'
import { deliverReport, openStatus, statusCommit } from './deliver.js'
import { statusContext, statusSubjectOf } from './status.js'

/** A cancelled run has 7.5 s until SIGTERM; what is not delivered by then is left to the post step. */
const cancelledMilliseconds = 4_500

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
  let opening: Promise<boolean> | null = null
  return {
    start: subject => {
      const commit = statusCommit(context.event, subject.headCommit)
      if (ports.github === null || !context.status || commit === null) return
      const about = statusSubjectOf(subject)
      const open: OpenStatus = { commit, context: statusContext(about) }
      runner.saveState(openStatusState, JSON.stringify(open))
      opening = openStatus(about, subject.headCommit, context, ports)
    },
    deliver: async result => {
      const work = async (): Promise<void> => {
        // A token that may not write the pending status may not write the final one: one warning is enough.
        const opened = opening === null ? true : await opening
        const delivery = await deliverReport(result, { ...context, status: context.status && opened }, ports)
        if (delivery.statusClosed) runner.saveState(openStatusState, '')
      }
      if (isCancelled(result.errors)) await Promise.race([work(), clock.sleep(cancelledMilliseconds)])
      else await work()
      return result.conclusion === 'failure' ? 1 : 0
    }
  }
}

function isCancelled(errors: readonly CodedError[]): boolean {
  return errors.some(({ code }) => code === 'CANCELLED')
}
