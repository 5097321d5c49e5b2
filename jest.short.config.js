import standard from './jest.config.js'

/**
 * `npm test`: a proof of every promise in at most 150 s on two cores. What is left out here proves the same promises over more
 * cases, more Node versions, or proves the emulators themselves: `npm run test:full` runs all of it.
 */
const onlyInFull = [
  // Each boundary, each fault; trials/sample.test.ts takes some of them.
  'trials/(kills|single-faults|hangs|two-runs)',
  'emulators/',
  'properties/',
  'demo/',
  'docs/',
  'examples/',
  'scripts/',
  'bundle/(node-versions|real-payloads|scale|fan-out|packing|own-templates|sharing|discover|history|interruption|deadline|hostile-text)',
  'redaction/secrets-in-runs',
  'setup/iam-policy/(least-privilege|operations|access)',
  'operate/prune/prune-beside-others',
  'publish-layers/engines/(deploys|access)'
]

export default {
  ...standard,
  testPathIgnorePatterns: [...standard.testPathIgnorePatterns, ...onlyInFull.map(path => `<rootDir>/__tests__/${path}`)]
}
