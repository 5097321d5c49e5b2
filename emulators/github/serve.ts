/** The HTTP side: reading requests, sending answers, and doing to connections what faults ask for. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { errorAnswer, type Answer, type Incoming } from './exchange.js'
import type { Fault } from './faults.js'
import { ApiFailure } from './operation.js'

/** What happens to one request. `effect` is called at most once and says what GitHub would answer. */
export interface Exchanged {
  readonly fault: Fault | null
  effect(): Answer
  /** Called with the status that was sent, `null` where the caller got no complete answer. */
  sent(status: number | null): void
}

export interface Listening {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string
  close(): Promise<void>
}

export async function serve(handle: (incoming: Omit<Incoming, 'path'>) => Exchanged): Promise<Listening> {
  const server: Server = createServer((request, response) => {
    respond(request, response, handle).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)))
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    close: () =>
      new Promise(resolve => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      })
  }
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  handle: (incoming: Omit<Incoming, 'path'>) => Exchanged
): Promise<void> {
  const body = await text(request)
  const headers = Object.fromEntries(Object.entries(request.headers).map(([k, v]) => [k, String(v)]))
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`)
  const exchanged = handle({ method: request.method ?? 'GET', url, headers, body })
  const { fault } = exchanged
  if (fault === null) {
    send(response, exchanged, exchanged.effect())
    return
  }
  await withFault(response, exchanged, fault)
}

async function withFault(response: ServerResponse, exchanged: Exchanged, fault: Fault): Promise<void> {
  switch (fault.kind) {
    case 'error': {
      if (fault.when === 'after') exchanged.effect()
      send(response, exchanged, errorAnswer(new ApiFailure(fault.status, fault.message ?? 'Server Error')))
      return
    }
    case 'secondary-rate-limit': {
      const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'
      const headers = { 'retry-after': String(fault.retryAfterSeconds) }
      send(response, exchanged, errorAnswer(new ApiFailure(fault.status, message, { headers })))
      return
    }
    case 'reset':
      if (fault.when === 'after') exchanged.effect()
      exchanged.sent(null)
      response.socket?.resetAndDestroy()
      return
    case 'hang':
      if (fault.when === 'after') exchanged.effect()
      exchanged.sent(null)
      return
    case 'truncated': {
      const { status, headers, body } = exchanged.effect()
      exchanged.sent(null)
      response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) + 2 })
      response.write(body.slice(0, Math.floor(body.length / 2)), () => response.socket?.destroy())
      return
    }
    case 'garbage':
      send(response, exchanged, { ...exchanged.effect(), body: '<html>\u0000 not what you asked for' })
      return
    case 'no-link': {
      const answer = exchanged.effect()
      const { link: _link, ...headers } = answer.headers
      send(response, exchanged, { ...answer, headers })
      return
    }
    case 'slow':
      await new Promise(resolve => setTimeout(resolve, fault.milliseconds))
      send(response, exchanged, exchanged.effect())
      return
    default:
      throw new Error(`unexpected fault: ${JSON.stringify(fault satisfies never)}`)
  }
}

function send(response: ServerResponse, exchanged: Exchanged, { status, headers, body }: Answer): void {
  exchanged.sent(status)
  const length = status === 204 || status === 304 ? {} : { 'content-length': Buffer.byteLength(body) }
  response.writeHead(status, { ...headers, ...length })
  response.end(body)
}
