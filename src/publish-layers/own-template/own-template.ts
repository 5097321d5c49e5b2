/** An own template of a layer's stack, as plain values, and JSON as such. */
import type { Capability } from '../../model/index.js'

export interface OwnTemplate {
  readonly capabilities: readonly Capability[]
  /** Values of the template's own parameters. */
  readonly parameters: Readonly<Record<string, string>>
  /** `null`: not read from the commit; the stack keeps the template that it has. */
  readonly read: ReadTemplate | null
}

export interface ReadTemplate {
  /** Everything but the layer version. */
  readonly rest: JsonObject
  /** How `rest` names the layer version. */
  readonly logicalId: string
  /** What the layer version bears besides its properties and policies: `DependsOn`, `Metadata`. */
  readonly attributes: JsonObject
}

export const layerVersionType = 'AWS::Lambda::LayerVersion'
export const samLayerType = 'AWS::Serverless::LayerVersion'
export const samTransform = 'AWS::Serverless-2016-10-31'

/** The parameters that the deploy itself sets. */
export const reservedParameters = ['ArtifactBucket', 'ArtifactKey', 'Generation'] as const

/** JSON as plain values. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [name: string]: Json
}

export function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/** What is no mapping counts as an empty one. */
export function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {}
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}
