/** A GitHub over HTTP on 127.0.0.1, strict where GitHub is: what the demo and the tests run against. */
import { githubRoutes, type Route } from './contract.js'
import { answer, type Exchange, type Incoming, type Target } from './exchange.js'
import { faults, type Faults } from './faults.js'
import { graphqlPath } from './graphql.js'
import type { Operation } from './operation.js'
import { rateLimit, type RateLimitOptions } from './rate-limit.js'
import { checkRunOperations } from './resources/check-runs.js'
import { commentOperations } from './resources/comments.js'
import { commitOperations } from './resources/commits.js'
import { deploymentOperations } from './resources/deployments.js'
import { environmentOperations } from './resources/environments.js'
import { pullOperations } from './resources/pulls.js'
import { rateLimitOperations } from './resources/rate-limits.js'
import { repositoryOperations } from './resources/repositories.js'
import { statusOperations } from './resources/statuses.js'
import { userOperations } from './resources/users.js'
import { workflowRunOperations } from './resources/workflow-runs.js'
import { seeding, type Seed } from './seed.js'
import { serve } from './serve.js'
import { emptyState, type GitHubState, type Permissions, type TokenRecord, type World } from './world.js'

export type { Fault, FaultOrder, Faults } from './faults.js'
export type { CommitSeed, PullSeed, Seed } from './seed.js'
export { seedFromGit } from './seed-from-git.js'
export type * from './world.js'

export interface GitHubEmulatorOptions {
  readonly repositories: readonly { readonly owner: string; readonly name: string; readonly defaultBranch?: string }[]
  readonly tokens: readonly {
    readonly token: string
    /** Default `github-actions[bot]` for an installation, `octocat` for a user. */
    readonly login?: string
    readonly permissions: Permissions
    readonly kind?: 'installation' | 'user'
  }[]
  /** Default 1,000 requests an hour and token, as a workflow's own token has. */
  readonly rateLimit?: RateLimitOptions
  /** Path of the API root: `/api/v3` for GitHub Enterprise Server (GraphQL is then at `/api/graphql`). Default none. */
  readonly prefix?: string
  /** Where links to web pages point. Default `https://github.com`. */
  readonly htmlUrl?: string
  /** Milliseconds since 1970. Default the system's time. */
  readonly now?: () => number
  /** Take every full commit id for an existing commit. Default false: GitHub answers 404 or 422 for an unknown one. */
  readonly acceptUnknownCommits?: boolean
}

export interface RecordedCall {
  readonly method: string
  /** `POST /repos/{owner}/{repo}/statuses/{sha}`; the path itself where no operation matches. */
  readonly route: string
  /** `repos/create-commit-status`, `graphql`, or `unknown`. */
  readonly operation: string
  /** With the query. */
  readonly path: string
  readonly body: string
  /** What the caller got; `null` where it got no complete answer. */
  status: number | null
  /** Does the operation change state? */
  readonly write: boolean
}

export interface GitHubEmulator {
  /** Usable as GITHUB_API_URL. */
  readonly url: string
  readonly graphqlUrl: string
  readonly state: GitHubState
  readonly seed: Seed
  readonly calls: RecordedCall[]
  readonly faults: Faults
  /** One line for each request that GitHub's description does not allow. */
  readonly violations: string[]
  /** A further token, as each job of a run has one of its own. */
  addToken(token: GitHubEmulatorOptions['tokens'][number]): void
  /** Throws where the emulator itself answered against GitHub's description. */
  close(): Promise<void>
}

const operations: ReadonlyMap<string, Operation> = new Map(
  [
    checkRunOperations,
    commentOperations,
    commitOperations,
    deploymentOperations,
    environmentOperations,
    pullOperations,
    rateLimitOperations,
    repositoryOperations,
    statusOperations,
    userOperations,
    workflowRunOperations
  ]
    .flat()
    .map(operation => [operation.id, operation])
)

export async function startGitHubEmulator(options: GitHubEmulatorOptions): Promise<GitHubEmulator> {
  const { prefix = '', now = Date.now } = options
  const routes = githubRoutes()
  const calls: RecordedCall[] = []
  const injected = faults()
  // Requests can come only after the address is known, which the world needs.
  const listening = await serve(incoming => exchangeOne(incoming))
  const url = `${listening.origin}${prefix}`
  const world = createWorld(options, url, now)
  const limit = rateLimit(options.rateLimit ?? { limit: 1000, windowSeconds: 3600 }, now)
  const tokens = options.tokens.map(tokenRecord)
  const exchange: Exchange = { world, tokens, limit, violations: [], defects: [] }
  const graphqlAt = graphqlPath(prefix)

  const exchangeOne = (received: Omit<Incoming, 'path'>) => {
    const { method, body, url: asked } = received
    const incoming = { ...received, path: below(prefix, asked.pathname) }
    const isGraphql = method === 'POST' && asked.pathname === graphqlAt
    const target = isGraphql ? 'graphql' : findTarget(routes, incoming)
    const call: RecordedCall = {
      ...{ method, path: asked.pathname + asked.search, body, status: null },
      ...nameOf(target, incoming)
    }
    calls.push(call)
    return {
      fault: injected.next(call.operation, call.route),
      effect: () => answer(exchange, incoming, target),
      sent(status: number | null) {
        call.status = status
      }
    }
  }

  return {
    url,
    graphqlUrl: `${listening.origin}${graphqlAt}`,
    state: world.state,
    seed: seeding(world, world.state.repositories[0]?.fullName ?? ''),
    calls,
    faults: injected,
    violations: exchange.violations,
    addToken: token => void tokens.push(tokenRecord(token)),
    async close() {
      await listening.close()
      if (exchange.defects.length > 0)
        throw new Error(`defects of the GitHub emulator:\n${exchange.defects.join('\n')}`)
    }
  }
}

function createWorld(options: GitHubEmulatorOptions, apiUrl: string, now: () => number): World {
  let lastId = 1000
  const nextId = (): number => ++lastId
  const state = emptyState()
  for (const { owner, name, defaultBranch = 'main' } of options.repositories) {
    state.repositories.push({ id: nextId(), fullName: `${owner}/${name}`, owner, name, defaultBranch, fork: false })
  }
  const { htmlUrl = 'https://github.com', acceptUnknownCommits = false } = options
  return { state, apiUrl, htmlUrl, now, nextId, acceptUnknownCommits }
}

function tokenRecord(token: GitHubEmulatorOptions['tokens'][number]): TokenRecord {
  const { kind = 'installation' } = token
  return { ...token, kind, login: token.login ?? (kind === 'installation' ? 'github-actions[bot]' : 'octocat') }
}

/** A path outside of the API root matches no route. */
const below = (prefix: string, pathname: string): string =>
  pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length) : `outside of the API root: ${pathname}`

function findTarget(routes: readonly Route[], { method, path }: Pick<Incoming, 'method' | 'path'>): Target | null {
  for (const route of routes) {
    const params = route.method === method ? route.match(path) : null
    const operation = operations.get(route.id)
    if (params === null) continue
    if (operation === undefined) throw new Error(`openapi.json describes ${route.id}, which has no handler`)
    return { route, operation, params }
  }
  return null
}

function nameOf(target: Target | 'graphql' | null, { method, path }: Pick<Incoming, 'method' | 'path'>) {
  if (target === 'graphql') return { route: 'POST /graphql', operation: 'graphql', write: false }
  if (target === null) return { route: `${method} ${path}`, operation: 'unknown', write: method !== 'GET' }
  const { route } = target
  return { route: `${route.method} ${route.template}`, operation: route.id, write: method !== 'GET' }
}
