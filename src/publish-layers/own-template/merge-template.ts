/**
 * The stack's template of an own one: the team's, with the layer version, parameters and output that every stack has, and under the
 * logical id that it has in every stack. Pure.
 */
import { type ReadTemplate, asObject, isObject, type Json, type JsonObject, isList } from './own-template.js'

/**
 * @param base the template of a layer without an own one
 * @param logicalId of the layer version in it
 */
export function mergeTemplate(base: JsonObject, logicalId: string, { rest, ...own }: ReadTemplate): JsonObject {
  const renamed = asObject(renameResource(rest, own.logicalId, logicalId))
  const section = (name: string): JsonObject => ({ ...asObject(renamed[name]), ...asObject(base[name]) })
  const resources = section('Resources')
  const attributes = asObject(renameResource(own.attributes, own.logicalId, logicalId))
  return {
    ...renamed,
    Parameters: section('Parameters'),
    Resources: { ...resources, [logicalId]: { ...asObject(resources[logicalId]), ...attributes } },
    Outputs: section('Outputs')
  }
}

/** A resource under another logical id: every Ref, Fn::GetAtt, Fn::Sub and DependsOn that names it follows. Pure. */
export function renameResource(value: Json, from: string, to: string): Json {
  if (isList(value)) return value.map(item => renameResource(item, from, to))
  if (!isObject(value)) return value
  const entries = Object.entries(value).map(([key, inner]): readonly [string, Json] => {
    switch (key) {
      case 'Ref':
        return [key, inner === from ? to : renameResource(inner, from, to)]
      case 'DependsOn':
        return [key, renamedNames(inner, from, to)]
      case 'Fn::GetAtt':
        return [key, renamedAttribute(inner, from, to)]
      case 'Fn::Sub':
        return [key, renamedPattern(inner, from, to)]
      default:
        return [key, renameResource(inner, from, to)]
    }
  })
  return Object.fromEntries(entries)
}

function renamedNames(names: Json, from: string, to: string): Json {
  if (isList(names)) return names.map(name => (name === from ? to : name))
  return names === from ? to : names
}

/** `[id, attribute]` or `id.attribute`. */
function renamedAttribute(argument: Json, from: string, to: string): Json {
  if (isList(argument)) return argument.map((part, index) => (index === 0 && part === from ? to : part))
  return typeof argument === 'string' && argument.startsWith(`${from}.`)
    ? `${to}${argument.slice(from.length)}`
    : argument
}

function renamedPattern(argument: Json, from: string, to: string): Json {
  const [pattern, ...rest] = isList(argument) ? argument : [argument]
  if (typeof pattern !== 'string') return renameResource(argument, from, to)
  const own = asObject(rest[0])
  const renamed = pattern.replace(/\$\{([^}!.]*)(\.[^}]*)?\}/g, (whole, name: string, attribute: string | undefined) =>
    name === from && !Object.hasOwn(own, `${name}${attribute ?? ''}`) ? `\${${to}${attribute ?? ''}}` : whole
  )
  return isList(argument) ? [renamed, ...rest.map(item => renameResource(item, from, to))] : renamed
}
