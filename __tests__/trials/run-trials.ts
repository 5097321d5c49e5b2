/** Many trials at once in this process, each in an account of its own. */
import pLimit from 'p-limit'
import { useCredentials } from './account.js'
import { record, type Scenario } from './scenarios.js'
import { runTrial, trialLine, trialsOf, type TrialFault, type TrialResult } from './trial.js'

const atOnce = 12

export interface Figure {
  readonly trials: number
  /** One line for each trial that broke a promise, with what replays it. */
  readonly bad: readonly string[]
  readonly results: readonly TrialResult[]
}

export async function runTrials(scenarios: readonly Scenario[], faults: readonly TrialFault[]): Promise<Figure> {
  const restore = useCredentials()
  try {
    const limit = pLimit(atOnce)
    const results = await Promise.all(
      scenarios.map(async scenario => {
        const reference = await record(scenario)
        return Promise.all(trialsOf(scenario, reference, faults).map(trial => limit(() => runTrial(trial, reference))))
      })
    )
    return figureOf(results.flat())
  } finally {
    restore()
  }
}

export function figureOf(results: readonly TrialResult[]): Figure {
  const bad = results.filter(({ bad }) => bad.length > 0).map(badLine)
  return { trials: results.length, bad, results }
}

/** What replays the trial comes first, and stays whole. */
function badLine({ trial, bad }: TrialResult): string {
  return `TRIAL='${trialLine(trial)}' npm run bench:faults: ${bad.join('; ').slice(0, 600)}`
}
