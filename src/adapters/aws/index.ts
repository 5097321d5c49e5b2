import type { Encryption } from '../../model/index.js'
import type { Aws, AwsRegion } from '../../ports/aws.js'
import { watched, UnreadableAnswer } from './aws-errors.js'
import { call } from './calls.js'
import { connectionsOf, clientOptions, standardTiming, type AwsSession, type Timing } from './client-options.js'
import { credentialSources, withoutCredentials } from './credentials.js'
import { cloudFormationClient, createStacks } from './cloudformation.js'
import { lambdaClients } from './lambda/lambda-client.js'
import { createLayerPermissions, createLayerVersions } from './lambda/layer-versions.js'
import { createObjectStore } from './s3/objects.js'
import { openS3 } from './s3/s3-session.js'

/** AWS over the SDK. Clients are loaded on first use: a run that asks nothing of AWS never loads them. */
export function createAws(options: {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
  /** Where the caller is asked for: STS answers in every region. */
  readonly homeRegion: string
  /** The account that the run is meant for. */
  readonly accountId: string
  readonly timing?: Timing
  /** Of all services, in place of what the environment says: several runs in one process each have their own. */
  readonly endpoint?: string
  /** A profile of ~/.aws. Default: the SDK's own choice (AWS_PROFILE, variables, …). */
  readonly profile?: string | null
  /** Of every object that is written. Default: as the bucket has it. */
  readonly encryption?: Encryption | null
}): Aws {
  // The clients that are bundled run on Node 20; a user could not follow the SDK's advice to update it.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'
  const { environment, signal, accountId, homeRegion, timing = standardTiming } = options
  const { endpoint = null, profile = null, encryption = null } = options
  const endpoints = ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3']
  const customEndpoint = endpoint !== null || endpoints.some(name => (environment[name] ?? '') !== '')
  const connections = connectionsOf(environment)
  const session: AwsSession = { accountId, signal, timing, customEndpoint, endpoint, profile, encryption, connections }
  // A profile that was asked for is where credentials are to come from, whatever it holds.
  const sources = profile === null ? credentialSources(environment) : ['profile']
  if (sources.length === 0) return withoutCredentials
  const regions = new Map<string, AwsRegion>()
  return {
    credentialSources: () => sources,
    callerIdentity: () => callerIdentity(session, homeRegion),
    region: region => {
      const known = regions.get(region)
      if (known !== undefined) return known
      const lambda = lambdaClients(region, session)
      const cloudFormation = cloudFormationClient(region, session)
      const s3 = openS3(region, session)
      const created: AwsRegion = {
        region,
        objects: createObjectStore(s3),
        layers: createLayerVersions(region, session, lambda),
        permissions: createLayerPermissions(region, session, lambda),
        stacks: createStacks(region, session, cloudFormation),
        inventory: once(async () =>
          (await import('./inventory.js')).createInventory(region, session, { lambda, cloudFormation, s3 })
        ),
        functions: once(async () => (await import('./lambda/functions.js')).createFunctions(region, session, lambda))
      }
      regions.set(region, created)
      return created
    }
  }
}

async function callerIdentity(session: AwsSession, region: string): ReturnType<Aws['callerIdentity']> {
  const subject = { action: 'sts:GetCallerIdentity', resource: '*' }
  const limits = { signal: session.signal, seconds: session.timing.callSeconds }
  return call(subject, limits, async options => {
    const { STSClient, GetCallerIdentityCommand } = await import('./sdk/sts.js')
    const client = watched(new STSClient(await clientOptions(region, session)))
    const { Account, Arn } = await client.send(new GetCallerIdentityCommand({}), options)
    if (Account === undefined || Arn === undefined) throw new UnreadableAnswer('an identity without an account')
    return { accountId: Account, arn: Arn }
  })
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}
