/** The GraphQL queries that the product asks: who am I (`GET /user` is closed to installation tokens), deployments, statuses. */
import { ancestry, resolveRevision } from './history.js'
import { timestamp, type DeploymentRecord, type TokenRecord, type World } from './world.js'

export interface GraphqlAnswer {
  readonly body: unknown
  readonly complaint: string | null
}

/** GraphQL answers 200 for errors too. `complaint` where the query is not one that is emulated. */
export function answerGraphql(world: World, body: unknown, token: TokenRecord): GraphqlAnswer {
  const { query, variables } = (body ?? {}) as Readonly<Record<string, unknown>>
  if (typeof query !== 'string') {
    return { body: errors('A query attribute must be specified and must be a string.'), complaint: 'no query' }
  }
  if (/^\s*(query\s*)?\{\s*viewer\s*\{\s*login\s*\}\s*\}\s*$/.test(query)) {
    return { body: { data: { viewer: { login: token.login } } }, complaint: null }
  }
  if (query.replace(/\s+/g, ' ') === deploymentsShape) return deploymentPage(world, variables, token)
  if (query.replace(/\s+/g, ' ') === statusesShape) return statusHistory(world, variables, token)
  return { body: errors('This query is not emulated.'), complaint: `no such query is emulated: ${query}` }
}

const errors = (message: string, type?: string): unknown => ({
  data: null,
  errors: [{ message, ...(type === undefined ? {} : { type }) }]
})

/** The query, white space aside. Another one would need an engine; this one is answered by hand. */
const deploymentsShape =
  'query($owner: String!, $repo: String!, $environment: String!, $first: Int!, $after: String) { ' +
  'repository(owner: $owner, name: $repo) { ' +
  'deployments(environments: [$environment], first: $first, after: $after, orderBy: {field: CREATED_AT, direction: DESC}) { ' +
  'nodes { databaseId commitOid environment task payload createdAt latestStatus { state logUrl } ' +
  'statuses(first: 20) { nodes { state } } } ' +
  'pageInfo { hasNextPage endCursor } } } }'

/** GitHub: a connection gives at most 100 nodes a page. */
const largestPage = 100

function deploymentPage(world: World, given: unknown, token: TokenRecord): GraphqlAnswer {
  const { owner, repo, environment, first, after } = (given ?? {}) as Readonly<Record<string, unknown>>
  const texts = [owner, repo, environment]
  if (!texts.every(text => typeof text === 'string') || typeof first !== 'number' || first < 1 || first > largestPage) {
    return { body: errors('Variable has an invalid value'), complaint: `invalid variables: ${JSON.stringify(given)}` }
  }
  const granted = token.permissions.deployments ?? 'none'
  const name = `${String(owner)}/${String(repo)}`.toLowerCase()
  const known = world.state.repositories.some(one => one.fullName.toLowerCase() === name)
  if (!known) return { body: errors('Could not resolve to a Repository', 'NOT_FOUND'), complaint: null }
  if (granted === 'none')
    return { body: errors('Resource not accessible by integration', 'FORBIDDEN'), complaint: null }
  const all = world.state.deployments
    .filter(one => one.repository.toLowerCase() === name && one.environment === environment)
    .reverse()
  const from = typeof after === 'string' ? all.findIndex(one => cursor(one) === after) + 1 : 0
  const page = all.slice(from, from + first)
  const last = page.at(-1)
  const pageInfo = {
    hasNextPage: from + page.length < all.length,
    endCursor: last === undefined ? null : cursor(last)
  }
  const deployments = { nodes: page.map(deploymentNode), pageInfo }
  return { body: { data: { repository: { deployments } } }, complaint: null }
}

const statusesShape =
  'query($owner: String!, $repo: String!, $commit: GitObjectID!, $context: String!) { ' +
  'repository(owner: $owner, name: $repo) { object(oid: $commit) { ' +
  '... on Commit { history(first: 100) { nodes { oid status { context(name: $context) { state targetUrl } } } } } } } }'

function statusHistory(world: World, given: unknown, token: TokenRecord): GraphqlAnswer {
  const { owner, repo, commit, context } = (given ?? {}) as Readonly<Record<string, unknown>>
  if (![owner, repo, context].every(text => typeof text === 'string') || !/^[0-9a-f]{40}$/.test(String(commit))) {
    return { body: errors('Variable has an invalid value'), complaint: `invalid variables: ${JSON.stringify(given)}` }
  }
  const name = `${String(owner)}/${String(repo)}`.toLowerCase()
  const known = world.state.repositories.find(one => one.fullName.toLowerCase() === name)
  if (known === undefined) return { body: errors('Could not resolve to a Repository', 'NOT_FOUND'), complaint: null }
  const { contents = 'none', statuses = 'none' } = token.permissions
  if (contents === 'none' || statuses === 'none')
    return { body: errors('Resource not accessible by integration', 'FORBIDDEN'), complaint: null }
  const from = resolveRevision(world, known.fullName, String(commit))
  const commits = from === null ? [] : ancestry(world, from).slice(0, largestPage)
  const nodes = commits.map(({ sha }) => statusNode(world, sha, String(context)))
  return { body: { data: { repository: { object: from === null ? null : { history: { nodes } } } } }, complaint: null }
}

/** A commit without any status has `null` for it, one without this context has `null` for that. */
function statusNode(world: World, sha: string, context: string): unknown {
  const all = world.state.statuses.filter(one => one.sha === sha)
  const latest = all.filter(one => one.context === context).at(-1)
  if (all.length === 0) return { oid: sha, status: null }
  const found = latest === undefined ? null : { state: latest.state.toUpperCase(), targetUrl: latest.targetUrl }
  return { oid: sha, status: { context: found } }
}

const cursor = (deployment: DeploymentRecord): string => Buffer.from(`v2:${deployment.id}`).toString('base64')

function deploymentNode(deployment: DeploymentRecord): unknown {
  const { payload, statuses } = deployment
  const latest = statuses.at(-1)
  const state = (text: string): string => text.toUpperCase()
  return {
    ...{ databaseId: deployment.id, commitOid: deployment.sha, environment: deployment.environment },
    task: deployment.task,
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    createdAt: timestamp(deployment.createdAt),
    latestStatus: latest === undefined ? null : { state: state(latest.state), logUrl: latest.logUrl || null },
    statuses: { nodes: statuses.slice(0, 20).map(status => ({ state: state(status.state) })) }
  }
}

/** GitHub Enterprise Server has REST under `/api/v3` and GraphQL under `/api/graphql`. */
export function graphqlPath(prefix: string): string {
  return prefix.endsWith('/api/v3') ? prefix.replace(/\/v3$/, '/graphql') : `${prefix}/graphql`
}
