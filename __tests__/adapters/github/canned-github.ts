/** A server that gives the answers that it was told, one after the other: for what the emulated GitHub never does. */
import { afterEach } from '@jest/globals'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface CannedAnswer {
  /** Default 200. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** A text as it stands, anything else as JSON. Default `{}`. */
  readonly body?: unknown
}

export interface CannedGitHub {
  readonly url: string
  readonly received: { readonly request: string; readonly headers: IncomingHttpHeaders }[]
}

type Answering = CannedAnswer | ((response: ServerResponse) => void)

/**
 * Servers that end with the test that started them. The last answer is given again and again; a function decides itself what becomes of
 * the request.
 */
export function cannedForEach(): (...answers: readonly Answering[]) => Promise<CannedGitHub> {
  const running: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of running.splice(0)) await close()
  })
  return async (...answers) => {
    const received: CannedGitHub['received'] = []
    const server = createServer((request, response) => {
      void text(request).then(() => {
        received.push({ request: `${request.method ?? ''} ${request.url ?? ''}`, headers: request.headers })
        const answer = answers[Math.min(received.length, answers.length) - 1] ?? {}
        if (typeof answer === 'function') answer(response)
        else send(response, answer)
      })
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const close = () =>
      new Promise<void>(resolve => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      })
    running.push(close)
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received }
  }
}

function send(response: ServerResponse, { status = 200, headers = {}, body = {} }: CannedAnswer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
  response.end(status === 204 ? undefined : typeof body === 'string' ? body : JSON.stringify(body))
}
