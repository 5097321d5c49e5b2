/** A forward proxy on 127.0.0.1 that asks who it is, and servers that are known to it alone: a name that no resolver has leads nowhere else. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, request as requestHttp } from 'node:http'
import { connect, type AddressInfo, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createTlsServer } from 'node:tls'

export interface ProxyOptions {
  /** `user:password`, demanded of every request; `null`: nobody is asked. */
  readonly credentials: string | null
  /** Name → port on 127.0.0.1. Any other host is asked for as it stands. */
  readonly hosts?: Readonly<Record<string, number>>
}

interface ProxiedRequest {
  /** CONNECT for a tunnel. */
  readonly method: string
  /** `host:port` */
  readonly target: string
  readonly allowed: boolean
}

export interface ForwardProxy {
  readonly port: number
  readonly requests: ProxiedRequest[]
  close(): Promise<void>
}

export async function startProxy({ credentials, hosts = {} }: ProxyOptions): Promise<ForwardProxy> {
  const requests: ProxiedRequest[] = []
  const wanted = credentials === null ? null : `Basic ${Buffer.from(credentials).toString('base64')}`
  const refusal = { 'proxy-authenticate': 'Basic realm="proxy"', 'content-type': 'text/html', connection: 'close' }
  const admit = (method: string, target: string, authorization: string | undefined): boolean => {
    const allowed = wanted === null || authorization === wanted
    requests.push({ method, target, allowed })
    return allowed
  }
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '')
    const port = url.port === '' ? '80' : url.port
    const { 'proxy-authorization': authorization, 'proxy-connection': _kept, ...headers } = request.headers
    if (!admit(request.method ?? '', `${url.hostname}:${port}`, authorization)) {
      response.writeHead(407, refusal).end('<h1>Who are you?</h1>')
      return
    }
    const place = { host: '127.0.0.1', port: hosts[url.hostname] ?? Number(port), path: url.pathname + url.search }
    const onwards = requestHttp({ ...place, method: request.method, headers }, answer => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      answer.pipe(response)
    })
    onwards.on('continue', () => {
      response.writeContinue()
    })
    onwards.on('error', () => response.destroy())
    request.pipe(onwards)
  })
  // What waits for a continue is asked for as any other request.
  server.on('checkContinue', (request, response) => server.emit('request', request, response))
  server.on('connect', (request, socket, head) => {
    const target = request.url ?? ''
    const [host = '', port = ''] = target.split(':')
    socket.on('error', () => socket.destroy())
    if (!admit('CONNECT', target, request.headers['proxy-authorization'])) {
      const lines = Object.entries(refusal).map(([name, value]) => `${name}: ${value}\r\n`)
      socket.end(`HTTP/1.1 407 Proxy Authentication Required\r\n${lines.join('')}\r\n<h1>Who are you?</h1>`)
      return
    }
    const onwards = connect(hosts[host] ?? Number(port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      onwards.write(head)
      onwards.pipe(socket).pipe(onwards)
    })
    onwards.on('error', () => socket.destroy())
    socket.on('close', () => onwards.destroy())
  })
  const close = closing(server)
  return { port: await listening(server), requests, close }
}

export interface TlsFront {
  readonly port: number
  close(): Promise<void>
}

/** TLS for a server without it. */
export async function startTlsFront(port: number, { key, cert }: Authority): Promise<TlsFront> {
  const server = createTlsServer({ key, cert }, socket => {
    const onwards = connect(port, '127.0.0.1')
    for (const [end, other] of [
      [socket, onwards],
      [onwards, socket]
    ] as const) {
      end.on('error', () => other.destroy())
      end.on('close', () => other.destroy())
    }
    socket.pipe(onwards).pipe(socket)
  })
  const close = closing(server)
  return { port: await listening(server), close }
}

export interface Authority {
  readonly key: string
  readonly cert: string
  /** Path of the certificate, which is its own authority. */
  readonly file: string
  remove(): void
}

export function makeAuthority(names: readonly string[]): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'authority-'))
  const [key, file] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const subject = ['-subj', '/CN=test', '-addext', `subjectAltName=${names.map(name => `DNS:${name}`).join(',')}`]
  const pair = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', file]
  execFileSync('openssl', ['req', '-x509', '-days', '2', ...pair, ...subject], { stdio: 'ignore' })
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true })
  }
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(file, 'utf8'), file, remove }
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port)
    })
  })
}

/** @returns what ends the server with every connection that was opened to it, tunnels among them */
function closing(server: Server): () => Promise<void> {
  const open = new Set<Socket>()
  server.on('connection', socket => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  return () =>
    new Promise(resolve => {
      server.close(() => {
        resolve()
      })
      for (const socket of open) socket.destroy()
    })
}
