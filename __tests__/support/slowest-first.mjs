/** Where jest remembers no times (a fresh clone) it takes the largest files first: here, those that are known to take longest. */
import { createRequire } from 'node:module'

const jest = createRequire(createRequire(import.meta.url).resolve('jest'))
const { default: TestSequencer } = createRequire(jest.resolve('@jest/core'))('@jest/test-sequencer')
const folders = ['/__tests__/trials/', '/__tests__/bundle/', '/__tests__/adapters/git-', '/__tests__/secrets-in-runs']

export default class SlowestFirst extends TestSequencer {
  sort(tests) {
    const sorted = super.sort(tests)
    if (sorted.some(({ duration }) => typeof duration === 'number')) return sorted
    const isSlow = ({ path }) => folders.some(folder => path.includes(folder))
    return [...sorted.filter(isSlow), ...sorted.filter(test => !isSlow(test))]
  }
}
