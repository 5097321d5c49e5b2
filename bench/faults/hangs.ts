import { runHangs } from '../../__tests__/trials/run-trials.js'
import { engines } from '../../__tests__/trials/scenarios.js'
import type { FaultFigure } from './figure.js'

export const hangs: FaultFigure = {
  id: 'G8',
  what: 'each kind of call hangs for good',
  async run() {
    const scenarios = engines.flatMap(engine => (['new', 'existing'] as const).map(layer => ({ engine, layer })))
    const { trials, bad } = await runHangs(scenarios)
    return {
      trials,
      bad,
      note: 'each call ends within 60 s with its retries; the run ends as DEADLINE_EXCEEDED, a failure'
    }
  }
}
