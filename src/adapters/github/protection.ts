/** What protects branches and environments. Sources: GitHub REST API, "Branches", "Rules", "Deployment environments". */
import { GitHubError, type EnvironmentProtection, type GitHub } from '../../ports/github.js'
import { asList } from './answers.js'
import type { Api } from './client.js'

export function protection(api: Api): Pick<GitHub, 'branchProtected' | 'environmentProtection'> {
  return {
    branchProtected: async branch => {
      const parameters = { branch }
      const route = '/repos/{owner}/{repo}/branches/{branch}'
      const byItself = await orNull(
        api.send(
          { method: 'GET', route, permission: 'contents: read', parameters },
          answer => field(answer, 'protected') === true
        )
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
        api.send({ method: 'GET', route, permission: 'actions: read', parameters }, (answer): EnvironmentProtection => {
          const rules = asList(field(answer, 'protection_rules') ?? []).map(rule => String(field(rule, 'type')))
          const limits = field(answer, 'deployment_branch_policy')
          return { rules, limitsBranches: limits !== null && limits !== undefined }
        })
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

function field(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' ? (value as Readonly<Record<string, unknown>>)[name] : undefined
}
