/** G1: a run is killed before and after each remote call; the next one completes it, with exactly one new version. */
import { beforeAll, describe, expect, it } from '@jest/globals'
import { trialsOf, patience } from './own-process.js'
import type { Figure } from './run-trials.js'
import { engines } from './scenarios.js'
import { killKinds, trialLine } from './trial.js'

/** The others run in `npm run bench:faults`. */
const layers = {
  cloudformation: ['new', 'existing', 'moved', 'deleted', 'shared'],
  lambda: ['new', 'existing', 'moved', 'deleted', 'foreign', 'pair', 'shared']
} as const
const scenarios = engines.flatMap(engine => layers[engine].map(layer => ({ engine, layer })))

describe('G1 kills', () => {
  let figure: Figure
  beforeAll(async () => {
    const { kills } = await trialsOf({ kills: { kind: 'trials', scenarios, faults: killKinds } })
    figure = kills
  }, patience)

  it('has at least 200 trials', () => {
    expect(figure.trials).toBeGreaterThanOrEqual(200)
  })

  it.each(scenarios)('F52 F67 F78 $engine, $layer', ({ engine, layer }) => {
    const results = figure.results.filter(({ trial }) => trial.engine === engine && trial.layer === layer)
    // A layer whose source moved alone is asked for and recorded: five calls.
    expect(results.length).toBeGreaterThanOrEqual(10)
    const starts = results.map(({ trial }) => `TRIAL='${trialLine(trial)}'`)
    expect(figure.bad.filter(line => starts.some(start => line.startsWith(start)))).toEqual([])
  })
})
