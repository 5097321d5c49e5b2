/** What the configuration asks of the gates. */

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

export interface EnvironmentGates {
  /** Checks and statuses that must have succeeded for the commit. */
  readonly requiredChecks?: RequiredChecks | null
}

export interface LayerGates {
  /** What its tests must have covered before it is deployed. */
  readonly coverage?: Coverage | null
}
