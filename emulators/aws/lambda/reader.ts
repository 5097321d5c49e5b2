/** What tests and the demo read of the layers, past the HTTP API. */
import type { World } from '../world.js'
import { liveVersions } from './layers.js'

export interface LayerVersionView {
  readonly version: number
  readonly arn: string
  readonly description: string
  readonly compatibleRuntimes: readonly string[]
  readonly compatibleArchitectures: readonly string[]
  /** Base64, of the zip. */
  readonly codeSha256: string
  readonly sizeBytes: number
  readonly createdDate: string
  readonly zip: Buffer
}

export interface LayerView {
  readonly name: string
  readonly arn: string
  /** Oldest first, without the deleted ones. */
  readonly versions: readonly LayerVersionView[]
  /** Numbers that were published and deleted again. */
  readonly deletedVersions: readonly number[]
}

/** Sorted by name. Layers whose versions were all deleted are here too: their numbers are never used again. */
export function listLayers(world: World, accountId: string, region: string): readonly LayerView[] {
  const layers = [...world.region(accountId, region).layers.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  return layers.map(layer => ({
    name: layer.name,
    arn: layer.arn,
    versions: [...liveVersions(layer)].reverse().map(record => {
      const { version, arn, description, compatibleRuntimes, compatibleArchitectures, codeSha256, zip } = record
      const { createdDate, codeSize: sizeBytes } = record
      const compatible = { compatibleRuntimes, compatibleArchitectures }
      return { version, arn, description, ...compatible, codeSha256, sizeBytes, createdDate, zip }
    }),
    deletedVersions: layer.versions.filter(version => version.deleted).map(version => version.version)
  }))
}
