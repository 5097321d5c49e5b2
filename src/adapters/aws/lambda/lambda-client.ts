/** Clients of Lambda in one account and region: whoever asks, they share one rate budget. */
import { systemClock } from '../../process/clock.js'
import { errorName, watched } from '../aws-errors.js'
import { rateBudget, withinBudget } from '../calls.js'
import { clientOptions, type AwsSession } from '../client-options.js'
import type * as Lambda from '../sdk/lambda.js'

/** AWS Lambda Developer Guide, "Lambda quotas": the control plane takes 15 requests a second per account and region. */
const requestsPerSecond = 15

export interface LoadedLambda {
  readonly sdk: typeof Lambda
  readonly client: InstanceType<typeof Lambda.LambdaClient>
}

export interface LambdaClients {
  readonly reader: () => Promise<LoadedLambda>
  /** Never repeats a request by itself. */
  readonly publisher: () => Promise<LoadedLambda>
}

export function lambdaClients(region: string, aws: AwsSession): LambdaClients {
  const budget = rateBudget(requestsPerSecond, systemClock)
  const load = async (maxAttempts?: number): Promise<LoadedLambda> => {
    const sdk = await import('../sdk/lambda.js')
    const client = watched(new sdk.LambdaClient(await clientOptions(region, aws, maxAttempts)))
    return { sdk, client: withinBudget(client, () => budget, aws.signal) }
  }
  let reading: Promise<LoadedLambda> | undefined
  let publishing: Promise<LoadedLambda> | undefined
  return {
    reader: () => (reading ??= load()),
    publisher: () => (publishing ??= load(1))
  }
}

/** For `catch`: what is not there is an answer. */
export function nullIfMissing(error: unknown): null {
  if (errorName(error) === 'ResourceNotFoundException') return null
  throw error
}
