import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { httpFetch } from '../../../src/adapters/proxy/http-fetch.js'

interface Seen {
  readonly method: string
  readonly authorization: string | undefined
  readonly body: string
}

const servers: Server[] = []
let here = ''
let elsewhere = ''
const seen: Seen[] = []

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', piece => (body += String(piece)))
    request.on('end', () => {
      seen.push({ method: request.method ?? '', authorization: request.headers.authorization, body })
      answer(request, response)
    })
  })
  servers.push(server)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

beforeAll(async () => {
  elsewhere = await serve((_request, response) => response.end('elsewhere'))
  here = await serve((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', here)
    const status = Number(searchParams.get('status') ?? 200)
    if (pathname === '/moved') response.writeHead(status, { location: searchParams.get('to') ?? '/loop' }).end()
    else if (pathname === '/loop') response.writeHead(302, { location: '/loop' }).end()
    else if (pathname === '/long') response.end('x'.repeat(2000))
    else if (pathname === '/broken')
      response.writeHead(200, { 'content-length': '9' }).write('half', () => response.destroy())
    else if (pathname === '/hangs') response.writeHead(200).write('half')
    else response.writeHead(status, { 'X-Name': ['a', 'b'] }).end(status === 204 ? undefined : '{"é":1}')
  })
})
afterAll(async () => {
  for (const server of servers) {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
})

const ask = httpFetch({ largestBytes: 1000 })
const headers = { authorization: 'token EXAMPLE', 'content-type': 'text/plain' }

describe('httpFetch', () => {
  it('answers as fetch does', async () => {
    const answer = await ask(`${here}/x`, { headers })
    expect(answer).toMatchObject({ status: 200, ok: true, statusText: 'OK', url: `${here}/x` })
    expect(answer.headers.get('x-name')).toBe('a, b')
    expect(await answer.json()).toEqual({ é: 1 })
    expect(await (await ask(here)).text()).toBe('{"é":1}')
    expect(Buffer.from(await (await ask(here)).arrayBuffer()).toString()).toBe('{"é":1}')
    expect((await ask(`${here}/?status=204`)).status).toBe(204)
    expect((await ask(`${here}/?status=404`)).ok).toBe(false)
  })

  it('frees the connection of an answer without a body for the next call', async () => {
    const connections: number[] = []
    const server = servers[1]
    const count = (): void => void connections.push(1)
    server?.on('connection', count)
    const another = httpFetch({ largestBytes: 1000 })
    for (let call = 0; call < 3; call++) {
      expect((await another(`${here}/?status=204`)).status).toBe(204)
      await new Promise(resolve => setImmediate(resolve))
    }
    server?.off('connection', count)
    expect(connections).toHaveLength(1)
  })

  it.each([
    [301, 'GET', ''],
    [302, 'GET', ''],
    [303, 'GET', ''],
    [307, 'POST', 'text'],
    [308, 'POST', 'text']
  ] as const)('follows %i of a POST as %s', async (status, method, body) => {
    seen.length = 0
    const url = `${here}/moved?status=${status}&to=${encodeURIComponent('/there')}`
    expect((await ask(url, { method: 'POST', headers, body: 'text' })).url).toBe(`${here}/there`)
    expect(seen.at(-1)).toEqual({ method, body, authorization: headers.authorization })
  })

  it('tells another origin no token', async () => {
    seen.length = 0
    const answer = await ask(`${here}/moved?status=302&to=${encodeURIComponent(elsewhere)}`, { headers })
    expect(await answer.text()).toBe('elsewhere')
    expect(seen.map(each => each.authorization)).toEqual([headers.authorization, undefined])
  })

  it('follows no more than five redirects', async () => {
    seen.length = 0
    await expect(ask(`${here}/loop`)).rejects.toThrow('too many redirects')
    expect(seen).toHaveLength(6)
  })

  it('F141 reads no more than it may', async () => {
    await expect((await ask(`${here}/long`)).text()).rejects.toThrow('more than 1000 bytes')
  })

  it('rejects where a body breaks off, and where the time is up', async () => {
    await expect((await ask(`${here}/broken`)).text()).rejects.toThrow()
    const time = new AbortController()
    const answer = await ask(`${here}/hangs`, { signal: time.signal })
    const text = answer.text()
    time.abort(new Error('time is up'))
    await expect(text).rejects.toThrow()
    await expect(ask(here, { signal: time.signal })).rejects.toThrow('time is up')
  })

  it('rejects where nobody listens', async () => {
    await expect(ask('http://127.0.0.1:1/')).rejects.toThrow('ECONNREFUSED')
  })
})
