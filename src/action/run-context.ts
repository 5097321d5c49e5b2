/** Where and as what the run takes place, read once from the runner's environment. */
import { resolve } from 'node:path'
import type { RunContext, RunnerEnvironment } from '../model/index.js'
import { runUrl } from '../report/context.js'

export function readRunContext(environment: RunnerEnvironment): RunContext {
  const onGitHub = environment['GITHUB_ACTIONS'] === 'true'
  const repository = environment['GITHUB_REPOSITORY'] ?? ''
  const serverUrl = environment['GITHUB_SERVER_URL'] ?? 'https://github.com'
  const runId = environment['GITHUB_RUN_ID'] ?? ''
  const runAttempt = environment['GITHUB_RUN_ATTEMPT'] ?? '1'
  return {
    onGitHub,
    repository,
    repositoryId: orNull(environment['GITHUB_REPOSITORY_ID'] ?? ''),
    runId,
    runAttempt,
    actor: environment['GITHUB_TRIGGERING_ACTOR'] ?? environment['GITHUB_ACTOR'] ?? '',
    apiUrl: environment['GITHUB_API_URL'] ?? 'https://api.github.com',
    serverUrl,
    runUrl: runUrl({ serverUrl, repository, runId: runId === '' ? null : runId, runAttempt: Number(runAttempt) }),
    sha: orNull(environment['GITHUB_SHA'] ?? ''),
    workspace: resolve(environment['GITHUB_WORKSPACE'] ?? '.'),
    temporaryDirectory: environment['RUNNER_TEMP'] ?? environment['TMPDIR'] ?? '/tmp',
    stepDebug: environment['RUNNER_DEBUG'] === '1'
  }
}

function orNull(value: string): string | null {
  return value === '' ? null : value
}
