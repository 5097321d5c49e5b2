/** A server that passes every request on as it came, the signed Host too, and keeps it with its answer. */
import { createServer, request, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Exchange {
  /** Of a signed request what it is signed for, such as `s3`; else empty. */
  readonly service: string
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Both bodies in base64. */
  readonly body: string
  readonly status: number
  readonly answerHeaders: Readonly<Record<string, string>>
  readonly answer: string
}

export interface Recorder {
  readonly url: string
  readonly exchanges: readonly Exchange[]
  close(): void
}

/** @param target the origin that answers */
export async function recorder(target: string): Promise<Recorder> {
  const { hostname, port } = new URL(target)
  const exchanges: Exchange[] = []
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const { method = '', url = '', headers } = incoming
      const body = await bytesOf(incoming)
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        request({ hostname, port, method, path: url, headers }, resolve).on('error', reject).end(body)
      })
      const bytes = await bytesOf(answer)
      const service = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? ''
      const { statusCode: status = 0, headers: answerHeaders } = answer
      exchanges.push({
        ...{ service, method, url, headers: plain(headers), body: body.toString('base64'), status },
        ...{ answerHeaders: plain(answerHeaders), answer: bytes.toString('base64') }
      })
      outgoing.writeHead(status, answerHeaders).end(bytes)
    })().catch((error: unknown) => outgoing.destroy(error as Error))
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    close: () => {
      server.closeAllConnections()
      server.close()
    }
  }
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function plain(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}
