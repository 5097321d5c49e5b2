/** Condition operators. Source: "IAM JSON policy elements: Condition operators", IAM User Guide. */
import { arnMatches, textMatches } from './patterns.js'

/** Values of a request by condition key in lower case, as key names know no case. A key that is missing has no entry. */
export type ConditionContext = ReadonlyMap<string, readonly string[]>

type Compare = (expected: string, found: string) => boolean
const number =
  (compare: (a: number, b: number) => boolean): Compare =>
  (expected, found) =>
    compare(Number(found), Number(expected))
const date =
  (compare: (a: number, b: number) => boolean): Compare =>
  (expected, found) =>
    compare(Date.parse(found), Date.parse(expected))
const sameText: Compare = (expected, found) => expected === found
const sameLetters: Compare = (expected, found) => expected.toLowerCase() === found.toLowerCase()

const operators: Readonly<Record<string, Compare>> = {
  StringEquals: sameText,
  StringEqualsIgnoreCase: sameLetters,
  StringLike: textMatches,
  ArnEquals: arnMatches,
  ArnLike: arnMatches,
  Bool: sameLetters,
  NumericEquals: number((a, b) => a === b),
  NumericLessThan: number((a, b) => a < b),
  NumericLessThanEquals: number((a, b) => a <= b),
  NumericGreaterThan: number((a, b) => a > b),
  NumericGreaterThanEquals: number((a, b) => a >= b),
  DateEquals: date((a, b) => a === b),
  DateLessThan: date((a, b) => a < b),
  DateGreaterThan: date((a, b) => a > b)
}
/** The negative ones: a key that is missing satisfies them. */
const negated: Readonly<Record<string, Compare>> = {
  StringNotEquals: sameText,
  StringNotEqualsIgnoreCase: sameLetters,
  StringNotLike: textMatches,
  ArnNotEquals: arnMatches,
  ArnNotLike: arnMatches,
  NumericNotEquals: number((a, b) => a === b),
  DateNotEquals: date((a, b) => a === b)
}

interface Operator {
  readonly set: 'ForAnyValue' | 'ForAllValues' | null
  readonly name: string
  readonly ifExists: boolean
}

export function isKnownOperator(text: string): boolean {
  const { name, ifExists } = operatorOf(text)
  return name === 'Null' ? !ifExists : name in operators || name in negated
}

export function conditionHolds(condition: Condition, context: ConditionContext): boolean {
  const { set, name, ifExists } = operatorOf(condition.operator)
  const found = context.get(condition.key.toLowerCase()) ?? []
  const isMissing = found.length === 0
  if (name === 'Null') return condition.values.includes(String(isMissing))
  if (isMissing) return ifExists || set === 'ForAllValues' || (set === null && name in negated)
  const compare = operators[name] ?? negated[name]
  if (compare === undefined) throw new Error(`the operator ${condition.operator} is not evaluated here`)
  const isOneOf = (value: string): boolean => condition.values.some(expected => compare(expected, value))
  const satisfies = (value: string): boolean => (name in negated ? !isOneOf(value) : isOneOf(value))
  // Without a set operator a negative operator means "none of them", a positive one "any of them".
  const all = set === 'ForAllValues' || (set === null && name in negated)
  return all ? found.every(satisfies) : found.some(satisfies)
}

function operatorOf(text: string): Operator {
  const parts = /^(?:(ForAnyValue|ForAllValues):)?(\w+?)(IfExists)?$/.exec(text)
  return { set: (parts?.[1] ?? null) as Operator['set'], name: parts?.[2] ?? '', ifExists: parts?.[3] !== undefined }
}

export interface Condition {
  /** `StringEquals`, `ForAnyValue:StringLikeIfExists`, … */
  readonly operator: string
  readonly key: string
  readonly values: readonly string[]
}
