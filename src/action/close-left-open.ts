/** Closes the commit status that the main step left open, because it was killed or GitHub did not take the final one. Its only write. */
import type { RunnerEnvironment } from '../model/index.js'
import { openGitHub } from '../adapters/github/index.js'
import { proxyRoutes } from '../adapters/proxy/routes.js'
import { openRunner, savedState } from '../adapters/runner/index.js'
import { asCodedError } from '../model/errors.js'
import { readInputs, readRunContext } from './inputs.js'
import { GitHubError, type CommitStatusRecord, type GitHub } from '../ports/github.js'
import type { Runner } from '../ports/runner.js'
import { withCheckRuns } from '../report/status/check-run.js'
import { openStatusState, readOpenStatus, type OpenStatus, writeStatus } from '../report/status/write-status.js'
import { secretsOf } from '../redaction/secrets.js'

/** All of it. A rate limit is waited out as GitHub says where that is within it; the next run closes what stays open. */
const longestSeconds = 115

const unfinished = {
  state: 'error',
  description: 'The run ended before it was finished: cancelled, timed out or killed'
} as const

/** @returns 0: what could not be closed is a warning, the main step has the result */
export async function closeLeftOpen(environment: RunnerEnvironment): Promise<number> {
  const runner = openRunner(environment)
  try {
    const open = readOpenStatus(savedState(openStatusState))
    if (open !== null) await close(open, environment, runner)
  } catch (error) {
    runner.warning(asCodedError(error).message)
  }
  return 0
}

async function close(open: OpenStatus, environment: RunnerEnvironment, runner: Runner): Promise<void> {
  // A main step that was killed early may have masked nothing.
  for (const secret of secretsOf(environment)) runner.mask(secret)
  const context = readRunContext(environment)
  const { githubToken, checkRun } = readInputs(environment, runner)
  const opened = openGitHub({
    ...{
      token: githubToken,
      repository: context.repository,
      apiUrl: context.apiUrl,
      proxies: proxyRoutes(environment)
    },
    ...{ signal: AbortSignal.timeout(longestSeconds * 1000), deadlineSeconds: longestSeconds },
    // A GitHub that answers nothing does not get all of it: two calls with two tries each.
    ...{ longestWaitSeconds: longestSeconds, attemptSeconds: 8, retries: 1 }
  })
  if (opened === null) return
  const github = checkRun ? withCheckRuns(opened) : opened
  if (!(await isOpen(github, open, context.runUrl))) return
  const status = { context: open.context, ...(open.final ?? unfinished), targetUrl: context.runUrl }
  const warning = await writeStatus(open.commit, status, { github, runner })
  if (warning !== null) runner.warning(warning)
}

/**
 * The main step may have been killed between its final status and the note that it is written; and another run of the same
 * commit may have taken the context over. Where GitHub does not say, the status is closed: it must not stay pending.
 */
async function isOpen(github: GitHub, open: OpenStatus, runUrl: string | null): Promise<boolean> {
  let statuses: readonly CommitStatusRecord[]
  try {
    statuses = await github.listStatuses(open.commit)
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    return true
  }
  const latest = statuses.find(({ context }) => context === open.context)
  return latest === undefined || (latest.state === 'pending' && latest.targetUrl === runUrl)
}
