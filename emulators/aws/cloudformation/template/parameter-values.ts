/** Which value each parameter of a template has for one stack operation. Pure. */
import { AwsError } from '../../lambda/aws-error.js'
import type { Json, ParameterDeclaration, Template } from './template.js'

export interface GivenParameter {
  readonly key: string
  /** `null`: the previous value is to be used. */
  readonly value: string | null
}

/** By parameter name, as text, in the template's order. */
export type ParameterValues = ReadonlyMap<string, string>

/** Throws `ValidationError` for unknown, missing, doubled and disallowed ones, in the words of CloudFormation. */
export function resolveParameters(
  template: Pick<Template, 'parameters'>,
  given: readonly GivenParameter[],
  previous: ParameterValues | null
): ParameterValues {
  const unknown = given.filter(one => !template.parameters.has(one.key)).map(one => one.key)
  if (unknown.length > 0) throw invalid(`Parameters: [${unknown.join(', ')}] do not exist in the template`)
  const byKey = new Map(given.map(one => [one.key, one]))
  if (byKey.size < given.length) {
    const twice = given.find((one, index) => given.findIndex(other => other.key === one.key) !== index)
    throw invalid(`Duplicate parameter keys: [${twice?.key ?? ''}]`)
  }
  const values = new Map<string, string>()
  const missing: string[] = []
  for (const declaration of template.parameters.values()) {
    const value = valueOf(declaration, byKey.get(declaration.name), previous)
    if (value === null) missing.push(declaration.name)
    else values.set(declaration.name, value)
  }
  if (missing.length > 0) throw invalid(`Parameters: [${missing.join(', ')}] must have values`)
  for (const declaration of template.parameters.values()) check(declaration, values.get(declaration.name) ?? '')
  return values
}

/** What `Ref` of a parameter gives: a list for the list types. */
export function referenceValue(declaration: ParameterDeclaration, value: string): Json {
  return isList(declaration) ? value.split(',').map(item => item.trim()) : value
}

function valueOf(
  declaration: ParameterDeclaration,
  given: GivenParameter | undefined,
  previous: ParameterValues | null
): string | null {
  if (given === undefined) return declaration.defaultValue
  if (given.value !== null) return given.value
  const before = previous?.get(declaration.name)
  if (before === undefined) {
    throw invalid(`Invalid input for parameter key ${declaration.name}. Cannot specify usePreviousValue as true`)
  }
  return before
}

function isList({ type }: ParameterDeclaration): boolean {
  return type === 'CommaDelimitedList' || type === 'List<Number>'
}

function check(declaration: ParameterDeclaration, value: string): void {
  const { name, type } = declaration
  const items = isList(declaration) ? value.split(',').map(item => item.trim()) : [value]
  if (type === 'Number' || type === 'List<Number>') {
    if (items.some(item => item === '' || !Number.isFinite(Number(item)))) {
      throw invalid(`Parameter '${name}' must be a number.`)
    }
  }
  for (const item of items) {
    const { allowedValues, allowedPattern } = declaration
    if (allowedValues !== null && !allowedValues.includes(item)) {
      throw failed(declaration, `Parameter '${name}' must be one of AllowedValues`)
    }
    if (allowedPattern !== null && !new RegExp(`^(?:${allowedPattern})$`, 'u').test(item)) {
      throw failed(declaration, `Parameter '${name}' must match pattern ${allowedPattern}`)
    }
    checkBounds(declaration, item)
  }
}

function checkBounds(declaration: ParameterDeclaration, item: string): void {
  const { name, minimumLength, maximumLength, minimumValue, maximumValue } = declaration
  if (minimumLength !== null && item.length < minimumLength) {
    throw failed(declaration, `Parameter '${name}' must contain at least ${minimumLength} characters`)
  }
  if (maximumLength !== null && item.length > maximumLength) {
    throw failed(declaration, `Parameter '${name}' must contain at most ${maximumLength} characters`)
  }
  if (minimumValue !== null && Number(item) < minimumValue) {
    throw failed(declaration, `Parameter '${name}' must be a number not less than ${minimumValue}`)
  }
  if (maximumValue !== null && Number(item) > maximumValue) {
    throw failed(declaration, `Parameter '${name}' must be a number not greater than ${maximumValue}`)
  }
}

function failed(declaration: ParameterDeclaration, message: string): AwsError {
  const { constraintDescription, name } = declaration
  return invalid(
    constraintDescription === null
      ? message
      : `Parameter ${name} failed to satisfy constraint: ${constraintDescription}`
  )
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationError', message)
}
