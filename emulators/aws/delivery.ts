/** How an answer goes out on the wire, whole or as a fault has it. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultRule } from './faults.js'
import type { AwsResponse } from './world.js'

export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** For the Date header, from which clients correct their own clocks. */
  readonly serverTime: number
}

/** Did the client get the whole answer, as far as the sender can know? */
export type Delivered = 'sent' | 'lost'

/** The answer as the service made it. */
export function send(exchange: Exchange, answer: AwsResponse): Delivered {
  const { request, response } = exchange
  if (response.destroyed) return 'lost'
  const body = bodyOf(answer)
  response.writeHead(answer.status, headersOf(exchange, answer))
  response.end(request.method === 'HEAD' ? undefined : body)
  return 'sent'
}

/** The answer as the fault leaves it. A fault that damages nothing sends it whole. */
export async function sendDamaged(exchange: Exchange, answer: AwsResponse, rule: FaultRule): Promise<Delivered> {
  switch (rule.kind) {
    case 'reset-before':
    case 'reset-after':
      exchange.request.socket.resetAndDestroy()
      return 'lost'
    case 'hang-before':
    case 'hang-after':
      await new Promise(resolve => exchange.response.once('close', resolve)) // until the client, or the server, gives up
      return 'lost'
    case 'truncated':
      return truncate(exchange, answer)
    case 'garbage':
      send(exchange, { status: 200, headers: { 'content-type': 'text/html' }, body: '<html><body>\u0000\u0001 502 ' })
      return 'lost'
    case 'slow':
      return drip(exchange, answer, rule.delayMilliseconds ?? 300)
    default:
      return send(exchange, answer)
  }
}

/** Half of the body, or where there is none half of the head, then the end of the connection. */
function truncate(exchange: Exchange, answer: AwsResponse): Delivered {
  const { request, response } = exchange
  const body = bodyOf(answer)
  if (body.length === 0 || request.method === 'HEAD') {
    request.socket.end(`HTTP/1.1 ${answer.status} OK\r\nConnection: close\r\nx-amz-`)
    return 'lost'
  }
  response.writeHead(answer.status, headersOf(exchange, answer))
  response.write(body.subarray(0, body.length >> 1), () => request.socket.destroy())
  return 'lost'
}

async function drip(exchange: Exchange, answer: AwsResponse, delayMilliseconds: number): Promise<Delivered> {
  const { request, response } = exchange
  const body = bodyOf(answer)
  const whole = request.method === 'HEAD' || body.length === 0
  if (!whole) {
    response.writeHead(answer.status, headersOf(exchange, answer))
    response.write(body.subarray(0, body.length >> 1))
  }
  await sleep(delayMilliseconds)
  if (response.destroyed) return 'lost'
  if (whole) return send(exchange, answer)
  response.end(body.subarray(body.length >> 1))
  return 'sent'
}

function headersOf(exchange: Exchange, answer: AwsResponse): Record<string, string> {
  const date = new Date(exchange.serverTime).toUTCString()
  const length =
    answer.status === 204 || answer.status === 304 ? {} : { 'content-length': String(bodyOf(answer).length) }
  return { date, ...length, ...answer.headers } // a HEAD states the length of a body that is not sent
}

function bodyOf(answer: AwsResponse): Buffer {
  return typeof answer.body === 'string' ? Buffer.from(answer.body) : (answer.body ?? Buffer.alloc(0))
}
