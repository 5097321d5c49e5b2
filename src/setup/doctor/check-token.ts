import { GitHubError, type GitHub } from '../../ports/github.js'
import { ok, problem, skipped, warning, type Finding } from './finding.js'

/** What the token can read says which permissions it has; whether it may write is in the workflow file. */
export async function checkToken(
  github: Pick<GitHub, 'listStatuses' | 'deployments'> | null,
  head: string | null
): Promise<readonly Finding[]> {
  const check = 'token'
  if (github === null) {
    return [
      warning(
        check,
        'none, so GitHub was not asked',
        'set GITHUB_TOKEN (export GITHUB_TOKEN=$(gh auth token)) in a clone whose remote origin is on GitHub'
      )
    ]
  }
  if (head === null) return [skipped(check, 'no commit to ask about')]
  const questions: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['commit statuses', () => github.listStatuses(head)],
    ['deployments', () => firstPage(github)]
  ]
  return Promise.all(questions.map(([what, ask]) => answerOf(`${check}: ${what}`, ask)))
}

async function firstPage(github: Pick<GitHub, 'deployments'>): Promise<void> {
  for await (const _page of github.deployments({ environment: 'doctor', task: 'layer-deploy' })) return
}

async function answerOf(check: string, ask: () => Promise<unknown>): Promise<Finding> {
  try {
    await ask()
    return ok(check, 'readable')
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    const mend = error.permission === null ? error.mend : `give the token the permission ${error.permission}`
    if (error.kind === 'permission' || error.kind === 'not-found') return problem(check, error.message, mend)
    // A commit that was not pushed is unknown to GitHub.
    if (error.kind === 'validation') return skipped(check, 'the commit is not on GitHub')
    return warning(check, error.message, error.kind === 'unavailable' ? 'run doctor again' : error.mend)
  }
}
