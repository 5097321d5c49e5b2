/** Reads what the gates are about: coverage reports from the checkout, checks and statuses of the commit from GitHub. */
import { join } from 'node:path'
import type { Layer, Verdict } from '../../model/index.js'
import type { RequiredChecks } from '../../model/configuration.js'
import type { Clock } from '../../ports/process.js'
import { GitHubError, type CommitCheck, type GitHub } from '../../ports/github.js'
import type { Log } from '../../ports/runner.js'
import { readCoverageReport, type CoverageReport } from '../plan/coverage-report.js'
import { checkVerdicts, coverageVerdict, findChecks } from '../plan/gate-verdicts.js'
import { readPlainFile } from '../../ports/plain-file.js'

/** A report of a large program has a few megabytes. */
const largestReportBytes = 100_000_000
const pollMilliseconds = 15_000

/**
 * @param layers those that changed
 * @param mode a plan has no tests run beside it: there a report that is missing says nothing
 */
export async function observeCoverage(
  layers: readonly Layer[],
  workspace: string,
  mode: 'plan' | 'deploy'
): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = []
  for (const { id, coverage } of layers) {
    if (coverage === undefined || coverage === null) continue
    const report = await readReport(join(workspace, coverage.report))
    if (report !== null || mode === 'deploy') verdicts.push(coverageVerdict(id, coverage, report))
  }
  return verdicts
}

async function readReport(file: string): Promise<CoverageReport | null> {
  try {
    return readCoverageReport((await readPlainFile(file, largestReportBytes)).toString())
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return code === 'ENOENT' || code === 'ENOTDIR' ? null : { kind: 'unreadable', why: message }
  }
}

export interface ChecksPorts {
  readonly github: GitHub | null
  readonly clock: Clock
  readonly log: Log
  readonly signal: AbortSignal
}

/** Waits for checks that have not ended, as long as the configuration says. Fails closed: no answer is no success. */
export async function observeChecks(
  required: RequiredChecks | null | undefined,
  commit: string,
  { github, clock, log, signal }: ChecksPorts
): Promise<readonly Verdict[]> {
  if (required === null || required === undefined) return []
  if (github === null) {
    return checkVerdicts(required, commit, {
      kind: 'unreadable',
      why: 'no GitHub token to read the checks with',
      mend: 'give the input github-token a token with the permissions checks: read and statuses: read'
    })
  }
  const deadline = clock.now() + required.waitMinutes * 60_000
  try {
    for (;;) {
      const findings = findChecks(required, await readChecks(github, commit, required))
      const waiting = findings.filter(({ state }) => state === 'pending' || state === 'missing')
      const hopeless = findings.some(({ state }) => state === 'failed')
      if (waiting.length === 0 || hopeless || clock.now() + pollMilliseconds > deadline) {
        return checkVerdicts(required, commit, { kind: 'read', findings })
      }
      log.info(`Waiting for ${waiting.map(({ name, outcome }) => `${name} (${outcome})`).join(', ')}`)
      await clock.sleep(pollMilliseconds, signal)
    }
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    const { message, mend } = error
    return checkVerdicts(required, commit, { kind: 'unreadable', why: `checks that cannot be read (${message})`, mend })
  }
}

/** Statuses are read only for names that no check run bears: one call in the usual case. */
async function readChecks(github: GitHub, commit: string, required: RequiredChecks): Promise<readonly CommitCheck[]> {
  const runs = await github.listCheckRuns(commit, required.names)
  if (findChecks(required, runs).every(({ state }) => state !== 'missing')) return runs
  const statuses = await github.listStatuses(commit)
  return [
    ...runs,
    ...statuses.map(({ context, state, targetUrl }) => ({ name: context, outcome: state, url: targetUrl }))
  ]
}
