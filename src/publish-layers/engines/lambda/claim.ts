/**
 * A claim in the state file keeps two runs from publishing the same layer at once. It is a lease: its holder begins no
 * publish that could last longer than it, and others take it over once it has stood unchanged for all its time: by the
 * bucket's clock before they came, by their own since. They do not wait where they see what it was to bring.
 */
import { randomUUID } from 'node:crypto'
import { type PublishJob, findVersions } from './find-version.js'
import { pollUntil } from '../poll.js'
import { assertOwn, currentOf, ownedBy, readState, writeState, type ReadState } from './state-file.js'
import { assertNotOvertaken, isDone } from '../verify.js'

/** Longer than one PublishLayerVersion may be under way (50 s). */
const claimSeconds = 70
/** The holder begins no publish later than this after it wrote the claim. */
const usableSeconds = 15

export type Claimed =
  | {
      readonly kind: 'ours'
      readonly id: string
      readonly read: ReadState
      /** Another run held it and did not come back: it may have published. */
      readonly takenOver: boolean
      /** Milliseconds since 1970 on our clock: no publish may begin later. */
      readonly until: number
    }
  /** Another run published what is ordered. */
  | { readonly kind: 'done'; readonly version: number }
  /** Another run published it and has not said so yet, or never will. */
  | { readonly kind: 'already-published'; readonly read: ReadState; readonly versions: readonly number[] }

/**
 * @param held the id of a claim of ours that is to be renewed
 * @throws CodedError STALE_RUN where another run deployed something else
 */
export function claim(job: PublishJob, held: string | null): Promise<Claimed> {
  const { context, order, objects } = job
  const { clock } = context
  const id = randomUUID()
  let until = 0
  let seen: { readonly id: string; readonly since: number } | null = null
  const what = `the run that holds the claim on ${order.target.layerName} in ${order.target.region}`
  return pollUntil<Claimed>(context, what, async () => {
    const read = await readState(objects, order.target)
    const { state } = read
    assertOwn(order.target, context, state)
    const current = currentOf(state)
    if (isDone(order, current)) return { kind: 'done', version: current.version }
    assertPlannedOn(job, read)
    const other = state.claim
    // Our own write whose answer was lost.
    if (other?.id === id) return { kind: 'ours', id, read, takenOver: seen !== null, until }
    if (other !== null && other.id !== held) {
      if (seen?.id !== other.id) seen = { id: other.id, since: clock.now() - read.ageSeconds * 1000 }
      if (clock.now() - seen.since < claimSeconds * 1000) {
        const { matching } = await findVersions(job, read.state, true)
        return matching.length > 0 ? { kind: 'already-published', read, versions: matching } : undefined
      }
    }
    const at = clock.now()
    until = at + usableSeconds * 1000
    const ours = { id, contentDigest: order.record.contentDigest, run: context.run, at }
    const written = await writeState(objects, order.target, read, {
      ...state,
      record: ownedBy(context, state),
      claim: ours
    })
    return written === null ? undefined : { kind: 'ours', id, read: written, takenOver: seen !== null, until }
  })
}

/** Versions that nobody recorded count as deployed for the plan, but not for the state file. */
export function assertPlannedOn({ order }: PublishJob, { state }: ReadState): void {
  const { previous, target } = order
  if (state.version === null && previous?.sourceDigest == null) return
  assertNotOvertaken(target, previous, currentOf(state))
}

/** Lets others in at once where nothing was published; a claim that stays only makes them wait. */
export async function release(job: PublishJob, claimed: Claimed & { readonly kind: 'ours' }): Promise<void> {
  try {
    const { state } = claimed.read
    await writeState(job.objects, job.order.target, claimed.read, { ...state, claim: null })
  } catch {
    // The failure that led here is the one to report.
  }
}
