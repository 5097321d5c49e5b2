/** G1: a run is killed before and after each remote call; the next one completes it, with exactly one new version. */
import { afterAll, describe, expect, it } from '@jest/globals'
import { runTrials } from './run-trials.js'
import { engines } from './scenarios.js'
import { killKinds } from './trial.js'

/** The others run in `npm run bench:faults`. */
const layers = {
  cloudformation: ['new', 'existing', 'moved', 'deleted'],
  lambda: ['new', 'existing', 'moved', 'deleted', 'foreign', 'pair']
} as const

describe('G1 kills', () => {
  let trials = 0
  afterAll(() => {
    expect(trials).toBeGreaterThanOrEqual(200)
  })
  it.each(engines.flatMap(engine => layers[engine].map(layer => ({ engine, layer }))))(
    'F52 F67 F78 $engine, $layer',
    async scenario => {
      const figure = await runTrials([scenario], killKinds)
      trials += figure.trials
      expect(figure.bad).toEqual([])
    },
    170_000
  )
})
