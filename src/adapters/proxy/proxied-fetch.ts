/** `fetch` through a proxy: Node's own knows none (before Node 24, and there only where NODE_USE_ENV_PROXY was set at its start). */
import { request as requestHttp, type Agent, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { Readable } from 'node:stream'
import { proxyAgent, type Trust } from './agents.js'
import type { ProxyRoutes } from './routes.js'

/** Fetch Standard, "HTTP-redirect fetch", allows 20; GitHub sends one for a repository that was renamed. */
const redirects = 5
/** Fetch Standard, "null body status". */
const withoutBody = new Set([101, 103, 204, 205, 304])

/** What goes directly and trusts whom Node trusts is Node's own `fetch`. A body is a text. */
export function proxiedFetch(routes: ProxyRoutes, trust: Trust = {}): typeof fetch {
  const agent = proxyAgent(routes, trust)
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input)
    if (routes.proxyFor(url) === null && trust.ca === undefined) return fetch(input, init)
    return follow(agent, url, init)
  }
}

async function follow(agent: Agent, first: URL, first_: RequestInit): Promise<Response> {
  let [url, init] = [first, first_]
  for (let left = redirects; ; left -= 1) {
    const answer = await send(agent, url, init)
    const { location } = answer.headers
    const status = answer.statusCode ?? 0
    if (location === undefined || ![301, 302, 303, 307, 308].includes(status)) return asResponse(answer, url)
    answer.resume()
    if (left === 0) throw new TypeError('too many redirects')
    const next = new URL(location, url)
    init = redirected(init, status, next.origin === url.origin)
    url = next
  }
}

/** Fetch Standard, "HTTP-redirect fetch": what becomes of a body, and who is not told a token. */
function redirected(init: RequestInit, status: number, sameOrigin: boolean): RequestInit {
  const headers = new Headers(init.headers)
  if (!sameOrigin) headers.delete('authorization')
  const method = init.method ?? 'GET'
  const keepsBody = status === 307 || status === 308 || ['GET', 'HEAD'].includes(method) || method !== 'POST'
  if (keepsBody && status !== 303) return { ...init, headers }
  for (const name of ['content-type', 'content-length']) headers.delete(name)
  return { ...init, method: 'GET', headers, body: null }
}

function send(
  agent: Agent,
  url: URL,
  { method = 'GET', headers, body, signal }: RequestInit
): Promise<IncomingMessage> {
  const ask = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const options = { method, agent, headers: Object.fromEntries(new Headers(headers)) }
    const request = ask(url, { ...options, ...(signal == null ? {} : { signal }) }, resolve)
    request.once('error', error => {
      reject(signal?.aborted === true && signal.reason instanceof Error ? signal.reason : error)
    })
    request.end(typeof body === 'string' ? body : undefined)
  })
}

function asResponse(answer: IncomingMessage, url: URL): Response {
  const status = answer.statusCode ?? 0
  const headers = new Headers()
  for (let index = 0; index < answer.rawHeaders.length; index += 2) {
    headers.append(answer.rawHeaders[index] ?? '', answer.rawHeaders[index + 1] ?? '')
  }
  const hasBody = !withoutBody.has(status)
  if (!hasBody) answer.resume()
  const body = hasBody ? (Readable.toWeb(answer) as ReadableStream<Uint8Array>) : null
  const response = new Response(body, { status, statusText: answer.statusMessage ?? '', headers })
  return Object.defineProperty(response, 'url', { value: url.href })
}
