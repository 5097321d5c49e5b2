import { assertPlannedOn } from './claim.js'
import { pollUntil } from '../poll.js'
import type { PublishJob } from '../publish-job.js'
import { succeeding } from '../../deploy-record.js'
import { assertOwn, currentOf, readState, writeState, type ReadState } from './state-file.js'
import { isDone } from '../verify.js'

export interface Pointed {
  /** What the state file names in the end. */
  readonly version: number
  /** Higher versions of the same content that it named before. */
  readonly replaced: readonly number[]
}

/**
 * Makes the state file name `version`, and gives our claim back. Where a run beside us made it name another version of the
 * same order meanwhile, the lower of the two stands.
 * @param read the state file as we left it
 * @throws CodedError STALE_RUN where another run deployed something else meanwhile
 */
export function pointTo(job: PublishJob, read: ReadState, version: number): Promise<Pointed> {
  const { context, order, objects } = job
  const replaced = new Set<number>()
  let known: ReadState | null = read
  return pollUntil<Pointed>(context, `a turn to write the state of ${order.target.layerName}`, async () => {
    const now = known ?? (await readState(objects, order.target))
    known = null
    assertOwn(order.target, context, now.state)
    const named = currentOf(now.state)
    if (isDone(order, named)) {
      if (named.version <= version) return { version: named.version, replaced: [...replaced] }
      replaced.add(named.version)
    } else assertPlannedOn(job, now)
    const sharedWith = now.state.version === version ? now.state.sharedWith : []
    const record = succeeding(order.record, named, version, context.repositoryId)
    const state = { version, record, sharedWith, claim: null }
    const written = await writeState(objects, order.target, now, state)
    return written === null ? undefined : { version, replaced: [...replaced] }
  })
}
