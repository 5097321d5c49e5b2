/** Several deploys of one commit at once: one version, and outputs that agree. */
import { openWorld } from './account.js'
import { copyWorld } from './copy-world.js'
import { deploy, outcomes, shortTiming, type Deployed } from './deploy.js'
import { fastClock } from './fast-clock.js'
import { holdings, ordered, type Reference, type Scenario } from './scenarios.js'
import { badLine, lineOf, numberOf, scenarioOf, type Fields } from './trial-line.js'

export interface Round extends Scenario {
  readonly runs: number
  readonly stale?: number
}

/** Slow enough that a run which only waits for the processor is not taken for a dead one. */
const clockFactor = 20

export async function runTogether(round: Round, reference: Reference): Promise<readonly string[]> {
  const account = await openWorld()
  try {
    copyWorld(reference.start, account.emulator.world)
    account.emulator.world.staleListReads = round.stale ?? 0
    const timing = { ...shortTiming, attemptSeconds: 20, callSeconds: 40, publishSeconds: 20 }
    const runs = await Promise.all(
      Array.from({ length: round.runs }, (_, index) =>
        deploy({
          ...ordered(round),
          endpoint: account.emulator.url,
          run: `${200 + index}/1`,
          timing,
          clock: fastClock(clockFactor)
        }).catch(String)
      )
    )
    const told = runs.map(run => (typeof run === 'string' ? run : outcomes(run).join(', ')))
    const bad: string[] = []
    const versions = new Set(told.map(text => text.replace(/^(published|unchanged) /, '')))
    const wanted = reference.outcomes.map(text => text.replace(/^(published|unchanged) /, '')).join(', ')
    if (versions.size !== 1 || !versions.has(wanted))
      bad.push(`the outputs: ${[...new Set(told)].join(' | ')}, not ${wanted}`)
    const makers = runs.filter((run): run is Deployed => typeof run !== 'string').flatMap(({ warnings }) => warnings)
    if (makers.some(text => /published again/.test(text))) bad.push(`duplicates: ${makers.join(' | ')}`)
    const found = holdings(account, round)
    // Whose commit record and which run came first differs by nothing: all deploy one commit.
    if (JSON.stringify(found) !== JSON.stringify(reference.holdings)) bad.push(`the account: ${JSON.stringify(found)}`)
    return bad.map(text => badLine(roundLine(round), [text]))
  } finally {
    await account.close()
  }
}

/** `engine=lambda layer=existing runs=16`, with ` stale=3` where lists lag behind */
function roundLine({ engine, layer, runs, stale }: Round): string {
  return lineOf({ engine, layer, runs, stale })
}

export function roundOf(fields: Fields): Round {
  return { ...scenarioOf(fields), runs: numberOf(fields, 'runs'), stale: numberOf(fields, 'stale', 0) }
}
