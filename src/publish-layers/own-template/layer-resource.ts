/** The one layer version of an own template: where it stands, what keeps it, where its content lies. Pure. */
import type { Finding, CodedError } from '../../model/errors.js'
import type { Verdict, Layer } from '../../model/index.js'
import {
  layerVersionType,
  samLayerType,
  samTransform,
  isList,
  isObject,
  type Json,
  type JsonObject
} from './own-template.js'
import type { TemplateDocument } from './template-document.js'

/** A resource that is written out. */
interface Resource extends JsonObject {
  readonly Type: string
}

export interface LayerResource {
  readonly logicalId: string
  readonly isSam: boolean
  readonly resource: Resource
  readonly properties: JsonObject
  /** The resources beside it, by logical id. */
  readonly others: Readonly<Record<string, Resource>>
}

const layerTypes: readonly string[] = [layerVersionType, samLayerType]

/** @throws CodedError CONFIG_INVALID unless the template holds exactly one, which is always made */
export function layerResource(document: TemplateDocument): LayerResource {
  const resources = writtenOut(document)
  const found = resources.filter(([, { Type }]) => layerTypes.includes(Type))
  const [first, second] = found
  if (first === undefined || second !== undefined) throw document.error(...numberFinding(found.map(([id]) => id)))
  const [logicalId, resource] = first
  const others = Object.fromEntries(resources.filter(([id]) => id !== logicalId))
  return { ...checked(document, logicalId, resource), others }
}

function writtenOut({ value, error }: TemplateDocument): readonly (readonly [id: string, resource: Resource])[] {
  const { Resources: resources } = value
  if (!isObject(resources)) {
    const expected = 'the section Resources with one layer version'
    throw error(['Resources'], { expected, found: 'none', mend: `add a resource of the type ${layerVersionType}` })
  }
  return Object.entries(resources).map(([id, resource]) => {
    if (isResource(resource) && !id.startsWith('Fn::')) return [id, resource]
    const expected = 'resources that are written out, each with a Type'
    throw error(['Resources', id], { expected, found: `${id} without one`, mend: 'write the resources out' })
  })
}

function isResource(value: Json): value is Resource {
  return isObject(value) && typeof value['Type'] === 'string'
}

function numberFinding(ids: readonly string[]): readonly [path: readonly string[], finding: Finding] {
  const expected = `exactly one resource of the type ${layerVersionType} or ${samLayerType}`
  const [, second] = ids
  if (second === undefined) return [['Resources'], { expected, found: 'none', mend: 'add the layer version' }]
  const mend = 'give each layer a template of its own'
  return [['Resources', second], { expected, found: `${ids.length}: ${ids.join(', ')}`, mend }]
}

function checked(
  { value, error }: TemplateDocument,
  logicalId: string,
  resource: Resource
): Omit<LayerResource, 'others'> {
  const path = ['Resources', logicalId]
  const isSam = resource.Type === samLayerType
  if (isSam && !transformsOf(value).includes(samTransform)) {
    const mend = `add Transform: ${samTransform} at the top of the template`
    const found = `${samLayerType} without it`
    throw error([...path, 'Type'], { expected: `the transform ${samTransform}`, found, mend })
  }
  if (resource['Condition'] !== undefined) {
    const expected = 'a layer version that is always made'
    const mend = 'take the Condition away; which environments get the layer is said in the configuration'
    throw error([...path, 'Condition'], { expected, found: 'a Condition', mend })
  }
  const { Properties: properties } = resource
  if (isObject(properties)) return { logicalId, isSam, resource, properties }
  throw error(path, { expected: `Properties of ${logicalId}`, found: 'none', mend: 'add LayerName and the content' })
}

export function transformsOf(template: JsonObject): readonly Json[] {
  const { Transform: transform } = template
  if (transform === undefined) return []
  return isList(transform) ? transform : [transform]
}

/**
 * Both policies must be `Retain`: an update replaces the version, and without `UpdateReplacePolicy` it deletes the old one.
 * Sources: "UpdateReplacePolicy attribute" in the CloudFormation Template Reference; aws-sam-translator, which makes
 * `DeletionPolicy` of `RetentionPolicy` (by default Retain), and passes `UpdateReplacePolicy` through.
 */
