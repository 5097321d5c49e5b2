import type { Runner } from '../../ports/runner.js'
import { actionsRunner } from './actions-runner.js'
import { terminalRunner } from './terminal-runner.js'

/** The runner that this process was started by: one of GitHub Actions, or a person at a terminal. */
export function openRunner(env: NodeJS.ProcessEnv): Runner {
  if (env['GITHUB_ACTIONS'] === 'true') return actionsRunner()
  return terminalRunner({ debug: env['RUNNER_DEBUG'] === '1', write: text => process.stderr.write(text) })
}

/** What the main step left for the post step by `saveState`; empty: nothing. The main step never reads it. */
export { getState as savedState } from '@actions/core'
