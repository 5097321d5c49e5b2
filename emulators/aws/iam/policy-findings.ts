/** Statements that do not mean what they say: unknown actions, resources of another type, condition keys that an action never bears. */
import { authorizationData, resourceTypes, type ActionData } from './authorization-data.js'
import { actionMatches } from './patterns.js'
import { parsePolicy, type Statement } from './policy-document.js'

/** One line each; none: every Allow and Deny can have an effect. Global keys (`aws:…`) are known to every action. */
export function policyFindings(source: unknown): readonly string[] {
  return parsePolicy(source).flatMap(statement => {
    const actions = statement.actions.flatMap(pattern => {
      const known = [...authorizationData.keys()].filter(action => actionMatches(pattern, action))
      return known.length === 0 ? [{ pattern, known }] : known.map(action => ({ pattern, known: [action] }))
    })
    return actions.flatMap(({ pattern, known }) =>
      known.length === 0
        ? [`${statement.sid}: no action ${pattern}`]
        : known.flatMap(action => findingsOf(statement, action, pattern))
    )
  })
}

function findingsOf(statement: Statement, action: string, pattern: string): readonly string[] {
  const data = authorizationData.get(action)
  if (data === undefined || pattern === '*') return []
  const resources = statement.resources
    .filter(resource => !canMatch(data, resource))
    .map(resource => `${statement.sid}: ${action} has no resource like ${resource}`)
  const keys = statement.conditions
    .filter(({ key }) => !isKey(data, key))
    .map(({ key }) => `${statement.sid}: ${action} has no condition key ${key}`)
  return [...resources, ...keys]
}

function isKey({ conditionKeys }: ActionData, key: string): boolean {
  const name = key.toLowerCase()
  const isTagKey = name.startsWith('aws:requesttag/') || name === 'aws:tagkeys'
  if (name.startsWith('aws:') && !isTagKey) return true
  return conditionKeys.some(
    known => name === known.toLowerCase() || (isTagKey && known.toLowerCase().startsWith(name.split('/')[0] ?? ''))
  )
}

function canMatch({ resources }: ActionData, resource: string): boolean {
  if (resource === '*') return true
  return resources.some(type => shapeOf(resourceTypes[type]).test(resource))
}

/** Names that may hold slashes. */
const paths = new Set(['${ObjectName}', '${ParameterName}', '${RoleName}', '${UserName}'])

/** A resource type's ARN as a pattern of the patterns that may match it. */
function shapeOf(arn: string): RegExp {
  const source = [...arn.matchAll(/\$\{\w+\}|[^$]+/g)].map(([part]) => {
    if (!part.startsWith('${')) return part.replace(/[.*+?^()|[\]\\/]/g, '\\$&')
    return paths.has(part) ? '[^:]+' : '[^:/]+'
  })
  return new RegExp(`^${source.join('')}$`)
}
