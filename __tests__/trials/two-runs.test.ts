/** G3, G4, G6: runs that meet. */
import { beforeAll, describe, expect, it } from '@jest/globals'
import { trialsOf, patience, type ResultOf } from './own-process.js'

const scenarios = {
  cloudformation: [{ engine: 'cloudformation', layer: 'existing' }],
  lambda: [{ engine: 'lambda', layer: 'new' }]
} as const
const { cloudformation, lambda } = scenarios
const runs = [2, 3, 8, 16]
const orders = {
  roundsOfCloudformation: { kind: 'rounds', scenarios: cloudformation, runs },
  roundsOfLambda: { kind: 'rounds', scenarios: lambda, runs },
  lostWhileStale: { kind: 'stale', scenarios: lambda, stales: [1, 2, 3, 4, 5] },
  roundsWhileStale: { kind: 'rounds', scenarios: lambda, runs: [4, 8], stale: 3 },
  stopsOfCloudformation: { kind: 'stops', scenarios: cloudformation, meeting: 'same' },
  stopsOfLambda: { kind: 'stops', scenarios: lambda, meeting: 'same' },
  olderOfCloudformation: { kind: 'stops', scenarios: cloudformation, meeting: 'newer' },
  olderOfLambda: { kind: 'stops', scenarios: lambda, meeting: 'newer' }
} as const

let found: { readonly [Name in keyof typeof orders]: ResultOf<(typeof orders)[Name]> }
beforeAll(async () => {
  found = await trialsOf(orders)
}, patience)

describe('G3 many deploys of one commit at once', () => {
  it.each(['roundsOfCloudformation', 'roundsOfLambda'] as const)(
    'F52 %s: one version, and every output names it',
    name => {
      expect(found[name]).toEqual({ bad: [], trials: 4, duplicates: 0 })
    }
  )
})

describe('G4 what is seen late, and who goes on late', () => {
  it('F52 F53 an answer is lost while lists lag one to five reads behind', () => {
    expect(found.lostWhileStale).toEqual({ bad: [], trials: 30, duplicates: 0 })
  })

  it('F53 many at once while lists lag behind', () => {
    expect(found.roundsWhileStale).toEqual({ bad: [], trials: 2, duplicates: 0 })
  })

  it('F52 stopped at each boundary, continued when another run is done: no silent duplicate', () => {
    // The one that the API makes unavoidable: stopped with the publish on its way, for longer than a claim holds.
    expect(found.stopsOfLambda).toMatchObject({ bad: [], duplicates: 1 })
    expect(found.stopsOfCloudformation).toMatchObject({ bad: [], duplicates: 0 })
  })
})

describe('G6 an older run goes on after a newer one', () => {
  it.each(['olderOfCloudformation', 'olderOfLambda'] as const)(
    '%s: it never writes over what the newer one deployed, wherever it was stopped',
    name => {
      expect(found[name].bad).toEqual([])
      expect(found[name].trials).toBeGreaterThanOrEqual(20)
    }
  )
})
