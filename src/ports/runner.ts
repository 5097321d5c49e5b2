/** Where a run speaks to: the runner of GitHub Actions or a terminal, its log, and who watches the progress. */

/** The runner of GitHub Actions as this action speaks to it; in a terminal the same calls write plain lines. */
export interface Runner extends Log {
  /** Whether a GitHub Actions runner listens. */
  readonly onActions: boolean
  /** An input of the step as it was given, white space and all; empty: not given. */
  input(name: string): string
  /** Step outputs, all in one write. Does nothing where there is no output file (a terminal). Like the next two, throws CodedError RUNNER_FAILED. */
  setOutputs(values: Readonly<Record<string, string>>): void
  /** A value for the post step of this action. */
  saveState(name: string, value: string): void
  /** Appends Markdown to the job summary. */
  appendSummary(markdown: string): Promise<void>
  /** From now on, neither the runner nor we print this value, in whatever form. */
  mask(secret: string): void
  /** Removes masked values and the user part of URLs from a text. */
  redact(text: string): string
}

/** Where an annotation points in the repository. Line and column count from 1. */
export interface AnnotationPlace {
  readonly file?: string
  readonly line?: number
  readonly column?: number
  readonly title?: string
}

/** What a person reads while the run goes on. Implementations escape what the runner would take for a command. */
export interface Log {
  debug(message: string): void
  info(message: string): void
  notice(message: string, place?: AnnotationPlace): void
  warning(message: string, place?: AnnotationPlace): void
  error(message: string, place?: AnnotationPlace): void
  /** A collapsible group around `work`. Groups do not nest. */
  group<T>(title: string, work: () => Promise<T>): Promise<T>
}

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
