import type { PublishedVersion, StackDescription } from '../../ports/inventory.js'
import type { DeployedVersion, LayerProperties, Verdict } from '../../model/index.js'
import type { Clock } from '../../ports/process.js'
import type { AwsRegion } from '../../ports/aws.js'
import type { Log } from '../../ports/runner.js'
import type { DeployRecord } from '../deploy-record.js'
import type { Target } from '../target.js'

/** What an engine found of one target before anything is decided. */
export interface Observation {
  readonly deployed: DeployedVersion | null
  /** `STACK_NOT_READY`, `STACK_NOT_OURS`, `LAYER_NOT_OURS`, `PUBLISH_UNVERIFIED`: what stands in the way of a publish, or its absence. */
  readonly verdicts: readonly Verdict[]
  /** What is around the version (the stack's protection) is not as the configuration has it. */
  readonly protectionDiffers: boolean
}

/** An archive that lies in the bucket. */
export interface StoredArtifact {
  readonly bucket: string
  readonly key: string
  /** Of the bytes that lie there, which may be another compression of the same content than ours. */
  readonly sha256: string
  readonly sizeBytes: number
}

export interface PublishOrder {
  readonly target: Target
  readonly artifact: StoredArtifact
  readonly properties: LayerProperties
  readonly record: DeployRecord
  /** What the plan was made on; the engine refuses to write over anything else. */
  readonly previous: DeployedVersion | null
}

/** `published`: this run made the version; `adopted`: it was there when we came to write (a killed run, a run beside us). */
export interface Published {
  readonly outcome: 'published' | 'adopted'
  readonly version: number
  readonly arn: string
  readonly codeSha256: string
  readonly sizeBytes: number
  /** Further versions of the same content that this run found: the API could not keep them from being made. */
  readonly duplicates: readonly number[]
  /** Versions of other content that this action made and that no record names. */
  readonly unrecordedVersions: readonly number[]
  /** The version that held this content before, whose record (the stack) somebody deleted. */
  readonly anewOf?: number
}

/** What is known of a target before it is observed. */
export interface Foreknown {
  /** Of the target's region. */
  readonly listing: RegionListing
  /** Where the record names another source than this, the layer changes anyway, and the version is not read. `null`: it is. */
  readonly wantedSource: string | null
}

/** How a version is published and where its record is kept. */
export interface Engine {
  /** What lists tell of the targets, all of one region, in place of single reads; of few of them nothing. */
  list(targets: readonly Target[]): Promise<RegionListing>
  /** Reads only. `wait`: wait for an operation that is under way, until the run's deadline. */
  observe(target: Target, wait: boolean, known?: Foreknown): Promise<Observation>
  /** Reads the version that `observe` left unread. */
  readVersion(target: Target, deployed: DeployedVersion): Promise<Omit<Observation, 'protectionDiffers'>>
  /**
   * Exactly one new version of the artifact, however often and from wherever it is called with the same order.
   * @throws CodedError STALE_RUN where another run deployed something else since the plan; PUBLISH_UNVERIFIED where AWS holds other bytes.
   */
  publish(order: PublishOrder): Promise<Published>
  /** The content is deployed already: only the record of where it came from is brought up to date. */
  refreshRecord(order: RecordOrder): Promise<void>
  /** The version is right, what is around it is not: that alone is put right. */
  adjust(target: Target): Promise<void>
}

export type RecordOrder = Omit<PublishOrder, 'artifact' | 'previous'> & { readonly previous: DeployedVersion }

export interface EngineContext {
  readonly region: (region: string) => AwsRegion
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly log: Pick<Log, 'info'>
  readonly repository: string
  /** GitHub's number of it; `null` or absent: not known. */
  readonly repositoryId?: string | null
  /** This run's name in records: `<run id>/<attempt>`. */
  readonly run: string
}

/** Of each list, `null`: it is not to be had, and every layer is asked for singly. */
export interface RegionListing {
  /** By name, every stack of the region that is not deleted. */
  readonly stacks: ReadonlyMap<string, StackDescription> | null
  /** By layer name. */
  readonly latest: ReadonlyMap<string, PublishedVersion> | null
  /** Names of layers whose newest version was made so lately that a run which was killed before it could verify it may have made it. */
  readonly readBack: ReadonlySet<string>
  /** Keys of the state files that there are. */
  readonly states: ReadonlySet<string> | null
  /** When it was asked for, milliseconds since 1970. */
  readonly at: number
}

export const noListing: RegionListing = { stacks: null, latest: null, readBack: new Set(), states: null, at: 0 }
