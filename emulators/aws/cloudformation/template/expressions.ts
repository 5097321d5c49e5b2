/** Intrinsic functions: what an expression refers to, and its value in a scope. Pure. */
import { AwsError } from '../../lambda/aws-error.js'
import type { Json, JsonObject } from './template.js'
import { splitAttribute } from './template-text.js'

export type Reference =
  /** A parameter, a pseudo parameter or a resource. */
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'attribute'; readonly logicalId: string; readonly attribute: string }

export interface Scope {
  /** `undefined`: `AWS::NoValue`. */
  value(name: string): Json | undefined
  attribute(logicalId: string, attribute: string): Json
}

interface Call {
  readonly name: string
  readonly argument: Json
}

/** The value; `undefined` where it is `AWS::NoValue`, which drops the property or the list item that holds it. */
export function evaluate(expression: Json, scope: Scope): Json | undefined {
  if (isList(expression)) return expression.map(item => evaluate(item, scope)).filter(item => item !== undefined)
  if (expression === null || typeof expression !== 'object') return expression
  const call = callOf(expression)
  if (call !== null) return evaluateCall(call, scope)
  const members = Object.entries(expression).flatMap(([name, value]) => {
    const evaluated = evaluate(value, scope)
    return evaluated === undefined ? [] : [[name, evaluated] as const]
  })
  return Object.fromEntries(members)
}

/** Every reference in the expression, in order, repeated where it occurs repeatedly. */
export function references(expression: Json): readonly Reference[] {
  if (isList(expression)) return expression.flatMap(references)
  if (expression === null || typeof expression !== 'object') return []
  const call = callOf(expression)
  if (call === null) return Object.values(expression).flatMap(references)
  switch (call.name) {
    case 'Ref':
      return [{ kind: 'name', name: text(call.argument, 'Ref') }]
    case 'Fn::GetAtt': {
      const [logicalId, attribute] = attributeArgument(call.argument)
      return [{ kind: 'attribute', logicalId, attribute }]
    }
    case 'Fn::Join':
      return references(joinArgument(call.argument).items)
    case 'Fn::Sub':
      return subReferences(call.argument)
    default:
      throw unsupported(call.name)
  }
}

function evaluateCall(call: Call, scope: Scope): Json | undefined {
  switch (call.name) {
    case 'Ref':
      return scope.value(text(call.argument, 'Ref'))
    case 'Fn::GetAtt':
      return scope.attribute(...attributeArgument(call.argument))
    case 'Fn::Join': {
      const { delimiter, items } = joinArgument(call.argument)
      const values = evaluate(items, scope)
      if (!isList(values)) throw templateError('every Fn::Join object requires a list of strings to be joined.')
      return values.map(value => text(value, 'Fn::Join')).join(delimiter)
    }
    case 'Fn::Sub':
      return substitute(call.argument, scope)
    default:
      throw unsupported(call.name)
  }
}

const placeholder = /\$\{([^}]*)\}/g

function subReferences(argument: Json): readonly Reference[] {
  const { pattern, variables } = subArgument(argument)
  const named = [...pattern.matchAll(placeholder)].flatMap((match): readonly Reference[] => {
    const name = match[1] ?? ''
    if (name.startsWith('!') || name in variables) return []
    if (!name.includes('.')) return [{ kind: 'name', name }]
    const [logicalId, attribute] = splitAttribute(name)
    return [{ kind: 'attribute', logicalId, attribute }]
  })
  return [...named, ...references(variables)]
}

function substitute(argument: Json, scope: Scope): string {
  const { pattern, variables } = subArgument(argument)
  return pattern.replace(placeholder, (_whole, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`
    const own = variables[name]
    if (own !== undefined) return text(evaluate(own, scope), 'Fn::Sub')
    const value = name.includes('.') ? scope.attribute(...splitAttribute(name)) : scope.value(name)
    return text(value, 'Fn::Sub')
  })
}

/** An object with one member that is named like a function is a call; with more members it is a mistake. */
function callOf(value: JsonObject): Call | null {
  const names = Object.keys(value)
  const name = names.find(one => one === 'Ref' || one === 'Condition' || one.startsWith('Fn::'))
  if (name === undefined || (name === 'Condition' && names.length > 1)) return null
  if (names.length > 1) throw templateError(`${name} must stand alone, found it beside ${names.join(', ')}.`)
  return { name, argument: value[name] ?? null }
}

function attributeArgument(argument: Json): [string, string] {
  const parts = typeof argument === 'string' ? splitAttribute(argument) : argument
  if (isList(parts) && parts.length === 2) {
    const [logicalId, attribute] = parts
    if (typeof logicalId === 'string' && typeof attribute === 'string' && attribute !== '')
      return [logicalId, attribute]
  }
  throw templateError('every Fn::GetAtt object requires two non-empty parameters, the resource name and the attribute.')
}

function joinArgument(argument: Json): { delimiter: string; items: Json } {
  if (!isList(argument) || argument.length !== 2 || typeof argument[0] !== 'string') {
    throw templateError(
      'every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings.'
    )
  }
  return { delimiter: argument[0], items: argument[1] ?? null }
}

function subArgument(argument: Json): { pattern: string; variables: JsonObject } {
  if (typeof argument === 'string') return { pattern: argument, variables: {} }
  if (isList(argument) && argument.length === 2 && typeof argument[0] === 'string') {
    const variables = argument[1] ?? null
    if (variables !== null && typeof variables === 'object' && !isList(variables)) {
      return { pattern: argument[0], variables: variables }
    }
  }
  throw templateError('One or more Fn::Sub intrinsic functions do not specify expected arguments.')
}

function text(value: Json | undefined, where: string): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw templateError(`${where} needs a string, found ${JSON.stringify(value)}.`)
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

function unsupported(name: string): AwsError {
  return templateError(`the emulator knows Ref, Fn::Sub, Fn::Join and Fn::GetAtt, not ${name}.`)
}

function templateError(message: string): AwsError {
  return new AwsError('ValidationError', `Template error: ${message}`)
}
