/** Who may do what: the policies of each principal, and which access keys have expired. Read `evaluate.ts` next. */
import type { AwsRequest, Operation, World } from '../world.js'
import type { AccountOption } from '../world-state.js'
import { contextOf } from './condition-context.js'
import { evaluate, dataOf, resourceOf } from './evaluate.js'
import { arnParts } from './patterns.js'
import { parsePolicy, parseResourcePolicy, type Statement } from './policy-document.js'

export interface Identities {
  /** Replaces the policies of a principal (a user's or an assumed role's ARN); `null`: it may do everything. */
  attach(principalArn: string, policies: readonly unknown[] | null): void
  /** From now on the key's requests are answered with "expired"; `false`: no longer. */
  expire(accessKeyId: string, expired?: boolean): void
  isExpired(accessKeyId: string): boolean
  /** `allow`, or the message of AWS's denial. */
  permit(operation: Operation, request: Pick<AwsRequest, 'principal' | 'region'>): 'allow' | { readonly deny: string }
  /** The statements of a principal; `null`: it may do everything. */
  statementsOf(principalArn: string): readonly Statement[] | null
}

export function createIdentities(accounts: readonly AccountOption[], world: World): Identities {
  const statements = new Map<string, readonly Statement[]>()
  const expired = new Set<string>()
  const identities: Identities = {
    attach(principalArn, policies) {
      if (policies === null) statements.delete(principalArn)
      else statements.set(principalArn, policies.flatMap(parsePolicy))
    },
    expire(accessKeyId, isExpired = true) {
      if (isExpired) expired.add(accessKeyId)
      else expired.delete(accessKeyId)
    },
    isExpired: accessKeyId => expired.has(accessKeyId),
    permit(operation, request) {
      const own = statements.get(request.principal.arn)
      if (isForTheService(operation, request, world)) return 'allow'
      const byBucket = deniedByBucket(operation, request, world)
      if (byBucket !== null) return { deny: byBucket }
      if (own === undefined) return 'allow'
      for (const asked of [operation, ...(operation.further ?? [])]) {
        const decision = evaluate(own, { ...asked, context: contextOf(asked, request, world) })
        if (decision !== 'allow') return { deny: denialOf(decision, asked, request, world) }
      }
      return 'allow'
    },
    statementsOf: principalArn => statements.get(principalArn) ?? null
  }
  world.statementsOf = principalArn => statements.get(principalArn) ?? null
  for (const { accessKeyId, policies } of accounts) {
    const principal = world.principals.get(accessKeyId)
    if (principal !== undefined && policies !== undefined) identities.attach(principal.arn, policies)
  }
  return identities
}

/** S3 says that a bucket does not exist, or lies elsewhere, before it asks IAM; a request nobody knows is answered as unknown. */
function isForTheService(operation: Operation, request: Pick<AwsRequest, 'region'>, world: World): boolean {
  if (operation.action.endsWith(':Unknown')) return true
  if (!operation.action.startsWith('s3:') || operation.resource === '*') return false
  const bucket = bucketOf(operation, world)
  return bucket === undefined || (bucket.region !== request.region && operation.action !== 's3:GetBucketLocation')
}

/**
 * "Troubleshoot access denied error messages", IAM User Guide. S3 quotes the resource, and says no more than "Access Denied"
 * about another account's bucket ("Troubleshoot access denied (403 Forbidden) errors", S3 User Guide).
 */
function denialOf(
  decision: 'explicit-deny' | 'implicit-deny',
  operation: Operation,
  { principal }: Pick<AwsRequest, 'principal'>,
  world: World
): string {
  const { action } = operation
  const isS3 = action.startsWith('s3:')
  if (isS3 && bucketOf(operation, world)?.ownerAccountId !== principal.accountId) return 'Access Denied'
  const resource = resourceOf(dataOf(action), operation.resource)
  const why =
    decision === 'explicit-deny'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`
  const place = isS3 ? `"${resource}"` : resource
  return `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${place} ${why}`
}

/** A bucket policy is asked for everybody, for those without policies of their own, too. `null`: it does not deny. */
function deniedByBucket(
  operation: Operation,
  request: Pick<AwsRequest, 'principal' | 'region'>,
  world: World
): string | null {
  if (!operation.action.startsWith('s3:') || operation.resource === '*') return null
  const policy = bucketOf(operation, world)?.settings?.policy
  if (policy === undefined) return null
  const asked = { ...operation, context: contextOf(operation, request, world) }
  if (evaluate(parseResourcePolicy(policy), asked) !== 'explicit-deny') return null
  const { action, resource } = operation
  return `User: ${request.principal.arn} is not authorized to perform: ${action} on resource: "${resource}" with an explicit deny in a resource-based policy`
}

function bucketOf({ resource }: Operation, world: World) {
  return world.buckets.get(arnParts(resource)?.[5]?.split('/')[0] ?? '')
}
