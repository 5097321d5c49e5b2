/**
 * Exactly one version out of a call that has no idempotency token: looked for before each publish, published under a claim,
 * looked for again where the answer is lost. Where the API makes a duplicate unavoidable, the lowest version wins and the
 * others are reported.
 */
import type { CodedError } from '../../../model/errors.js'
import { claim, release, type Claimed, assertPlannedOn } from './claim.js'
import { markedDescription, findSkipped, findVersions, type PublishJob } from './find-version.js'
import type { Published } from '../engine.js'
import { pollUntil } from '../poll.js'
import { type ReadState, type StateFile, assertOwn, currentOf, readState, writeState } from './state-file.js'
import { comparePublished, verifyPublished, isDone } from '../verify.js'
import { succeeding } from '../../deploy-record.js'

/** How often a publish is begun: after a throttled one, or after a lost one that left no version. */
const maximumAttempts = 6
/** How many answers may be lost: each of them may take 50 s, and may still make a version. */
const maximumLost = 3
/** For how long a version that was published but not acknowledged is looked for. */
const settleSeconds = 10

type Ours = Claimed & { readonly kind: 'ours' }

/** @throws CodedError STALE_RUN, PUBLISH_UNVERIFIED, and what `publish` and the state file's bucket throw */
export async function publishOnce(job: PublishJob): Promise<Published> {
  const { order, layers } = job
  let held: string | null = null
  let failure: CodedError | null = null
  let lost = 0
  for (let attempt = 1; attempt <= maximumAttempts; attempt++) {
    const claimed = await claim(job, held)
    if (claimed.kind === 'done')
      return verifyPublished(layers, order.target, claimed.version, order.artifact, 'adopted')
    if (claimed.kind === 'already-published') return adopt(job, claimed.read, claimed.versions, 'adopted')
    held = claimed.id
    const outcome = await publishClaimed(job, claimed, claimed.takenOver || failure !== null)
    if (outcome.kind === 'published') return outcome.published
    failure = outcome.error ?? failure
    if (outcome.kind === 'lost' && ++lost === maximumLost) break
    if (outcome.kind === 'throttled') await backOff(job, attempt)
  }
  throw failure ?? new Error(`no turn to publish ${order.target.layerName}`)
}

type Outcome =
  | { readonly kind: 'published'; readonly published: Published }
  | { readonly kind: 'throttled' | 'lost'; readonly error: CodedError }
  /** We were stopped for so long that another run may hold the claim. */
  | { readonly kind: 'overdue'; readonly error?: undefined }

async function publishClaimed(job: PublishJob, claimed: Ours, thorough: boolean): Promise<Outcome> {
  const { context, order, layers } = job
  const { read } = claimed
  const { matching, newest, unrecordedVersions } = await findVersions(job, read.state, thorough)
  const done = async (...found: Parameters<typeof adopt>): Promise<Outcome> => {
    return { kind: 'published', published: { ...(await adopt(...found)), unrecordedVersions } }
  }
  if (matching.length > 0) return done(job, read, matching, 'adopted')
  if (context.clock.now() > claimed.until) return { kind: 'overdue' }

  const { bucket, key } = order.artifact
  const description = markedDescription(order.properties.description, order.record.contentDigest)
  const request = { ...order.properties, description, layerName: order.target.layerName, bucket, key }
  const answer = await layers.publish(request).catch(async (refusal: unknown) => {
    await release(job, claimed)
    throw refusal
  })
  switch (answer.kind) {
    case 'published': {
      const { version } = answer.version
      const made = comparePublished(order.target, version, answer.version, order.artifact, 'published')
      const skipped = await findSkipped(job, newest, version)
      return done(job, read, [...skipped, version], 'published', made)
    }
    case 'throttled':
      return { kind: 'throttled', error: answer.error }
    case 'unknown': {
      const settled = await findSettled(job, read.state)
      return settled.length === 0 ? { kind: 'lost', error: answer.error } : done(job, read, settled, 'published')
    }
  }
}

/** Verifies the lowest of the versions and makes the state file name it. `made`: the one that was verified already. */
async function adopt(
  job: PublishJob,
  read: ReadState,
  versions: readonly number[],
  outcome: Published['outcome'],
  made: Published | null = null
): Promise<Published> {
  const { order, layers } = job
  const verified = (version: number) => verifyPublished(layers, order.target, version, order.artifact, outcome)
  const lowest = Math.min(...versions)
  const ours = made?.version === lowest ? made : await verified(lowest)
  const { version, replaced } = await pointTo(job, read, lowest)
  const published = version === lowest ? ours : await verified(version)
  const all = new Set([...versions, ...replaced])
  return { ...published, duplicates: [...all].filter(other => other !== version) }
}

async function findSettled(job: PublishJob, state: StateFile): Promise<readonly number[]> {
  const { clock } = job.context
  const until = clock.now() + settleSeconds * 1000
  const what = `a version of ${job.order.target.layerName} whose publish AWS did not answer`
  return pollUntil(job.context, what, async () => {
    const { matching } = await findVersions(job, state, true)
    return matching.length > 0 || clock.now() >= until ? matching : undefined
  })
}

/** AWS, "Exponential backoff and jitter": a random part of a time that doubles, at most 8 s. */
async function backOff({ context }: PublishJob, attempt: number): Promise<void> {
  await context.clock.sleep(Math.random() * Math.min(8_000, 1_000 * 2 ** (attempt - 1)), context.signal)
}

interface Pointed {
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
function pointTo(job: PublishJob, read: ReadState, version: number): Promise<Pointed> {
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
