/** One request in, one answer out: authenticated, limited, checked against the description on both sides. */
import { createHash } from 'node:crypto'
import type { Route } from './contract.js'
import { answerGraphql } from './graphql.js'
import { ApiFailure, notFound, type ApiRequest, type ApiResponse, type Operation } from './operation.js'
import { cutPage } from './paging.js'
import { rateLimitHeaders, type RateLimit } from './rate-limit.js'
import { acceptedPermissions, authenticate, authorise } from './tokens.js'
import type { RepositoryRecord, TokenRecord, World } from './world.js'

export interface Incoming {
  readonly method: string
  /** Below the API root. */
  readonly path: string
  /** As the caller may reach it again: Link headers build on it. */
  readonly url: URL
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Empty for 204 and 304. */
  readonly body: string
}

/** Where the request belongs; `operation` is null for GraphQL, whose one query is hand-written. */
export interface Target {
  readonly route: Route
  readonly operation: Operation
  readonly params: Record<string, string>
}

export interface Exchange {
  readonly world: World
  readonly tokens: readonly TokenRecord[]
  readonly limit: RateLimit
  /** What callers did that GitHub's description does not allow. */
  readonly violations: string[]
  /** What the emulator answered that GitHub's description does not allow: defects of the emulator. */
  readonly defects: string[]
}

export function answer(exchange: Exchange, incoming: Incoming, target: Target | 'graphql' | null): Answer {
  let spent: TokenRecord | null = null
  try {
    if ((incoming.headers['user-agent'] ?? '') === '') {
      throw new ApiFailure(403, 'Request forbidden by administrative rules. Send a User-Agent header.')
    }
    const token = authenticate(incoming.headers['authorization'], exchange.tokens)
    spent = token
    const free = target !== null && target !== 'graphql' && target.operation.free === true
    if (!free) exchange.limit.spend(token.token)
    const limits = rateLimitHeaders(exchange.limit.read(token.token))
    if (target === 'graphql') return graphql(exchange, incoming, token, limits)
    if (target === null) throw notFoundRoute(exchange, incoming)
    return conditional(exchange, incoming, token, dispatch(exchange, incoming, target, token, limits))
  } catch (thrown) {
    return refusal(thrown, spent === null ? {} : rateLimitHeaders(exchange.limit.read(spent.token)))
  }
}

function dispatch(
  exchange: Exchange,
  incoming: Incoming,
  { route, operation, params }: Target,
  token: TokenRecord,
  limits: Record<string, string>
): Answer {
  if (route.checkParams(params).length > 0) throw notFound()
  const repository = params['owner'] === undefined ? null : findRepository(exchange.world, params)
  authorise(token, operation.needs)
  const query: Record<string, unknown> = Object.fromEntries(incoming.url.searchParams)
  const body = parseBody(incoming.body)
  const complaints = [...route.checkQuery(query), ...route.checkBody(body)]
  if (complaints.length > 0) throw violation(exchange, route, complaints)
  const request: ApiRequest = {
    ...{ params, query, body, token, world: exchange.world, rate: exchange.limit.read(token.token) },
    get repository() {
      if (repository === null) throw new Error(`${operation.id} names no repository`)
      return repository
    }
  }
  const response = operation.handle(request)
  const accepted = { 'x-accepted-github-permissions': acceptedPermissions(operation.needs) }
  return render(exchange, route, incoming, query, response, { ...limits, ...accepted })
}

function render(
  exchange: Exchange,
  route: Route,
  incoming: Incoming,
  query: Readonly<Record<string, unknown>>,
  response: ApiResponse,
  headers: Record<string, string>
): Answer {
  const page = response.kind === 'list' ? cutPage(response.items, incoming.url, query['per_page'], query['page']) : null
  const body = page === null || response.kind !== 'list' ? bodyOf(response) : listBody(response, page.items)
  const status = response.kind === 'list' ? 200 : response.status
  const defects = route.checkResponse(status, body)
  if (defects.length > 0) {
    exchange.defects.push(`${route.id} ${status}: ${defects.join('; ')}`)
    throw new Error(`defect of the emulator: ${route.id} ${status}: ${defects.join('; ')}`)
  }
  return json(status, body, page?.link == null ? headers : { ...headers, link: page.link })
}

const bodyOf = (response: ApiResponse): unknown => (response.kind === 'one' ? response.body : undefined)

function listBody(response: ApiResponse & { kind: 'list' }, items: readonly unknown[]): unknown {
  const rendered = items.map(item => response.render(item as never))
  return response.wrap === undefined ? rendered : response.wrap(rendered)
}

function json(status: number, body: unknown, headers: Record<string, string>): Answer {
  if (body === undefined) return { status, headers, body: '' }
  const text = JSON.stringify(body)
  const etag = `W/"${createHash('sha256').update(text).digest('hex')}"`
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', etag, ...headers }, body: text }
}

/** A GET whose answer the caller still has is answered 304 and costs nothing. */
function conditional(exchange: Exchange, incoming: Incoming, token: TokenRecord, full: Answer): Answer {
  const known = incoming.headers['if-none-match']
  if (incoming.method !== 'GET' || known === undefined || known !== full.headers['etag']) return full
  exchange.limit.giveBack(token.token)
  const headers = { ...full.headers, ...rateLimitHeaders(exchange.limit.read(token.token)) }
  return { status: 304, headers, body: '' }
}

function graphql(exchange: Exchange, incoming: Incoming, token: TokenRecord, limits: Record<string, string>): Answer {
  const { body, complaint } = answerGraphql(exchange.world, parseBody(incoming.body), token)
  if (complaint !== null) exchange.violations.push(`graphql: ${complaint}`)
  return json(200, body, limits)
}

function parseBody(text: string): unknown {
  if (text === '') return undefined
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw new ApiFailure(400, 'Problems parsing JSON')
  }
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    throw new ApiFailure(400, 'Body should be a JSON object')
  }
  return body
}

function findRepository(world: World, params: Readonly<Record<string, string>>): RepositoryRecord {
  const name = `${params['owner'] ?? ''}/${params['repo'] ?? ''}`.toLowerCase()
  const found = world.state.repositories.find(r => r.fullName.toLowerCase() === name)
  if (found === undefined) throw notFound()
  return found
}

function notFoundRoute(exchange: Exchange, incoming: Incoming): ApiFailure {
  exchange.violations.push(`no such operation: ${incoming.method} ${incoming.path}`)
  return notFound()
}

function violation(exchange: Exchange, route: Route, complaints: readonly string[]): ApiFailure {
  exchange.violations.push(`${route.id}: ${complaints.join('; ')}`)
  return new ApiFailure(422, `Invalid request.\n\n${complaints.join('\n')}`, { errors: complaints })
}

/** GitHub's error shape. A defect of the emulator is a 500 that says so. */
function refusal(thrown: unknown, limits: Record<string, string>): Answer {
  const failure =
    thrown instanceof ApiFailure
      ? thrown
      : new ApiFailure(500, thrown instanceof Error ? thrown.message : String(thrown))
  return errorAnswer(failure, limits)
}

export function errorAnswer(failure: ApiFailure, headers: Record<string, string> = {}): Answer {
  const { errors, headers: own = {} } = failure.details
  const body = {
    message: failure.message,
    ...(errors === undefined ? {} : { errors }),
    documentation_url: 'https://docs.github.com/rest',
    status: String(failure.status)
  }
  return json(failure.status, body, { ...headers, ...own })
}
