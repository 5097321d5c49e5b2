import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Aws, AwsRegion } from '../../ports/aws.js'
import { call, noCredentials } from './calls.js'
import { clientOptions } from './client-options.js'
import { createLayerVersions } from './layer-versions.js'
import { createObjectStore } from './objects.js'
import { createStacks } from './stacks.js'

/** AWS over the SDK. Clients are loaded on first use: a run that asks nothing of AWS never loads them. */
export function createAws(options: {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
  /** Where the caller is asked for: STS answers in every region. */
  readonly homeRegion: string
}): Aws {
  const regions = new Map<string, AwsRegion>()
  const customEndpoint = ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3'].some(
    name => (options.environment[name] ?? '') !== ''
  )
  return {
    credentialSources: () => credentialSources(options.environment),
    callerIdentity: () =>
      call('sts:GetCallerIdentity', '*', options.signal, async abortSignal => {
        const { STSClient, GetCallerIdentityCommand } = await import('@aws-sdk/client-sts')
        const client = new STSClient(clientOptions(options.homeRegion))
        const answer = await client.send(new GetCallerIdentityCommand({}), { abortSignal })
        if (answer.Account === undefined || answer.Arn === undefined)
          throw noCredentials('an answer of STS without an account')
        return { accountId: answer.Account, arn: answer.Arn }
      }),
    region: region => {
      const known = regions.get(region)
      if (known !== undefined) return known
      const created: AwsRegion = {
        region,
        objects: createObjectStore(region, options.signal, customEndpoint),
        layers: createLayerVersions(region, options.signal),
        stacks: createStacks(region, options.signal)
      }
      regions.set(region, created)
      return created
    }
  }
}

/**
 * The places of the SDK's default chain that hold something, by name, found without a network call
 * (AWS SDKs and Tools Reference Guide, "Standardized credential providers").
 */
function credentialSources(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const set = (name: string) => (environment[name] ?? '') !== ''
  const home = environment['HOME'] ?? homedir()
  const file = (name: string, standard: string) => environment[name] ?? join(home, '.aws', standard)
  const sources: (readonly [string, boolean])[] = [
    ['environment variables', set('AWS_ACCESS_KEY_ID') && set('AWS_SECRET_ACCESS_KEY')],
    ['web identity', set('AWS_WEB_IDENTITY_TOKEN_FILE')],
    ['container', set('AWS_CONTAINER_CREDENTIALS_RELATIVE_URI') || set('AWS_CONTAINER_CREDENTIALS_FULL_URI')],
    [
      'profile',
      hasContent(file('AWS_SHARED_CREDENTIALS_FILE', 'credentials')) || hasContent(file('AWS_CONFIG_FILE', 'config'))
    ],
    ['instance metadata', environment['AWS_EC2_METADATA_DISABLED'] !== 'true' && onEc2()]
  ]
  return sources.filter(([, present]) => present).map(([name]) => name)
}

function hasContent(file: string): boolean {
  return existsSync(file) && readOrEmpty(file) !== ''
}

/** Amazon EC2 User Guide, "Detect whether a host is an EC2 instance": the DMI vendor of Nitro instances. */
function onEc2(): boolean {
  return readOrEmpty('/sys/class/dmi/id/sys_vendor').trim() === 'Amazon EC2'
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
