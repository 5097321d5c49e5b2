/** What the credentials may do, asked of IAM's own simulator with the questions that a deploy would ask. */
import type { Config, Environment } from '../../model/index.js'
import type { AccountInspection } from '../../ports/account-inspection.js'
import type { CallerIdentity } from '../../ports/aws.js'
import type { ConditionBlock, Permission } from '../iam-policy/permission.js'
import { policyFor } from '../iam-policy/policy.js'
import { findingOf, ok, problem, skipped, type Finding } from './finding.js'

export async function checkPermissions(
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
