/** The packages of a layer: which, how large, and what changes of them. */

/** One package of a layer. */
export interface PackageVersion {
  readonly name: string
  readonly version: string
}

/** `null`: it was, or is, not there. */
export interface PackageChange {
  readonly name: string
  readonly from: string | null
  readonly to: string | null
}

/** How much of a layer is one package, or one folder that no package has installed. */
export interface PackageSize {
  /** `numpy`, or `python/da_flask` where no package says that it is its own. */
  readonly name: string
  readonly version: string | null
  /** Unzipped. */
  readonly sizeBytes: number
}
