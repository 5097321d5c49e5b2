import type { Encryption } from '../../../model/index.js'
import type { Connections } from './connections.js'

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
  readonly requestHandler: Connections['agents'] & {
    readonly connectionTimeout: number
    readonly requestTimeout: number
    readonly throwOnRequestTimeout: boolean
  }
}

/**
 * The standard retry mode (jitter, a quota of retries), not the adaptive one: after one throttled request that one sends a
 * request every two seconds for the rest of a run, see docs/reliability.md.
 */
export function clientOptions(region: string, session: AwsSession, maxAttempts = 5): ClientOptions {
  const { timing, endpoint, profile, connections } = session
  return {
    region,
    ...(endpoint === null ? {} : { endpoint }),
    ...(profile === null ? {} : { profile }),
    retryMode: 'standard',
    maxAttempts,
    requestHandler: {
      ...connections.agents,
      connectionTimeout: timing.connectSeconds * 1000,
      requestTimeout: timing.attemptSeconds * 1000,
      throwOnRequestTimeout: true
    }
  }
}
