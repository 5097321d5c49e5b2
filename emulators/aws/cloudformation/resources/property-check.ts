/** Are a resource's evaluated properties what its type demands? Pure. */
import { AwsError } from '../../lambda/aws-error.js'
import type { Json, JsonObject } from '../template/template.js'
import type { PropertyRule, ResourceType } from './resource-type.js'

/** Throws in the words of CloudFormation's schema check, all findings at once. */
export function checkProperties(type: ResourceType, logicalId: string, properties: JsonObject): void {
  const findings = [
    ...Object.entries(type.properties)
      .filter(([name, rule]) => rule.required && !(name in properties))
      .map(([name]) => `#: required key [${name}] not found`),
    ...Object.keys(properties)
      .filter(name => type.properties[name] === undefined)
      .map(name => `#: extraneous key [${name}] is not permitted`),
    ...Object.entries(type.properties).flatMap(([name, rule]) => shapeFindings(name, rule, properties[name]))
  ]
  if (findings.length === 0) return
  const message = `Properties validation failed for resource ${logicalId} with message:\n${findings.join('\n')}`
  throw new AwsError('ValidationError', message)
}

function shapeFindings(name: string, rule: PropertyRule, value: Json | undefined): readonly string[] {
  if (value === undefined) return []
  const { shape } = rule
  if (shape === 'string') return typeof value === 'string' ? [] : [expected(name, 'String', value)]
  if (shape === 'string-list') {
    const sound = Array.isArray(value) && value.every(item => typeof item === 'string')
    return sound ? [] : [expected(name, 'JSONArray of String', value)]
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [expected(name, 'JSONObject', value)]
  return Object.entries(value).flatMap(([member, inner]: [string, unknown]) => {
    if (!(member in shape)) return [`#/${name}: extraneous key [${member}] is not permitted`]
    return typeof inner === 'string' ? [] : [expected(`${name}/${member}`, 'String', inner)]
  })
}

function expected(path: string, type: string, found: unknown): string {
  return `#/${path}: expected type: ${type}, found: ${found === null ? 'null' : typeof found}`
}
