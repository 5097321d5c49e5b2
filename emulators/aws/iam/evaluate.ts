/**
 * Identity-based policies, evaluated: an explicit Deny wins, then an Allow, else the implicit denial.
 * Source: "Policy evaluation logic", IAM User Guide.
 */
import { authorizationData, type ActionData } from './authorization-data.js'
import { conditionHolds, type ConditionContext } from './conditions.js'
import { actionMatches, arnMatches } from './patterns.js'
import type { Statement } from './policy-document.js'

export interface AccessRequest {
  /** In the reference's spelling: `s3:GetObject`. */
  readonly action: string
  readonly resource: string
  readonly context: ConditionContext
}

export type Decision = 'allow' | 'explicit-deny' | 'implicit-deny'

/** @throws Error for an action that the authorization data does not hold */
export function evaluate(statements: readonly Statement[], request: AccessRequest): Decision {
  const data = dataOf(request.action)
  const asked = { ...request, resource: resourceOf(data, request.resource) }
  const matching = statements.filter(statement => statementMatches(statement, asked))
  if (matching.some(({ effect }) => effect === 'Deny')) return 'explicit-deny'
  return matching.length > 0 ? 'allow' : 'implicit-deny'
}

export function dataOf(action: string): ActionData {
  const data = authorizationData.get(action)
  if (data === undefined) throw new Error(`the authorization data holds no action ${action}`)
  return data
}

/** An action without resource types is asked for `*`: no statement about one resource allows it. */
export function resourceOf(data: ActionData, resource: string): string {
  return data.resources.length === 0 ? '*' : resource
}

function statementMatches(statement: Statement, { action, resource, context }: AccessRequest): boolean {
  const isAction = statement.actions.some(pattern => actionMatches(pattern, action))
  const isResource = statement.resources.some(pattern => arnMatches(pattern, resource))
  return (
    isAction !== statement.exceptActions &&
    isResource !== statement.exceptResources &&
    statement.conditions.every(condition => conditionHolds(condition, context))
  )
}
