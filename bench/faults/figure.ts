/** One figure of the table: a file of its own in this folder, named in `figures.ts`. */
export interface FaultFigure {
  /** `G1` */
  readonly id: string
  readonly what: string
  run(): Promise<FigureResult>
}

export interface FigureResult {
  readonly trials: number
  /** One line for each promise that was broken, with what replays it. */
  readonly bad: readonly string[]
  /** What else was measured, in a few words. */
  readonly note: string
}
