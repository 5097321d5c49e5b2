/**
 * What the transform AWS::Serverless-2016-10-31 makes of AWS::Serverless::LayerVersion. `npm run test:real` compares it with
 * AWS's own translator (aws-sam-translator); every other serverless resource is refused by name. Pure.
 */
import { createHash } from 'node:crypto'
import type { Json, JsonObject } from './template.js'
import { isObject, renameReferences, resolveParameters } from './sam-references.js'

export const samTransform = 'AWS::Serverless-2016-10-31'

/** In the words of the translator; CloudFormation puts the transform's name before it. */
export class SamError extends Error {
  constructor(readonly causes: readonly string[]) {
    const number = `Number of errors found: ${causes.length}.`
    super(`Invalid Serverless Application Specification document. ${number} ${causes.join(' ')}`)
  }
}

/** The template without the transform. @throws SamError with everything that is wrong */
export function expandSam(template: JsonObject, values: ReadonlyMap<string, string>): JsonObject {
  const { Transform: _transform, Globals: globals, ...rest } = template
  const resources = isObject(template['Resources']) ? template['Resources'] : {}
  const expanded: [string, Json][] = []
  const causes: string[] = []
  const renamed = new Map<string, string>()
  if (globals !== undefined) causes.push("'Globals' section is invalid. The emulator implements none.")
  for (const [id, resource] of Object.entries(resources)) {
    const type = isObject(resource) ? resource['Type'] : undefined
    if (!isObject(resource) || typeof type !== 'string' || !type.startsWith('AWS::Serverless::')) {
      expanded.push([id, resource])
      continue
    }
    try {
      const layer = expandLayer(id, resource, values)
      renamed.set(id, layer.logicalId)
      expanded.push([layer.logicalId, layer.resource])
    } catch (error) {
      if (!(error instanceof InvalidResource)) throw error
      causes.push(error.message)
    }
  }
  if (causes.length > 0) throw new SamError(causes)
  return renameReferences({ ...rest, Resources: Object.fromEntries(expanded) }, renamed) as JsonObject
}

class InvalidResource extends Error {
  constructor(id: string, why: string) {
    super(`Resource with id [${id}] is invalid. ${why}`)
  }
}

const properties = [
  ...['LayerName', 'Description', 'PublishLambdaVersion', 'ContentUri', 'CompatibleArchitectures'],
  ...['CompatibleRuntimes', 'LicenseInfo', 'RetentionPolicy']
]
const kept = ['Condition', 'DeletionPolicy', 'UpdateReplacePolicy'] as const

function expandLayer(
  id: string,
  resource: JsonObject,
  values: ReadonlyMap<string, string>
): { readonly logicalId: string; readonly resource: JsonObject } {
  const type = JSON.stringify(resource['Type'])
  if (resource['Type'] !== 'AWS::Serverless::LayerVersion')
    throw new InvalidResource(id, `The emulator does not implement ${type}.`)
  const given = resource['Properties'] ?? {}
  if (!isObject(given)) throw new InvalidResource(id, 'Properties of a resource must be an object.')
  const unknown = Object.keys(given).find(name => !properties.includes(name))
  if (unknown !== undefined) {
    throw new InvalidResource(id, `property ${unknown} not defined for resource of type AWS::Serverless::LayerVersion`)
  }
  if (given['ContentUri'] === undefined) throw new InvalidResource(id, "Missing required property 'ContentUri'.")
  const resolved = { ...given }
  for (const name of ['LayerName', 'LicenseInfo', 'Description', 'RetentionPolicy'] as const) {
    const value = given[name]
    if (value !== undefined) resolved[name] = resolveParameters(value, values)
  }
  const logicalId = `${id}${hashOf(id, resource, resolved)}`
  const { LayerName: name = id, Description, LicenseInfo, CompatibleRuntimes, CompatibleArchitectures } = resolved
  const retention = retentionOf(id, resolved['RetentionPolicy'])
  const { DependsOn } = resource
  const attributes = Object.fromEntries(kept.flatMap(key => (key in resource ? [[key, resource[key] ?? null]] : [])))
  return {
    logicalId,
    resource: {
      Type: 'AWS::Lambda::LayerVersion',
      ...(DependsOn === undefined ? {} : { DependsOn }),
      DeletionPolicy: 'Retain',
      ...attributes,
      ...(retention === null ? {} : { DeletionPolicy: retention }),
      Properties: present({
        Content: contentOf(logicalId, resolved['ContentUri']),
        LayerName: name,
        ...{ Description, LicenseInfo, CompatibleRuntimes, CompatibleArchitectures }
      })
    }
  }
}

/** The logical id changes with everything that the resource says but its policies: the version before is removed, not replaced. */
function hashOf(id: string, resource: JsonObject, resolved: JsonObject): string {
  const { DependsOn, Condition, UpdatePolicy } = resource
  const said = present({ Type: 'AWS::Serverless::LayerVersion', DependsOn, Condition, UpdatePolicy })
  const text = compactJson({ [id]: { ...said, Properties: resolved } })
  return createHash('sha1').update(text).digest('hex').slice(0, 10)
}

/** As Python's `json.dumps` with sorted keys and without blanks: ASCII only. */
function compactJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(item => compactJson(item as Json)).join(',')}]`
  if (isObject(value)) {
    const names = Object.keys(value).sort()
    return `{${names.map(name => `${compactJson(name)}:${compactJson(value[name] ?? null)}`).join(',')}}`
  }
  return JSON.stringify(value).replace(
    /[\u0080-\uffff]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  )
}

function retentionOf(id: string, policy: Json | undefined): string | null {
  if (policy === undefined) return null
  const options = "['Retain', 'Delete']"
  if (typeof policy !== 'string') {
    const why = `'RetentionPolicy' does not accept intrinsic functions, please use one of the following options: ${options}`
    throw new InvalidResource(id, why)
  }
  const option = ['Retain', 'Delete'].find(one => one.toLowerCase() === policy.toLowerCase())
  if (option !== undefined) return option
  throw new InvalidResource(id, `'RetentionPolicy' must be one of the following options: ${options}.`)
}

function contentOf(id: string, uri: Json | undefined): JsonObject {
  if (isObject(uri)) {
    const { Bucket, Key, Version } = uri
    if (Bucket === undefined || Key === undefined) {
      throw new InvalidResource(id, "'ContentUri' requires Bucket and Key properties to be specified.")
    }
    return present({ S3Bucket: Bucket, S3Key: Key, S3ObjectVersion: Version })
  }
  const parts = typeof uri === 'string' ? /^s3:\/\/([^/?#]+)\/([^?#]+)(?:\?versionId=([^&#]+))?$/.exec(uri) : null
  if (parts === null) {
    const form = "'s3://bucket/key' with optional versionId query parameter"
    throw new InvalidResource(id, `'ContentUri' is not a valid S3 Uri of the form ${form}.`)
  }
  const [, S3Bucket = '', S3Key = '', S3ObjectVersion] = parts
  return present({ S3Bucket, S3Key, S3ObjectVersion })
}

function present(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, Json] => entry[1] !== undefined && entry[1] !== null)
  )
}
