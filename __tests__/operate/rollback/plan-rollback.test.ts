import { describe, expect, it } from '@jest/globals'
import {
  assertSpecified,
  planRollback,
  rollbackSource,
  type RollbackFacts
} from '../../../src/operate/rollback/plan-rollback.js'
import { resultOfRollback } from '../../../src/operate/rollback/rollback.js'
import { unknownSubject } from '../../../src/publish-layers/result.js'
import { deployed, detail, fact, production as promoted, run, stored, targets } from './rollback-facts.js'

const failures = (facts: readonly RollbackFacts[]) =>
  planRollback(run, facts, []).verdicts.flatMap(({ guard, passed }) => (passed === true ? [] : [guard]))

describe('the plan of a rollback', () => {
  it('F152 publishes the old content under the head commit, with a source digest that no tip has', () => {
    const { steps } = planRollback(run, [fact(0)], [])
    expect(steps).toEqual([
      {
        ...{ kind: 'publish', target: targets[0], deployed, wanted: detail(1, 'a1'), content: stored('a1') },
        record: {
          ...{
            sourceDigest: rollbackSource(1, 'c1'),
            contentDigest: 'c1',
            artifactSha256: 'a1',
            commit: 'head',
            sourceCommit: 'x1'
          },
          ...{ run: '7/1', repository: 'o/r', rolledBackTo: '1' }
        }
      }
    ])
  })

  it('takes a commit from nowhere where nobody noted it', () => {
    const content = {
      kind: 'from-version',
      file: 'f',
      contentDigest: 'c1',
      sha256: 'a1',
      sizeBytes: 1,
      sourceCommit: null,
      verdicts: []
    }
    const [step] = planRollback(run, [fact(0, { content: content as RollbackFacts['content'] })], []).steps
    expect(step).toMatchObject({ record: { sourceDigest: rollbackSource(1, 'c1'), sourceCommit: 'unknown' } })
  })

  it('refuses what is not there, gone or altered, all of it or nothing', () => {
    expect(failures([fact(0), fact(1, { wanted: null, content: null })])).toEqual(['VERSION_NOT_FOUND'])
    expect(failures([fact(0, { content: { kind: 'gone', found: 'x' } })])).toEqual(['ARTIFACT_GONE'])
    expect(failures([fact(0, { content: { kind: 'altered', found: 'x' } })])).toEqual(['ARTIFACT_ALTERED'])
    expect(failures([fact(0), fact(1)])).toEqual([])
  })

  it('refuses a number that means another content in another region', () => {
    expect(failures([fact(0), fact(1, { wanted: detail(1, 'other'), content: stored('other') })])).toEqual([
      'CONFIG_INVALID'
    ])
    const previous = planRollback({ ...run, version: 'previous' }, [fact(0), fact(1, { wanted: detail(2, 'b') })], [])
    expect(previous.verdicts.every(({ passed }) => passed === true)).toBe(true)
  })

  it('F151 refuses a version that no record names, unless a person vouches for it', () => {
    const byHand = { ...deployed, earlierVersions: '2' }
    expect(failures([fact(0, { deployed: byHand })])).toEqual(['VERSION_NOT_FOUND'])
    const vouched = planRollback({ ...run, unrecorded: true }, [fact(0, { deployed: byHand })], [])
    expect(vouched.verdicts.every(({ passed }) => passed === true)).toBe(true)
    expect(vouched.steps).toHaveLength(1)
  })

  it('F151 nobody vouches in place of the environment that it is promoted from', () => {
    const production = { ...run, environment: promoted, unrecorded: true }
    const byHand = { ...deployed, earlierVersions: '2' }
    const refused = planRollback(production, [fact(0, { deployed: byHand })], []).verdicts
    expect(refused.flatMap(({ guard, passed }) => (passed === true ? [] : [guard]))).toEqual(['NOT_PROMOTED'])
    const onRecord = planRollback(production, [fact(0)], []).verdicts
    expect(onRecord.every(({ passed }) => passed === true)).toBe(true)
  })

  it('has nothing to do where the version runs already', () => {
    const plan = planRollback(run, [fact(0, { content: null })], [])
    expect(plan.steps.map(({ kind }) => kind)).toEqual(['keep'])
    const result = resultOfRollback({ subject: unknownSubject, branch: 'test' }, plan, [])
    expect(result).toMatchObject({ conclusion: 'success', changedLayers: [] })
    expect(result.headline).toMatch(/^Nothing to roll back/)
  })
})

describe('what is asked for', () => {
  const layers = [{ id: 'a' }, { id: 'b' }]
  it.each([
    ['no version', null, layers.slice(0, 1), true],
    ['all layers by default', 'previous', layers, false],
    ['one number for two layers', 1, layers, true]
  ] as const)('refuses %s', (_what, version, chosen, named) => {
    expect(() => assertSpecified(version, chosen, named)).toThrow(/^CONFIG_INVALID: /)
  })

  it('takes one layer without its name where there is only one', () => {
    expect(assertSpecified(1, layers.slice(0, 1), false)).toBe(1)
    expect(assertSpecified('previous', layers, true)).toBe('previous')
  })
})
