/** G1, G2, G3: a sample of the trials for `npm test`; `npm run test:full` runs all of them. */
import { beforeAll, expect, it } from '@jest/globals'
import { trialsOf, patience, type ResultOf } from './own-process.js'
import { engines } from './scenarios.js'
import { faultKinds, killKinds } from './trial.js'

const scenarios = engines.flatMap(engine => (['new', 'existing'] as const).map(layer => ({ engine, layer })))
const orders = {
  kills: { kind: 'trials', scenarios, faults: killKinds, every: 3 },
  faults: { kind: 'trials', scenarios, faults: faultKinds, every: 13 },
  meetings: { kind: 'rounds', scenarios: [{ engine: 'lambda', layer: 'new' }], runs: [4] }
} as const

let found: { readonly [Name in keyof typeof orders]: ResultOf<(typeof orders)[Name]> }
beforeAll(async () => {
  found = await trialsOf(orders)
}, patience)

it.each([
  ['G1 kills', 'kills', 25],
  ['G2 single faults', 'faults', 25],
  ['G3 deploys of one commit at once', 'meetings', 1]
] as const)('%s: the next run completes what was left, with exactly one new version', (_what, name, atLeast) => {
  expect(found[name].bad).toEqual([])
  expect(found[name].trials).toBeGreaterThanOrEqual(atLeast)
})

it('meets each kind of kill and of fault, with both engines', () => {
  const met = (name: 'kills' | 'faults') => new Set(found[name].results.map(({ trial }) => trial.fault))
  expect([...met('kills')].sort()).toEqual([...killKinds].sort())
  expect([...met('faults')].sort()).toEqual([...faultKinds].sort())
  expect(new Set(found.kills.results.map(({ trial }) => trial.engine))).toEqual(new Set(engines))
})
