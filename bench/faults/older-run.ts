import { runStops } from '../../__tests__/trials/run-trials.js'
import { engines } from '../../__tests__/trials/scenarios.js'
import type { FaultFigure } from './figure.js'

export const olderRun: FaultFigure = {
  id: 'G6',
  what: 'an older run, stopped at each boundary, goes on after a newer one',
  async run() {
    const layers = ['new', 'existing', 'deleted', 'foreign'] as const
    const { trials, bad } = await runStops(
      engines.flatMap(engine => layers.map(layer => ({ engine, layer }))),
      'newer'
    )
    return { trials, bad, note: 'it never writes over the newer one' }
  }
}
