/** Statuses that stand pending, over a stretch of history in one call. */
import type { GitHub } from '../../ports/github.js'
import { asPendingStatuses } from './answers.js'
import type { Api } from './api.js'
import { refusesGraphql } from './errors.js'

/** GitHub GraphQL API, "Commit": `history` holds the commit itself, newest first, at most 100 a page. */
const pendingStatusesQuery = `query($owner: String!, $repo: String!, $commit: GitObjectID!, $context: String!) {
  repository(owner: $owner, name: $repo) {
    object(oid: $commit) {
      ... on Commit { history(first: 100) { nodes { oid status { context(name: $context) { state targetUrl } } } } }
    }
  }
}`

/** Over REST, where a token or a server refuses the query, only the commit itself is looked at. */
export function pendingStatuses(api: Api, listStatuses: GitHub['listStatuses']): GitHub['pendingStatuses'] {
  return async (commit, context) => {
    try {
      const variables = { commit, context }
      return await api.graphql('statuses', 'statuses: read', pendingStatusesQuery, variables, asPendingStatuses)
    } catch (error) {
      if (!refusesGraphql(error)) throw error
      const latest = (await listStatuses(commit)).find(status => status.context === context)
      return latest?.state === 'pending' ? [{ commit, targetUrl: latest.targetUrl }] : []
    }
  }
}
