import { runTrials } from '../../__tests__/trials/run-trials.js'
import { engines, layerKinds } from '../../__tests__/trials/scenarios.js'
import { killKinds } from '../../__tests__/trials/trial.js'
import type { FaultFigure } from './figure.js'

export const kills: FaultFigure = {
  id: 'G1',
  what: 'killed before and after each remote call, then run again',
  async run() {
    const scenarios = engines.flatMap(engine => layerKinds.map(layer => ({ engine, layer })))
    const { trials, bad } = await runTrials(scenarios, killKinds)
    return { trials, bad, note: `both engines × ${layerKinds.join(', ')}` }
  }
}
