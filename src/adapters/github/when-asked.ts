import type { GitHub } from '../../ports/github.js'
import { whenAsked } from '../when-asked.js'
import type { GitHubOptions } from './client.js'

const methods: { readonly [Name in keyof GitHub]: true } = {
  ...{ listComments: true, readComment: true, createComment: true, updateComment: true, deleteComment: true },
  ...{ createStatus: true, listStatuses: true, pendingStatuses: true, pullsOfCommit: true, compare: true },
  ...{ listCheckRuns: true, checkRunsNamed: true, createCheckRun: true, updateCheckRun: true },
  ...{ viewerLogin: true, callsMade: true, deployments: true, deploymentOutcomes: true },
  ...{ createDeployment: true, createDeploymentStatus: true },
  ...{ branchProtected: true, environmentProtection: true }
}

/** GitHub for one repository, loaded at the first question. `null`: there is no token, or no repository that it could be for. */
export function gitHubWhenAsked({
  token,
  ...options
}: Omit<GitHubOptions, 'token'> & { readonly token: string | null }): GitHub | null {
  if (token === null || options.repository === '') return null
  let opened: GitHub | null = null
  const { port, open } = whenAsked(methods, async () => {
    return (opened = (await import('./index.js')).createGitHub({ token, ...options }))
  })
  return {
    ...port,
    callsMade: () => opened?.callsMade() ?? 0,
    deployments: async function* (filter) {
      yield* (await open()).deployments(filter)
    }
  }
}
