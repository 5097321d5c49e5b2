/** Roles and their managed policies, read only. Source: AWS Identity and Access Management API Reference. */
import { AwsError } from '../lambda/aws-error.js'
import type { AwsRequest, RoleRecord, World } from '../world.js'
import type { XmlTree } from '../xml.js'

type Action = 'GetRole' | 'ListAttachedRolePolicies' | 'GetPolicy' | 'GetPolicyVersion'

export function roleAnswer(
  action: Action,
  parameters: URLSearchParams,
  { principal }: Pick<AwsRequest, 'principal'>,
  world: World
): XmlTree {
  const own = world.roles.filter(({ accountId }) => accountId === principal.accountId)
  switch (action) {
    case 'GetRole':
      return { Role: renderRole(roleNamed(own, parameters), world) }
    case 'ListAttachedRolePolicies': {
      const { accountId, policies } = roleNamed(own, parameters)
      const member = Object.keys(policies).map(name => ({ PolicyName: name, PolicyArn: policyArn(accountId, name) }))
      return { IsTruncated: false, AttachedPolicies: { member } }
    }
    case 'GetPolicy': {
      const { name, arn } = policyOf(own, parameters)
      return { Policy: { PolicyName: name, Arn: arn, DefaultVersionId: 'v1', AttachmentCount: 1, IsAttachable: true } }
    }
    case 'GetPolicyVersion':
      return {
        PolicyVersion: {
          Document: encoded(policyOf(own, parameters).document),
          VersionId: parameters.get('VersionId') ?? 'v1',
          IsDefaultVersion: true
        }
      }
  }
}

function roleNamed(roles: readonly RoleRecord[], parameters: URLSearchParams): RoleRecord {
  const name = parameters.get('RoleName') ?? ''
  const found = roles.find(role => role.name === name)
  if (found === undefined) throw new AwsError('NoSuchEntity', `The role with name ${name} cannot be found.`, 404)
  return found
}

function policyOf(roles: readonly RoleRecord[], parameters: URLSearchParams) {
  const arn = parameters.get('PolicyArn') ?? ''
  for (const { accountId, policies } of roles) {
    for (const [name, document] of Object.entries(policies)) {
      if (policyArn(accountId, name) === arn) return { name, arn, document }
    }
  }
  throw new AwsError('NoSuchEntity', `Policy ${arn} was not found.`, 404)
}

function renderRole({ accountId, name, trust }: RoleRecord, world: World): XmlTree {
  return {
    ...{ Path: '/', RoleName: name, RoleId: 'AROAEXAMPLE', Arn: `arn:aws:iam::${accountId}:role/${name}` },
    CreateDate: new Date(world.now()).toISOString(),
    AssumeRolePolicyDocument: encoded(trust)
  }
}

const policyArn = (accountId: string, name: string): string => `arn:aws:iam::${accountId}:policy/${name}`

/** Documents are URL-encoded in answers. */
const encoded = (document: unknown): string => encodeURIComponent(JSON.stringify(document))
