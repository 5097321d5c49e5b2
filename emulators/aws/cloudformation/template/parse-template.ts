/** Template text → `Template`, refusing whatever the emulator does not carry out. */
import { z } from 'zod'
import { AwsError } from '../../lambda/aws-error.js'
import { resourceType } from '../resources/resource-types.js'
import { references, type Reference } from './expressions.js'
import { parseDeclarations } from './parameter-declarations.js'
import { formatError, parseTemplateText } from './template-text.js'
import { defaultsOf, expandTransforms, type ValuesOf } from './transforms.js'
import type { Json, OutputDeclaration, ResourceDeclaration, Template } from './template.js'

const json: z.ZodType<Json> = z.json()
const object = z.record(z.string(), json)

const sections = z.strictObject({
  AWSTemplateFormatVersion: z.literal('2010-09-09').optional(),
  Description: z.string().max(1024).optional(),
  Metadata: json.optional(),
  Parameters: object.optional(),
  Resources: object,
  Outputs: object.optional()
})

const resource = z.strictObject({
  Type: z.string(),
  Properties: object.optional(),
  DependsOn: z.union([z.string(), z.array(z.string())]).optional(),
  DeletionPolicy: z.enum(['Delete', 'Retain', 'RetainExceptOnCreate']).optional(),
  UpdateReplacePolicy: z.enum(['Delete', 'Retain']).optional(),
  Metadata: json.optional()
})

const output = z.strictObject({ Value: json, Description: z.string().max(1024).optional() })

/** Throws `ValidationError`. Sections, attributes and functions of CloudFormation that are missing here are refused by name. */
export function parseTemplate(body: string, valuesOf: ValuesOf = defaultsOf): Template {
  const { whole, transforms } = expandTransforms(parseTemplateText(body), valuesOf)
  const parsed = checked(sections, whole, 'the template')
  const declared = Object.entries(parsed.Resources).map(([id, value]) => parseResource(id, value))
  if (declared.length === 0) throw formatError('At least one Resources member must be defined.')
  const outputs = Object.entries(parsed.Outputs ?? {}).map(([name, value]) => parseOutput(name, value))
  const template: Template = {
    body,
    version: parsed.AWSTemplateFormatVersion ?? null,
    description: parsed.Description ?? null,
    metadata: parsed.Metadata ?? null,
    transforms,
    parameters: parseDeclarations(parsed.Parameters ?? {}),
    resources: inDependencyOrder(declared),
    outputs: new Map(outputs.map(one => [one.name, one]))
  }
  checkReferences(template)
  return template
}

/** What a resource must come after: its references to other resources, and `DependsOn`. */
function dependenciesOf(declaration: ResourceDeclaration, isResource: (name: string) => boolean): Set<string> {
  const referred = references(declaration.properties).map(one => (one.kind === 'name' ? one.name : one.logicalId))
  return new Set([...declaration.dependsOn, ...referred.filter(isResource)])
}

const pseudoParameters = new Set([
  'AWS::AccountId',
  'AWS::NoValue',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix'
])

function checked<Value>(schema: z.ZodType<Value>, value: Json, where: string): Value {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const first = parsed.error.issues[0]
  const path = [where, ...(first?.path.map(String) ?? [])].join('/')
  throw formatError(`${path}: ${first?.message ?? 'invalid'} (or not implemented by the emulator)`)
}

function checkId(id: string, section: string): void {
  if (/^[a-zA-Z0-9]{1,255}$/.test(id)) return
  throw formatError(`${section} name ${id} is non alphanumeric.`)
}

function parseResource(logicalId: string, value: Json): ResourceDeclaration {
  checkId(logicalId, 'Resource')
  const parsed = checked(resource, value, `Resources/${logicalId}`)
  if (resourceType(parsed.Type) === undefined) throw formatError(`Unrecognized resource types: [${parsed.Type}]`)
  const { DependsOn = [] } = parsed
  return {
    logicalId,
    type: parsed.Type,
    properties: parsed.Properties ?? {},
    dependsOn: typeof DependsOn === 'string' ? [DependsOn] : DependsOn,
    deletionPolicy: parsed.DeletionPolicy ?? 'Delete',
    updateReplacePolicy: parsed.UpdateReplacePolicy ?? 'Delete',
    metadata: parsed.Metadata ?? null
  }
}

function parseOutput(name: string, value: Json): OutputDeclaration {
  checkId(name, 'Output')
  const parsed = checked(output, value, `Outputs/${name}`)
  return { name, value: parsed.Value, description: parsed.Description ?? null }
}

function inDependencyOrder(declared: readonly ResourceDeclaration[]): Map<string, ResourceDeclaration> {
  const byId = new Map(declared.map(one => [one.logicalId, one]))
  const ordered = new Map<string, ResourceDeclaration>()
  const waiting = new Set(byId.values())
  while (waiting.size > 0) {
    const ready = [...waiting].find(one => {
      const needed = dependenciesOf(one, name => byId.has(name))
      return [...needed].every(id => ordered.has(id) || !byId.has(id))
    })
    if (ready === undefined) {
      const names = [...waiting].map(one => one.logicalId).join(', ')
      throw new AwsError('ValidationError', `Circular dependency between resources: [${names}]`)
    }
    waiting.delete(ready)
    ordered.set(ready.logicalId, ready)
  }
  return ordered
}

function checkReferences(template: Template): void {
  for (const one of template.resources.values()) {
    const ids = one.dependsOn.map((name): Reference => ({ kind: 'attribute', logicalId: name, attribute: '' }))
    const unresolved = [...references(one.properties), ...ids].filter(reference => !resolves(template, reference))
    if (unresolved.length > 0) throw unresolvedIn(unresolved, 'Resources')
  }
  const inOutputs = [...template.outputs.values()].flatMap(one => references(one.value))
  const unresolved = inOutputs.filter(reference => !resolves(template, reference))
  if (unresolved.length > 0) throw unresolvedIn(unresolved, 'Outputs')
}

function resolves(template: Template, reference: Reference): boolean {
  if (reference.kind === 'name') {
    const { name } = reference
    return template.parameters.has(name) || template.resources.has(name) || pseudoParameters.has(name)
  }
  const declaration = template.resources.get(reference.logicalId)
  if (declaration === undefined || reference.attribute === '') return declaration !== undefined
  if (resourceType(declaration.type)?.attributes.includes(reference.attribute) === true) return true
  const message = `Template error: resource ${reference.logicalId} does not support attribute type ${reference.attribute} in Fn::GetAtt`
  throw new AwsError('ValidationError', message)
}

function unresolvedIn(unresolved: readonly Reference[], section: string): AwsError {
  const names = new Set(unresolved.map(one => (one.kind === 'name' ? one.name : one.logicalId)))
  const block = `[${[...names].join(', ')}] in the ${section} block of the template`
  return formatError(`Unresolved resource dependencies ${block}`)
}
