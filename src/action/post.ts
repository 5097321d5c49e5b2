/** The post step: closes the commit status that a killed main step left open. */
import { asCodedError } from '../model/errors.js'
import { openGitHub, openRunner } from './main.js'
import { readInputs, readRunContext, type RunnerEnvironment } from './inputs.js'
import { GitHubError, type CommitStatusRecord, type GitHub } from '../ports/github.js'
import type { Runner } from '../ports/runner.js'
import { withCheckRuns } from '../report/status/check-run.js'
import { writeStatus } from '../report/deliver.js'
import { openStatusState, type OpenStatus } from '../report/reporter.js'

/** @returns 0: what could not be closed is a warning, the main step has the result */
export async function post(environment: RunnerEnvironment): Promise<number> {
  const runner = openRunner(environment)
  try {
    await closeStatus(environment, runner)
  } catch (error) {
    runner.warning(asCodedError(error).message)
  }
  return 0
}

async function closeStatus(environment: RunnerEnvironment, runner: Runner): Promise<void> {
  const open = readOpenStatus(environment[`STATE_${openStatusState}`])
  if (open === null) return
  const context = readRunContext(environment)
  const inputs = readInputs(environment)
  const opened = openGitHub(inputs, context)
  const github = opened !== null && inputs.checkRun ? withCheckRuns(opened) : opened
  if (github !== null && !(await isOpen(github, open, context.runUrl))) return
  const status = {
    context: open.context,
    state: 'error',
    description: 'The run ended before it was finished: cancelled, timed out or killed',
    targetUrl: context.runUrl
  } as const
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

function readOpenStatus(state: string | undefined): OpenStatus | null {
  if (state === undefined || state === '') return null
  const { commit, context } = JSON.parse(state) as Partial<OpenStatus>
  return typeof commit === 'string' && typeof context === 'string' ? { commit, context } : null
}
