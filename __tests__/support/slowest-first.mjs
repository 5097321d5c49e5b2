/** Where jest remembers no times (a fresh clone) it takes the largest files first: here, those that are known to take longest. */
import { createRequire } from 'node:module'

const jest = createRequire(createRequire(import.meta.url).resolve('jest'))
const { default: TestSequencer } = createRequire(jest.resolve('@jest/core'))('@jest/test-sequencer')
/** In this order. */
const slowest = [
  'trials/',
  'properties/month',
  'setup/iam-policy/',
  'build-layers/install/requirements/list-options',
  'examples/execution',
  'publish-layers/engines/listing',
  'adapters/(git|aws)/',
  'build-layers/source/',
  'bundle/',
  'redaction/'
]

export default class SlowestFirst extends TestSequencer {
  sort(tests) {
    const sorted = super.sort(tests)
    if (sorted.some(({ duration }) => typeof duration === 'number')) return sorted
    const rank = ({ path }) => {
      const index = slowest.findIndex(folder => new RegExp(`/__tests__/${folder}`).test(path))
      return index < 0 ? slowest.length : index
    }
    return sorted.toSorted((a, b) => rank(a) - rank(b))
  }
}
