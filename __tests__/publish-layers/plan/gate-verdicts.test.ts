import { describe, expect, it } from '@jest/globals'
import type { RequiredChecks } from '../../../src/model/configuration.js'
import { checkVerdicts, coverageVerdict, findChecks } from '../../../src/publish-layers/plan/gate-verdicts.js'

const required = (part: Partial<RequiredChecks> = {}): RequiredChecks => ({
  names: ['unit tests'],
  skipped: 'failure',
  waitMinutes: 10,
  ...part
})
const check = (name: string, outcome: string) => ({ name, outcome, url: null })
const statesOf = (names: readonly string[], checks: ReturnType<typeof check>[], part: Partial<RequiredChecks> = {}) =>
  findChecks(required({ names, ...part }), checks).map(({ state }) => state)

describe('required checks', () => {
  it('a name with spaces is found, and only that one', () => {
    const checks = [check('unit tests', 'success'), check('unit', 'failure'), check('unit tests extra', 'failure')]
    expect(statesOf(['unit tests'], checks)).toEqual(['success'])
  })

  it('the name of a matrix means all its jobs; with its suffix it means one', () => {
    const checks = [check('test (3.10, x64)', 'success'), check('test (3.11, x64)', 'failure')]
    expect(statesOf(['test', 'test (3.10, x64)', 'test (3.11, x64)', 'tes'], checks)).toEqual([
      'failed',
      'success',
      'failed',
      'missing'
    ])
    expect(statesOf(['test'], [checks[0]!, check('test (3.11, x64)', 'success')])).toEqual(['success'])
  })

  it.each([
    ['success', 'success'],
    ['neutral', 'success'],
    ['skipped', 'failed'],
    ['pending', 'pending'],
    ['failure', 'failed'],
    ['error', 'failed'],
    ['cancelled', 'failed'],
    ['timed_out', 'failed'],
    ['action_required', 'failed'],
    ['stale', 'failed'],
    ['startup_failure', 'failed'],
    ['something new', 'failed']
  ])('%s counts as %s', (outcome, state) => {
    expect(statesOf(['a'], [check('a', outcome)])).toEqual([state])
  })

  it('skipped counts as configured', () => {
    expect(statesOf(['a'], [check('a', 'skipped')], { skipped: 'success' })).toEqual(['success'])
  })

  it('of two checks of one name both must have succeeded', () => {
    expect(statesOf(['a'], [check('a', 'success'), check('a', 'failure')])).toEqual(['failed'])
    expect(statesOf(['a'], [check('a', 'success'), check('a', 'pending')])).toEqual(['pending'])
  })

  it('each has its verdict, with what was found and the mend', () => {
    const findings = findChecks(required({ names: ['a', 'b', 'c', 'd'] }), [
      check('a', 'success'),
      check('b', 'failure'),
      check('c', 'pending')
    ])
    const verdicts = checkVerdicts(required(), 'abc', { kind: 'read', findings })
    expect(verdicts.map(({ passed }) => passed)).toEqual([true, false, false, false])
    expect(verdicts.map(verdict => (verdict.passed === true ? '' : verdict.finding.found))).toEqual([
      '',
      'failure',
      'pending',
      'no such check'
    ])
    expect(verdicts[2]).toMatchObject({ finding: { mend: expect.stringContaining('wait-minutes (10)') } })
  })

  it('F69 no answer is a refusal that names the permissions', () => {
    const verdicts = checkVerdicts(required(), 'abc', {
      kind: 'unreadable',
      why: 'an outage',
      mend: 'grant checks: read'
    })
    expect(verdicts).toMatchObject([
      {
        guard: 'REQUIRED_CHECKS',
        passed: false,
        finding: { found: 'an outage', mend: expect.stringContaining('checks: read') }
      }
    ])
  })
})

describe('coverage', () => {
  const coverage = { report: 'coverage.xml', minimum: 24 }
  it('is shown with its minimum', () => {
    expect(coverageVerdict('a', coverage, { kind: 'rate', rate: { covered: 52, total: 100 } })).toEqual({
      guard: 'COVERAGE_BELOW_MINIMUM',
      subject: 'a',
      passed: true,
      detail: '52 % (minimum 24 %)'
    })
    expect(coverageVerdict('a', coverage, { kind: 'rate', rate: { covered: 24, total: 100 } }).passed).toBe(true)
  })

  it('below the minimum, unreadable or missing is refused', () => {
    const below = coverageVerdict('a', coverage, { kind: 'rate', rate: { covered: 23_999, total: 100_000 } })
    expect(below).toMatchObject({ passed: false, finding: { found: '23.99 %' } })
    expect(coverageVerdict('a', coverage, { kind: 'unreadable', why: 'an empty file' })).toMatchObject({
      passed: false
    })
    expect(coverageVerdict('a', coverage, null)).toMatchObject({ passed: false, finding: { found: 'no such file' } })
  })
})
