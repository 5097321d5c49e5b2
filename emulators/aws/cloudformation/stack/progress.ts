/** Operations that take time. Time passes by being looked at: a step lasts for a number of reads, never for seconds. */

export interface Step {
  /** How many reads see this step before the next one begins. The last step's is ignored. */
  readonly reads: number
  enter(): void
}

export interface Progress {
  readonly steps: readonly Step[]
  readonly readsLeft: number
}

/** Enters the first step, and each further one that nobody is to see. `null`: all are done. */
export function begin(steps: readonly Step[]): Progress | null {
  const [first, ...rest] = steps
  if (first === undefined) return null
  first.enter()
  if (rest.length === 0) return null
  return first.reads > 0 ? { steps: rest, readsLeft: first.reads } : begin(rest)
}

/** To be called before each read is answered: counts it, or moves on. */
export function passRead(progress: Progress | null): Progress | null {
  if (progress === null) return null
  const current = progress.readsLeft > 0 ? progress : begin(progress.steps)
  return current === null ? null : { ...current, readsLeft: current.readsLeft - 1 }
}
