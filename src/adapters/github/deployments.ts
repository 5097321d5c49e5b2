/** Deployments. Listed over REST, which filters by task and environment; what became of them in one GraphQL call for all. */
import type { DeploymentOutcome, DeploymentRecord, GitHub } from '../../ports/github.js'
import { asDeployment, asDeploymentOutcomes, asDeploymentStatus } from './answers.js'
import { type Api, type Call, once } from './client.js'
import { refusesGraphql } from './errors.js'

const DEPLOYMENTS = '/repos/{owner}/{repo}/deployments'
const DEPLOYMENT_STATUSES = '/repos/{owner}/{repo}/deployments/{deployment_id}/statuses'

/** Of 100 each. Ours are few: those that GitHub makes for the jobs of an environment are filtered out by the server. */
const mostPages = 3
/** GitHub GraphQL API, "nodes": at most 100 ids. */
const mostOutcomes = 100
/** Over REST what became of a deployment is a call of its own. */
const mostStatusReads = 5

/** GitHub GraphQL API, "Deployment". `Query.deployments` cannot filter by task, so the REST list says which. */
const outcomesQuery = `query($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Deployment { databaseId latestStatus { state logUrl } statuses(first: 20) { nodes { state } } }
  }
}`

type DeploymentCalls = 'deployments' | 'deploymentOutcomes' | 'createDeployment' | 'createDeploymentStatus'

export function deployments(api: Api): Pick<GitHub, DeploymentCalls> {
  const permission = 'deployments: write'
  return {
    deployments: filter => readDeployments(api, filter),
    deploymentOutcomes: wanted => readOutcomes(api, wanted.slice(0, mostOutcomes)),
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

async function* readDeployments(
  api: Api,
  filter: { readonly environment: string; readonly task: string }
): AsyncGenerator<readonly DeploymentRecord[]> {
  for (let page = 1; page <= mostPages; page++) {
    const parameters = { ...filter, page }
    const call: Call = { method: 'GET', route: DEPLOYMENTS, permission: 'deployments: read', parameters }
    const { items } = await api.list(call, 1, asDeployment)
    if (items.length > 0 || page === 1) yield items
    if (items.length < 100) return
  }
}

async function readOutcomes(
  api: Api,
  wanted: readonly DeploymentRecord[]
): Promise<ReadonlyMap<number, DeploymentOutcome>> {
  if (wanted.length === 0) return new Map()
  const ids = wanted.map(({ nodeId }) => nodeId)
  try {
    return await api.graphql('deployments', outcomesQuery, { ids }, asDeploymentOutcomes)
  } catch (error) {
    if (!refusesGraphql(error)) throw error
  }
  const outcomes = new Map<number, DeploymentOutcome>()
  for (const { id } of wanted.slice(0, mostStatusReads)) outcomes.set(id, await readStatuses(api, id))
  return outcomes
}

/** GitHub lists the statuses of a deployment newest first. */
async function readStatuses(api: Api, deployment: number): Promise<DeploymentOutcome> {
  const parameters = { deployment_id: deployment }
  const call: Call = { method: 'GET', route: DEPLOYMENT_STATUSES, permission: 'deployments: read', parameters }
  const { items } = await api.list(call, 1, asDeploymentStatus)
  const [latest] = items
  return { states: items.map(({ state }) => state), state: latest?.state ?? null, logUrl: latest?.logUrl ?? null }
}
