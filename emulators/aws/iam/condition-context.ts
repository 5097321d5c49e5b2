/** What a request says under each condition key. Source: "AWS global condition context keys", IAM User Guide. */
import type { AwsRequest, Operation, World } from '../world.js'
import type { ConditionContext } from './conditions.js'
import { arnParts } from './patterns.js'

export function contextOf(
  operation: Operation,
  request: Pick<AwsRequest, 'principal' | 'region'>,
  world: World
): ConditionContext {
  const { principal, region } = request
  const owner = resourceAccount(operation.resource, world)
  const now = new Date(world.now()).toISOString()
  const entries: Readonly<Record<string, string | readonly string[] | null>> = {
    'aws:RequestedRegion': region,
    'aws:PrincipalArn': principal.arn,
    'aws:PrincipalAccount': principal.accountId,
    'aws:PrincipalType': principal.arn.includes(':assumed-role/') ? 'AssumedRole' : 'User',
    'aws:userid': principal.userId,
    'aws:CurrentTime': now,
    'aws:EpochTime': String(Math.floor(world.now() / 1000)),
    // The loopback connection stands for the TLS endpoint.
    'aws:SecureTransport': 'true',
    'aws:ResourceAccount': owner,
    's3:ResourceAccount': operation.action.startsWith('s3:') ? owner : null,
    ...operation.context
  }
  const known = Object.entries(entries).filter((entry): entry is [string, string | readonly string[]] => {
    return entry[1] !== null
  })
  return new Map(known.map(([key, value]) => [key.toLowerCase(), typeof value === 'string' ? [value] : value]))
}

/** A bucket's ARN names no account: the bucket does. `null`: not known. */
function resourceAccount(resource: string, world: World): string | null {
  const [, , service, , account = '', rest = ''] = arnParts(resource) ?? []
  if (service === 's3') return world.buckets.get(rest.split('/')[0] ?? '')?.ownerAccountId ?? null
  return account === '' ? null : account
}
