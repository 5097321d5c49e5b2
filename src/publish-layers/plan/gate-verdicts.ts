/** The gates as guards: pure verdicts over the coverage that was measured and the checks that GitHub holds. */
import type { Verdict } from '../../model/index.js'
import type { Coverage, RequiredChecks } from '../../model/configuration.js'
import type { CommitCheck } from '../../ports/github.js'
import { percentText, reaches, type CoverageReport } from './coverage-report.js'

/** @param report `null`: there is no file */
export function coverageVerdict(layerId: string, coverage: Coverage, report: CoverageReport | null): Verdict {
  const guard = 'COVERAGE_BELOW_MINIMUM'
  const expected = `a coverage of at least ${coverage.minimum} % in ${coverage.report}`
  const refused = (found: string, mend: string): Verdict => {
    return { guard, subject: layerId, passed: false, finding: { expected, found, mend } }
  }
  if (report === null)
    return refused('no such file', `run the tests of ${layerId} in a step before this one, and write the report there`)
  if (report.kind === 'unreadable') return refused(report.why, 'write Cobertura XML, coverage.py JSON or LCOV')
  const shown = percentText(report.rate)
  if (!reaches(report.rate, coverage.minimum))
    return refused(shown, `test more of ${layerId}, or lower coverage.minimum`)
  return { guard, subject: layerId, passed: true, detail: `${shown} (minimum ${coverage.minimum} %)` }
}

type CheckState = 'success' | 'pending' | 'missing' | 'failed'

export interface CheckFinding {
  readonly name: string
  readonly state: CheckState
  /** What GitHub says of it, for a reader. */
  readonly outcome: string
}

/**
 * How each required check stands. A name means the check of exactly that name; where there is none, every job of a matrix of
 * that name: `test` means `test (3.10)` and `test (3.11)`, which must all have succeeded. Several checks of one name (two
 * apps, two workflows) must all have succeeded.
 */
export function findChecks(required: RequiredChecks, checks: readonly CommitCheck[]): readonly CheckFinding[] {
  return required.names.map(name => {
    const exact = checks.filter(check => check.name === name)
    const meant = exact.length > 0 ? exact : checks.filter(check => isOfMatrix(check.name, name))
    const states = meant.map(check => stateOf(check, required))
    const worst = (['failed', 'pending', 'success'] as const).find(state => states.includes(state)) ?? 'missing'
    const deciding = meant.find((_check, index) => states[index] === worst)
    return { name, state: worst, outcome: deciding?.outcome ?? 'no such check' }
  })
}

function isOfMatrix(checkName: string, name: string): boolean {
  return checkName.startsWith(`${name} (`) && checkName.endsWith(')')
}

/** Source: GitHub REST API, "Check runs": conclusions; "Commit statuses": states. `neutral` is how a check says "fine by me". */
function stateOf({ outcome }: CommitCheck, { skipped }: RequiredChecks): CheckState {
  if (outcome === 'success' || outcome === 'neutral') return 'success'
  if (outcome === 'skipped') return skipped === 'success' ? 'success' : 'failed'
  return outcome === 'pending' ? 'pending' : 'failed'
}

/** One verdict a check. `unreadable`: GitHub did not say, and nothing counts as succeeded. */
export function checkVerdicts(
  required: RequiredChecks,
  commit: string,
  found:
    | { readonly kind: 'read'; readonly findings: readonly CheckFinding[] }
    | { readonly kind: 'unreadable'; readonly why: string; readonly mend: string }
): readonly Verdict[] {
  const guard = 'REQUIRED_CHECKS'
  if (found.kind === 'unreadable') {
    const expected = `the checks ${required.names.join(', ')} to have succeeded for ${commit}`
    return [{ guard, subject: '', passed: false, finding: { expected, found: found.why, mend: found.mend } }]
  }
  return found.findings.map(({ name, state, outcome }): Verdict => {
    if (state === 'success') return { guard, subject: name, passed: true, detail: outcome }
    const expected = `the check ${name} to have succeeded for ${commit}`
    return {
      guard,
      subject: name,
      passed: false,
      finding: { expected, found: outcome, mend: mendOf(name, state, required) }
    }
  })
}

function mendOf(name: string, state: CheckState, { waitMinutes }: RequiredChecks): string {
  switch (state) {
    case 'missing':
      return `report ${name} for this commit from a workflow, or correct the name under required-checks`
    case 'pending':
      return `wait until ${name} has ended and run again, or raise wait-minutes (${waitMinutes})`
    case 'failed':
    case 'success':
      return `mend what ${name} found and push, or run it again`
  }
}
