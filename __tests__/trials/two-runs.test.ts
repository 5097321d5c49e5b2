/** G3, G4, G6: runs that meet. */
import { describe, expect, it } from '@jest/globals'
import { runRounds, runStale, runStops } from './run-trials.js'

const lambda = { engine: 'lambda', layer: 'new' } as const
const cloudformation = { engine: 'cloudformation', layer: 'existing' } as const

describe('G3 many deploys of one commit at once', () => {
  it.each([cloudformation, lambda])(
    'F52 $engine: one version, and every output names it',
    async scenario => {
      const { bad, trials } = await runRounds([scenario], [2, 3, 8, 16])
      expect(bad).toEqual([])
      expect(trials).toBe(4)
    },
    120_000
  )
})

describe('G4 what is seen late, and who goes on late', () => {
  it('F52 F53 an answer is lost while lists lag one to five reads behind', async () => {
    const { bad, trials } = await runStale([lambda], [1, 2, 3, 4, 5])
    expect(bad).toEqual([])
    expect(trials).toBe(30)
  }, 120_000)

  it('F53 many at once while lists lag behind', async () => {
    expect((await runRounds([lambda], [4, 8], 3)).bad).toEqual([])
  }, 120_000)

  it('F52 stopped at each boundary, continued when another run is done: no silent duplicate', async () => {
    const inLambda = await runStops([lambda], 'same')
    expect(inLambda.bad).toEqual([])
    // The one that the API makes unavoidable: stopped with the publish on its way, for longer than a claim holds.
    expect(inLambda.duplicates).toBe(1)
    expect(await runStops([cloudformation], 'same')).toMatchObject({ bad: [], duplicates: 0 })
  }, 120_000)
})

describe('G6 an older run goes on after a newer one', () => {
  it.each([cloudformation, lambda])(
    '$engine: it never writes over what the newer one deployed, wherever it was stopped',
    async scenario => {
      const { bad, trials } = await runStops([scenario], 'newer')
      expect(bad).toEqual([])
      expect(trials).toBeGreaterThanOrEqual(20)
    },
    120_000
  )
})
