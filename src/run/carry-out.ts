/** Carries a plan out and puts it on record. Loaded by a deploy alone. */
import { asCodedError } from '../model/errors.js'
import type { LayerResult } from '../model/index.js'
import type { Git } from '../ports/git.js'
import { apply, type ApplyPorts } from '../publish-layers/apply/apply.js'
import { endWith } from '../publish-layers/apply/work-slots.js'
import type { Plan } from '../publish-layers/plan/plan.js'
import { startRecord, type Recorder } from '../publish-layers/promotion/record-run.js'

export interface CarriedOut {
  readonly rows: readonly LayerResult[]
  /** What GitHub may not have on record; `null`: nothing is missing. */
  readonly warning: string | null
}

export interface CarryOutPorts extends Omit<ApplyPorts, 'isNewer'> {
  readonly git: Pick<Git, 'relation'>
  readonly recorder: Recorder
}

/** Of the time that the work has to end in, once the run is cancelled or out of time. */
const recordMilliseconds = 700

export async function carriedOut(plan: Plan, ports: CarryOutPorts): Promise<CarriedOut> {
  const { git, recorder, signal } = ports
  const record = startRecord(recorder, plan)
  const isNewer = async (commit: string): Promise<boolean> =>
    (await git.relation(plan.headCommit, commit)) === 'descendant'
  const rows = await apply(plan, { ...ports, isNewer })
  // What is published is told, whatever keeps GitHub from its record.
  const finished = record
    .finish(rows, signal.aborted)
    .catch((error: unknown) => unrecorded(asCodedError(error).message))
  const untimely = (): string => unrecorded('no time was left for it')
  return { rows, warning: await endWith(finished, signal, recordMilliseconds, untimely) }
}

function unrecorded(why: string): string {
  return `The deployment may not be recorded on GitHub: ${why}. The next run records it.`
}
