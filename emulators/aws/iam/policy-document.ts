/** A policy document as text or value → statements. Source: "IAM JSON policy reference", IAM User Guide. */
import { z } from 'zod'
import { isKnownOperator, type Condition } from './conditions.js'

const one = z.union([z.string(), z.array(z.string()).min(1)])
const scalar = z.union([z.string(), z.boolean(), z.number()])
const statement = z
  .strictObject({
    Sid: z
      .string()
      .regex(/^[A-Za-z0-9]*$/)
      .optional(),
    Effect: z.enum(['Allow', 'Deny']),
    Action: one.optional(),
    NotAction: one.optional(),
    Resource: one.optional(),
    NotResource: one.optional(),
    Condition: z
      .record(
        z.string().refine(isKnownOperator, 'an operator that this emulator does not evaluate'),
        z.record(z.string(), z.union([scalar, z.array(scalar).min(1)]))
      )
      .optional()
  })
  .refine(({ Action, NotAction }) => (Action === undefined) !== (NotAction === undefined), 'one of Action, NotAction')
  .refine(
    ({ Resource, NotResource }) => (Resource === undefined) !== (NotResource === undefined),
    'one of Resource, NotResource'
  )
const document = z.strictObject({
  Version: z.literal('2012-10-17'),
  Id: z.string().optional(),
  Statement: z.union([statement.transform(single => [single]), z.array(statement).min(1)])
})

export interface Statement {
  readonly sid: string
  readonly effect: 'Allow' | 'Deny'
  readonly actions: readonly string[]
  /** The actions are those that are meant not to be. */
  readonly exceptActions: boolean
  readonly resources: readonly string[]
  readonly exceptResources: boolean
  readonly conditions: readonly Condition[]
}

/**
 * @param source the document, or its JSON
 * @throws Error where IAM would say MalformedPolicyDocument, or for what is not evaluated here (policy variables, some operators)
 */
export function parsePolicy(source: unknown): readonly Statement[] {
  const value: unknown = typeof source === 'string' ? JSON.parse(source) : source
  if (JSON.stringify(value).includes('${')) throw new Error('MalformedPolicyDocument: no policy variables here')
  const parsed = document.safeParse(value)
  if (!parsed.success) throw new Error(`MalformedPolicyDocument: ${z.prettifyError(parsed.error)}`)
  const sids = parsed.data.Statement.flatMap(({ Sid }) => (Sid === undefined ? [] : [Sid]))
  if (new Set(sids).size < sids.length) throw new Error('MalformedPolicyDocument: Statement IDs (SID) must be unique')
  return parsed.data.Statement.map(read)
}

/** The denials of a resource's policy, here always for everybody; whom else it lets in is not for an identity of the account to be weighed. */
export function parseResourcePolicy(source: unknown): readonly Statement[] {
  const { Statement: statements, ...rest } = resourcePolicy.parse(source)
  const denials = statements.filter(({ Effect }) => Effect === 'Deny').map(one => everybodys.parse(one))
  if (denials.length === 0) return []
  return parsePolicy({ ...rest, Statement: denials.map(({ Principal: _everybody, ...one }) => one) })
}

const resourcePolicy = z.looseObject({ Statement: z.array(z.looseObject({ Effect: z.string() })).min(1) })
const everybodys = z.looseObject({ Principal: z.literal('*') })

function read(raw: z.infer<typeof statement>): Statement {
  const conditions = Object.entries(raw.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ operator, key, values: list(values).map(String) }))
  )
  return {
    sid: raw.Sid ?? '',
    effect: raw.Effect,
    actions: list(raw.Action ?? raw.NotAction ?? []),
    exceptActions: raw.NotAction !== undefined,
    resources: list(raw.Resource ?? raw.NotResource ?? []),
    exceptResources: raw.NotResource !== undefined,
    conditions
  }
}

function list<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T]
}
