/** Connections through the proxy that a request's own address asks for. */
import { Agent as HttpAgent, type AgentOptions, type ClientRequest } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { Agent, type AgentConnectOpts } from 'agent-base'
import { HttpProxyAgent } from 'http-proxy-agent'
import { HttpsProxyAgent } from 'https-proxy-agent'
import type { ProxyRoutes } from './routes.js'

/** As the AWS SDK has them. */
const kept = { keepAlive: true, maxSockets: 50 } as const

/** Where a tunnel or a direct connection ends in TLS, `ca` are the authorities that count. */
export interface Trust {
  readonly ca?: readonly string[]
}

/** One agent for http and https: it asks the routes for each connection. */
export function proxyAgent(routes: ProxyRoutes, trust: Trust = {}): HttpAgent & HttpsAgent {
  // To TypeScript an agent is http's or https's; the packages' one serves both.
  const agent: object = new RoutedAgent(routes, trust)
  return agent as HttpAgent & HttpsAgent
}

class RoutedAgent extends Agent {
  readonly #made = new Map<string, HttpAgent>()

  constructor(
    private readonly routes: ProxyRoutes,
    trust: Trust
  ) {
    super(tlsOptions(trust))
  }

  override connect(_request: ClientRequest, options: AgentConnectOpts): Promise<HttpAgent> {
    const scheme = options.secureEndpoint ? 'https' : 'http'
    const host = (options.host ?? 'localhost').replace(/^\[|\]$/g, '')
    const url = new URL(`${scheme}://${host.includes(':') ? `[${host}]` : host}:${options.port}`)
    const proxy = this.routes.proxyFor(url)
    const key = `${scheme} ${proxy?.href ?? ''}`
    const agent = this.#made.get(key) ?? agentFor(options.secureEndpoint, proxy)
    this.#made.set(key, agent)
    return Promise.resolve(agent)
  }

  override destroy(): void {
    for (const agent of this.#made.values()) agent.destroy()
    super.destroy()
  }
}

function tlsOptions({ ca }: Trust): AgentOptions {
  return ca === undefined ? {} : ({ ca: [...ca] } as AgentOptions)
}

function agentFor(secure: boolean, proxy: URL | null): HttpAgent {
  if (proxy === null) return secure ? new HttpsAgent(kept) : new HttpAgent(kept)
  // As a header of our own, since the packages print the address that they are given where DEBUG is set.
  const address = new URL(proxy)
  address.username = address.password = ''
  const options = { ...kept, headers: proxyAuthorization(proxy) }
  return secure ? new HttpsProxyAgent(address, options) : new HttpProxyAgent(address, options)
}

function proxyAuthorization(proxy: URL): Record<string, string> {
  if (proxy.username === '' && proxy.password === '') return {}
  const who = [proxy.username, proxy.password].map(decoded).join(':')
  return { 'Proxy-Authorization': `Basic ${Buffer.from(who).toString('base64')}` }
}

/** A `%` that begins no escape stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
