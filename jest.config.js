import { availableParallelism } from 'node:os'

/** Tests mirror src/. Types are checked apart, by `npm run types`: esbuild only drops them. */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/__tests__/real/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': '<rootDir>/__tests__/support/typescript.mjs' },
  globalSetup: '<rootDir>/__tests__/support/own-python.mjs',
  setupFiles: ['<rootDir>/__tests__/support/hermetic.ts'],
  // Most tests wait for processes that they start, and for timers: as many workers as cores would leave a third of them idle.
  maxWorkers: availableParallelism() + 2,
  testSequencer: '<rootDir>/__tests__/support/slowest-first.mjs',
  testTimeout: 60_000
}
