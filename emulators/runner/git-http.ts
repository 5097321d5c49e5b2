/** Serves bare repositories over HTTP on 127.0.0.1 through git's own `git http-backend`, as GitHub serves them. */
import { spawn } from 'node:child_process'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createGunzip } from 'node:zlib'

interface GitHttpRequest {
  readonly method: string
  /** With the query: `/da_flask.git/info/refs?service=git-upload-pack`. */
  readonly path: string
  readonly authorization: string | null
  readonly status: number
}

export interface GitHttpOptions {
  /** The folder that holds the bare repositories. */
  readonly root: string
  /** Demanded of every request as basic credentials `x-access-token:<token>`, as actions/checkout leaves them. */
  readonly token?: string | undefined
  /** What goes wrong: an HTTP status, or `hang` (never answered). Asked for each request after the token was checked. */
  readonly fault?: ((path: string) => number | 'hang' | null) | undefined
}

export interface GitHttpServer {
  /** `http://127.0.0.1:<port>` */
  readonly url: string
  /** In order, as answered. */
  readonly requests: readonly GitHttpRequest[]
  close(): Promise<void>
}

/** GitHub gives out any commit by id. Pushing over HTTP is allowed to whoever has the token. */
const backendConfig = ['uploadpack.allowAnySHA1InWant', 'uploadpack.allowFilter', 'http.receivepack']

/** `Authorization` that actions/checkout leaves in `http.<server>/.extraheader`. */
export function basicAuthorization(token: string): string {
  return `basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`
}

export async function serveGit(options: GitHttpOptions): Promise<GitHttpServer> {
  const requests: GitHttpRequest[] = []
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    const authorization = request.headers.authorization ?? null
    response.once('finish', () => {
      requests.push({ method: request.method ?? '', path, authorization, status: response.statusCode })
    })
    const fault = isAllowed(authorization, options.token) ? (options.fault?.(path) ?? null) : 401
    if (fault === null) serveBackend(options.root, request, response)
    else if (fault !== 'hang') refuse(response, fault)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const close = (): Promise<void> =>
    new Promise(resolve => {
      server.close(() => {
        resolve()
      })
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${port}`, requests, close }
}

/** The scheme's name has no case; the credentials have. */
function isAllowed(authorization: string | null, token: string | undefined): boolean {
  if (token === undefined) return true
  return authorization?.replace(/^basic /i, 'basic ') === basicAuthorization(token)
}

function refuse(response: ServerResponse, status: number): void {
  const headers = status === 401 ? { 'www-authenticate': 'Basic realm="GitHub"' } : {}
  response.writeHead(status, headers).end('refused by the emulator\n')
}

/** One CGI call (RFC 3875). The request's body is unpacked here so that the backend needs no content length of it. */
function serveBackend(root: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1')
  const config = Object.fromEntries(
    backendConfig.flatMap((key, index) => [
      [`GIT_CONFIG_KEY_${index}`, key],
      [`GIT_CONFIG_VALUE_${index}`, 'true']
    ])
  ) as Record<string, string>
  const backend = spawn('git', ['http-backend'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: {
      PATH: process.env['PATH'],
      HOME: '/nonexistent',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_COUNT: String(backendConfig.length),
      ...config,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: decodeURIComponent(pathname),
      QUERY_STRING: searchParams.toString(),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      REMOTE_ADDR: '127.0.0.1'
    }
  })
  const body = request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request
  // The backend may answer without reading all of it, or the client may go away: neither is a fault of the server.
  for (const stream of [body, backend.stdin]) stream.on('error', () => backend.stdin.destroy())
  body.pipe(backend.stdin)
  backend.once('error', () => {
    refuse(response, 500)
  })
  response.once('close', () => backend.kill('SIGKILL'))
  passOn(backend.stdout, response)
}

/** CGI output: header lines, an empty line, the body as it comes. */
function passOn(stdout: NodeJS.ReadableStream, response: ServerResponse): void {
  let head: Buffer | null = Buffer.alloc(0)
  stdout.on('data', (chunk: Buffer) => {
    if (head === null) {
      response.write(chunk)
      return
    }
    head = Buffer.concat([head, chunk])
    const end = head.indexOf('\r\n\r\n')
    if (end < 0) return
    const lines = head.subarray(0, end).toString('latin1').split('\r\n')
    const rest = head.subarray(end + 4)
    head = null
    for (const line of lines) {
      const colon = line.indexOf(':')
      const [name, value] = [line.slice(0, colon), line.slice(colon + 1).trim()]
      if (name === 'Status') response.statusCode = Number.parseInt(value, 10)
      else response.setHeader(name, value)
    }
    response.write(rest)
  })
  stdout.once('end', () => {
    if (head === null) response.end()
    else if (!response.headersSent) refuse(response, 500)
  })
}
