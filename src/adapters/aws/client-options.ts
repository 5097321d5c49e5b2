/** What every client of the SDK is made with: time limits, attempts, and how the machine reaches AWS. */
import type { Agent as HttpAgent } from 'node:http'
import type { Agent as HttpsAgent } from 'node:https'
import type { Encryption } from '../../model/index.js'
import { CodedError } from '../../model/errors.js'
import { httpFetch, type HttpFetch } from '../proxy/http-fetch.js'
import { proxyRoutes, type ProxyRoutes } from '../proxy/routes.js'
import { readPlainFileSync } from '../../ports/plain-file.js'

/** How long things may take, in seconds. Tests shorten them. */
export interface Timing {
  readonly connectSeconds: number
  /** One attempt without an answer ends after this time. */
  readonly attemptSeconds: number
  /** A call with all its retries may take this long (G8). */
  readonly callSeconds: number
  /** One PublishLayerVersion: Lambda fetches and unpacks the whole archive before it answers. */
  readonly publishSeconds: number
}

export const standardTiming: Timing = { connectSeconds: 5, attemptSeconds: 15, callSeconds: 60, publishSeconds: 50 }

/** What every client of a run shares. */
export interface AwsSession {
  /** 12 digits: the account that resources are named with in errors. */
  readonly accountId: string
  /** Aborts with the run. */
  readonly signal: AbortSignal
  readonly timing: Timing
  /** A custom endpoint (another S3, an emulator) rarely has a DNS name per bucket. */
  readonly customEndpoint: boolean
  /** `null`: where the SDK finds it, in the environment or by the region. */
  readonly endpoint: string | null
  /** A profile of the shared configuration and credentials files; `null`: the SDK's default chain decides. */
  readonly profile: string | null
  /** Said with every object that is written; `null`: the bucket decides. */
  readonly encryption: Encryption | null
  /** A proxy, authorities of the network: what the SDK does not read by itself. */
  readonly connections: Connections
}

export interface ClientOptions {
  readonly region: string
  readonly endpoint?: string
  readonly profile?: string
  readonly retryMode: 'standard'
  readonly maxAttempts: number
  readonly requestHandler: Agents & {
    readonly connectionTimeout: number
    readonly requestTimeout: number
    readonly throwOnRequestTimeout: boolean
  }
}

/**
 * The standard retry mode (jitter, a quota of retries), not the adaptive one: after one throttled request that one sends a
 * request every two seconds for the rest of a run, see docs/reliability.md.
 */
export async function clientOptions(region: string, session: AwsSession, maxAttempts = 5): Promise<ClientOptions> {
  const { timing, endpoint, profile, connections } = session
  return {
    region,
    ...(endpoint === null ? {} : { endpoint }),
    ...(profile === null ? {} : { profile }),
    retryMode: 'standard',
    maxAttempts,
    requestHandler: {
      ...(await connections.agents()),
      connectionTimeout: timing.connectSeconds * 1000,
      requestTimeout: timing.attemptSeconds * 1000,
      throwOnRequestTimeout: true
    }
  }
}

type Variables = Readonly<Record<string, string | undefined>>

/** Options of the SDK's request handler; empty: as it has them. */
interface Agents {
  readonly httpAgent?: HttpAgent
  readonly httpsAgent?: HttpsAgent
}

interface Connections {
  /** Loaded where there is a proxy or another trust. */
  readonly agents: () => Promise<Agents>
  /** For a link that AWS gave out. */
  readonly fetch: HttpFetch
}

/** Lambda takes no larger archive. */
const longestArchiveBytes = 262_144_000

/** All authorities of the world take 300 kB. */
const largestBundleBytes = 16 * 1024 * 1024

/**
 * How the machine reaches AWS: through a proxy, and whom it trusts. The SDK for JavaScript reads neither variable.
 * @throws CodedError CONFIG_INVALID for a proxy that is none, and for an AWS_CA_BUNDLE that cannot be read
 */
export function connectionsOf(environment: Variables): Connections {
  const bundle = environment['AWS_CA_BUNDLE'] ?? ''
  const extra = environment['NODE_EXTRA_CA_CERTS'] ?? ''
  const routes = proxyRoutes(environment)
  const largestBytes = longestArchiveBytes
  if (routes === null && bundle === '') return { agents: () => Promise.resolve({}), fetch: httpFetch({ largestBytes }) }
  // Authorities that are given replace Node's own, and those that Node was given: all of them count here.
  const given = bundle === '' ? null : [...bundleIn(extra, null), ...bundleIn(bundle, 'AWS_CA_BUNDLE')]
  let opening: Promise<HttpAgent & HttpsAgent> | undefined
  const agent = (): Promise<HttpAgent & HttpsAgent> => (opening ??= openAgent(routes, given))
  return {
    agents: async () => ({ httpAgent: await agent(), httpsAgent: await agent() }),
    fetch: async (address, init) => httpFetch({ agent: await agent(), largestBytes })(address, init)
  }
}

/** @param given authorities besides Node's own; `null`: Node decides */
async function openAgent(routes: ProxyRoutes | null, given: readonly string[] | null): Promise<HttpAgent & HttpsAgent> {
  const [{ proxyAgent }, { rootCertificates }] = await Promise.all([import('../proxy/agents.js'), import('node:tls')])
  const trust = given === null ? {} : { ca: [...rootCertificates, ...given] }
  return proxyAgent(routes ?? { proxyFor: () => null }, trust)
}

/** @param name the variable that a refusal names; `null`: what cannot be read does not count, as Node has it */
function bundleIn(file: string, name: string | null): readonly string[] {
  if (file === '') return []
  try {
    const text = readPlainFileSync(file, largestBundleBytes).toString()
    if (text.includes('-----BEGIN ')) return [text]
    if (name === null) return []
    throw new Error('no certificate in it')
  } catch (cause) {
    if (name === null) return []
    throw new CodedError(
      'CONFIG_INVALID',
      {
        expected: `${name} to name a file of certificates (PEM)`,
        found: `${file}: ${(cause as Error).message}`,
        mend: `write the file's path into ${name}, or unset it`
      },
      { cause }
    )
  }
}
