/** The constraints of the request members. Source: AWS Lambda API Reference, PublishLayerVersion and ListLayerVersions. */
import { Architecture, Runtime } from '@aws-sdk/client-lambda'
import { AwsError } from './aws-error.js'

const layerNamePattern = '(arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+'
const runtimes: readonly string[] = Object.values(Runtime)
const architectures: readonly string[] = Object.values(Architecture)

/** One failed member, worded as the Lambda front end does. */
function violation(value: string, member: string, constraint: string): AwsError {
  const message = `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`
  return new AwsError('ValidationException', message)
}

/** Lengths in characters. */
export function checkLength(member: string, value: string, minimum: number, maximum: number): void {
  if (value.length < minimum) {
    throw violation(value, member, `Member must have length greater than or equal to ${minimum}`)
  }
  if (value.length > maximum) {
    throw violation(value, member, `Member must have length less than or equal to ${maximum}`)
  }
}

export function checkPattern(member: string, value: string, pattern: string): void {
  if (new RegExp(`^(?:${pattern})$`).test(value)) return
  throw violation(value, member, `Member must satisfy regular expression pattern: ${pattern}`)
}

/** A layer's name, or its ARN. */
export function checkLayerName(name: string): void {
  checkLength('layerName', name, 1, 140)
  checkPattern('layerName', name, layerNamePattern)
}

export function checkRuntimes(values: readonly string[]): void {
  checkCount('compatibleRuntimes', values, 15)
  checkEach('compatibleRuntimes', values, runtimes)
}

export function checkArchitectures(values: readonly string[]): void {
  checkCount('compatibleArchitectures', values, 2)
  checkEach('compatibleArchitectures', values, architectures)
}

/** `MaxItems` of the list calls: 1 to 50, 50 where it is absent. */
export function pageSize(text: string | null): number {
  if (text === null) return 50
  const size = Number(text)
  if (!Number.isInteger(size) || size < 1) {
    throw violation(text, 'maxItems', 'Member must have value greater than or equal to 1')
  }
  if (size > 50) throw violation(text, 'maxItems', 'Member must have value less than or equal to 50')
  return size
}

function checkCount(member: string, values: readonly string[], maximum: number): void {
  if (values.length <= maximum) return
  throw violation(shown(values), member, `Member must have length less than or equal to ${maximum}`)
}

function checkEach(member: string, values: readonly string[], known: readonly string[]): void {
  if (values.every(value => known.includes(value))) return
  const constraint = `Member must satisfy constraint: [Member must satisfy enum value set: [${known.join(', ')}]]`
  throw violation(shown(values), member, constraint)
}

function shown(values: readonly string[]): string {
  return `[${values.join(', ')}]`
}
