import standard from './jest.config.js'
import { leftOut } from './jest.short.config.js'

/** What `npm test` leaves out: the two together are `npm run test:full`. */
export default {
  ...standard,
  testMatch: undefined,
  testRegex: leftOut.map(path => `/__tests__/${path}.*\\.test\\.ts$`)
}
