import type { Facts } from '../../../src/publish-layers/plan/facts.js'
import { describe, expect, it } from '@jest/globals'
import { CodedError } from '../../../src/model/errors.js'
import type { DeployedVersion, Verdict } from '../../../src/model/index.js'
import { buildPlan, planDocument } from '../../../src/publish-layers/plan/plan.js'
import { sameProperties, targetKey } from '../../../src/publish-layers/target.js'
import { artifact, change, deployed, facts, gitlink, headCommit, source, target } from '../../support/plans.js'

const finding = { expected: 'a', found: 'b', mend: 'c' }
const refused: Verdict = { guard: 'ACCOUNT_MISMATCH', subject: '', passed: false, finding }
const aside: Verdict = { guard: 'STALE_RUN', subject: '', passed: 'stand-aside', finding }
const fine: Verdict = { guard: 'ACCOUNT_MISMATCH', subject: '', passed: true, detail: '' }
const running = (version: Partial<DeployedVersion>) => ({ deployed: new Map([[targetKey(target), deployed(version)]]) })
const stepOf = (changes: Partial<Facts>) => buildPlan(facts(changes)).steps[0]

describe('what becomes of a layer', () => {
  it('publishes a content that is not deployed', () => {
    expect(stepOf({})).toMatchObject({
      kind: 'publish',
      target,
      stored: null,
      artifact: artifact(),
      record: {
        sourceDigest: source.sourceDigest,
        contentDigest: artifact().contentDigest,
        artifactSha256: artifact().artifactSha256,
        commit: headCommit,
        sourceCommit: gitlink.objectId,
        run: '101/1',
        repository: 'octo-org/superproject'
      }
    })
  })
  it('publishes what was never deployed', () => {
    expect(stepOf({ deployed: new Map([[targetKey(target), null]]) })?.kind).toBe('publish')
  })
  it('tells what changes in it beside the packages, where that is known', () => {
    expect(stepOf({})).not.toHaveProperty('contentChange')
    const known = { ownFiles: { added: 1, changed: 2, removed: 3 }, licencesCompared: true }
    const step = stepOf({ contentChanges: new Map([[targetKey(target), known]]) })
    expect(step).toMatchObject({ kind: 'publish', contentChange: known })
  })
  it('keeps what did not change', () => {
    expect(stepOf({ changes: [change({ changed: false, reason: 'unchanged' })] })?.kind).toBe('keep')
  })
  it('only records the source of a content that is deployed already', () => {
    expect(stepOf(running({ contentDigest: artifact().contentDigest }))?.kind).toBe('record')
  })
  it.each([
    ['its description changed', { properties: { ...target.properties, description: 'other' } }],
    ['its runtimes changed', { properties: { ...target.properties, compatibleRuntimes: ['python3.12'] } }],
    ['the version was deleted by somebody', { properties: null }],
    ['nobody recorded it', { sourceDigest: null }]
  ])('F59 publishes the same content where %s', (_name, version) => {
    expect(stepOf(running({ contentDigest: artifact().contentDigest, ...version }))?.kind).toBe('publish')
  })
  it('announces what is not built', () => {
    expect(stepOf({ mode: 'plan', builds: new Map() })?.kind).toBe('announce')
  })
  it('fails a layer whose build failed', () => {
    const error = new CodedError('BUILD_FAILED', finding)
    expect(stepOf({ builds: new Map([['da_flask', error]]) })).toMatchObject({ kind: 'fail', error })
  })
})

describe('what becomes of the run', () => {
  const outcome = (changes: Partial<Facts>) => buildPlan(facts(changes)).outcome
  const unchanged = { changes: [change({ changed: false, reason: 'unchanged' })] }
  it.each([
    ['there is something to write', { verdicts: [fine] }, 'apply'],
    ['there is nothing to write', unchanged, 'nothing'],
    ['a guard fails', { verdicts: [fine, refused] }, 'refuse'],
    ['a guard fails and there is nothing to write', { ...unchanged, verdicts: [refused] }, 'refuse'],
    ['a newer commit is deployed', { verdicts: [fine, aside] }, 'stand-aside'],
    ['a guard fails beside a newer commit', { verdicts: [aside, refused] }, 'refuse'],
    [
      'the only changed layer could not be built',
      { builds: new Map([['da_flask', new CodedError('BUILD_FAILED', finding)]]) },
      'nothing'
    ]
  ] as const)('%s', (_name, changes, expected) => {
    expect(outcome(changes as Partial<Facts>)).toBe(expected)
  })
})

it('writes itself down without paths and without the archive', () => {
  const document = planDocument(buildPlan(facts({ verdicts: [fine, refused] })))
  expect(document).toMatchObject({
    mode: 'deploy',
    environment: 'sandbox',
    outcome: 'refuse',
    steps: [
      { layer: 'da_flask', region: 'us-east-2', action: 'publish', reason: 'source-changed', 'deployed-version': 3 }
    ],
    guards: [
      { guard: 'ACCOUNT_MISMATCH', passed: true },
      { guard: 'ACCOUNT_MISMATCH', passed: false, found: 'b' }
    ]
  })
  expect(JSON.stringify(document)).not.toContain('/tmp')
})

it('compares what a version declares as Lambda keeps it', () => {
  const base = {
    description: 'd',
    licenseInfo: 'MIT',
    compatibleRuntimes: ['a', 'b'],
    compatibleArchitectures: ['x86_64']
  }
  expect(sameProperties(base, { ...base, compatibleRuntimes: ['b', 'a'] })).toBe(true)
  expect(sameProperties(base, { ...base, compatibleRuntimes: ['a'] })).toBe(false)
  expect(sameProperties(base, { ...base, compatibleRuntimes: ['a', 'c'] })).toBe(false)
  expect(sameProperties(base, { ...base, licenseInfo: '' })).toBe(false)
  expect(sameProperties(base, { ...base, description: '' })).toBe(false)
  expect(sameProperties(base, { ...base, compatibleArchitectures: [] })).toBe(false)
})
