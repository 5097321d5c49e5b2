/** An own template, judged and taken apart for one target: everything that is wrong with it shows before anything is built. Pure. */
import type { Layer, LayerProperties, LayerTemplate, Verdict } from '../../model/index.js'
import { layerVersionArnOutput } from '../engines/cloudformation/stack-template.js'
import type { Target } from '../target.js'
import { contentFolder, layerResource, retentionVerdict, transformsOf, type LayerResource } from './layer-resource.js'
import { declaredProperties } from './declared-properties.js'
import { isAccessName } from '../engines/cloudformation/stack-access.js'
import {
  reservedParameters,
  samTransform,
  type ReadTemplate,
  isObject,
  type Json,
  type JsonObject
} from './own-template.js'
import type { TemplateDocument } from './template-document.js'

export interface JudgedTemplate {
  readonly template: ReadTemplate
  readonly properties: LayerProperties
  /** Relative to the layer's path; empty: the layer's folder itself. */
  readonly contentFolder: string
  readonly retention: Verdict
}

/** @throws CodedError CONFIG_INVALID with line and column */
export function judgeTemplate(
  document: TemplateDocument,
  layer: Layer & { readonly template: LayerTemplate },
  target: Target
): JudgedTemplate {
  const found = layerResource(document)
  const given = target.template?.parameters ?? {}
  const parameters = parameterValues(document, given)
  const properties = declaredProperties(document, found, target, parameters)
  checkOwnNames(document, found)
  checkCapabilities(document, layer.template)
  return {
    template: splitTemplate(document, found),
    properties,
    contentFolder: contentFolder(document, found, layer),
    retention: retentionVerdict(document, found, layer.id)
  }
}

/** Values that are known: those that are given, and the defaults of the plain types. */
function parameterValues(
  { value, error }: TemplateDocument,
  given: Readonly<Record<string, string>>
): ReadonlyMap<string, string> {
  const declared = isObject(value['Parameters']) ? value['Parameters'] : {}
  const stray = Object.keys(given).find(name => !Object.hasOwn(declared, name))
  if (stray !== undefined) {
    const expected = `the parameter ${stray} in the template, as template.parameters names it`
    const mend = 'add it under Parameters, or delete it from template.parameters'
    throw error(['Parameters'], { expected, found: 'no such parameter', mend })
  }
  const values = new Map<string, string>()
  for (const [name, declaration] of Object.entries(declared)) {
    const type = isObject(declaration) ? declaration['Type'] : undefined
    const fallback = isObject(declaration) ? declaration['Default'] : undefined
    if ((reservedParameters as readonly string[]).includes(name)) {
      if (type === 'String') continue
      const expected = `${name}, which the deploy sets, to be of the type String`
      throw error(['Parameters', name], { expected, found: JSON.stringify(type ?? null), mend: 'correct or rename it' })
    }
    const own = given[name] ?? (fallback === undefined ? undefined : textOf(fallback))
    if (own === undefined) {
      const expected = `a value of the parameter ${name}`
      const mend = `add ${name} to template.parameters in the configuration, or give it a Default`
      throw error(['Parameters', name], { expected, found: 'none, and no Default', mend })
    }
    if (type === 'String' || type === 'Number') values.set(name, own)
  }
  return values
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** What the deploy adds must not meet what is there. */
function checkOwnNames(document: TemplateDocument, layer: LayerResource): void {
  const { value, error } = document
  const { logicalId } = layer
  for (const section of ['Parameters', 'Resources', 'Outputs']) {
    const names = isObject(value[section]) ? Object.keys(value[section]) : []
    const shared = names.find(isAccessName)
    if (shared === undefined) continue
    const expected = `no ${shared}, as share-with and ssm-parameter name what they add to the stack`
    throw error([section, shared], { expected, found: shared, mend: 'rename it' })
  }
  const resources = isObject(value['Resources']) ? Object.keys(value['Resources']) : []
  const taken = resources.find(id => id !== logicalId && /^LayerVersion\d*$/.test(id))
  if (taken !== undefined) {
    const expected = 'no other resource named LayerVersion, as the layer version is named in the stack'
    throw error(['Resources', taken], { expected, found: taken, mend: 'rename that resource' })
  }
  const outputs = isObject(value['Outputs']) ? value['Outputs'] : {}
  const output = outputs[layerVersionArnOutput]
  if (output === undefined) return
  const names = isObject(output) ? output['Value'] : undefined
  const attribute = isObject(names) ? names['Fn::GetAtt'] : undefined
  const arn = [logicalId, 'LayerVersionArn']
  const isArn =
    (isObject(names) && names['Ref'] === logicalId) ||
    attribute === arn.join('.') ||
    JSON.stringify(attribute) === JSON.stringify(arn)
  if (isArn) return
  const expected = `the output ${layerVersionArnOutput} to be a Ref of ${logicalId}`
  const mend = 'correct the output, rename it, or leave it out: it is added where it is missing'
  throw error(['Outputs', layerVersionArnOutput], { expected, found: JSON.stringify(names ?? null), mend })
}

/** "Acknowledging IAM resources in CloudFormation templates", User Guide. */
function checkCapabilities({ value, error }: TemplateDocument, { capabilities }: LayerTemplate): void {
  if (capabilities.some(one => one === 'CAPABILITY_IAM' || one === 'CAPABILITY_NAMED_IAM')) return
  const resources = isObject(value['Resources']) ? Object.entries(value['Resources']) : []
  const [id] = resources.find(([, one]) => isObject(one) && /^AWS::IAM::/.test(textOf(one['Type'] ?? ''))) ?? []
  if (id === undefined) return
  const expected = 'CAPABILITY_IAM among template.capabilities, since the template changes permissions'
  const mend = 'look at what it permits, and add capabilities: [CAPABILITY_IAM], or CAPABILITY_NAMED_IAM'
  throw error(['Resources', id], { expected, found: `${id} without it`, mend })
}

function splitTemplate({ value }: TemplateDocument, { logicalId, resource }: LayerResource): ReadTemplate {
  const { [logicalId]: _layer, ...others } = isObject(value['Resources']) ? value['Resources'] : {}
  const { DependsOn, Metadata } = resource
  const attributes = { ...(DependsOn !== undefined && { DependsOn }), ...(Metadata !== undefined && { Metadata }) }
  return { rest: { ...withoutIdleTransform(value, others), Resources: others }, logicalId, attributes }
}

/** The layer version is expanded here; SAM's transform stays where something else needs it. */
function withoutIdleTransform(template: JsonObject, others: JsonObject): JsonObject {
  const needed = Object.values(others).some(
    one => isObject(one) && /^AWS::Serverless::/.test(textOf(one['Type'] ?? ''))
  )
  if (needed) return template
  const { Transform, Globals: _globals, ...rest } = template
  if (Transform === undefined) return template
  const left = transformsOf(template).filter(transform => transform !== samTransform)
  return left.length === 0 ? rest : { ...rest, Transform: left }
}
