import { expect, it } from '@jest/globals'
import { moveFunction } from '../../../src/operate/rollout/move-function.js'
import type { RolloutStep } from '../../../src/operate/rollout/plan-rollout.js'
import type { Functions, FunctionState } from '../../../src/ports/aws.js'
import { target } from '../../support/plans.js'
import { fastClock } from '../../trials/fast-clock.js'

const [old, wanted] = ['arn:old:1', 'arn:new:2']

/** A function of Lambda's; each update ends as it is told, the last of them from then on. */
function lambdaWith(layer: string, update: FunctionState['update'], ends: readonly FunctionState['update'][] = []) {
  const written: (readonly string[])[] = []
  let state = { layers: [layer], update, revision: 1 }
  const functions: Functions = {
    list: () => Promise.reject(new Error('not asked')),
    tags: () => Promise.reject(new Error('not asked')),
    read: () =>
      Promise.resolve({
        ...{ functionName: 'orders', runtime: 'python3.12', architectures: ['x86_64'], codeBytes: 1 },
        layers: state.layers.map(arn => ({ arn, sizeBytes: 1 })),
        ...{ revisionId: String(state.revision), update: state.update },
        updateReason: state.update === 'failed' ? 'no room' : ''
      }),
    setLayers: (_name, layers, revisionId) => {
      if (revisionId !== String(state.revision)) return Promise.resolve('changed')
      written.push(layers)
      const end = ends[Math.min(written.length, ends.length) - 1] ?? 'successful'
      state = { layers: [...layers], update: end, revision: state.revision + 1 }
      return Promise.resolve('accepted')
    }
  }
  return { functions, written }
}

const step = (changes: Partial<RolloutStep> = {}): RolloutStep => ({
  ...{ target, functionName: 'orders', action: 'move', why: '', from: 1, to: 2 },
  ...{ layersBefore: [old], layersAfter: [wanted], revisionId: '1', ...changes }
})
const move = ({ functions }: ReturnType<typeof lambdaWith>, changes: Partial<RolloutStep> = {}) =>
  moveFunction(step(changes), { functions, clock: fastClock(), signal: new AbortController().signal })

it('moves it, once', async () => {
  const lambda = lambdaWith(old, 'successful')
  await move(lambda)
  expect(lambda.written).toEqual([[wanted]])
  await move(lambda)
  expect(lambda.written).toHaveLength(1)
})

it('puts it back where the update fails', async () => {
  const lambda = lambdaWith(old, 'successful', ['failed', 'successful'])
  await expect(move(lambda)).rejects.toThrow(/^AWS_FAILED: .*failed update: no room\. .*has its former layers\.$/)
  expect(lambda.written).toEqual([[wanted], [old]])
})

it('says so where it cannot be put back', async () => {
  await expect(move(lambdaWith(old, 'successful', ['failed', 'failed']))).rejects.toThrow(/former layers by hand/)
})

it('repeats the update that a killed rollout left failed, and goes back to nothing that nobody knows', async () => {
  const repeated = { layersBefore: [wanted], from: null }
  const lambda = lambdaWith(wanted, 'failed', ['failed'])
  await expect(move(lambda, repeated)).rejects.toThrow(/give the function the version that it had before by hand/)
  expect(lambda.written).toEqual([[wanted]])
  const healed = lambdaWith(wanted, 'failed', ['successful'])
  await move(healed, repeated)
  expect(healed.written).toEqual([[wanted]])
})

it.each([
  ['has other layers by now', lambdaWith('arn:other:9', 'successful'), '1'],
  ['has another revision by now', lambdaWith(old, 'successful'), '0']
])('leaves alone a function that %s', async (_what, lambda, revisionId) => {
  await expect(move(lambda, { revisionId })).rejects.toThrow(/^STALE_RUN: /)
  expect(lambda.written).toEqual([])
})
