/** What is configured, defaults filled in. Plain values. */
import type { EnvironmentGates, LayerGates } from '../publish-layers/gates/gate-config.js'

export type Engine = 'cloudformation' | 'lambda'
export type Partition = 'aws' | 'aws-cn' | 'aws-us-gov'
export type Installer = 'auto' | 'uv' | 'pip'

/** An environment as configured, defaults filled in. Templates still hold `{stage}`, `{layer}`, `{region}`, `{environment}`. */
export interface Environment extends EnvironmentGates {
  readonly name: string
  readonly branches: readonly string[]
  readonly stage: string
  /** 12 digits. */
  readonly accountId: string
  readonly partition: Partition
  readonly regions: readonly string[]
  readonly artifactBucketTemplate: string
  readonly engine: Engine
  readonly layerNameTemplate: string
  /** `null`: the layer name. */
  readonly stackNameTemplate: string | null
  readonly promoteFrom: string | null
  /** How many layers × regions are worked on at once, 1 to 64. */
  readonly concurrency: number
  /** `null`: the stacks' protection from deletion is left as it is. */
  readonly terminationProtection: boolean | null
  /** Name of the SSM parameter that holds the layer version ARN; `null`: none. */
  readonly ssmParameterTemplate: string | null
  /** Who may use the layer versions: account ids, one organization id (`o-…`), or `public`; sorted. */
  readonly shareWith: readonly string[]
}

/** How a layer's folder becomes what goes into the archive. Part of the source digest. */
export type BuildRecipe = BuildMethod & {
  /** Globs relative to the layer's content; matching files are left out of the archive. */
  readonly exclude: readonly string[]
  /** A command that must succeed with the built layer on PYTHONPATH. */
  readonly check: string | null
}
export type BuildMethod =
  | { readonly kind: 'command'; readonly command: string }
  | {
      readonly kind: 'requirements'
      /** Path of the requirements file, relative to the layer's folder. */
      readonly requirements: string
      readonly installer: Installer
      readonly sourceDistributions?: true
      /** Paths relative to the layer's folder that are copied under `python/`; `null`: the folder's packages. */
      readonly source: readonly string[] | null
    }
  /** No `build` method: a folder that holds `python/` as it is; else pyproject.toml or setup.py; else Pipfile.lock; else requirements.txt. */
  | {
      readonly kind: 'detect'
      readonly installer: Installer
      /** Packages without a suitable wheel may be built; else only wheels are taken. Absent where not asked for: the source digest covers it. */
      readonly sourceDistributions?: true
    }

export interface Layer extends LayerGates {
  readonly id: string
  /** Relative to the superproject's root, `/` as separator, no trailing slash. */
  readonly path: string
  readonly alsoWatch: readonly string[]
  readonly description: string | null
  readonly licenseInfo: string | null
  readonly compatibleRuntimes: readonly string[]
  readonly compatibleArchitectures: readonly string[]
  readonly build: BuildRecipe
}

export interface Config {
  readonly environments: readonly Environment[]
  readonly layers: readonly Layer[]
}
