/** The core types: plain values, shared by the four verbs. Digests are 64 lower-case hexadecimal digits. */
import type { Environment } from './configuration.js'
import type { PackageChange, PackageSize } from './packages.js'
import type { CodedError, ErrorCode, Finding } from './errors.js'
import type { SourceHistories } from '../report/source-history/submodule-repository.js'

export type * from './configuration.js'
export type * from './packages.js'

// ---------------------------------------------------------------- what started the run

/** The event that started the run, as far as it decides anything. Commit ids are full; refs are full (`refs/heads/test`). */
export type TriggerEvent =
  | {
      readonly kind: 'push'
      readonly ref: string
      readonly before: string
      readonly after: string
      readonly deleted: boolean
      readonly forced: boolean
    }
  | {
      readonly kind: 'pull_request'
      readonly number: number
      readonly baseBranch: string
      readonly baseCommit: string
      readonly headCommit: string
      /** The head lies in another repository (or in one that was deleted): the token is read-only. */
      readonly fromFork: boolean
      /** No comment may be expected to be possible on a locked conversation. */
      readonly locked: boolean
    }
  | { readonly kind: 'merge_group'; readonly baseRef: string; readonly baseCommit: string; readonly headCommit: string }
  | {
      readonly kind: 'workflow_run'
      readonly conclusion: string | null
      /** The event that started the other workflow. */
      readonly cause: string
      readonly headBranch: string | null
      readonly headCommit: string
      readonly sameRepository: boolean
    }
  | { readonly kind: 'workflow_dispatch'; readonly ref: string }
  | { readonly kind: 'schedule'; readonly ref: string }
  /** Run from a terminal: the branch that is checked out, `null` where HEAD is detached. */
  | { readonly kind: 'command-line'; readonly branch: string | null }
  /** `ref`: what the runner calls the ref of the run, empty where it has none. */
  | { readonly kind: 'other'; readonly name: string; readonly ref: string }

export type Command = 'auto' | 'detect' | 'plan' | 'deploy' | 'report' | 'rollback' | 'prune' | 'discover' | 'rollout'

/** What this run may do, and where. */
export type Selection =
  | { readonly kind: 'deploy'; readonly environment: Environment; readonly branch: string; readonly why: string }
  | { readonly kind: 'plan'; readonly environment: Environment; readonly branch: string; readonly why: string }
  /** Read back what was deployed, and tell. */
  | { readonly kind: 'report'; readonly environment: Environment; readonly branch: string; readonly why: string }
  /** Exit 0 with one notice. */
  | { readonly kind: 'nothing'; readonly why: string }
  | { readonly kind: 'refuse'; readonly verdict: Verdict & { readonly passed: false } }

// ---------------------------------------------------------------- guards

/** The answer of one guard. `subject` is a layer id, `layer in region`, or empty for the whole run. */
export type Verdict =
  | {
      readonly guard: ErrorCode
      readonly subject: string
      readonly passed: true
      readonly detail: string
      /** Passed only because a person said so; every report shows it. */
      readonly overridden?: true
      /** A plan only: the deploy would be refused; every report shows it. */
      readonly foretold?: true
    }
  | { readonly guard: ErrorCode; readonly subject: string; readonly passed: false; readonly finding: Finding }
  /** `STALE_RUN` only: a newer commit is deployed; the run ends neutral, with a warning, and writes nothing. */
  | { readonly guard: ErrorCode; readonly subject: string; readonly passed: 'stand-aside'; readonly finding: Finding }

// ---------------------------------------------------------------- detect changes

/** One entry of a git tree. Modes as git writes them: `100644`, `100755`, `120000`, `040000`, `160000` (gitlink). */
export interface TreeEntry {
  readonly path: string
  readonly mode: string
  readonly objectId: string
}

/** What a layer is built from at one revision. */
export interface LayerSource {
  readonly layerId: string
  /** The entry at the layer's path; `null`: nothing is there at this revision. */
  readonly root: TreeEntry | null
  /** Sorted by path: the root and every also-watch path that exists. */
  readonly entries: readonly TreeEntry[]
  readonly sourceDigest: string
}

