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
