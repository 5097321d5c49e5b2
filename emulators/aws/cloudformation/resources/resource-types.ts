/** The resource types that the emulator carries out. A template that names another is refused. */
import { layerVersion } from './layer-version.js'
import { layerVersionPermission } from './layer-version-permission.js'
import type { ResourceType } from './resource-type.js'
import { ssmParameter } from './ssm-parameter.js'

const types: ReadonlyMap<string, ResourceType> = new Map(
  [layerVersion, layerVersionPermission, ssmParameter].map(type => [type.name, type] as const)
)

export function resourceType(name: string): ResourceType | undefined {
  return types.get(name)
}

/** For names that a parsed template already vouches for. */
export function knownResourceType(name: string): ResourceType {
  const type = types.get(name)
  if (type === undefined) throw new Error(`a parsed template holds the unknown resource type ${name}`)
  return type
}
