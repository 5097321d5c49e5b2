import standard from './jest.config.js'

/**
 * `npm test`: a proof of every promise in at most 150 s on two cores. What is left out here proves the same promises over more
 * cases, more Node versions, or proves the emulators themselves: `npm run test:full` runs all of it, `jest.rest.config.js` what is left out.
 */
export const leftOut = [
  // Each boundary, each fault; trials/sample.test.ts takes some of them.
  'trials/(kills|single-faults|hangs|two-runs|rollout-kills)',
  // Each way into the bundle; these are its main stories.
  'bundle/(?!(main-job|checked-out-commit|gates|exports|build-secrets|failing-beside)\\.)',
  'emulators/',
  'properties/',
  'demo/',
  'docs/',
  'examples/',
  'scripts/',
  'redaction/secrets-in-runs',
  'setup/(iam-policy/(least-privilege|operations|access)|doctor/)',
  'operate/prune/prune-beside-others',
  'publish-layers/engines/(access|credentials|ownership|listing|calls|cloudformation/recreate-stack)',
  // Real git, or many cases.
  'adapters/git/(environment|export/(export-submodule|committed-bytes)|submodules/(hostile-gitmodules|urls))',
  'adapters/aws/s3/(requests|upload)',
  'build-layers/(install/(members|locked-requirements|requirements/list-options)|source/checkout-source|archive/(reproducible|write-archive)|build-failures)',
  'config/property',
  'cli/operate-commands',
  '(redaction/escape|report/deliver)\\.'
]

export default {
  ...standard,
  testPathIgnorePatterns: [...standard.testPathIgnorePatterns, ...leftOut.map(path => `<rootDir>/__tests__/${path}`)]
}
