/** Where a command that only reads looks: no branch and no event decides anything about it. */
import { unknownEnvironment } from '../model/naming/nearest.js'
import { CodedError, type ErrorCode } from '../model/errors.js'
import type { Config, Environment } from '../model/index.js'
import type { Aws, CallerIdentity } from '../ports/aws.js'
import { accountVerdict } from '../publish-layers/plan/guards.js'

/** What is asked for; `null`: all of the configuration. */
export interface ScopeRequest {
  readonly environment: string | null
  readonly regions: readonly string[] | null
}

/** @throws CodedError ENVIRONMENT_MAPPED, REGION_NOT_ALLOWED for a name that the configuration does not have */
export function environmentsToRead(
  { environments }: Pick<Config, 'environments'>,
  { environment, regions }: ScopeRequest
): readonly Environment[] {
  const wanted = environments.filter(({ name }) => environment === null || name === environment)
  if (wanted.length === 0) {
    const mend = 'correct the environment, or leave it out'
    throw new CodedError('ENVIRONMENT_MAPPED', unknownEnvironment(environment ?? '', environments, mend))
  }
  const known = new Set(wanted.flatMap(each => each.regions))
  const unknown = regions?.find(name => !known.has(name))
  if (unknown !== undefined) {
    throw new CodedError('REGION_NOT_ALLOWED', {
      expected: `a region of the configuration (${[...known].join(', ')})`,
      found: JSON.stringify(unknown),
      mend: 'correct the regions, or leave them out'
    })
  }
  return wanted
}

/** An environment that was not read. */
export interface Unread {
  readonly environment: string
  readonly why: string
}

/** What keeps one environment from being read, and says nothing of another. */
const ownToOne: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'NO_CREDENTIALS',
  'ACCESS_DENIED',
  'AWS_FAILED',
  'ACCOUNT_MISMATCH',
  'BUCKET_OWNER_MISMATCH',
  'PUBLISH_UNVERIFIED'
])

/**
 * Reads every environment that the credentials reach, one after the other; the others are named.
 * @throws CodedError the first one's, where none could be read
 */
export async function readEach<Read>(
  environments: readonly Environment[],
  openAws: (environment: Environment) => Promise<Aws>,
  read: (environment: Environment, aws: Aws, caller: CallerIdentity) => Promise<Read>
): Promise<{ readonly read: readonly Read[]; readonly unread: readonly Unread[] }> {
  const done: Read[] = []
  const failed: { readonly environment: Environment; readonly error: CodedError }[] = []
  for (const environment of environments) {
    try {
      const aws = await openAws(environment)
      const caller = await aws.callerIdentity()
      const verdict = accountVerdict(environment, caller.accountId)
      if (verdict.passed === false) throw new CodedError(verdict.guard, verdict.finding)
      done.push(await read(environment, aws, caller))
    } catch (error) {
      if (!(error instanceof CodedError) || !ownToOne.has(error.code)) throw error
      failed.push({ environment, error })
    }
  }
  const [first] = failed
  if (done.length === 0 && first !== undefined) throw first.error
  return {
    read: done,
    unread: failed.map(({ environment: { name }, error }) => ({ environment: name, why: error.message }))
  }
}
