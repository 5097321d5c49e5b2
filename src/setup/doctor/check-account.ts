/** The account that the credentials are of: its buckets, keys and roles, and what the credentials may do there. */
import { artifactBucketOf, kmsKeyOf } from '../../model/naming/names.js'
import { partitionOf } from '../../model/naming/regions.js'
import type { Config, Environment } from '../../model/index.js'
import type { AccountInspection, BucketPlace } from '../../ports/account-inspection.js'
import type { Aws, CallerIdentity } from '../../ports/aws.js'
import { checkTrust } from './check-trust.js'
import { findingOf, ok, problem, skipped, warning, type Finding } from './finding.js'
import type { ConditionBlock, Permission } from '../iam-policy/permission.js'
import { policyFor } from '../iam-policy/policy.js'

export interface AccountPorts {
  readonly aws: Pick<Aws, 'credentialSources' | 'callerIdentity'>
  readonly inspection: AccountInspection
  /** Milliseconds since 1970. */
  readonly now: number
  /** Where the SDK would work by default (AWS_REGION); `null`: not said. */
  readonly region: string | null
}

/** Credentials, account, region, and for each environment of that account its buckets and permissions. */
export async function checkAccount(
  ports: AccountPorts,
  config: Config,
  only: string | null
): Promise<readonly Finding[]> {
  const environments = config.environments.filter(({ name }) => only === null || name === only)
  const sources = ports.aws.credentialSources()
  if (sources.length === 0) {
    const mend = 'pass --profile to have the account checked, too'
    return [warning('credentials', 'none found', mend)]
  }
  let caller: CallerIdentity
  try {
    caller = await ports.aws.callerIdentity()
  } catch (error) {
    return [findingOf('credentials', error)]
  }
  const findings = [ok('credentials', `${caller.arn}, from ${sources[0] ?? ''}`)]
  const own = environments.filter(({ accountId }) => accountId === caller.accountId)
  findings.push(accountFinding(environments, own, caller), regionFinding(own, ports.region))
  findings.push(await checkAccessKey(ports, caller))
  for (const environment of environments) {
    if (!own.includes(environment)) {
      findings.push(
        skipped(`environment ${environment.name}`, `account ${environment.accountId}: not that of the credentials`)
      )
      continue
    }
    findings.push(...(await checkBuckets(ports, environment)))
    findings.push(...(await checkPermissions(ports.inspection, config, environment, caller)))
    findings.push(...(await checkTrust(ports.inspection, environment, caller.arn)))
  }
  return findings
}

function accountFinding(all: readonly Environment[], own: readonly Environment[], caller: CallerIdentity): Finding {
  if (own.length > 0) return ok('account', `${caller.accountId}, of ${own.map(({ name }) => name).join(' and ')}`)
  const wanted = all.map(({ name, accountId }) => `${accountId} (${name})`).join(' or ')
  return problem('account', `${caller.accountId}, which no environment names`, `use credentials of ${wanted}`)
}

/** Every call names its region: another default only misleads the steps beside this one. */
function regionFinding(own: readonly Environment[], region: string | null): Finding {
  const regions = [...new Set(own.flatMap(each => each.regions))]
  if (region === null || regions.length === 0)
    return skipped('region', 'no default region is set; the configuration names them')
  if (regions.includes(region)) return ok('region', region)
  const mend = `set aws-region to one of ${regions.join(', ')}`
  return warning('region', `${region}, in which no environment of the account deploys`, mend)
}

async function checkBuckets(ports: AccountPorts, environment: Environment): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for (const region of environment.regions) {
    const place = { bucket: artifactBucketOf(environment, region), owner: environment.accountId, region }
    try {
      findings.push(...(await checkBucket(ports.inspection, place, environment)))
    } catch (error) {
      findings.push(findingOf(`bucket ${place.bucket}`, error))
    }
  }
  return findings
}

async function checkBucket(
  inspection: AccountInspection,
  place: BucketPlace,
  environment: Environment
): Promise<readonly Finding[]> {
  const check = `bucket ${place.bucket}`
  const standing = await inspection.bucket(place)
  switch (standing.kind) {
    case 'missing':
      return [
        problem(check, 'does not exist', `make it in account ${place.owner} (layer-deploy iam-policy gives a template)`)
      ]
    case 'foreign': {
      const mend = `set artifact-bucket to a bucket of the account, or allow s3:ListBucket on arn:${partitionOf(place.region)}:s3:::${place.bucket}`
      return [problem(check, `is not of account ${place.owner}, or not for this caller`, mend)]
    }
    case 'other-region': {
      const mend = `use a bucket in ${place.region}: Lambda reads code from no other`
      return [problem(check, `lies in ${standing.region ?? 'another region'}, not in ${place.region}`, mend)]
    }
    case 'ours': {
      const settings = await Promise.all([
        versioning(inspection, place),
        publicAccess(inspection, place),
        encryption(inspection, place, environment)
      ])
      return [ok(check, `of account ${place.owner}, in ${place.region}`), ...settings]
    }
  }
}

type Check = (inspection: AccountInspection, place: BucketPlace) => Promise<Finding>

const versioning: Check = (inspection, place) =>
  setting(place, 'versioning', async check =>
    (await inspection.bucketVersioning(place))
      ? ok(check, 'on')
      : warning(check, 'off: what is deleted or altered is gone', 'turn versioning on')
  )
