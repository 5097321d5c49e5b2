/** G9: round after round of all that may go wrong, in a process of its own. */
import { openCanaryWorld } from './canaries.js'
import { mishaps } from './canary-mishaps.js'
import { badLine } from './trial-line.js'

export interface CanaryRounds {
  readonly runs: number
  readonly bad: readonly string[]
}

export interface Rounds {
  readonly from: number
  /** How many rounds. */
  readonly count: number
  /** The first round goes through dist/, too. */
  readonly bundle: boolean
}

export async function runCanaryRounds({ from, count, bundle }: Rounds): Promise<CanaryRounds> {
  const world = await openCanaryWorld()
  const bad: string[] = []
  let runs = 0
  try {
    for (let round = from; round < from + count; round++) {
      for (const mishap of mishaps.filter(({ every = 1 }) => round % every === 0)) {
        const made = [await world.run(mishap, round)]
        if (bundle && round === from) made.push(await world.runBundle(mishap, round))
        for (const { hits, exitCode } of made) {
          runs += 1
          const failed = mishap.exitCode !== null && exitCode !== mishap.exitCode ? [`it ended with ${exitCode}`] : []
          const line = `mishap=${mishap.name.replaceAll(' ', '-')} round=${round}`
          if (hits.length + failed.length > 0) bad.push(badLine(line, [...hits, ...failed]))
        }
      }
    }
  } finally {
    await world.close()
  }
  return { runs, bad }
}