/** What the sources are compared with where no deployed state can be read. */
export type BaseRevision =
  | {
      readonly kind: 'known'
      readonly commit: string
      readonly from: 'base-input' | 'pull-request' | 'push' | 'merge-group'
    }
  | { readonly kind: 'unknown'; readonly why: string }

/** Why a layer counts as changed or unchanged, or ended as it did. */
export type Reason =
  | 'source-changed'
  | 'never-deployed'
  | 'recipe-changed'
  | 'forced'
  | 'base-unknown'
  | 'version-missing'
  | 'stack-gone'
  | 'access-changed'
  | 'same-content'
  | 'unchanged'
  | 'removed'
  | 'refused'
  | 'stale-run'
  | 'rolled-back'
  | 'cancelled'
  | 'failed'

/** A layer's change against its baseline, before anything is built. `from` is the object id of the path at the baseline, where known. */
export interface LayerChange {
  readonly layerId: string
  readonly region: string
  readonly changed: boolean
  readonly reason: Reason
  readonly from: string | null
  readonly to: string | null
  /** Of a merge queue's entry: whose change it is, this entry's or that of one below it, which is not merged yet either. */
  readonly addedBy?: 'this-entry' | 'entries-below'
}

// ---------------------------------------------------------------- deployed state

/** What an account and region runs now for one layer, as our own records and AWS say. */
export interface DeployedVersion {
  readonly version: number
  readonly arn: string
  /** `null` for a version that we did not record (adopted). */
  readonly sourceDigest: string | null
  readonly contentDigest: string | null
  readonly artifactSha256: string | null
  /** The superproject commit that it was deployed from. */
  readonly commit: string | null
  /** The run that deployed it, `<run id>/<attempt>`. */
  readonly run: string | null
  /** The object id of the layer's path in that commit (for a submodule its commit). */
  readonly sourceCommit: string | null
  /** Size of the zip in bytes, where it was read. */
  readonly sizeBytes: number | null
  /** The version whose content this one is again, where it was made by a rollback. */
  readonly rolledBackTo?: number
  /** Which versions were on record before it, by our records: `1-57 60`; absent: none. */
  readonly earlierVersions?: string
  /** The run that made it so, as the record has it. */
  readonly lastRun?: string
  /** What the version declares; `null`: the version that our records name is gone, or was not read. */
  readonly properties: LayerProperties | null
  /** The version was not asked for, because another source is wanted. */
  readonly unread?: true
  /** How others reach it, by our records; absent: nobody was told of it. */
  readonly access?: Access
}

/** How others reach the current version. */
export interface Access {
  /** Name of the SSM parameter that holds its ARN; `null`: none. */
  readonly ssmParameter: string | null
  /** Account ids, one organization id, or `public`; sorted. */
  readonly sharedWith: readonly string[]
}

/** What a layer version declares; every change of one needs a new version. Empty text: not declared. */
export interface LayerProperties {
  readonly description: string
  readonly licenseInfo: string
  readonly compatibleRuntimes: readonly string[]
  readonly compatibleArchitectures: readonly string[]
}

// ---------------------------------------------------------------- build

/** A built archive on disk. */
export interface Artifact {
  readonly layerId: string
  /** Absolute path of the zip. */
  readonly file: string
  readonly contentDigest: string
  readonly artifactSha256: string
  /** Size of the zip. */
  readonly sizeBytes: number
  /** Sum of the files' sizes. */
  readonly unzippedBytes: number
  readonly fileCount: number
  /** The ten largest, the largest first. */
  readonly packages: readonly PackageSize[]
  /** The bill of materials on disk; absent where none could be made: the log says why. */
  readonly bill?: { readonly file: string; readonly sha256: string; readonly sizeBytes: number }
  /** The verdicts of the inspection: `ARCHIVE_*`, `SECRET_IN_ARCHIVE`, … */
  readonly verdicts: readonly Verdict[]
}

// ---------------------------------------------------------------- result

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
