/** A deploy as plain values: selection, verdicts, sources, changes, what runs, what was built. Digests are 64 lower-case hexadecimal digits. */
import type { Environment } from './configuration.js'
import type { PackageSize, PackageVersion } from './packages.js'
import type { ErrorCode, Finding } from './errors.js'

/** What this run may do, and where. */
export type Selection =
  | { readonly kind: 'deploy'; readonly environment: Environment; readonly branch: string; readonly why: string }
  | { readonly kind: 'plan'; readonly environment: Environment; readonly branch: string; readonly why: string }
  /** Read back what was deployed, and tell. */
  | { readonly kind: 'report'; readonly environment: Environment; readonly branch: string; readonly why: string }
  /** Exit 0 with one notice. */
  | { readonly kind: 'nothing'; readonly why: string }
  | { readonly kind: 'refuse'; readonly verdict: Verdict & { readonly passed: false } }

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
  { readonly kind: 'known'; readonly commit: string } | { readonly kind: 'unknown'; readonly why: string }

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
  /** The team's own files in it, by path: what no package of others brought. Absent where it could not be told. */
  readonly ownFiles?: readonly string[]
  /** Installed although their index has withdrawn them, as far as the installer said. */
  readonly yanked?: readonly PackageVersion[]
  /** The bill of materials on disk; absent where none could be made: the log says why. */
  readonly bill?: { readonly file: string; readonly sha256: string; readonly sizeBytes: number }
  /** The verdicts of the inspection: `ARCHIVE_*`, `SECRET_IN_ARCHIVE`, … */
  readonly verdicts: readonly Verdict[]
}

/** What a layer's version in one region was, as far as it could be read. `null`: nothing is deployed there. */
export interface DeployedLayer {
  readonly layerId: string
  readonly region: string
  readonly deployed: DeployedVersion | null
  /** Others do not reach it as they are to. */
  readonly accessDiffers?: boolean
  /** It declares another description, license, runtime or architecture than is configured. */
  readonly propertiesDiffer?: boolean
}

export interface ObservedChanges {
  readonly sources: readonly LayerSource[]
  readonly changes: readonly LayerChange[]
}
