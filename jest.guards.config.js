import standard from './jest.config.js'

/** `npm run coverage:guards`: the files that decide what is written, by their own tests, with every branch taken. */
export default {
  ...standard,
  testMatch: [
    'publish-layers/plan/{guards,plan}*.test.ts',
    'select-environment/select*.test.ts',
    'detect-changes/changes.test.ts'
  ].map(path => `<rootDir>/__tests__/${path}`),
  collectCoverage: true,
  collectCoverageFrom: [
    'src/publish-layers/plan/{guards,plan}.ts',
    'src/select-environment/select.ts',
    'src/detect-changes/changes.ts'
  ],
  coverageDirectory: 'coverage/guards',
  coverageReporters: ['text', 'json-summary'],
  coverageThreshold: { global: { branches: 100, functions: 100, lines: 100, statements: 100 } }
}
