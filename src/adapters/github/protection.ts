/** What protects branches and environments. Sources: GitHub REST API, "Branches", "Rules", "Deployment environments". */
import { GitHubError, type GitHub } from '../../ports/github.js'
import { asBranchProtected, asEnvironmentProtection, asList } from './answers.js'
import type { Api } from './client.js'

export function protection(api: Api): Pick<GitHub, 'branchProtected' | 'environmentProtection'> {
  return {
    branchProtected: async branch => {
      const parameters = { branch }
      const route = '/repos/{owner}/{repo}/branches/{branch}'
      const byItself = await orNull(
        api.send({ method: 'GET', route, permission: 'contents: read', parameters }, asBranchProtected)
      )
      if (byItself !== false) return byItself
      const rules = '/repos/{owner}/{repo}/rules/branches/{branch}'
      return api.send(
        { method: 'GET', route: rules, permission: 'metadata: read', parameters },
        answer => asList(answer).length > 0
      )
    },
    environmentProtection: name => {
      const route = '/repos/{owner}/{repo}/environments/{environment_name}'
      const parameters = { environment_name: name }
      return orNull(
        api.send({ method: 'GET', route, permission: 'actions: read', parameters }, asEnvironmentProtection)
      )
    }
  }
}

async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof GitHubError && error.kind === 'not-found') return null
    throw error
  }
}
