/** The GraphQL queries that the product asks: who am I (`GET /user` is closed to installation tokens), deployments, statuses. */
import { ancestry, resolveRevision } from './history.js'
import { nodeId } from './resources/users.js'
import type { DeploymentRecord, TokenRecord, World } from './world.js'

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
  if (query.replace(/\s+/g, ' ') === outcomesShape) return deploymentNodes(world, variables, token)
  if (query.replace(/\s+/g, ' ') === statusesShape) return statusHistory(world, variables, token)
  return { body: errors('This query is not emulated.'), complaint: `no such query is emulated: ${query}` }
}

const errors = (message: string, type?: string): unknown => ({
  data: null,
  errors: [{ message, ...(type === undefined ? {} : { type }) }]
})

/** The query, white space aside. Another one would need an engine; this one is answered by hand. */
const outcomesShape =
  'query($ids: [ID!]!) { nodes(ids: $ids) { ' +
  '... on Deployment { databaseId latestStatus { state logUrl } statuses(first: 20) { nodes { state } } } } }'

/** GitHub: a connection gives at most 100 nodes a page, and `nodes` takes at most 100 ids. */
const largestPage = 100

function deploymentNodes(world: World, given: unknown, token: TokenRecord): GraphqlAnswer {
  const { ids } = (given ?? {}) as Readonly<Record<string, unknown>>
  if (!Array.isArray(ids) || ids.length > largestPage || !ids.every(id => typeof id === 'string')) {
    return { body: errors('Variable has an invalid value'), complaint: `invalid variables: ${JSON.stringify(given)}` }
  }
  if ((token.permissions.deployments ?? 'none') === 'none')
    return { body: errors('Resource not accessible by integration', 'FORBIDDEN'), complaint: null }
  const known = new Map(world.state.deployments.map(one => [nodeId('DE', one.id), one]))
  const nodes = ids.map((id: string) => {
    const found = known.get(id)
    return found === undefined ? null : deploymentNode(found)
  })
  return { body: { data: { nodes } }, complaint: null }
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

function deploymentNode({ id, statuses }: DeploymentRecord): unknown {
  const latest = statuses.at(-1)
  const state = (text: string): string => text.toUpperCase()
  return {
    databaseId: id,
    latestStatus: latest === undefined ? null : { state: state(latest.state), logUrl: latest.logUrl || null },
    statuses: { nodes: statuses.slice(0, 20).map(one => ({ state: state(one.state) })) }
  }
}

/** GitHub Enterprise Server has REST under `/api/v3` and GraphQL under `/api/graphql`. */
export function graphqlPath(prefix: string): string {
  return prefix.endsWith('/api/v3') ? prefix.replace(/\/v3$/, '/graphql') : `${prefix}/graphql`
}
