/** Where jest remembers no times (a fresh clone) it takes the largest files first: here, those that are known to take longest. */
import { createRequire } from 'node:module'

const jest = createRequire(createRequire(import.meta.url).resolve('jest'))
const { default: TestSequencer } = createRequire(jest.resolve('@jest/core'))('@jest/test-sequencer')
/** In this order. */
const slowest = [
  'trials/',
  'setup/iam-policy/',
  'build-layers/install/requirements/list-options',
  'bundle/',
  'adapters/git/',
  'redaction/'
]

export default class SlowestFirst extends TestSequencer {
  sort(tests) {
    const sorted = super.sort(tests)
    if (sorted.some(({ duration }) => typeof duration === 'number')) return sorted
    const rank = ({ path }) => {
      const index = slowest.findIndex(folder => path.includes(`/__tests__/${folder}`))
      return index < 0 ? slowest.length : index
    }
    return sorted.toSorted((a, b) => rank(a) - rank(b))
  }
}
