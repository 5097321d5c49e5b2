/** What the plan is made of, and the steps that it is. */
import type { Target } from '../target.js'
import type { DeployRecord } from '../deploy-record.js'
import type { StoredArtifact } from '../engines/engine.js'
import type {
  Artifact,
  ContentChange,
  DeployedVersion,
  Environment,
  LayerChange,
  LayerSource,
  PackageChange,
  Verdict
} from '../../model/index.js'
import type { CodedError } from '../../model/errors.js'

/** Everything that the plan depends on. Maps are by layer id, `deployed` by `targetKey`. */
export interface Facts {
  readonly mode: 'plan' | 'deploy'
  readonly dryRun: boolean
  readonly environment: Environment
  readonly headCommit: string
  readonly repository: string
  readonly run: string
  readonly targets: readonly Target[]
  readonly sources: ReadonlyMap<string, LayerSource>
  readonly changes: readonly LayerChange[]
  /** A target that is missing here could not be read. */
  readonly deployed: ReadonlyMap<string, DeployedVersion | null>
  /** By `targetKey`: where what is around the version is not as the configuration has it. */
  readonly protectionDiffers: ReadonlySet<string>
  /** By `targetKey`: what a newer commit of the branch wants otherwise, and this run leaves alone. */
  readonly aside: ReadonlySet<string>
  /** Only of layers that changed, in a deploy or a preview. */
  readonly builds: ReadonlyMap<string, Artifact | CodedError>
  /** By `targetKey`: what lies at the artifact's key already, and holds what was built. */
  readonly stored: ReadonlyMap<string, StoredArtifact | null>
  /** By `targetKey`, of a run that only shows what would be published; what is missing is not known. */
  readonly packagesChanged: ReadonlyMap<string, readonly PackageChange[]>
  /** By `targetKey`, where something was there to compare with. */
  readonly contentChanges: ReadonlyMap<string, ContentChange>
  readonly verdicts: readonly Verdict[]
}

export interface StepBase {
  readonly target: Target
  readonly change: LayerChange
  readonly sourceDigest: string | null
  /** What the region runs now; `null`: nothing, or not read. */
  readonly deployed: DeployedVersion | null
}

export type PlanStep =
  | (StepBase & { readonly kind: 'keep' })
  /** Changed, and not built here; what it comes to is decided by the deploy, which builds it. */
  | (StepBase & { readonly kind: 'announce' })
  | (StepBase & {
      readonly kind: 'publish'
      readonly artifact: Artifact
      readonly stored: StoredArtifact | null
      /** Against what the region runs; `null`: not known. */
      readonly packagesChanged: readonly PackageChange[] | null
      readonly contentChange?: ContentChange
      readonly record: DeployRecord
    })
  /** The content is deployed already; only the record of its source moves. */
  | (StepBase & { readonly kind: 'record'; readonly deployed: DeployedVersion; readonly record: DeployRecord })
  /** The version is right; what is around it is put right. */
  | (StepBase & { readonly kind: 'adjust' })
  /** A newer commit of the branch wants it otherwise: its run deploys. */
  | (StepBase & { readonly kind: 'stand-aside' })
  /** Could not be built: this layer fails, the others go on. */
  | (StepBase & { readonly kind: 'fail'; readonly error: CodedError })
