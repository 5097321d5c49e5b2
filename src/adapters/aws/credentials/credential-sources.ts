import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * The places of the SDK's default chain that hold something, by name, found without a network call
 * (AWS SDKs and Tools Reference Guide, "Standardized credential providers").
 */
export function credentialSources(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
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

/** Amazon EC2 User Guide, "Detect whether a host is an EC2 instance": the vendor of Nitro instances, the UUID of Xen ones. */
function onEc2(): boolean {
  return (
    readOrEmpty('/sys/class/dmi/id/sys_vendor').trim() === 'Amazon EC2' ||
    readOrEmpty('/sys/hypervisor/uuid').toLowerCase().startsWith('ec2')
  )
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
