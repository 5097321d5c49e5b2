/** Where a layer goes, under which names, and how others reach it there. */
import {
  artifactBucketOf,
  layerNameOf,
  stackNameOf,
  templateParametersOf,
  ssmParameterOf
} from '../model/naming/names.js'
import type { Access, Environment, Layer, LayerProperties } from '../model/index.js'
import type { OwnTemplate } from './own-template/own-template.js'

/** One layer in one region of an environment: what a step of the plan works on. */
export interface Target {
  readonly layerId: string
  readonly region: string
  readonly accountId: string
  readonly layerName: string
  readonly stackName: string
  readonly bucket: string
  /** What a version of this layer declares. */
  readonly properties: LayerProperties
  /** Of the stack; `null`: as it is. */
  readonly terminationProtection: boolean | null
  /** `null`: the stack is made of our own template. */
  readonly template: OwnTemplate | null
  /** How others are to reach its current version. */
  readonly access: Access
  /** A stack whose creation failed is deleted and created anew where it holds no version. */
  readonly recreateFailedStack: boolean
}

export function targetsOf(
  environment: Environment,
  layers: readonly Layer[],
  regions: readonly string[]
): readonly Target[] {
  return layers.flatMap(layer =>
    regions.map(region => ({
      layerId: layer.id,
      region,
      accountId: environment.accountId,
      layerName: layerNameOf(environment, layer),
      stackName: stackNameOf(environment, layer),
      bucket: artifactBucketOf(environment, region),
      properties: propertiesOf(layer),
      terminationProtection: environment.terminationProtection,
      template: templateOf(environment, layer),
      access: accessOf(environment, layer, region),
      recreateFailedStack: environment.recreateFailedStacks
    }))
  )
}

export function targetKey(target: { readonly layerId: string; readonly region: string }): string {
  return `${target.layerId} in ${target.region}`
}

/** `layer-deploy/artifacts/<layer-name>/<content digest>.zip`: the same content has the same key, whoever uploads it. */
export function artifactKey(layerName: string, contentDigest: string): string {
  return `layer-deploy/artifacts/${layerName}/${contentDigest}.zip`
}

/** Beside the artifact: what is in it. */
export function billKey(layerName: string, contentDigest: string): string {
  return artifactKey(layerName, contentDigest).replace(/[.]zip$/, '.cdx.json')
}

/** It is read from the commit by the deploy alone. */
function templateOf(environment: Environment, layer: Layer): OwnTemplate | null {
  if (layer.template == null) return null
  const { capabilities, parameters } = layer.template
  return { capabilities, parameters: templateParametersOf(environment, layer, parameters), read: null }
}

function propertiesOf(layer: Layer): LayerProperties {
  return {
    description: layer.description ?? '',
    licenseInfo: layer.licenseInfo ?? '',
    compatibleRuntimes: layer.compatibleRuntimes,
    compatibleArchitectures: layer.compatibleArchitectures
  }
}

/** Lambda keeps runtimes and architectures as sets: their order says nothing. */
export function sameProperties(a: LayerProperties, b: LayerProperties): boolean {
  return (
    a.description === b.description &&
    a.licenseInfo === b.licenseInfo &&
    sameSet(a.compatibleRuntimes, b.compatibleRuntimes) &&
    sameSet(a.compatibleArchitectures, b.compatibleArchitectures)
  )
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  const right = new Set(b)
  return new Set(a).size === right.size && a.every(item => right.has(item))
}

/** How others reach the current version of a layer: who it is shared with, and the parameter that names it. */
export const noAccess: Access = { ssmParameter: null, sharedWith: [] }

function accessOf(environment: Environment, layer: Layer, region: string): Access {
  return { ssmParameter: ssmParameterOf(environment, layer, region), sharedWith: environment.shareWith }
}

export function sameAccess(a: Access = noAccess, b: Access = noAccess): boolean {
  return a.ssmParameter === b.ssmParameter && samePrincipals(a.sharedWith, b.sharedWith)
}

export function samePrincipals(a: readonly string[], b: readonly string[]): boolean {
  return a.toSorted().join() === b.toSorted().join()
}

export function isNone({ ssmParameter, sharedWith }: Access): boolean {
  return ssmParameter === null && sharedWith.length === 0
}

/** For a row of the report: nothing where nothing is configured. */
export function shownAccess(access: Access): { readonly access?: Access } {
  return isNone(access) ? {} : { access }
}

/**
 * What a new version takes over at once. What is new to it comes in a step of its own: a name that is taken, or a right
 * that the role lacks, must not undo the version.
 */
export function carriedOver(before: Access, wanted: Access): Access {
  return {
    ssmParameter: wanted.ssmParameter === null ? null : before.ssmParameter,
    sharedWith: before.sharedWith.filter(principal => wanted.sharedWith.includes(principal))
  }
}
