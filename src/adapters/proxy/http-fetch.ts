/**
 * `fetch` over Node's own http and https: it goes through a proxy where one is set, and the first call costs a third of the
 * processor time of Node's `fetch`, which loads and compiles undici. What octokit asks for is there, and no more.
 */
import { Agent as HttpAgent, request as requestHttp, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'

/** Fetch Standard, "HTTP-redirect fetch", allows 20; GitHub sends one for a repository that was renamed. */
const mostRedirects = 5
/** A connection that was idle for longer may be dead without a word: what must not be sent twice would fail on it. As undici has it. */
const idleMilliseconds = 4_000
const kept = { keepAlive: true, maxSockets: 50, timeout: idleMilliseconds } as const
/** Fetch Standard, "null body status": nobody reads on, and the connection is free for the next call. */
const withoutBody = new Set([204, 205, 304])

interface HttpRequest {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | null
  readonly signal?: AbortSignal | null
}

/** The part of the Fetch Standard's `Response` that is used. */
interface HttpAnswer {
  readonly status: number
  readonly statusText: string
  readonly ok: boolean
  readonly url: string
  /** Names in lower case, with the value of each. */
  readonly headers: ReadonlyMap<string, string>
  /** Rejects where the body breaks off, or is longer than the fetch allows. */
  arrayBuffer(): Promise<ArrayBuffer>
  text(): Promise<string>
  json(): Promise<unknown>
}

export type HttpFetch = (address: string | URL, init?: HttpRequest) => Promise<HttpAnswer>

export interface HttpFetchOptions {
  /** Of a proxy. Default: direct connections, kept alive. */
  readonly agent?: HttpAgent & HttpsAgent
  /** Of a body. Whatever answers in place of the server that was asked does not fill the memory. */
  readonly largestBytes: number
}

/** @returns a fetch that follows redirects and tells no token to another origin */
export function httpFetch({ agent, largestBytes }: HttpFetchOptions): HttpFetch {
  const direct = { http: new HttpAgent(kept), https: new HttpsAgent(kept) }
  const send = (url: URL, { method = 'GET', headers = {}, body, signal }: HttpRequest): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const secure = url.protocol === 'https:'
      const options = { method, headers: { ...headers }, agent: agent ?? (secure ? direct.https : direct.http) }
      const ask = secure ? requestHttps : requestHttp
      const request = ask(url, { ...options, ...(signal == null ? {} : { signal }) }, resolve)
      request.once('error', error => {
        reject(signal?.aborted === true && signal.reason instanceof Error ? signal.reason : error)
      })
      request.end(body ?? undefined)
    })
  return async (address, first = {}) => {
    let [url, init] = [new URL(address), first]
    for (let left = mostRedirects; ; left -= 1) {
      const answer = await send(url, init)
      const { location } = answer.headers
      const status = answer.statusCode ?? 0
      if (location === undefined || ![301, 302, 303, 307, 308].includes(status))
        return asAnswer(answer, url, largestBytes)
      answer.resume()
      if (left === 0) throw new TypeError('too many redirects')
      const next = new URL(location, url)
      init = redirected(init, status, next.origin === url.origin)
      url = next
    }
  }
}

/** Fetch Standard, "HTTP-redirect fetch": what becomes of a body, and who is not told a token. */
function redirected(init: HttpRequest, status: number, sameOrigin: boolean): HttpRequest {
  const method = init.method ?? 'GET'
  const keepsBody = status !== 303 && (status === 307 || status === 308 || method !== 'POST')
  const dropped = new Set([
    ...(sameOrigin ? [] : ['authorization']),
    ...(keepsBody ? [] : ['content-type', 'content-length'])
  ])
  const headers = Object.fromEntries(
    Object.entries(init.headers ?? {}).filter(([name]) => !dropped.has(name.toLowerCase()))
  )
  return keepsBody ? { ...init, headers } : { ...init, method: 'GET', headers, body: null }
}

function asAnswer(answer: IncomingMessage, url: URL, largestBytes: number): HttpAnswer {
  const status = answer.statusCode ?? 0
  const hasBody = !withoutBody.has(status)
  if (!hasBody) answer.resume()
  const body = async (): Promise<Buffer> => (hasBody ? read(answer, largestBytes) : Buffer.alloc(0))
  return {
    status,
    statusText: answer.statusMessage ?? '',
    ok: status >= 200 && status < 300,
    url: url.href,
    headers: new Map(
      Object.entries(answer.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : (value ?? '')
      ])
    ),
    arrayBuffer: async () => new Uint8Array(await body()).buffer,
    text: async () => (await body()).toString('utf8'),
    json: async () => JSON.parse((await body()).toString('utf8')) as unknown
  }
}

async function read(answer: IncomingMessage, largestBytes: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of answer as AsyncIterable<Buffer>) {
    bytes += piece.byteLength
    if (bytes > largestBytes) throw new RangeError(`an answer of more than ${largestBytes} bytes`)
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}
