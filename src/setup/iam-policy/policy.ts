/** Permissions as an IAM policy document that fits into IAM's limits. */
import type { Config, Environment } from '../../model/index.js'
import type { ConditionBlock, Permission } from './permission.js'
import { permissionsFor, type NameScope, type Purpose } from './permissions.js'

interface PolicyStatement {
  readonly Sid: string
  readonly Effect: 'Allow' | 'Deny'
  readonly Action: string | readonly string[]
  readonly Resource: string | readonly string[]
  readonly Condition?: ConditionBlock
}

export interface PolicyDocument {
  readonly Version: '2012-10-17'
  readonly Statement: readonly PolicyStatement[]
}

export interface Policy {
  readonly document: PolicyDocument
  readonly permissions: readonly Permission[]
  /** `pattern`: the configuration names so many layers that the policy holds `*` in place of their ids. */
  readonly scope: NameScope
}

/** IAM User Guide, "IAM and AWS STS quotas": characters of a managed policy, white space not counted. */
export const maximumPolicyCharacters = 6_144

/** Names every layer where the policy stays within the quota, else one pattern for all of them. */
export function policyFor(config: Config, environment: Environment, purpose: Purpose): Policy {
  const exact = policyOf(config, environment, purpose, 'exact')
  const fits = JSON.stringify(exact.document).length <= maximumPolicyCharacters
  return fits ? exact : policyOf(config, environment, purpose, 'pattern')
}

function policyOf(config: Config, environment: Environment, purpose: Purpose, scope: NameScope): Policy {
  const permissions = permissionsFor(config, environment, purpose, scope)
  return { document: { Version: '2012-10-17', Statement: permissions.map(statementOf) }, permissions, scope }
}

function statementOf({ sid, effect, actions, resources, condition }: Permission): PolicyStatement {
  return {
    Sid: sid,
    Effect: effect,
    Action: single(actions),
    Resource: single(resources),
    ...(Object.keys(condition).length > 0 && { Condition: condition })
  }
}

function single(texts: readonly string[]): string | readonly string[] {
  return texts.length === 1 ? (texts[0] ?? '') : texts
}
