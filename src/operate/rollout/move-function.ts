/** Moves one function to another version of a layer, and puts it back where that fails. */
import { CodedError } from '../../model/errors.js'
import type { Clock } from '../../ports/process.js'
import type { Functions, FunctionState } from '../../ports/aws.js'
import type { RolloutStep } from './plan-rollout.js'

interface MoveContext {
  readonly functions: Functions
  readonly clock: Clock
  readonly signal: AbortSignal
}

/**
 * At the revision that the plan was made on, and only then. Returns when Lambda has finished the update and the function has
 * the layers that it is meant to have.
 * @throws CodedError STALE_RUN where somebody else changed the function since, AWS_FAILED where the update failed (the function
 * then has its former layers again), what AWS answers
 */
export async function moveFunction(step: RolloutStep, context: MoveContext): Promise<void> {
  const { functions } = context
  const { functionName, layersBefore, layersAfter, revisionId } = step
  const before = await settled(step, context)
  if (sameList(before, layersAfter) && before.update === 'successful') return
  // Waiting for an update to finish gives a new revision of the same configuration.
  if (!sameList(before, layersBefore)) throw changedMeanwhile(step)
  await functions.setLayers(functionName, layersAfter, before.update === 'successful' ? revisionId : before.revisionId)
  const after = await settled(step, context)
  if (sameList(after, layersAfter) && after.update === 'successful') return
  if (!sameList(after, layersAfter)) throw changedMeanwhile(step)
  // What an earlier rollout left has no former layers that anybody knows.
  const isRepeated = layersBefore.join() === layersAfter.join()
  throw updateFailed(step, after, isRepeated ? 'not-known' : await putBack(step, after, context))
}

/** Its former layers, after a failed update. */
type FormerLayers = 'restored' | 'refused' | 'not-known'

async function putBack(step: RolloutStep, after: FunctionState, context: MoveContext): Promise<FormerLayers> {
  await context.functions.setLayers(step.functionName, step.layersBefore, after.revisionId)
  const back = await settled(step, context)
  return sameList(back, step.layersBefore) && back.update === 'successful' ? 'restored' : 'refused'
}

/** The function once no update is under way. */
async function settled(step: RolloutStep, { functions, clock, signal }: MoveContext): Promise<FunctionState> {
  for (let waitMilliseconds = 200; ; waitMilliseconds = Math.min(waitMilliseconds * 1.5, 2_000)) {
    signal.throwIfAborted()
    const state = await functions.read(step.functionName)
    if (state === null) throw changedMeanwhile(step)
    if (state.update !== 'in-progress') return state
    await clock.sleep(waitMilliseconds, signal)
  }
}

function sameList({ layers }: FunctionState, wanted: readonly string[]): boolean {
  return layers.length === wanted.length && layers.every(({ arn }, index) => arn === wanted[index])
}

function changedMeanwhile({ functionName, target }: RolloutStep): CodedError {
  return new CodedError('STALE_RUN', {
    expected: `the function ${functionName} in ${target.region} to be as it was when this rollout was planned`,
    found: 'that somebody else changed it since',
    mend: 'run again to plan anew'
  })
}

const mends: Readonly<Record<FormerLayers, string>> = {
  restored: 'remove what the reason names and run again; the function has its former layers',
  refused: 'give the function its former layers by hand: AWS did not take them either',
  'not-known': 'remove what the reason names and run again, or give the function the version that it had before by hand'
}

function updateFailed(
  { functionName, target, to }: RolloutStep,
  after: FunctionState,
  former: FormerLayers
): CodedError {
  return new CodedError('AWS_FAILED', {
    expected: `the function ${functionName} in ${target.region} to take version ${to} of ${target.layerName}`,
    found: `a failed update: ${after.updateReason === '' ? 'no reason given' : after.updateReason}`,
    mend: mends[former]
  })
}
