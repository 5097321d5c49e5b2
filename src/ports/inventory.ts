import type { LayerProperties } from '../model/index.js'

export interface PublishedVersion extends LayerVersionSummary {
  /** ISO 8601. */
  readonly createdAt: string
}

/** One version of a function, as it is configured. */
export interface FunctionVersion {
  readonly functionName: string
  /** `$LATEST`, or a published number. */
  readonly version: string
  /** Layer version ARNs. */
  readonly layers: readonly string[]
}

/** A list goes on past the pages that were asked for. */
export class TooManyPages extends Error {
  override readonly name = 'TooManyPages'
}

/**
 * What one account and region holds, for those who keep it in order: lists over all pages, and the one call that deletes.
 * Errors as in `Aws`.
 */
export interface Inventory {
  /** Every layer that has a version, sorted. */
  layerNames(): Promise<readonly string[]>
  /**
   * Of every layer that has a version, the latest, by the layer's name.
   * @throws TooManyPages
   */
  latestVersions(mostPages?: number): Promise<ReadonlyMap<string, PublishedVersion>>
  /** Newest first. */
  versions(layerName: string): Promise<readonly PublishedVersion[]>
  /** Every version of every function, `$LATEST` too. */
  functionVersions(): Promise<readonly FunctionVersion[]>
  /** Alias → version. */
  aliases(functionName: string): Promise<Readonly<Record<string, string>>>
  /**
   * Every stack that is not deleted.
   * @throws TooManyPages
   */
  stacks(mostPages?: number): Promise<readonly StackDescription[]>
  /**
   * Keys below a prefix.
   * @throws TooManyPages
   */
  keys(place: Omit<ObjectPlace, 'key'>, prefix: string, mostPages?: number): Promise<readonly string[]>
  /** The policy of a bucket as JSON; `null`: it has none. */
  bucketPolicy(place: Omit<ObjectPlace, 'key'>): Promise<string | null>
  /** Also where it is gone already. */
  deleteVersion(layerName: string, version: number): Promise<void>
  /** The zip of a version, from the version itself; `null` where AWS does not give it out. */
  download(layerName: string, version: number): Promise<Uint8Array | null>
}

/** An object's place. Each request names the account that the bucket must belong to. */
export interface ObjectPlace {
  readonly bucket: string
  readonly owner: string
  readonly key: string
}

export interface LayerVersionSummary extends LayerProperties {
  readonly version: number
  readonly arn: string
}

export interface StackDescription {
  readonly id: string
  readonly name: string
  readonly status: string
  readonly statusReason: string
  readonly parameters: Readonly<Record<string, string>>
  readonly outputs: Readonly<Record<string, string>>
  readonly tags: Readonly<Record<string, string>>
  /** The change set that was executed last; `null`: none was. */
  readonly changeSetId: string | null
  /** Nobody can delete it. */
  readonly terminationProtection: boolean
}
