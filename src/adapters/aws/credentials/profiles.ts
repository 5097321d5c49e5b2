/** Profiles of the shared configuration and credentials files: only their names; what they hold is the SDK's to read. */
import { homedir } from 'node:os'
import { join } from 'node:path'
import { nearest } from '../../../model/naming/nearest.js'
import { CodedError } from '../../../model/errors.js'
import { readPlainFileSync } from '../../../ports/plain-file.js'

type Variables = Readonly<Record<string, string | undefined>>

/** AWS SDKs and Tools Reference Guide, "Location of the shared config and credentials files". */
function files(environment: Variables): { readonly config: string; readonly credentials: string } {
  const folder = join(environment['HOME'] ?? homedir(), '.aws')
  return {
    config: environment['AWS_CONFIG_FILE'] ?? join(folder, 'config'),
    credentials: environment['AWS_SHARED_CREDENTIALS_FILE'] ?? join(folder, 'credentials')
  }
}

/** Sorted; no file, no profiles. */
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
  return read(file)
    .split(/\r?\n/)
    .flatMap(line => /^\[([^\]]+)\]/.exec(line.trim())?.[1]?.trim() ?? [])
    .flatMap(name => {
      const match = heading.exec(name)
      return (match?.[1] ?? match?.[2])?.replace(/^(["'])(.*)\1$/, '$2') ?? []
    })
}

/** A file of hundreds of profiles has some 100 kB. */
const longestBytes = 16 * 1024 * 1024

function read(file: string): string {
  try {
    return readPlainFileSync(file, longestBytes).toString()
  } catch {
    return ''
  }
}
