import { mishaps, openCanaryWorld } from '../../__tests__/trials/canaries.js'
import type { FaultFigure } from './figure.js'

const rounds = Math.ceil(1_000 / mishaps.length)

export const secrets: FaultFigure = {
  id: 'G9',
  what: 'canaries in every credential, printed by the build in every form: log, outputs, state, summary, GitHub, versions',
  async run() {
    const world = await openCanaryWorld()
    const hits = new Set<string>()
    let trials = 0
    try {
      for (let round = 0; round < rounds; round++) {
        for (const mishap of mishaps) {
          trials += 1
          for (const hit of (await world.run(mishap)).hits) hits.add(`G9 ${hit}`)
        }
      }
    } finally {
      await world.close()
    }
    return { trials, bad: [...hits], note: `${mishaps.length} kinds of runs` }
  }
}
