/** What came of a run: one value, from which every report is made. */
import type { Command } from './inputs.js'
import type { Environment } from './configuration.js'
import type { CodedError } from './errors.js'
import type { Access, Reason, Verdict } from './deploy.js'
import type { ContentChange, PackageChange, PackageSize } from './packages.js'

export type LayerStatus = 'published' | 'unchanged' | 'planned' | 'skipped' | 'failed' | 'not-attempted' | 'rolled-back'

/** One row of every report: a layer in a region. */
export interface LayerResult {
  readonly layerId: string
  readonly region: string
  readonly status: LayerStatus
  readonly reason: Reason
  readonly layerName: string
  /** The version that the region runs after this run; `null` where there is none or it is not known. */
  readonly version: number | null
  readonly arn: string | null
  readonly previousVersion: number | null
  readonly artifactSha256: string | null
  readonly contentDigest: string | null
  readonly sourceDigest: string | null
  readonly sizeBytes: number | null
  /** Object ids of the layer's path, old and new (for a submodule its commits). */
  readonly fromCommit: string | null
  readonly toCommit: string | null
  /** Size in bytes of the zip that the region ran before, where it is known. */
  readonly previousSizeBytes?: number | null
  /** Of what was built in this run; absent where nothing was. */
  readonly unzippedBytes?: number
  readonly packages?: readonly PackageSize[]
  /** Against what the region runs; `null`: not known. */
  readonly packagesChanged?: readonly PackageChange[] | null
  /** Absent where nothing was there to compare with. */
  readonly contentChange?: ContentChange
  /** Absent where neither a parameter nor sharing is configured. */
  readonly access?: Access
  readonly error: CodedError | null
  /** Why it was left to a newer commit whose run came between: a warning, no failure. */
  readonly aside?: CodedError
}

/** A function that uses a version of one of our layers. */
export interface Consumer {
  readonly functionName: string
  /** `$LATEST`, or a published number. */
  readonly functionVersion: string
  /** Those that point to this version of the function. */
  readonly aliases: readonly string[]
  /** The version of the layer that it uses now. */
  readonly layerVersion: number
  /** `older`: found beside a plan or a deploy. The others: what a rollout made of it. */
  readonly status: 'older' | 'current' | 'planned' | 'moved' | 'skipped' | 'failed' | 'not-attempted'
}

export interface LayerConsumers {
  readonly layerId: string
  readonly region: string
  readonly consumers: readonly Consumer[]
}

export type Conclusion = 'success' | 'failure' | 'neutral'

/** Everything that the report shows, whatever the command: a dry run, a success and a half failure are the same shape. */
export interface RunResult extends SourceHistories {
  /** What was done, never `auto`. */
  readonly command: Exclude<Command, 'auto'>
  readonly conclusion: Conclusion
  /** One sentence without markup, for the status description and the first line of the summary. */
  readonly headline: string
  readonly environment: Environment | null
  readonly regions: readonly string[]
  readonly branch: string | null
  readonly headCommit: string | null
  readonly dryRun: boolean
  readonly changedLayers: readonly string[]
  readonly layers: readonly LayerResult[]
  readonly verdicts: readonly Verdict[]
  /** Every coded error of the run, the one that decides the exit first. */
  readonly errors: readonly CodedError[]
  readonly warnings: readonly string[]
  /** Layer id → absolute path of its bill of materials, for the layers that were built in this run. */
  readonly sboms?: Readonly<Record<string, string>>
  /** Who uses the layers; absent where nobody asked. */
  readonly consumers?: readonly LayerConsumers[]
  /** The plan, as the output `plan` carries it; `null` where none was made. */
  readonly plan: unknown
}

/** What lies between the old and the new commit of a layer's submodule. */
export interface SourceHistory {
  /** `owner/name` on the same GitHub server; `null` where the submodule lies elsewhere. */
  readonly repository: string | null
  /** Subjects, newest first; `null`: not known. */
  readonly subjects: readonly string[] | null
  /** How many commits; `null`: not known. */
  readonly total: number | null
}

interface SourceHistories {
  /** By layer id, of submodules that moved. */
  readonly history?: ReadonlyMap<string, SourceHistory>
}
