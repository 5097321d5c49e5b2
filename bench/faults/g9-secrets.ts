import { mishaps } from '../../__tests__/trials/canary-mishaps.js'
import { trialsOf } from '../../__tests__/trials/own-process.js'
import type { FaultFigure } from './figure.js'

/** Of each of two processes: a thousand runs with the rare ones left out. */
const count = Math.ceil(500 / mishaps.filter(({ every = 1 }) => every === 1).length)

export const secrets: FaultFigure = {
  id: 'G9',
  what: 'canaries in every credential, printed by the build in every form: log, outputs, state, summary, GitHub, S3, stacks, archives',
  async run() {
    const halves = await Promise.all(
      [0, count].map(from => trialsOf({ half: { kind: 'canaries', from, count, bundle: from === 0 } }))
    )
    return {
      trials: halves.reduce((sum, { half }) => sum + half.runs, 0),
      bad: halves.flatMap(({ half }) => half.bad),
      note: `${mishaps.length} kinds of runs, each of them through dist/ once`
    }
  }
}
