/** What the policy of a bucket lets others do. Source: IAM User Guide, "IAM JSON policy elements reference". A pure function of the document. */

/** One statement that lets somebody in who is not of the owner's account. */
export interface BucketGrant {
  /** Account id, organization id (`o-…`) or `public`; anything else as the policy has it. */
  readonly principal: string
  /** As the policy has them; what is behind `all but` is left out of everything. */
  readonly actions: readonly string[]
  /** Keys in the bucket, `*` for any text; empty: the bucket itself alone. */
  readonly keys: readonly string[]
  /** Condition keys that it depends on beside the principal. */
  readonly conditions: readonly string[]
}

type Json = Readonly<Record<string, unknown>>

/**
 * Who beside the account itself, its principals and AWS's services. Denials are not weighed: nothing else is let in than is told here.
 * @returns `null`: it is no policy that can be read
 */
export function foreignGrants(policy: string, accountId: string): readonly BucketGrant[] | null {
  const document = objectOf(parsed(policy))
  if (document['Statement'] === undefined) return null
  return listOf(document['Statement'])
    .map(objectOf)
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(statement => {
      const { principals, byCondition } = principalsOf(statement, accountId)
      const conditions = conditionKeys(statement).filter(key => key !== byCondition)
      const about = { actions: actionsOf(statement), keys: keysOf(statement), conditions }
      return principals.map(principal => ({ principal, ...about }))
    })
}

interface Principals {
  readonly principals: readonly string[]
  /** The condition key that says who it is. */
  readonly byCondition: string | null
}

function principalsOf({ Principal, NotPrincipal, Condition }: Json, own: string): Principals {
  if (NotPrincipal !== undefined) return { principals: [`all but ${JSON.stringify(NotPrincipal)}`], byCondition: null }
  const byKind = typeof Principal === 'string' ? { AWS: Principal } : objectOf(Principal)
  const aws = listOf(byKind['AWS']).map(String)
  const others = ['Federated', 'CanonicalUser'].flatMap(kind =>
    listOf(byKind[kind]).map(each => `${kind} ${String(each)}`)
  )
  const named = [...aws.filter(each => each !== '*').map(accountOf), ...others].filter(each => !isOf(each, own))
  if (!aws.includes('*')) return { principals: named, byCondition: null }
  const narrowed = narrowedBy(objectOf(Condition))
  const meant = narrowed === null ? ['public'] : narrowed.values.filter(each => each !== own)
  return { principals: [...meant, ...named], byCondition: narrowed?.key ?? null }
}

/** "Everybody" where a condition names the accounts or the organization ("AWS global condition context keys"). */
function narrowedBy(condition: Json): { readonly key: string; readonly values: readonly string[] } | null {
  for (const [operator, keys] of Object.entries(condition)) {
    if (!/^StringEquals(IgnoreCase)?$/.test(operator)) continue
    for (const [key, value] of Object.entries(objectOf(keys))) {
      if (/^aws:(PrincipalOrgID|PrincipalAccount|SourceAccount)$/i.test(key))
        return { key, values: listOf(value).map(String) }
    }
  }
  return null
}

/** Of the account as a whole its id; a user or a role stays as it is. */
function accountOf(principal: string): string {
  return /^arn:[^:]+:iam::(\d{12}):root$/.exec(principal)?.[1] ?? principal
}

function isOf(principal: string, accountId: string): boolean {
  return principal === accountId || principal.split(':')[4] === accountId
}

function actionsOf({ Action, NotAction }: Json): readonly string[] {
  return NotAction === undefined ? listOf(Action).map(String) : [`all but ${listOf(NotAction).map(String).join(', ')}`]
}

function keysOf({ Resource, NotResource }: Json): readonly string[] {
  if (NotResource !== undefined) return [`all but ${listOf(NotResource).map(String).join(', ')}`]
  return listOf(Resource).flatMap(each => {
    const arn = String(each)
    if (arn === '*') return ['*']
    const slash = arn.indexOf('/')
    return slash === -1 ? [] : [arn.slice(slash + 1)]
  })
}

function conditionKeys({ Condition }: Json): readonly string[] {
  return [...new Set(Object.values(objectOf(Condition)).flatMap(keys => Object.keys(objectOf(keys))))].sort()
}

function listOf(value: unknown): readonly unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}
