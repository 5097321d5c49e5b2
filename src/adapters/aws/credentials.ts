/** Where the SDK finds credentials, and the profiles that it can be told to use. What they hold is its own to read. */
import { homedir } from 'node:os'
import { join } from 'node:path'
import { readPlainFileSync } from '../../ports/plain-file.js'
import { nearest } from '../../model/naming/nearest.js'
import { CodedError } from '../../model/errors.js'
import type { Aws } from '../../ports/aws.js'

type Variables = Readonly<Record<string, string | undefined>>

/**
 * The places of the SDK's default chain that hold something, by name, found without a network call
 * (AWS SDKs and Tools Reference Guide, "Standardized credential providers").
 */
export function credentialSources(environment: Variables): readonly string[] {
  const set = (name: string) => (environment[name] ?? '') !== ''
  const { config, credentials } = files(environment)
  const sources: (readonly [string, boolean])[] = [
    // One of the pair alone was meant to be credentials too.
    ['environment variables', ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'].some(set)],
    ['web identity', set('AWS_WEB_IDENTITY_TOKEN_FILE')],
    ['container', set('AWS_CONTAINER_CREDENTIALS_RELATIVE_URI') || set('AWS_CONTAINER_CREDENTIALS_FULL_URI')],
    [
      'profile',
      // A profile that is named and does not exist is a mistake, not the absence of credentials.
      set('AWS_PROFILE') || holdsCredentials(credentials) || holdsCredentials(config)
    ],
    ['instance metadata', environment['AWS_EC2_METADATA_DISABLED'] !== 'true' && onEc2()]
  ]
  return sources.filter(([, present]) => present).map(([name]) => name)
}

/** Does the profile `default` give credentials? One that sets no more than a region does not. */
function holdsCredentials(file: string): boolean {
  let inDefault = false
  for (const line of readOrEmpty(file).split('\n')) {
    const text = line.trim()
    if (text.startsWith('[')) inDefault = /^\[(?:profile\s+)?default\]/.test(text)
    else if (inDefault && credentialSettings.has(text.split('=')[0]?.trim() ?? '')) return true
  }
  return false
}

/** AWS SDKs and Tools Reference Guide, "Settings reference": what a profile can take credentials from. */
const credentialSettings = new Set([
  'aws_access_key_id',
  'aws_secret_access_key',
  'aws_session_token',
  'credential_process',
  'credential_source',
  'login_session',
  'role_arn',
  'source_profile',
  'sso_account_id',
  'sso_session',
  'sso_start_url',
  'web_identity_token_file'
])

/** Amazon EC2 User Guide, "Detect whether a host is an EC2 instance": the vendor of Nitro instances, the UUID of Xen ones. */
function onEc2(): boolean {
  return (
    readOrEmpty('/sys/class/dmi/id/sys_vendor').trim() === 'Amazon EC2' ||
    readOrEmpty('/sys/hypervisor/uuid').toLowerCase().startsWith('ec2')
  )
}

/** A file of hundreds of profiles has some 100 kB. */
const longestBytes = 16 * 1024 * 1024

function readOrEmpty(file: string): string {
  try {
    return readPlainFileSync(file, longestBytes).toString()
  } catch {
    return ''
  }
}

/** AWS SDKs and Tools Reference Guide, "Location of the shared config and credentials files". */
function files(environment: Variables): { readonly config: string; readonly credentials: string } {
  const folder = join(environment['HOME'] ?? homedir(), '.aws')
  return {
    config: environment['AWS_CONFIG_FILE'] ?? join(folder, 'config'),
    credentials: environment['AWS_SHARED_CREDENTIALS_FILE'] ?? join(folder, 'credentials')
  }
}

/**
 * The names of the profiles in the shared configuration and credentials files, sorted; what they hold is the SDK's to read. No file, no
 * profiles.
 */
export function profileNames(environment: Variables): readonly string[] {
  const { config, credentials } = files(environment)
  const names = [...sections(config, /^(?:profile\s+(\S.*)|(default))$/), ...sections(credentials, /^(.+)$/)]
  return [...new Set(names)].sort()
}

/**
 * The SDK would go on to the credentials of the machine where a profile does not exist.
 * @throws CodedError PROFILE_NOT_FOUND
 */
export function assertProfile(profile: string, environment: Variables): void {
  const names = profileNames(environment)
  if (names.includes(profile)) return
  const { config, credentials } = files(environment)
  const close = nearest(profile, names)
  throw new CodedError('PROFILE_NOT_FOUND', {
    expected: `the profile ${profile} in ${config} or ${credentials}`,
    found: names.length === 0 ? 'no profile at all' : `the profiles ${names.slice(0, 20).join(', ')}`,
    mend: close === null ? `add it (aws configure --profile ${profile})` : `write --profile ${close}, or add ${profile}`
  })
}

/** Section headings that match, quotes taken off. Format: "Format of the config and credentials files", same guide. */
function sections(file: string, heading: RegExp): readonly string[] {
  return readOrEmpty(file)
    .split(/\r?\n/)
    .flatMap(line => /^\[([^\]]+)\]/.exec(line.trim())?.[1]?.trim() ?? [])
    .flatMap(name => {
      const match = heading.exec(name)
      return (match?.[1] ?? match?.[2])?.replace(/^(["'])(.*)\1$/, '$2') ?? []
    })
}

/** @param found what was looked at, or what AWS said */
export function noCredentials(
  found: string,
  cause?: unknown,
  mend = 'add the step aws-actions/configure-aws-credentials with role-to-assume before this one'
): CodedError {
  const finding = {
    expected:
      'AWS credentials in one of: the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_WEB_IDENTITY_TOKEN_FILE with AWS_ROLE_ARN, a profile in ~/.aws (AWS_PROFILE), the container endpoint, the instance metadata',
    found,
    mend
  }
  return new CodedError('NO_CREDENTIALS', finding, { cause })
}

/**
 * AWS where no source of credentials is configured: nothing can be asked of it, and the SDK would only wait for the metadata service
 * of a machine that has none.
 */
export const withoutCredentials: Aws = {
  credentialSources: () => [],
  callerIdentity: () => Promise.reject(noCredentials('none of them')),
  region: () => {
    throw noCredentials('none of them')
  }
}
