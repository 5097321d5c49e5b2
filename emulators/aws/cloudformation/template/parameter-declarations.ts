/** The Parameters section of a template. Source: "Parameters" in the CloudFormation Template Reference. */
import { z } from 'zod'
import { formatError } from './template-text.js'
import type { JsonObject, ParameterDeclaration } from './template.js'

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String)
const number = z.coerce.number()

const declaration = z.strictObject({
  Type: z.enum(['String', 'Number', 'List<Number>', 'CommaDelimitedList']),
  Default: scalar.optional(),
  Description: z.string().max(4000).optional(),
  NoEcho: z.union([z.boolean(), z.enum(['true', 'false']).transform(text => text === 'true')]).optional(),
  AllowedValues: z.array(scalar).optional(),
  AllowedPattern: z.string().optional(),
  ConstraintDescription: z.string().optional(),
  MinLength: number.optional(),
  MaxLength: number.optional(),
  MinValue: number.optional(),
  MaxValue: number.optional()
})

/** Throws `ValidationError` on a key or type that the emulator does not know. */
export function parseDeclarations(section: JsonObject): Map<string, ParameterDeclaration> {
  const declarations = Object.entries(section).map(([name, value]): readonly [string, ParameterDeclaration] => {
    if (!/^[a-zA-Z0-9]{1,255}$/.test(name)) throw formatError(`Parameter name ${name} is non alphanumeric.`)
    const parsed = declaration.safeParse(value)
    if (!parsed.success) {
      const first = parsed.error.issues[0]
      throw formatError(`Parameters/${[name, ...(first?.path ?? [])].join('/')}: ${first?.message ?? 'invalid'}`)
    }
    const { data } = parsed
    return [
      name,
      {
        name,
        type: data.Type,
        defaultValue: data.Default ?? null,
        description: data.Description ?? null,
        noEcho: data.NoEcho ?? false,
        allowedValues: data.AllowedValues ?? null,
        allowedPattern: data.AllowedPattern ?? null,
        constraintDescription: data.ConstraintDescription ?? null,
        minimumLength: data.MinLength ?? null,
        maximumLength: data.MaxLength ?? null,
        minimumValue: data.MinValue ?? null,
        maximumValue: data.MaxValue ?? null
      }
    ]
  })
  return new Map(declarations)
}
