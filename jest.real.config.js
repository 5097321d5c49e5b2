import base from './jest.config.js'

/** What needs more than Node, git and python3: real installers, a real sshd, act, other emulators. */
export default {
  ...base,
  testMatch: ['<rootDir>/__tests__/real/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 300_000
}