export function retentionVerdict(
  document: TemplateDocument,
  { logicalId, isSam, resource, properties }: LayerResource,
  layerId: string
): Verdict {
  const [guard, subject] = ['TEMPLATE_DELETES_VERSIONS', layerId] as const
  const deletion = isSam
    ? retentionOf(properties['RetentionPolicy'] ?? resource['DeletionPolicy'] ?? 'Retain')
    : (resource['DeletionPolicy'] ?? null)
  const replacement = resource['UpdateReplacePolicy'] ?? null
  if (deletion === 'Retain' && replacement === 'Retain') {
    return { guard, subject, passed: true, detail: `both policies of ${logicalId} are Retain` }
  }
  const deletionName = isSam ? 'RetentionPolicy' : 'DeletionPolicy'
  const missing = [
    ...(deletion === 'Retain' ? [] : [`${deletionName}: Retain`]),
    ...(replacement === 'Retain' ? [] : ['UpdateReplacePolicy: Retain beside Type'])
  ]
  const samNote =
    isSam && replacement === null
      ? '; SAM sets DeletionPolicy only, and an update deletes the version that it replaces'
      : ''
  const finding = {
    expected: `DeletionPolicy and UpdateReplacePolicy Retain on ${logicalId} in ${document.placeOf(['Resources', logicalId])}`,
    found: `${deletionName} ${shown(deletion)} and UpdateReplacePolicy ${shown(replacement)}${samNote}`,
    mend: `write ${missing.join(' and ')} on ${logicalId}`
  }
  return { guard, subject, passed: false, finding }
}

/** SAM takes the policy in any case. */
function retentionOf(policy: Json): Json {
  return typeof policy === 'string' && policy.toLowerCase() === 'retain' ? 'Retain' : policy
}

function shown(policy: Json): string {
  return policy === null ? 'not given' : typeof policy === 'string' ? policy : JSON.stringify(policy)
}

/**
 * @returns relative to the layer's path; empty: the layer's folder itself
 * @throws CodedError CONFIG_INVALID for anything but a folder at or below the layer's path
 */
export function contentFolder(
  document: TemplateDocument,
  { logicalId, isSam, properties }: LayerResource,
  { path }: Pick<Layer, 'path'>
): string {
  const key = isSam ? 'ContentUri' : 'Content'
  const content = properties[key]
  if (isArtifact(content, isSam)) return ''
  const refuse = (found: string): CodedError =>
    document.error(['Resources', logicalId, 'Properties', key], {
      expected: `${key} of ${logicalId} to name a folder at or below ${path}, relative to the template`,
      found,
      mend: `write the path of the layer's folder, as seen from ${document.file}; it is built and packed by this action`
    })
  if (typeof content !== 'string') throw refuse(content === undefined ? 'none' : 'something else than a path')
  if (content.startsWith('/') || content.includes('://') || content.includes('\\'))
    throw refuse(JSON.stringify(content))
  const folder = resolved([...document.file.split('/').slice(0, -1), ...content.split('/')])
  if (folder === path) return ''
  if (folder?.startsWith(`${path}/`) !== true) throw refuse(JSON.stringify(content))
  return folder.slice(path.length + 1)
}

/** Where the template itself names the parameters that the deploy sets. */
function isArtifact(content: Json | undefined, isSam: boolean): boolean {
  if (!isObject(content) || Object.keys(content).length !== 2) return false
  const [bucket, key] = isSam ? [content['Bucket'], content['Key']] : [content['S3Bucket'], content['S3Key']]
  return isObject(bucket) && bucket['Ref'] === 'ArtifactBucket' && isObject(key) && key['Ref'] === 'ArtifactKey'
}

/** `null`: it leaves the superproject. */
function resolved(parts: readonly string[]): string | null {
  const path: string[] = []
  for (const part of parts) {
    if (part === '' || part === '.') continue
    if (part !== '..') path.push(part)
    else if (path.pop() === undefined) return null
  }
  return path.join('/')
}
