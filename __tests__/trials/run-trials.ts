/** Many trials at once in this process, each in an account of its own. */
import pLimit, { type LimitFunction } from 'p-limit'
import { useCredentials } from './account.js'
import { hangsOf, runHang } from './hangs.js'
import { record, type Reference, type Scenario } from './scenarios.js'
import { runTogether } from './together.js'
import { neverHit, runTrial, trialLine, trialsOf, type TrialFault, type TrialResult } from './trial.js'
import { badLine } from './trial-line.js'
import { runStop, stopsOf, type Meeting } from './two-runs.js'

const atOnce = 12

export interface Figure {
  readonly trials: number
  /** One line for each trial that broke a promise, with what replays it. */
  readonly bad: readonly string[]
  readonly results: readonly TrialResult[]
}

/** @param every one trial out of so many; prime to the number of faults, so that each of them is met */
export async function runTrials(
  scenarios: readonly Scenario[],
  faults: readonly TrialFault[],
  every = 1
): Promise<Figure> {
  const restore = useCredentials()
  try {
    const limit = pLimit(atOnce)
    const results = await Promise.all(
      scenarios.map(async scenario => {
        const reference = await record(scenario)
        const trials = trialsOf(scenario, reference, faults).filter((_trial, index) => index % every === 0)
        return Promise.all(trials.map(trial => limit(() => runTrial(trial, reference))))
      })
    )
    return figureOf(withoutMisses(results.flat()))
  } finally {
    restore()
  }
}

export interface Found {
  readonly trials: number
  readonly bad: readonly string[]
  /** Versions that the API made unavoidable, each of them reported. */
  readonly duplicates: number
}

/** G4, G6: the first run is stopped at each boundary while the second one runs. */
export function runStops(scenarios: readonly Scenario[], meeting: Meeting, stale = 0): Promise<Found> {
  return inScenarios(scenarios, async (scenario, reference, limit) => {
    const stops = stopsOf(scenario, meeting, reference)
    return Promise.all(stops.map(stop => limit(() => runStop({ ...stop, stale }, reference))))
  })
}

/** G4: lists lag behind, and the answer to the publish is lost. */
export function runStale(scenarios: readonly Scenario[], stales: readonly number[]): Promise<Found> {
  const faults = ['kill-after', 'error-500-after', 'reset-after', 'hang-after', 'truncated', 'garbage'] as const
  return inScenarios(scenarios, async (scenario, reference, limit) => {
    const call = reference.calls.indexOf('lambda:PublishLayerVersion') + 1
    const trials = stales.flatMap(stale => faults.map(fault => ({ ...scenario, fault, call, stale })))
    const results = await Promise.all(trials.map(trial => limit(() => runTrial(trial, reference))))
    return results.map(result => ({ bad: badLines([result]), duplicates: 0 }))
  })
}

/** G3: one round for each number of runs. */
export function runRounds(scenarios: readonly Scenario[], runs: readonly number[], stale = 0): Promise<Found> {
  return inScenarios(scenarios, async (scenario, reference) => {
    const results: { bad: readonly string[]; duplicates: number }[] = []
    for (const count of runs) {
      results.push({ bad: await runTogether({ ...scenario, runs: count, stale }, reference), duplicates: 0 })
    }
    return results
  })
}

/** G8: each kind of call hangs for good. `seconds`: the longest run in which one did, in the time of the standard deadlines. */
export async function runHangs(scenarios: readonly Scenario[]): Promise<Found & { readonly seconds: number }> {
  let seconds = 0
  const found = await inScenarios(scenarios, async (scenario, reference, limit) => {
    const results = await Promise.all(hangsOf(scenario, reference).map(hang => limit(() => runHang(hang, reference))))
    seconds = Math.max(seconds, ...results.map(result => result.seconds))
    return results.map(({ bad }) => ({ bad, duplicates: 0 }))
  })
  return { ...found, seconds }
}

async function inScenarios(
  scenarios: readonly Scenario[],
  run: (
    scenario: Scenario,
    reference: Reference,
    limit: LimitFunction
  ) => Promise<readonly { readonly bad: readonly string[]; readonly duplicates: number }[]>
): Promise<Found> {
  const restore = useCredentials()
  try {
    const limit = pLimit(atOnce)
    const results: { readonly bad: readonly string[]; readonly duplicates: number }[] = []
    for (const scenario of scenarios) results.push(...(await run(scenario, await record(scenario), limit)))
    const duplicates = results.reduce((sum, result) => sum + result.duplicates, 0)
    return { trials: results.length, bad: results.flatMap(({ bad }) => bad), duplicates }
  } finally {
    restore()
  }
}

/**
 * How often a run polls depends on the machine: a call that this run never made is no boundary of it. Few are left out so;
 * were they many, the trials would prove nothing.
 */
function withoutMisses(results: readonly TrialResult[]): readonly TrialResult[] {
  const hits = results.filter(({ bad }) => !(bad.length === 1 && bad[0] === neverHit))
  return results.length - hits.length > results.length / 20 ? results : hits
}

function figureOf(results: readonly TrialResult[]): Figure {
  return { trials: results.length, bad: badLines(results), results }
}

function badLines(results: readonly TrialResult[]): readonly string[] {
  return results.flatMap(({ trial, bad }) => (bad.length === 0 ? [] : [badLine(trialLine(trial), bad)]))
}
