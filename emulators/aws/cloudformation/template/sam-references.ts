/** References as SAM's translator follows them: of parameters to their values, of a renamed resource to its new name. Pure. */
import type { Json, JsonObject } from './template.js'

export function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/** `Ref` and `Fn::Sub` of parameters; whatever else it is stays. */
export function resolveParameters(value: Json, values: ReadonlyMap<string, string>): Json {
  if (Array.isArray(value)) return value.map(item => resolveParameters(item as Json, values))
  if (!isObject(value)) return value
  const { Ref: name, 'Fn::Sub': pattern } = value
  const isCall = Object.keys(value).length === 1
  if (isCall && typeof name === 'string') return values.get(name) ?? value
  const resolved = isCall && pattern !== undefined ? { 'Fn::Sub': substituted(pattern, by(values)) } : value
  return mapped(resolved, inner => resolveParameters(inner, values))
}

/** Also in `DependsOn`. */
export function renameReferences(value: Json, renamed: ReadonlyMap<string, string>): Json {
  if (Array.isArray(value)) return value.map(item => renameReferences(item as Json, renamed))
  if (!isObject(value)) return value
  const next = (name: Json): Json => (typeof name === 'string' ? (renamed.get(name) ?? name) : name)
  const followed = Object.entries(value).map(([key, inner]): readonly [string, Json] => {
    const alone = Object.keys(value).length === 1
    if (key === 'DependsOn') return [key, Array.isArray(inner) ? inner.map(one => next(one as Json)) : next(inner)]
    if (alone && key === 'Ref') return [key, next(inner)]
    if (alone && key === 'Fn::GetAtt' && Array.isArray(inner))
      return [key, [next(inner[0] as Json), ...(inner.slice(1) as Json[])]]
    if (alone && key === 'Fn::Sub') return [key, substituted(inner, renaming(renamed))]
    return [key, inner]
  })
  return mapped(Object.fromEntries(followed), inner => renameReferences(inner, renamed))
}

type Replace = (reference: string) => string

function by(values: ReadonlyMap<string, string>): Replace {
  return reference => values.get(reference) ?? `\${${reference}}`
}

function renaming(renamed: ReadonlyMap<string, string>): Replace {
  return reference => {
    const [name = '', ...attributes] = reference.split('.')
    return `\${${[renamed.get(name) ?? name, ...attributes].join('.')}}`
  }
}

function substituted(argument: Json, replace: Replace): Json {
  const [pattern, ...rest] = Array.isArray(argument) ? (argument as Json[]) : [argument]
  if (typeof pattern !== 'string') return argument
  // As the translator has it: `${!…}` is no reference.
  const text = pattern.replace(/\$\{([A-Za-z0-9.]+|AWS::[A-Z][A-Za-z]*)\}/g, (_whole, reference: string) =>
    replace(reference)
  )
  return Array.isArray(argument) ? [text, ...rest] : text
}

function mapped(value: JsonObject, work: (inner: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, work(inner)]))
}
