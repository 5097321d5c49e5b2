/** How far one layer is: what a person at a terminal watches, and a line in the log once it ended. */
export interface ProgressStep {
  readonly layerId: string
  /** `null`: the work is for all regions (a build). */
  readonly region: string | null
  /** A few words: `building`, `publishing`, `version 3 published`. */
  readonly what: string
  /** Nothing follows for this layer and region. */
  readonly ended: boolean
}

export type Progress = (step: ProgressStep) => void
