/** The post step: closes the commit status that a killed main step left open. */
import { asCodedError } from './errors.js'
import { openGitHub, openRunner } from './main.js'
import { readInputs, readRunContext, type RunnerEnvironment } from './inputs.js'
import type { Runner } from './ports/runner.js'
import { writeStatus } from './report/deliver.js'
import { openStatusState, type OpenStatus } from './report/reporter.js'

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
  const github = openGitHub(readInputs(environment), context)
  const status = {
    context: open.context,
    state: 'error',
    description: 'The run ended before it was finished: cancelled, timed out or killed',
    targetUrl: context.runUrl
  } as const
  const warning = await writeStatus(open.commit, status, { github, runner })
  if (warning !== null) runner.warning(warning)
}

function readOpenStatus(state: string | undefined): OpenStatus | null {
  if (state === undefined || state === '') return null
  const { commit, context } = JSON.parse(state) as Partial<OpenStatus>
  return typeof commit === 'string' && typeof context === 'string' ? { commit, context } : null
}
