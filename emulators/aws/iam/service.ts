/** The IAM calls that checks of permissions make. Source: AWS Identity and Access Management API Reference. */
import { answering, AwsError } from '../lambda/aws-error.js'
import { queryError, queryParameters, queryResponse } from '../query-protocol.js'
import type { AwsRequest, Operation, Service, World } from '../world.js'
import type { XmlTree } from '../xml.js'
import { evaluate } from './evaluate.js'
import { roleAnswer } from './roles.js'

const namespace = 'https://iam.amazonaws.com/doc/2010-05-08/'

export const iamService: Service = {
  name: 'iam',
  operation(request) {
    const parameters = queryParameters(request)
    const action = parameters.get('Action') ?? 'Unknown'
    const user = parameters.get('UserName')
    const userArn = `arn:aws:iam::${request.principal.accountId}:user/${user ?? ''}`
    const own = request.principal.arn.includes(':user/') ? request.principal.arn : '*'
    const role = parameters.get('RoleName')
    const roleArn = role === null ? null : `arn:aws:iam::${request.principal.accountId}:role/${role}`
    const named = parameters.get('PolicySourceArn') ?? parameters.get('PolicyArn') ?? roleArn
    const resource = named ?? (user === null ? own : userArn)
    return { action: `iam:${action}`, resource, write: false } satisfies Operation
  },
  handle(request, world) {
    const parameters = queryParameters(request)
    const action = parameters.get('Action') ?? ''
    return answering(
      () => queryResponse(request, action, namespace, answer(action, parameters, request, world)),
      error => queryError(request, namespace, error.code, error.message, error.status)
    )
  },
  error: (request, code, message, status) => queryError(request, namespace, code, message, status)
}

function answer(action: string, parameters: URLSearchParams, request: AwsRequest, world: World): XmlTree {
  switch (action) {
    case 'ListAccessKeys':
      return listAccessKeys(parameters, request, world)
    case 'SimulatePrincipalPolicy':
      return simulate(parameters, world)
    case 'GetRole':
    case 'ListAttachedRolePolicies':
    case 'GetPolicy':
    case 'GetPolicyVersion':
      return roleAnswer(action, parameters, request, world)
    default:
      throw new AwsError('InvalidAction', `Could not find operation ${action} for version 2010-05-08`)
  }
}

function listAccessKeys(parameters: URLSearchParams, { principal }: AwsRequest, world: World): XmlTree {
  const userName = parameters.get('UserName') ?? principal.arn.split('/').at(-1) ?? ''
  const arn = `arn:aws:iam::${principal.accountId}:user/${userName}`
  const keys = [...world.principals].filter(([, owner]) => owner.arn === arn)
  if (keys.length === 0) throw new AwsError('NoSuchEntity', `The user with name ${userName} cannot be found.`, 404)
  const member = keys.map(([AccessKeyId, { keyCreatedAt }]) => ({
    UserName: userName,
    AccessKeyId,
    Status: 'Active',
    CreateDate: new Date(keyCreatedAt ?? world.now()).toISOString()
  }))
  return { IsTruncated: false, AccessKeyMetadata: { member } }
}

/** Each action on each resource, with the context that the caller gives: a key that is not given is missing. */
function simulate(parameters: URLSearchParams, world: World): XmlTree {
  const source = parameters.get('PolicySourceArn') ?? ''
  const known = [...world.principals.values()].find(({ arn }) => arn === source || roleArnOf(arn) === source)
  if (known === undefined) throw new AwsError('NoSuchEntity', `The policy source ${source} cannot be found.`, 404)
  const statements = world.statementsOf?.(known.arn) ?? null
  const context = new Map(
    membersOf(parameters, 'ContextEntries.member').map(prefix => [
      (parameters.get(`${prefix}.ContextKeyName`) ?? '').toLowerCase(),
      membersOf(parameters, `${prefix}.ContextKeyValues.member`).map(name => parameters.get(name) ?? '')
    ])
  )
  const values = (list: string): string[] => membersOf(parameters, list).map(name => parameters.get(name) ?? '')
  const resources = values('ResourceArns.member')
  const member = values('ActionNames.member').flatMap(action =>
    (resources.length === 0 ? ['*'] : resources).map(resource => {
      const decision = statements === null ? 'allow' : evaluate(statements, { action, resource, context })
      return { EvalActionName: action, EvalResourceName: resource, EvalDecision: decisions[decision] }
    })
  )
  return { IsTruncated: false, EvaluationResults: { member } }
}

const decisions = { allow: 'allowed', 'explicit-deny': 'explicitDeny', 'implicit-deny': 'implicitDeny' } as const

/** `arn:aws:sts::1:assumed-role/name/session` → `arn:aws:iam::1:role/name` */
function roleArnOf(arn: string): string {
  const parts = /^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\//.exec(arn)
  return parts === null ? arn : `arn:${parts[1] ?? ''}:iam::${parts[2] ?? ''}:role/${parts[3] ?? ''}`
}

/** `X.member` → `X.member.1`, `X.member.2`, … as far as there are any. */
function membersOf(parameters: URLSearchParams, list: string): string[] {
  const found: string[] = []
  const names = [...parameters.keys()]
  for (let index = 1; ; index++) {
    const name = `${list}.${index}`
    if (!names.some(key => key === name || key.startsWith(`${name}.`))) return found
    found.push(name)
  }
}
