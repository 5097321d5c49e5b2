import { runRounds, runStale, runStops } from '../../__tests__/trials/run-trials.js'
import { engines } from '../../__tests__/trials/scenarios.js'
import type { FaultFigure } from './figure.js'

export const late: FaultFigure = {
  id: 'G4',
  what: 'lists lag 1 to 5 reads behind; a process stopped at each boundary and continued after another run',
  async run() {
    const layers = ['new', 'existing', 'foreign'] as const
    const inLambda = layers.map(layer => ({ engine: 'lambda' as const, layer }))
    const all = [
      await runStale(inLambda, [1, 2, 3, 4, 5]),
      await runRounds(inLambda, [4, 8, 16], 5),
      await runStops(
        engines.flatMap(engine => layers.map(layer => ({ engine, layer }))),
        'same'
      ),
      await runStops(inLambda, 'same', 5)
    ]
    const duplicates = all.reduce((sum, found) => sum + found.duplicates, 0)
    return {
      trials: all.reduce((sum, found) => sum + found.trials, 0),
      bad: all.flatMap(found => found.bad),
      note: `0 silent duplicates; ${duplicates} that the API makes unavoidable, all reported, the lowest version counts`
    }
  }
}
