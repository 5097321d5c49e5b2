/** Deployments. Read over GraphQL, which gives their states along; over REST where a token or a server refuses that. */
import { type DeploymentState, type DeploymentWithStates, type GitHub } from '../../ports/github.js'
import { asDeployment, asDeploymentNode, asDeploymentPage, asDeploymentState } from './answers.js'
import type { Api, Call } from './api.js'
import { once } from './client.js'
import { refusesGraphql } from './errors.js'

const DEPLOYMENTS = '/repos/{owner}/{repo}/deployments'
const DEPLOYMENT_STATUSES = '/repos/{owner}/{repo}/deployments/{deployment_id}/statuses'

/** The first page holds what is asked for nearly always; the others are as large as GitHub allows. */
const pageSizes = [10, 100, 100, 100] as const
/** Over REST each state is a call of its own. */
const mostStateReads = 5

/** GitHub GraphQL API, "Deployment". It cannot filter by task: the deployments that jobs make come along. */
export const deploymentsQuery = `query($owner: String!, $repo: String!, $environment: String!, $first: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    deployments(environments: [$environment], first: $first, after: $after, orderBy: {field: CREATED_AT, direction: DESC}) {
      nodes { databaseId commitOid environment task payload createdAt latestStatus { state logUrl } statuses(first: 20) { nodes { state } } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`

interface Filter {
  readonly environment: string
  readonly task: string
}

export function deployments(api: Api): Pick<GitHub, 'deployments' | 'createDeployment' | 'createDeploymentStatus'> {
  const permission = 'deployments: write'
  return {
    deployments: filter => readDeployments(api, filter),
    createDeployment: ({ commit, environment, task, payload, description, production }) => {
      const parameters = {
        ref: commit,
        environment,
        task,
        payload,
        description,
        // Ours is a record of what was deployed: no merge of the default branch, no wait for checks.
        auto_merge: false,
        required_contexts: [],
        production_environment: production
      }
      return api.send({ method: 'POST', route: DEPLOYMENTS, permission, parameters, request: once }, asDeployment)
    },
    createDeploymentStatus: (deployment, { state, description, logUrl }) => {
      const url = logUrl === null ? {} : { log_url: logUrl }
      // Automatic, it would end the deployment that GitHub keeps for the job's own `environment:`.
      const parameters = { deployment_id: deployment, state, description, auto_inactive: false, ...url }
      return api.send({ method: 'POST', route: DEPLOYMENT_STATUSES, permission, parameters }, () => undefined)
    }
  }
}

async function* readDeployments(api: Api, filter: Filter): AsyncGenerator<readonly DeploymentWithStates[]> {
  let after: string | null = null
  for (const [index, first] of pageSizes.entries()) {
    let page: { readonly nodes: readonly unknown[]; readonly after: string | null }
    try {
      page = await graphqlPage(api, filter.environment, first, after)
    } catch (error) {
      if (index > 0 || !refusesGraphql(error)) throw error
      yield await restPage(api, filter)
      return
    }
    yield page.nodes.map(asDeploymentNode).flatMap(({ stateList, ...node }) => {
      if (node.task !== filter.task) return []
      return [{ ...node, states: () => Promise.resolve(stateList) }]
    })
    after = page.after
    if (after === null) return
  }
}

function graphqlPage(
  api: Api,
  environment: string,
  first: number,
  after: string | null
): Promise<{ readonly nodes: readonly unknown[]; readonly after: string | null }> {
  const variables = { environment, first, after }
  return api.graphql('deployments', 'deployments: read', deploymentsQuery, variables, asDeploymentPage)
}

async function restPage(api: Api, { environment, task }: Filter): Promise<readonly DeploymentWithStates[]> {
  const permission = 'deployments: read'
  const call: Call = { method: 'GET', route: DEPLOYMENTS, permission, parameters: { environment, task } }
  const { items } = await api.list(call, 1, asDeployment)
  let reads = 0
  const states = async (deployment: number): Promise<readonly DeploymentState[] | null> => {
    reads += 1
    if (reads > mostStateReads) return null
    const parameters = { deployment_id: deployment }
    return (await api.list({ method: 'GET', route: DEPLOYMENT_STATUSES, permission, parameters }, 1, asDeploymentState))
      .items
  }
  return items.map(item => ({ ...item, states: () => states(item.id), state: null, logUrl: null }))
}
