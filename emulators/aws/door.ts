/** An address that the emulator listens on. */
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Door {
  readonly number: number
  /** `http://127.0.0.1:<port>` */
  readonly url: string
  /** Cuts its connections and refuses further ones, as if its client's machine were gone. */
  shut(): Promise<void>
}

/** @param port 0: an ephemeral one */
export async function openDoor(number: number, port: number, listener: RequestListener): Promise<Door> {
  const server = createServer(listener)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve)
  })
  server.keepAliveTimeout = 60_000 // Node's 5 s would reset idle connections that no fault was asked for
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const shut = (): Promise<void> =>
    new Promise(resolve => {
      server.close(() => {
        resolve()
      })
      server.closeAllConnections()
    })
  return { number, url, shut }
}
