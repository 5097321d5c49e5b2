/** What GitHub itself lets happen: what the token may read, who may push to the branches that deploy, who may deploy to the environments. */
import type { Config } from '../../model/index.js'
import { GitHubError, type GitHub } from '../../ports/github.js'
import { ok, skipped, warning, type Finding, problem } from './finding.js'

export type ProtectionPorts = Pick<GitHub, 'branchProtected' | 'environmentProtection'>

export async function checkProtection(
  github: ProtectionPorts | null,
  config: Config,
  only: string | null
): Promise<readonly Finding[]> {
  if (github === null) return []
  const environments = config.environments.filter(({ name }) => only === null || name === only)
  const branches = [...new Set(environments.flatMap(each => each.branches))]
  return Promise.all([
    ...branches.map(branch => branchFinding(github, branch)),
    ...environments.map(({ name }) => environmentFinding(github, name))
  ])
}

async function branchFinding(github: ProtectionPorts, branch: string): Promise<Finding> {
  const check = `branch ${branch}`
  try {
    const isProtected = await github.branchProtected(branch)
    if (isProtected === null) return warning(check, 'not on GitHub', `push it: git push origin HEAD:${branch}`)
    if (isProtected) return ok(check, 'protected')
    const mend = 'add a ruleset on GitHub: pull requests and status checks required, no force pushes'
    return warning(check, 'not protected: whoever may push may deploy', mend)
  } catch (error) {
    return unknown(check, error)
  }
}

async function environmentFinding(github: ProtectionPorts, name: string): Promise<Finding> {
  const check = `GitHub environment ${name}`
  const mend = 'on GitHub limit it to the branches that deploy to it (Settings, Environments, Deployment branches)'
  try {
    const found = await github.environmentProtection(name)
    if (found === null) return warning(check, 'does not exist: GitHub makes it, unprotected, at the first use', mend)
    const rules = [
      ...found.rules.filter(rule => rule !== 'branch_policy'),
      ...(found.limitsBranches ? ['branches'] : [])
    ]
    if (rules.length === 0) return warning(check, 'not protected: every branch may deploy to it', mend)
    return ok(check, `protected: ${rules.join(', ')}`)
  } catch (error) {
    return unknown(check, error)
  }
}

/** A token that may not ask says nothing about what it asks for. */
function unknown(check: string, error: unknown): Finding {
  if (!(error instanceof GitHubError)) throw error
  return skipped(check, error.permission === null ? error.message : `not known: the token lacks ${error.permission}`)
}

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
