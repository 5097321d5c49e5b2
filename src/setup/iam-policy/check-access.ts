/** Compares the roles that the configuration wants with those that the account has. Reads only. */
import type { Config, Environment } from '../../model/index.js'
import type { AccountInspection } from '../../ports/account-inspection.js'
import type { CallerIdentity } from '../../ports/aws.js'
import { findingOf, ok, problem, skipped, type Finding } from '../doctor/finding.js'
import { iamPolicy, type IamPolicyOptions } from './index.js'

export interface AccessPorts {
  readonly caller: CallerIdentity
  readonly inspection: Pick<AccountInspection, 'roleTrust' | 'rolePolicies'>
}

type Json = Readonly<Record<string, unknown>>

/** @throws CodedError as `iamPolicy` */
export async function checkAccess(
  config: Config,
  options: IamPolicyOptions,
  portsOf: (environment: Environment) => Promise<AccessPorts>
): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for (const wanted of iamPolicy(config, options)) {
    const environment = config.environments.find(({ name }) => name === wanted.environment)
    if (environment === undefined) continue
    const { caller, inspection } = await portsOf(environment)
    if (caller.accountId !== wanted.accountId) {
      const found = `account ${wanted.accountId}: not that of the credentials (${caller.accountId})`
      findings.push(skipped(`environment ${wanted.environment}`, found))
      continue
    }
    for (const { purpose, policy, trust } of wanted.access) {
      findings.push(...(await checkRole(inspection, `layer-deploy-${wanted.environment}-${purpose}`, policy, trust)))
    }
  }
  return findings
}

async function checkRole(
  inspection: AccessPorts['inspection'],
  name: string,
  policy: object,
  trust: object | null
): Promise<readonly Finding[]> {
  const check = `role ${name}`
  const mend = 'deploy the template again: layer-deploy iam-policy --output iam, then aws cloudformation deploy'
  try {
    const found = await inspection.roleTrust(name)
    if (found === null) return [problem(check, 'does not exist', mend)]
    const statements = (await inspection.rolePolicies(name)).flatMap(statementsOf)
    const differences = [
      ...difference(statementsOf(policy), statements),
      ...(trust === null ? [] : difference(statementsOf(trust), statementsOf(found)).map(each => `trust: ${each}`))
    ]
    const compared = trust === null ? [skipped(`trust of ${check}`, 'not compared: pass --repository-id')] : []
    return differences.length === 0
      ? [ok(check, 'as the configuration wants it'), ...compared]
      : [problem(check, differences.join('; '), mend), ...compared]
  } catch (error) {
    return [findingOf(check, error)]
  }
}

function statementsOf(document: unknown): readonly Json[] {
  return [asJson(document)['Statement']].flat().map(asJson)
}

/** Statements by their Sid, whatever their order and that of the values in them. */
function difference(wanted: readonly Json[], found: readonly Json[]): readonly string[] {
  const keyed = (statements: readonly Json[]) =>
    new Map(statements.map(each => [nameOf(each), canonical(each)] as const))
  const [want, have] = [keyed(wanted), keyed(found)]
  return [
    ...[...want].filter(([name]) => !have.has(name)).map(([name]) => `${name} is missing`),
    ...[...want].filter(([name, text]) => have.has(name) && have.get(name) !== text).map(([name]) => `${name} differs`),
    ...[...have].filter(([name]) => !want.has(name)).map(([name]) => `${name} is not wanted`)
  ]
}

function nameOf(statement: Json): string {
  return typeof statement['Sid'] === 'string'
    ? statement['Sid']
    : `a statement for ${[statement['Action']].flat().join(', ')}`
}

/** IAM takes a text and a list of one for the same. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    return value.length === 1 ? canonical(value[0]) : `[${value.map(canonical).sort().join(',')}]`
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const entries = Object.entries(value as Json).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`
}

function asJson(value: unknown): Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Json) : {}
}
