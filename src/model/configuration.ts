/** What is configured, defaults filled in. Plain values. */

export type Engine = 'cloudformation' | 'lambda'
export type Partition = 'aws' | 'aws-cn' | 'aws-us-gov'
export type Installer = 'auto' | 'uv' | 'pip'

/** How the objects in the bucket are encrypted. `arn` may hold `{region}`: a key serves one region. */
export type Encryption = { readonly kind: 'aes256' } | { readonly kind: 'kms-key'; readonly arn: string }

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
  /** How many layers × regions are worked on at once, 1 to 64; one that waits for a stack does not count. */
  readonly concurrency: number
  /** `null`: the stacks' protection from deletion is left as it is. */
  readonly terminationProtection: boolean | null
  /** Name of the SSM parameter that holds the layer version ARN; `null`: none. */
  readonly ssmParameterTemplate: string | null
  /** Who may use the layer versions: account ids, one organization id (`o-…`), or `public`; sorted. */
  readonly shareWith: readonly string[]
  /** A stack of ours whose creation failed and that holds no version is deleted and created anew. */
  readonly recreateFailedStacks: boolean
  /** A plan and a deploy name the functions that use an older version. Absent where not asked for. */
  readonly reportConsumers?: true
  /** Said with every object that is written; `null`: the bucket decides. */
  readonly encryption: Encryption | null
}

/** How a layer's folder becomes what goes into the archive. Part of the source digest. */
export type BuildRecipe = BuildMethod & {
  /** Globs relative to the layer's content; matching files are left out of the archive. */
  readonly exclude: readonly string[]
  /**
   * Paths or globs of the content that hold no secret though they look like it. Absent where there is none. In the source digest, so that what was allowed once is
   * judged anew when the list changes; the content, and with it the version, stays.
   */
  readonly allowSecrets?: readonly string[]
  /** Names of variables that the commands of a build see beside the ordinary ones. Absent where there is none. */
  readonly environment?: readonly string[]
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
  /** Without `method`: a project with a build backend; else a folder that holds `python/` as it is; else Pipfile.lock; else requirements.txt. */
  | {
      readonly kind: 'detect'
      /** Absent where none is forced: the source digest covers it. */
      readonly method?: 'project' | 'requirements' | 'prebuilt'
      /** Of a prebuilt folder: further paths that are taken; with requirements: what is copied under `python/`. */
      readonly source?: readonly string[]
      readonly installer: Installer
      /** Packages without a suitable wheel may be built; else only wheels are taken. Absent where not asked for: the source digest covers it. */
      readonly sourceDistributions?: true
    }

/** Acknowledgements that CloudFormation demands of some templates ("CreateChangeSet", CloudFormation API reference). */
export type Capability = 'CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM' | 'CAPABILITY_AUTO_EXPAND'

/** The team's own template of a layer's stack. */
export interface LayerTemplate {
  /** Relative to the superproject's root; also of a file inside the layer's submodule. */
  readonly file: string
  /** Of the template, by name. The values still hold `{stage}`, `{layer}`, `{environment}`. */
  readonly parameters: Readonly<Record<string, string>>
  readonly capabilities: readonly Capability[]
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
  /** Where it is given, description, license, runtimes and architectures stand in it. */
  readonly template?: LayerTemplate | null
  /** Names of functions, `*` for any letters, that `rollout` may move; absent: none. */
  readonly consumers?: { readonly functions: readonly string[] }
}

export interface Config {
  readonly environments: readonly Environment[]
  readonly layers: readonly Layer[]
}

export interface RequiredChecks {
  /** Names of checks, or contexts of statuses. */
  readonly names: readonly string[]
  /** What a skipped check counts as. */
  readonly skipped: 'success' | 'failure'
  /** How long a check may still be pending, or missing; 0: not at all. */
  readonly waitMinutes: number
}

export interface Coverage {
  /** Path of the report, relative to the superproject's root. */
  readonly report: string
  /** In percent, 0 to 100. */
  readonly minimum: number
}

interface EnvironmentGates {
  /** Checks and statuses that must have succeeded for the commit. */
  readonly requiredChecks?: RequiredChecks | null
}

interface LayerGates {
  /** What its tests must have covered before it is deployed. */
  readonly coverage?: Coverage | null
}

/** Where the configuration lies. */
export interface ConfigPlace {
  /** Relative to the workspace. */
  readonly config: string
  /** The superproject's checkout, absolute. */
  readonly directory: string
  readonly workspace: string
}

export interface LoadedConfig {
  readonly place: ConfigPlace
  /** What was read; the same text at another revision is the same configuration. */
  readonly text: string
  readonly config: Config
}

/** The configuration as it stood at a revision. */
export type ConfigAtRevision =
  | { readonly kind: 'read'; readonly config: Config }
  /** There was none: nothing was deployed by it. */
  | { readonly kind: 'absent' }
  /** There was one that cannot be read today. */
  | { readonly kind: 'unreadable' }
  /** It is kept outside of the repository, and has no revisions there. */
  | { readonly kind: 'elsewhere' }
