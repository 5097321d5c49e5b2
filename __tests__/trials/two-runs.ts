/** Two runs that meet: one is stopped at a boundary while the other one runs to its end, then it goes on. */
import type { Call } from '../../emulators/aws/index.js'
import { openWorld, type Account } from './account.js'
import { copyWorld } from './copy-world.js'
import { deploy, outcomes, shortTiming, type Deployed, type DeployOptions } from './deploy.js'
import { fastClock } from './fast-clock.js'
import { holdings, ordered, type Reference, type Scenario } from './scenarios.js'
import { badLine, lineOf, numberOf, oneOf, scenarioOf, type Fields } from './trial-line.js'

/** `same`: both deploy one commit; `newer`: the second run's commit descends from the stopped one's. */
export type Meeting = 'same' | 'newer'

export interface Stop extends Scenario {
  readonly meeting: Meeting
  /** Which call of the first run, from 1, and on which side of its effect. */
  readonly call: number
  readonly moment: 'before' | 'after'
  readonly stale?: number
}

export interface StopResult {
  readonly bad: readonly string[]
  /** Versions of one content beside the one that counts. */
  readonly duplicates: number
}

export function stopsOf(scenario: Scenario, meeting: Meeting, reference: Reference): readonly Stop[] {
  return reference.calls.flatMap((_api, index) =>
    (['before', 'after'] as const).map(moment => ({ ...scenario, meeting, call: index + 1, moment }))
  )
}

// A stop must never look like a lost answer, however busy the machine is.
const patient = { ...shortTiming, attemptSeconds: 100, callSeconds: 120, publishSeconds: 100 }

export async function runStop(stop: Stop, reference: Reference): Promise<StopResult> {
  let onBoundary: (call: Call, moment: 'before' | 'after') => Promise<void> | undefined = () => undefined
  const account = await openWorld({ onBoundary: (call, moment) => onBoundary(call, moment) })
  try {
    const { emulator } = account
    copyWorld(reference.start, emulator.world)
    emulator.world.staleListReads = stop.stale ?? 0
    const door = await emulator.openDoor()
    const gate = gateAt(door.number, stop)
    onBoundary = gate.onBoundary
    // One time for both: the stopped process finds its clock moved on.
    // One branch, too: the newer commit is pushed while the first run is stopped.
    let branchTip = ordered(stop).commit ?? '1'
    const shared = { clock: fastClock(), timing: patient, tip: () => branchTip }
    const first = attempt({ ...ordered(stop), ...shared, endpoint: door.url, run: '101/1' })
    await Promise.race([gate.reached, first])
    const further = stop.meeting === 'newer' ? newer(stop) : ordered(stop)
    branchTip = further.commit ?? branchTip
    const second = await attempt({ ...further, ...shared, endpoint: emulator.url, run: '102/1' })
    gate.open()
    const runs = { first: await first, second }
    const third = await attempt({ ...further, endpoint: emulator.url, run: '103/1' })
    const bad = gate.hit() ? [] : ['the boundary was never reached']
    const found = check(account, stop, reference, [runs.first, runs.second, third])
    return {
      bad: [...bad, ...found.bad].map(text => badLine(stopLine(stop), [text])),
      duplicates: found.duplicates
    }
  } finally {
    await account.close()
  }
}

/** `engine=lambda layer=new meeting=same stopped=before call=7`, with ` stale=3` where lists lag behind */
function stopLine({ engine, layer, meeting, call, moment, stale }: Stop): string {
  return lineOf({ engine, layer, meeting, stopped: moment, call, stale })
}

export function stopOf(fields: Fields): Stop {
  return {
    ...scenarioOf(fields),
    meeting: oneOf<Meeting>(fields, 'meeting', ['same', 'newer']),
    moment: oneOf<Stop['moment']>(fields, 'stopped', ['before', 'after']),
    call: numberOf(fields, 'call'),
    stale: numberOf(fields, 'stale', 0)
  }
}

function newer(scenario: Scenario): DeployOptions {
  const { content, ...rest } = ordered(scenario)
  const changed = Object.fromEntries(Object.keys(content).map(id => [id, 'newer']))
  return { ...rest, content: changed, commit: '3' }
}

function gateAt(door: number, { call: nth, moment }: Stop) {
  let calls = 0
  let seq = 0
  let opened: () => void = () => undefined
  let arrived: () => void = () => undefined
  const opening = new Promise<void>(resolve => (opened = resolve))
  const reached = new Promise<void>(resolve => (arrived = resolve))
  return {
    reached,
    open: () => opened(),
    hit: () => seq > 0,
    onBoundary: (call: Call, at: 'before' | 'after') => {
      if (call.door !== door) return undefined
      if (at === 'before' && ++calls === nth) seq = call.seq
      if (call.seq !== seq || at !== moment) return undefined
      arrived()
      return opening
    }
  }
}

type Attempt = Deployed | Error

function attempt(options: DeployOptions): Promise<Attempt> {
  return deploy(options).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))))
}

function check(
  account: Account,
  stop: Stop,
  reference: Reference,
  runs: readonly [Attempt, Attempt, Attempt]
): StopResult {
  const bad: string[] = []
  const [first, second, third] = runs
  const told = (run: Attempt): string => (run instanceof Error ? String(run) : outcomes(run).join(', '))
  const story = `first ${told(first)} | second ${told(second)} | third ${told(third)}`
  const warnings = runs.flatMap(run => (run instanceof Error ? [] : run.warnings)).join('\n')
  const found = holdings(account, stop)[0]
  const wanted = reference.holdings[0]
  if (found === undefined || wanted === undefined) throw new Error('no holding')
  for (const run of runs) if (/INTERNAL/.test(told(run))) bad.push(`a run has a defect: ${story}`)
  if (second instanceof Error || !/^(published|unchanged) \d+$/.test(told(second))) bad.push(`the second run: ${story}`)
  if (!/^unchanged \d+$/.test(told(third))) bad.push(`the third run: ${story}`)
  if (!found.settled) bad.push(`something is left behind: ${story}`)

  const inOne = (version: number | null) => found.bytes[found.versions.indexOf(version ?? 0)]
  const before = new Set(reference.startVersions)
  const copies = found.versions.filter(version => !before.has(version) && inOne(version) === inOne(found.pointer))
  const duplicates = copies.filter(version => version !== found.pointer)
  if (inOne(found.pointer) === undefined) bad.push(`the record names ${found.pointer ?? 'no version'}: ${story}`)
  if (Math.min(...copies) !== found.pointer)
    bad.push(`version ${found.pointer ?? '-'} of ${copies.join(', ')} counts: ${story}`)
  for (const version of duplicates) {
    if (!new RegExp(`version[^\\n]*\\b${version}\\b[^\\n]*delete`).test(warnings))
      bad.push(`nobody tells of the duplicate ${version}: ${story}`)
  }
  const commit = found.record[2]
  if (stop.meeting === 'newer' && commit !== '3'.repeat(40)) bad.push(`an older run wrote over a newer one: ${story}`)
  if (stop.meeting === 'same' && inOne(found.pointer) !== wanted.bytes.at(-1)) bad.push(`other bytes: ${story}`)
  if (stop.meeting === 'same') {
    for (const run of [first, second]) {
      const version = /^(?:published|unchanged) (\d+)$/.exec(told(run))?.[1]
      if (version !== undefined && Number(version) !== found.pointer) bad.push(`the outputs differ: ${story}`)
    }
  }
  return { bad, duplicates: duplicates.length }
}
