/** The value of an expression that is known before the deploy: texts, parameters, pseudo parameters, Sub and Join. Pure. */
import { isList, isObject, type Json } from './json-value.js'

/** What names stand for: parameters and pseudo parameters. */
export type KnownNames = ReadonlyMap<string, string>

export type KnownValue =
  | { readonly kind: 'known'; readonly value: Json }
  /** `AWS::NoValue`: as if it were not there. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly why: string }

const noValue = 'AWS::NoValue'

export function knownValue(expression: Json | undefined, names: KnownNames): KnownValue {
  if (expression === undefined) return { kind: 'absent' }
  if (isList(expression)) return knownList(expression, names)
  if (!isObject(expression)) return knownText(expression)
  const [name = '', ...others] = Object.keys(expression)
  const argument = expression[name] ?? null
  if (others.length > 0) return unknown('a mapping')
  switch (name) {
    case 'Ref':
      return argument === noValue ? { kind: 'absent' } : named(argument, names)
    case 'Fn::Sub':
      return substituted(argument, names)
    case 'Fn::Join':
      return joined(argument, names)
    default:
      return unknown(name)
  }
}

function knownText(value: null | boolean | number | string): KnownValue {
  if (typeof value === 'string' && value.includes('{{resolve:')) return unknown('a dynamic reference')
  return { kind: 'known', value: typeof value === 'number' ? String(value) : value }
}

function knownList(items: readonly Json[], names: KnownNames): KnownValue {
  const values: Json[] = []
  for (const item of items) {
    const known = knownValue(item, names)
    if (known.kind === 'unknown') return known
    if (known.kind === 'known') values.push(known.value)
  }
  return { kind: 'known', value: values }
}

function named(name: Json, names: KnownNames): KnownValue {
  const value = typeof name === 'string' ? names.get(name) : undefined
  return value === undefined ? unknown(`a Ref of ${JSON.stringify(name)}`) : { kind: 'known', value }
}

function substituted(argument: Json, names: KnownNames): KnownValue {
  const [pattern, variables = {}] = isList(argument) ? argument : [argument]
  if (typeof pattern !== 'string' || !isObject(variables)) return unknown('a Fn::Sub without a text')
  let failed: KnownValue | null = null
  const value = pattern.replace(/\$\{([^}]*)\}/g, (_whole, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`
    const known = name in variables ? knownValue(variables[name], names) : named(name, names)
    if (known.kind === 'known' && typeof known.value === 'string') return known.value
    failed = unknown(`\${${name}} in a Fn::Sub`)
    return ''
  })
  return failed ?? knownText(value)
}

function joined(argument: Json, names: KnownNames): KnownValue {
  const [delimiter, list] = isList(argument) ? argument : []
  const items = list === undefined ? unknown('a Fn::Join without a list') : knownValue(list, names)
  if (typeof delimiter !== 'string' || items.kind !== 'known' || !isList(items.value)) {
    return items.kind === 'unknown' ? items : unknown('a Fn::Join without a list')
  }
  return items.value.every(item => typeof item === 'string')
    ? knownText(items.value.join(delimiter))
    : unknown('a Fn::Join of other things than texts')
}

function unknown(why: string): KnownValue {
  return { kind: 'unknown', why }
}