const publicAccess: Check = (inspection, place) =>
  setting(place, 'public access', async check =>
    (await inspection.publicAccessBlocked(place))
      ? ok(check, 'blocked')
      : problem(check, 'not blocked', 'turn all four settings of Block Public Access on')
  )
const encryption = (
  inspection: AccountInspection,
  place: BucketPlace,
  environment: Pick<Environment, 'encryption'>
): Promise<Finding> =>
  setting(place, 'encryption', async check => {
    const algorithm = await inspection.bucketEncryption(place)
    const said = environment.encryption
    if (said !== null) {
      const asked = said.kind === 'aes256' ? 'AES256' : `aws:kms, ${kmsKeyOf(environment, place.region) ?? ''}`
      return ok(check, `${algorithm ?? 'none'} by default; every object is written with ${asked}`)
    }
    return algorithm === null ? warning(check, 'none', 'turn default encryption on') : ok(check, algorithm)
  })

/** A setting that the caller may not read says nothing about the others. */
async function setting(
  { bucket }: BucketPlace,
  name: string,
  look: (check: string) => Promise<Finding>
): Promise<Finding> {
  const check = `${name} of bucket ${bucket}`
  try {
    return await look(check)
  } catch (error) {
    const finding = findingOf(check, error)
    return finding.level === 'warning' ? skipped(check, finding.found) : finding
  }
}

const oldestKeyDays = 90
const dayMilliseconds = 24 * 60 * 60 * 1000
const newKey = "make a new key and delete the old one, or change to a role with GitHub's OIDC (layer-deploy iam-policy)"

/** A role's credentials end by themselves; a user's access keys do not. */
export async function checkAccessKey(
  { inspection, now }: { readonly inspection: Pick<AccountInspection, 'accessKeys'>; readonly now: number },
  caller: CallerIdentity
): Promise<Finding> {
  const userName = /^arn:[^:]+:iam::\d+:user\/(?:.*\/)?([^/]+)$/.exec(caller.arn)?.[1]
  if (userName === undefined) return ok('access key', 'none: the credentials are temporary')
  const check = `access keys of ${userName}`
  try {
    const active = (await inspection.accessKeys(userName)).filter(key => key.active)
    const old = active
      .map(({ id, createdAt }) => ({ id, days: Math.floor((now - createdAt) / dayMilliseconds) }))
      .filter(({ days }) => days > oldestKeyDays)
    if (old.length === 0) return ok(check, `${active.length} active, none older than ${oldestKeyDays} days`)
    const ages = old.map(({ id, days }) => `…${id.slice(-4)} is ${days} days old`).join(', ')
    return warning(check, ages, newKey)
  } catch (error) {
    const finding = findingOf(check, error)
    return finding.level === 'warning' ? skipped(check, finding.found) : finding
  }
}

/** What the credentials may do, asked of IAM's own simulator with the questions that a deploy would ask. */
async function checkPermissions(
  inspection: Pick<AccountInspection, 'simulate'>,
  config: Config,
  environment: Environment,
  caller: CallerIdentity
): Promise<readonly Finding[]> {
  const check = `permissions in ${environment.name}`
  const { permissions } = policyFor(config, environment, 'deploy')
  const needed = permissions.filter(({ effect }) => effect === 'Allow')
  try {
    const missing: string[] = []
    for (const permission of needed) missing.push(...(await missingOf(inspection, permission, environment, caller)))
    if (missing.length === 0)
      return [ok(check, `all ${needed.flatMap(({ actions }) => actions).length} that a deploy needs`)]
    const mend = `allow it in the policy of ${caller.arn} (layer-deploy iam-policy --environment ${environment.name})`
    return missing.map(what => problem(check, `no permission for ${what}`, mend))
  } catch (error) {
    const finding = findingOf(check, error)
    // Who may deploy need not be allowed to ask the simulator.
    return [finding.level === 'warning' ? skipped(check, finding.found) : finding]
  }
}

async function missingOf(
  inspection: Pick<AccountInspection, 'simulate'>,
  { actions, resources, condition }: Permission,
  { accountId, regions }: Environment,
  caller: CallerIdentity
): Promise<readonly string[]> {
  const ordinary = {
    'aws:RequestedRegion': [regions[0] ?? ''],
    'aws:SecureTransport': ['true'],
    's3:if-none-match': ['*'],
    's3:ResourceAccount': [accountId]
  }
  const answers = await inspection.simulate(policySource(caller.arn), {
    actions,
    // A pattern stands for what it matches.
    resources: resources.map(resource => (resource === '*' ? resource : resource.replaceAll('*', '1'))),
    context: { ...ordinary, ...contextOf(condition) }
  })
  return answers.filter(({ allowed }) => !allowed).map(({ action, resource }) => `${action} on ${resource}`)
}

/** Values that satisfy the conditions of an Allow. */
function contextOf(condition: ConditionBlock): Readonly<Record<string, readonly string[]>> {
  const entries = Object.values(condition).flatMap(keys => Object.entries(keys))
  return Object.fromEntries(
    entries.map(([key, values]) => [key, [values].flat().map(value => value.replaceAll('*', '1'))])
  )
}

/** The simulator knows users and roles, not sessions. A role with a path is told apart by its name alone. */
function policySource(callerArn: string): string {
  const session = /^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\//.exec(callerArn)
  if (session === null) return callerArn
  const [, partition = '', account = '', role = ''] = session
  return `arn:${partition}:iam::${account}:role/${role}`
}
