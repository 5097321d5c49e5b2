/** The layers of an account and region: publish, find, delete. CloudFormation publishes through here too. */
import { createHash } from 'node:crypto'
import type { LayerRecord, LayerVersionRecord, RegionState, World } from '../world.js'
import { AwsError, notAuthorized, type Caller } from './aws-error.js'
import { checkArchitectures, checkLayerName, checkLength, checkRuntimes } from './constraints.js'
import { layerContent, type ContentInput } from './layer-content.js'

export interface PublishInput {
  /** Name or ARN. */
  readonly LayerName: string
  readonly Content: ContentInput
  readonly Description?: string | undefined
  readonly LicenseInfo?: string | undefined
  readonly CompatibleRuntimes?: readonly string[] | undefined
  readonly CompatibleArchitectures?: readonly string[] | undefined
}

/** Makes the next version, always a new one: the call has no idempotency token and compares no content. */
export function publishLayerVersion(world: World, caller: Caller, input: PublishInput): LayerVersionRecord {
  checkLayerName(input.LayerName)
  checkLength('description', input.Description ?? '', 0, 256)
  checkLength('licenseInfo', input.LicenseInfo ?? '', 0, 512)
  checkRuntimes(input.CompatibleRuntimes ?? [])
  checkArchitectures(input.CompatibleArchitectures ?? [])
  const state = world.region(caller.principal.accountId, caller.region)
  const name = ownLayerName(state, input.LayerName, 'lambda:PublishLayerVersion', caller)
  const zip = layerContent(world, caller, input.Content)
  const layer = state.layers.get(name) ?? { name, arn: layerArn(state, name), versions: [] }
  const number = (layer.versions.at(-1)?.version ?? 0) + 1
  const record: LayerVersionRecord = {
    version: number,
    arn: `${layer.arn}:${number}`,
    layerArn: layer.arn,
    description: input.Description ?? '',
    licenseInfo: input.LicenseInfo ?? null,
    compatibleRuntimes: input.CompatibleRuntimes ?? [],
    compatibleArchitectures: input.CompatibleArchitectures ?? [],
    codeSha256: createHash('sha256').update(zip).digest('base64'),
    codeSize: zip.length,
    createdDate: new Date(world.now()).toISOString().replace('Z', '+0000'),
    zip,
    deleted: false,
    unlistedReads: world.staleListReads ?? 0
  }
  layer.versions.push(record)
  state.layers.set(name, layer)
  return record
}

/** Throws `ResourceNotFoundException` where the version never was, or was deleted. */
export function findLayerVersion(state: RegionState, name: string, version: number): LayerVersionRecord {
  const record = state.layers.get(name)?.versions.find(one => one.version === version)
  if (record === undefined || record.deleted) {
    throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', 404)
  }
  return record
}

/** Deleting what is not there is no error. The number is not used again. */
export function deleteLayerVersion(state: RegionState, name: string, version: number): void {
  const record = state.layers.get(name)?.versions.find(one => one.version === version)
  if (record !== undefined) record.deleted = true
}

/** Newest first, without the deleted ones. */
export function liveVersions(layer: LayerRecord | undefined): readonly LayerVersionRecord[] {
  return (layer?.versions ?? []).filter(version => !version.deleted).reverse()
}

export function layerArn(state: RegionState, name: string): string {
  return `arn:${state.partition}:lambda:${state.region}:${state.accountId}:layer:${name}`
}

/** The bare name. A layer is reached by its ARN only from its own account and region: the emulator shares none. */
export function ownLayerName(state: RegionState, nameOrArn: string, action: string, caller: Caller): string {
  if (!nameOrArn.startsWith('arn:')) return nameOrArn
  const name = nameOrArn.split(':')[6] ?? ''
  if (nameOrArn === layerArn(state, name)) return name
  throw notAuthorized(caller, action, nameOrArn, 'resource-based')
}
