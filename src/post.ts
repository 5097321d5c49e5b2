/** The post step: closes the commit status that a killed main step left open. */
import { openGitHub, openRunner } from './main.js'
import { readInputs, readRunContext, type RunnerEnvironment } from './inputs.js'
import { writeStatus } from './report/deliver.js'
import { openStatusState, type OpenStatus } from './report/reporter.js'

/** @returns 0: what could not be closed is a warning, the main step has the result */
export async function post(environment: RunnerEnvironment): Promise<number> {
  const runner = openRunner(environment)
  const open = readOpenStatus(environment[`STATE_${openStatusState}`])
  if (open === null) return 0
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
  return 0
}

function readOpenStatus(state: string | undefined): OpenStatus | null {
  if (state === undefined || state === '') return null
  const { commit, context } = JSON.parse(state) as Partial<OpenStatus>
  return typeof commit === 'string' && typeof context === 'string' ? { commit, context } : null
}
