import { describe, expect, it } from '@jest/globals'
import type { RequiredChecks } from '../../../src/model/configuration.js'
import type { CoverageReport } from '../../../src/publish-layers/plan/coverage-report.js'
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

  it('a matrix is what begins with the name and its bracket, and ends with one', () => {
    const near = [check('test (3.10', 'failure'), check('latest (3.10)', 'failure'), check('test 3.10)', 'failure')]
    expect(statesOf(['test'], [...near, check('test (3.11)', 'success')])).toEqual(['success'])
    expect(statesOf(['test'], near)).toEqual(['missing'])
  })

  it('a check of the very name stands for itself, whatever its matrix does', () => {
    expect(statesOf(['test'], [check('test (3.10)', 'failure'), check('test', 'success')])).toEqual(['success'])
  })

  it('what decides is told: the worst of several, by its own outcome', () => {
    const checks = [check('a', 'success'), check('a', 'pending'), check('a', 'timed_out'), check('b', 'neutral')]
    expect(findChecks(required({ names: ['a', 'b'] }), checks)).toEqual([
      { name: 'a', state: 'failed', outcome: 'timed_out' },
      { name: 'b', state: 'success', outcome: 'neutral' }
    ])
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
    expect(verdicts[3]).toMatchObject({ finding: { mend: expect.stringContaining('required-checks') } })
    expect(verdicts[0]).toMatchObject({ guard: 'REQUIRED_CHECKS', subject: 'a', detail: 'success' })
    for (const verdict of verdicts.slice(1)) {
      expect(verdict.guard).toBe('REQUIRED_CHECKS')
      if (verdict.passed === true) throw new Error('it passed')
      for (const named of ['abc', verdict.subject]) expect(verdict.finding.expected).toContain(named)
      expect(verdict.finding.mend).toContain(verdict.subject)
    }
    expect(verdicts.map(({ subject }) => subject)).toEqual(['a', 'b', 'c', 'd'])
  })

  it('F69 no answer is a refusal that names the permissions', () => {
    const verdicts = checkVerdicts(required({ names: ['lint', 'unit tests'] }), 'abc', {
      kind: 'unreadable',
      why: 'an outage',
      mend: 'grant checks: read'
    })
    expect(verdicts).toMatchObject([
      {
        ...{ guard: 'REQUIRED_CHECKS', subject: '', passed: false },
        finding: {
          expected: expect.stringMatching(/lint, unit tests.*abc/),
          ...{ found: 'an outage', mend: 'grant checks: read' }
        }
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
    const of = (report: CoverageReport | null) => {
      const verdict = coverageVerdict('da_flask', coverage, report)
      if (verdict.passed !== false) throw new Error('it was not refused')
      expect(verdict).toMatchObject({ guard: 'COVERAGE_BELOW_MINIMUM', subject: 'da_flask' })
      for (const named of ['24 %', 'coverage.xml']) expect(verdict.finding.expected).toContain(named)
      return verdict.finding
    }
    expect(of({ kind: 'rate', rate: { covered: 1, total: 100 } }).mend).toContain('coverage.minimum')
    expect(of({ kind: 'unreadable', why: 'an empty file' })).toMatchObject({
      ...{ found: 'an empty file', mend: expect.stringContaining('LCOV') }
    })
    expect(of(null).mend).toContain('da_flask')
    const below = coverageVerdict('a', coverage, { kind: 'rate', rate: { covered: 23_999, total: 100_000 } })
    expect(below).toMatchObject({ passed: false, finding: { found: '23.99 %' } })
    expect(coverageVerdict('a', coverage, { kind: 'unreadable', why: 'an empty file' })).toMatchObject({
      passed: false
    })
    expect(coverageVerdict('a', coverage, null)).toMatchObject({ passed: false, finding: { found: 'no such file' } })
  })
})
