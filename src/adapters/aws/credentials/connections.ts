/** How the machine reaches AWS: through a proxy, and whom it trusts. The SDK for JavaScript reads neither variable. */
import type { Agent as HttpAgent } from 'node:http'
import type { Agent as HttpsAgent } from 'node:https'
import { rootCertificates } from 'node:tls'
import { CodedError } from '../../../model/errors.js'
import { proxyAgent } from '../../proxy/agents.js'
import { httpFetch, type HttpFetch } from '../../proxy/http-fetch.js'
import { proxyRoutes } from '../../proxy/routes.js'
import { readPlainFileSync } from '../../../ports/plain-file.js'

type Variables = Readonly<Record<string, string | undefined>>

export interface Connections {
  /** Options of the SDK's request handler; empty: as it has them. */
  readonly agents: { readonly httpAgent?: HttpAgent; readonly httpsAgent?: HttpsAgent }
  /** For a link that AWS gave out. */
  readonly fetch: HttpFetch
}

/** Lambda takes no larger archive. */
const longestArchiveBytes = 262_144_000

/** All authorities of the world take 300 kB. */
const largestBundleBytes = 16 * 1024 * 1024

/** @throws CodedError CONFIG_INVALID for a proxy that is none, and for an AWS_CA_BUNDLE that cannot be read */
export function connectionsOf(environment: Variables): Connections {
  const bundle = environment['AWS_CA_BUNDLE'] ?? ''
  const extra = environment['NODE_EXTRA_CA_CERTS'] ?? ''
  const routes = proxyRoutes(environment)
  if (routes === null && bundle === '') return { agents: {}, fetch: httpFetch({ largestBytes: longestArchiveBytes }) }
  // Authorities that are given replace Node's own, and those that Node was given: all of them count here.
  const given = (): readonly string[] => [...bundleIn(extra, null), ...bundleIn(bundle, 'AWS_CA_BUNDLE')]
  const trust = bundle === '' ? {} : { ca: [...rootCertificates, ...given()] }
  const connections = routes ?? { proxyFor: () => null }
  const agent = proxyAgent(connections, trust)
  return {
    agents: { httpAgent: agent, httpsAgent: agent },
    fetch: httpFetch({ agent, largestBytes: longestArchiveBytes })
  }
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
