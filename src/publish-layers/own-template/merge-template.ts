/** The stack's template of an own one: the team's, with the layer version, parameters and output that every stack has. Pure. */
import type { ReadTemplate } from './own-template.js'
import { renameResource } from './rename-resource.js'
import { isObject, type Json, type JsonObject } from './json-value.js'

/**
 * @param base the template of a layer without an own one
 * @param logicalId of the layer version in it
 */
export function mergeTemplate(base: JsonObject, logicalId: string, { rest, ...own }: ReadTemplate): JsonObject {
  const renamed = asObject(renameResource(rest, own.logicalId, logicalId))
  const section = (name: string): JsonObject => ({ ...asObject(renamed[name]), ...asObject(base[name]) })
  const resources = section('Resources')
  const attributes = asObject(renameResource(own.attributes, own.logicalId, logicalId))
  return {
    ...renamed,
    Parameters: section('Parameters'),
    Resources: { ...resources, [logicalId]: { ...asObject(resources[logicalId]), ...attributes } },
    Outputs: section('Outputs')
  }
}

function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {}
}
