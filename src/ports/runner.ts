import type { Log } from './log.js'

/** The runner of GitHub Actions as this action speaks to it; in a terminal the same calls write plain lines. */
export interface Runner extends Log {
  /** Whether a GitHub Actions runner listens. */
  readonly onActions: boolean
  /** An input of the step as it was given, white space and all; empty: not given. */
  input(name: string): string
  /** A step output. Does nothing where there is no output file (a terminal). Like the next two, throws CodedError RUNNER_FAILED. */
  setOutput(name: string, value: string): void
  /** A value for the post step of this action. */
  saveState(name: string, value: string): void
  /** Appends Markdown to the job summary. */
  appendSummary(markdown: string): Promise<void>
  /** From now on, neither the runner nor we print this value, in whatever form. */
  mask(secret: string): void
  /** Removes masked values and the user part of URLs from a text. */
  redact(text: string): string
}
