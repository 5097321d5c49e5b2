import { runTrials } from '../../__tests__/trials/run-trials.js'
import { engines, layerKinds } from '../../__tests__/trials/scenarios.js'
import { faultKinds, lastingKinds } from '../../__tests__/trials/trial.js'
import type { FaultFigure } from './figure.js'

export const singleFaults: FaultFigure = {
  id: 'G2',
  what: 'each call once: throttled, 500, reset, hung (each before and after the effect), truncated, garbage, slow',
  async run() {
    const scenarios = engines.flatMap(engine => layerKinds.map(layer => ({ engine, layer })))
    const once = await runTrials(scenarios, faultKinds)
    const lasting = await runTrials(scenarios, lastingKinds)
    return {
      trials: once.trials + lasting.trials,
      bad: [...once.bad, ...lasting.bad],
      note: `of them ${lasting.trials} that no retry cures (${lastingKinds.join(', ')})`
    }
  }
}
