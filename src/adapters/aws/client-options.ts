/** Settings that every AWS client of a run shares. */
export interface ClientOptions {
  readonly region: string
  readonly retryMode: 'adaptive'
  readonly maxAttempts: number
  readonly requestHandler: {
    readonly connectionTimeout: number
    readonly requestTimeout: number
    readonly throwOnRequestTimeout: boolean
  }
}

/** One attempt ends after 15 s without an answer, so that three fit into the 60 s that a call may take. */
export function clientOptions(region: string, maxAttempts = 5): ClientOptions {
  return {
    region,
    retryMode: 'adaptive',
    maxAttempts,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 15_000, throwOnRequestTimeout: true }
  }
}
