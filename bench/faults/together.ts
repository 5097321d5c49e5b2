import { runRounds } from '../../__tests__/trials/run-trials.js'
import { engines } from '../../__tests__/trials/scenarios.js'
import type { FaultFigure } from './figure.js'

export const together: FaultFigure = {
  id: 'G3',
  what: 'N deploys of one commit at once',
  async run() {
    const scenarios = engines.map(engine => ({ engine, layer: 'existing' as const }))
    const runs = Array.from({ length: 25 }, (_, round) => [2, 3, 4, 6, 8, 12, 16, 24, 32][round % 9] ?? 2)
    const { trials, bad } = await runRounds(scenarios, runs)
    return { trials, bad, note: 'rounds, N from 2 to 32; 1 version, N outputs that agree' }
  }
}
