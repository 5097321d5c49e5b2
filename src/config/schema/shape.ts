/** The part of JSON Schema that our schema is written in, and whether a value has such a shape. */

export interface Shape {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Shape[]
  readonly pattern?: string
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly items?: Shape
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly propertyNames?: Shape
  readonly minProperties?: number
  readonly additionalProperties?: Shape | false
}

/** Every keyword of `Shape`: a schema with another one would be judged by less than it says. */
export const shapeKeywords: readonly (keyof Shape)[] = [
  ...(['type', 'const', 'enum', 'anyOf', 'pattern', 'maxLength', 'minimum', 'maximum', 'items', 'minItems'] as const),
  ...(['maxItems', 'uniqueItems', 'properties', 'required', 'propertyNames', 'minProperties'] as const),
  'additionalProperties'
]

/** Source of the rules: "JSON Schema Validation", draft 2020-12; lengths in UTF-16 units. */
export function hasShape(value: unknown, shape: Shape): boolean {
  if (shape.anyOf !== undefined) return shape.anyOf.some(option => hasShape(value, option))
  if ('const' in shape) return value === shape.const
  if (shape.enum !== undefined) return shape.enum.includes(value)
  switch (shape.type) {
    case 'string':
      return typeof value === 'string' && isText(value, shape)
    case 'number':
    case 'integer':
      return isNumber(value, shape)
    case 'boolean':
      return typeof value === 'boolean'
    case 'array':
      return Array.isArray(value) && isList(value, shape)
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value) && isMapping(value, shape)
    default:
      throw new Error(`a shape of the unknown type ${shape.type ?? 'none'}`)
  }
}

function isText(value: string, { pattern, maxLength = Infinity }: Shape): boolean {
  return value.length <= maxLength && (pattern === undefined || new RegExp(pattern, 'u').test(value))
}

function isNumber(value: unknown, { type, minimum = -Infinity, maximum = Infinity }: Shape): boolean {
  if (typeof value !== 'number' || !Number.isFinite(value)) return false
  return (type === 'number' || Number.isInteger(value)) && value >= minimum && value <= maximum
}

function isList(value: readonly unknown[], { items, minItems = 0, maxItems = Infinity, uniqueItems }: Shape): boolean {
  if (value.length < minItems || value.length > maxItems) return false
  if (uniqueItems === true && new Set(value).size !== value.length) return false
  return items === undefined || value.every(entry => hasShape(entry, items))
}

function isMapping(value: object, shape: Shape): boolean {
  const { properties = {}, required = [], propertyNames, minProperties = 0, additionalProperties } = shape
  const entries = Object.entries(value)
  if (entries.length < minProperties || !required.every(key => Object.hasOwn(value, key))) return false
  return entries.every(([key, entry]) => {
    // An own `__proto__` reads as no other key does; nothing of ours is named so.
    if (key === '__proto__' || (propertyNames !== undefined && !hasShape(key, propertyNames))) return false
    const known = Object.hasOwn(properties, key) ? properties[key] : additionalProperties
    return known === undefined || (known !== false && hasShape(entry, known))
  })
}
