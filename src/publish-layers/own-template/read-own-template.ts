/** An own template, judged and taken apart for one target: everything that is wrong with it shows before anything is built. Pure. */
import type { Layer, LayerProperties, LayerTemplate, Verdict } from '../../model/index.js'
import { layerVersionArnOutput } from '../engines/cloudformation/stack-template.js'
import type { Target } from '../target.js'
import { contentFolder, layerResource, retentionVerdict, transformsOf, type LayerResource } from './layer-resource.js'
import { declaredProperties } from './declared-properties.js'
import { isAccessName } from '../engines/cloudformation/stack-access.js'
import {
  asObject,
  reservedParameters,
  samTransform,
  type ReadTemplate,
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
  checkCapabilities(document, found, layer.template)
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
  const declared = asObject(value['Parameters'])
  const chosen = new Map(Object.entries(given))
  const undeclared = [...chosen.keys()].find(name => !Object.hasOwn(declared, name))
  if (undeclared !== undefined) {
    const expected = `the parameter ${undeclared} in the template, as template.parameters names it`
    const mend = 'add it under Parameters, or delete it from template.parameters'
    throw error(['Parameters'], { expected, found: 'no such parameter', mend })
  }
  const values = new Map<string, string>()
  for (const [name, declaration] of Object.entries(declared)) {
    const { Type: type, Default: fallback } = asObject(declaration)
    if ((reservedParameters as readonly string[]).includes(name)) {
      if (type === 'String') continue
      const expected = `${name}, which the deploy sets, to be of the type String`
      throw error(['Parameters', name], { expected, found: JSON.stringify(type ?? null), mend: 'correct or rename it' })
    }
    const own = chosen.get(name) ?? textOf(fallback)
    if (own === undefined) {
      const expected = `a value of the parameter ${name}`
      const mend = `add ${name} to template.parameters in the configuration, or give it a Default`
      throw error(['Parameters', name], { expected, found: 'none, and no Default', mend })
    }
    if (type === 'String' || type === 'Number') values.set(name, own)
  }
  return values
}

/** Of nothing there is none. */
function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** What the deploy adds must not meet what is there. */
function checkOwnNames({ value, error }: TemplateDocument, { logicalId, others }: LayerResource): void {
  for (const section of ['Parameters', 'Resources', 'Outputs']) {
    const shared = Object.keys(asObject(value[section])).find(isAccessName)
    if (shared === undefined) continue
    const expected = `no ${shared}, as share-with and ssm-parameter name what they add to the stack`
    throw error([section, shared], { expected, found: shared, mend: 'rename it' })
  }
  const taken = Object.keys(others).find(id => /^LayerVersion\d*$/.test(id))
  if (taken !== undefined) {
    const expected = 'no other resource named LayerVersion, as the layer version is named in the stack'
    throw error(['Resources', taken], { expected, found: taken, mend: 'rename that resource' })
  }
  const output = asObject(value['Outputs'])[layerVersionArnOutput]
  if (output === undefined) return
  const { Value: named = null } = asObject(output)
  const { Ref: reference, 'Fn::GetAtt': attribute } = asObject(named)
  const arn = [logicalId, 'LayerVersionArn']
  const isArn = attribute === arn.join('.') || JSON.stringify(attribute) === JSON.stringify(arn)
  if (reference === logicalId || isArn) return
  const expected = `the output ${layerVersionArnOutput} to be a Ref of ${logicalId}`
  const mend = 'correct the output, rename it, or leave it out: it is added where it is missing'
  throw error(['Outputs', layerVersionArnOutput], { expected, found: JSON.stringify(named), mend })
}

/** "Acknowledging IAM resources in CloudFormation templates", User Guide. */
function checkCapabilities(
  { error }: TemplateDocument,
  { others }: LayerResource,
  { capabilities }: LayerTemplate
): void {
  if (capabilities.some(one => one === 'CAPABILITY_IAM' || one === 'CAPABILITY_NAMED_IAM')) return
  const id = Object.keys(others).find(one => others[one]?.Type.startsWith('AWS::IAM::'))
  if (id === undefined) return
  const expected = 'CAPABILITY_IAM among template.capabilities, since the template changes permissions'
  const mend = 'look at what it permits, and add capabilities: [CAPABILITY_IAM], or CAPABILITY_NAMED_IAM'
  throw error(['Resources', id], { expected, found: `${id} without it`, mend })
}

function splitTemplate({ value }: TemplateDocument, { logicalId, resource, others }: LayerResource): ReadTemplate {
  const kept = Object.entries(resource).filter(([name]) => name === 'DependsOn' || name === 'Metadata')
  const rest = { ...withoutIdleTransform(value, others), Resources: others }
  return { rest, logicalId, attributes: Object.fromEntries(kept) }
}

/** The layer version is expanded here; SAM's transform stays where something else needs it. */
function withoutIdleTransform(template: JsonObject, others: LayerResource['others']): JsonObject {
  if (Object.values(others).some(({ Type }) => Type.startsWith('AWS::Serverless::'))) return template
  const { Transform, Globals: _globals, ...rest } = template
  if (Transform === undefined) return template
  const left = transformsOf(template).filter(transform => transform !== samTransform)
  return left.length === 0 ? rest : { ...rest, Transform: left }
}
