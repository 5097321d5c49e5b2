/** The tables of docs/configuration.md, one per mapping of the schema. */
import type { JsonSchema } from './config-schema.js'
import { code, table } from './markdown.js'

export function configurationSections(schema: JsonSchema): Readonly<Record<string, string>> {
  const environment = inner(schema, 'environments')
  const layer = inner(schema, 'layers')
  return {
    'config-root': keyTable(schema),
    'config-environment': keyTable(environment),
    'config-defaults': keyTable(property(schema, 'defaults')),
    'config-layer': keyTable(layer),
    'config-build': keyTable(property(layer, 'build')),
    'config-required-checks': keyTable(mappingOf(environment, 'required-checks')),
    'config-encryption': keyTable(mappingOf(environment, 'encryption')),
    'config-coverage': keyTable(property(layer, 'coverage')),
    'config-template': keyTable(mappingOf(layer, 'template'))
  }
}

function keyTable(schema: JsonSchema): string {
  const rows = Object.entries(schema.properties ?? {}).map(([key, value]) => [
    code(key),
    typeOf(value),
    defaultOf(value, schema.required?.includes(key) ?? false),
    value.description ?? ''
  ])
  return table(['key', 'type', 'default', 'meaning'], rows)
}

function defaultOf(value: JsonSchema, required: boolean): string {
  if (required) return 'required'
  if (value.default === undefined) return ''
  if (Array.isArray(value.default)) return code(`[${value.default.join(', ')}]`)
  return code(typeof value.default === 'string' ? value.default : JSON.stringify(value.default))
}

function typeOf(schema: JsonSchema): string {
  if (schema.const !== undefined) return code(JSON.stringify(schema.const))
  if (schema.enum !== undefined) return schema.enum.map(value => code(String(value))).join(', ')
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeOf).join(' or ')
  switch (schema.type) {
    case 'string':
      return 'text'
    case 'boolean':
      return '`true` or `false`'
    case 'number':
      return 'number'
    case 'integer':
      return 'whole number'
    case 'array':
      return `list of ${schema.items === undefined ? 'values' : typeOf(schema.items)}`
    case 'object':
      return 'mapping'
    default:
      throw new Error(`no word for the type ${JSON.stringify(schema.type)}`)
  }
}

/** Given in short or as a mapping: the mapping has keys to explain. */
function mappingOf(schema: JsonSchema, key: string): JsonSchema {
  const mapping = property(schema, key).anyOf?.find(({ type }) => type === 'object')
  if (mapping === undefined) throw new Error(`${key} has no mapping`)
  return mapping
}

function property(schema: JsonSchema, key: string): JsonSchema {
  const found = schema.properties?.[key]
  if (found === undefined) throw new Error(`the schema has no ${key}`)
  return found
}

/** The schema of the values of a mapping with free names. */
function inner(schema: JsonSchema, key: string): JsonSchema {
  const values = property(schema, key).additionalProperties
  if (values === undefined || values === false) throw new Error(`${key} has no free names`)
  return values
}
