/** One trial: a run is disturbed at one boundary, the next run must complete, a third one must find nothing to do. */
import type { Call, FaultKind } from '../../emulators/aws/index.js'
import { openWorld, type Account } from './account.js'
import { copyWorld } from './copy-world.js'
import { deploy, outcomes, shortTiming, type Deployed } from './deploy.js'
import { holdings, ordered, type Reference, type Scenario } from './scenarios.js'
import { lineOf, numberOf, oneOf, scenarioOf, type Fields } from './trial-line.js'

export const killKinds = ['kill-before', 'kill-after'] as const
/** Nine kinds, two of them before and after the effect each. */
export const faultKinds = [
  'throttle',
  'error-500-before',
  'error-500-after',
  'reset-before',
  'reset-after',
  'hang-before',
  'hang-after',
  'truncated',
  'garbage',
  'slow'
] as const satisfies readonly FaultKind[]
/** Which retries do not cure: one refusal for good, or the end of all answers. */
export const lastingKinds = ['denied', 'expired-token', 'outage', 'deaf'] as const

export type TrialFault = (typeof killKinds)[number] | (typeof faultKinds)[number] | (typeof lastingKinds)[number]

export interface Trial extends Scenario {
  readonly fault: TrialFault
  /** Which call of the run is hit, from 1. */
  readonly call: number
  /** How many lists do not show a new version yet. Default 0. */
  readonly stale?: number
}

export interface TrialResult {
  readonly trial: Trial
  /** What broke the promise; empty: nothing did. */
  readonly bad: readonly string[]
  /** What the disturbed run came to: `killed`, or its rows. */
  readonly first: string
}

export const neverHit = 'the fault never hit'

/** `engine=lambda layer=new fault=kill-after call=7`, with ` stale=3` where lists lag behind */
export function trialLine({ engine, layer, fault, call, stale }: Trial): string {
  return lineOf({ engine, layer, fault, call, stale })
}

export function trialOf(fields: Fields): Trial {
  const fault = oneOf<TrialFault>(fields, 'fault', [...killKinds, ...faultKinds, ...lastingKinds])
  return { ...scenarioOf(fields), fault, call: numberOf(fields, 'call'), stale: numberOf(fields, 'stale', 0) }
}

/** Every call of the scenario's undisturbed run with each of the faults. */
export function trialsOf(scenario: Scenario, reference: Reference, faults: readonly TrialFault[]): readonly Trial[] {
  return reference.calls.flatMap((_api, index) => faults.map(fault => ({ ...scenario, fault, call: index + 1 })))
}

export async function runTrial(trial: Trial, reference: Reference): Promise<TrialResult> {
  let onBoundary: (call: Call, moment: 'before' | 'after') => Promise<void> | undefined = () => undefined
  const account = await openWorld({ onBoundary: (call, moment) => onBoundary(call, moment) })
  try {
    copyWorld(reference.start, account.emulator.world)
    account.emulator.world.staleListReads = trial.stale ?? 0
    const disturbed = await disturb(account, trial, handler => (onBoundary = handler))
    onBoundary = () => undefined
    const bad = [...disturbed.bad, ...(await repeat(account, trial, reference))]
    return { trial, bad, first: disturbed.first }
  } catch (error) {
    return { trial, bad: [`the next run threw ${String(error)}`], first: '' }
  } finally {
    await account.close()
  }
}

type Boundary = (call: Call, moment: 'before' | 'after') => Promise<void> | undefined

/** The run that is disturbed; what it says of itself must be true. */
async function disturb(
  account: Account,
  trial: Trial,
  watch: (boundary: Boundary) => void
): Promise<Pick<TrialResult, 'bad' | 'first'>> {
  const { emulator } = account
  const door = await emulator.openDoor()
  const stop = new AbortController()
  let calls = 0
  let killed = false
  const moment = trial.fault === 'kill-before' ? 'before' : trial.fault === 'kill-after' ? 'after' : null
  watch((call, at) => {
    if (call.door !== door.number || (at === 'after' && call.seq > killSeq)) return undefined
    if (at === 'before' && ++calls === trial.call) killSeq = call.seq
    if (at !== moment || call.seq !== killSeq) return undefined
    killed = true
    // The door first: nothing that the process does while it ends reaches anybody.
    void door.shut()
    stop.abort(new Error('killed'))
    return new Promise<void>(() => undefined)
  })
  let killSeq = 0
  if (moment === null) addFault(account, trial)
  const timing = { ...shortTiming, connectSeconds: 1, attemptSeconds: 1.5, publishSeconds: 1.5, callSeconds: 6 }
  const run = await deploy({ ...ordered(trial), endpoint: door.url, signal: stop.signal, timing, run: '101/1' }).catch(
    (error: unknown) => (error instanceof Error ? error : new Error(String(error)))
  )
  await door.shut()
  if (moment !== null) return { bad: killed ? [] : [neverHit], first: 'killed' }
  const bad = isLasting(trial) || emulator.faults.pending().length === 0 ? [] : [neverHit]
  emulator.faults.clear()
  if (run instanceof Error) {
    const coded = /^CodedError: (?!INTERNAL)/.test(String(run))
    return { bad: [...bad, ...(coded ? [] : [`the disturbed run threw ${String(run)}`])], first: String(run) }
  }
  return { bad: [...bad, ...untruths(account, trial, run)], first: outcomes(run).join(', ') }
}

function isLasting({ fault }: Trial): boolean {
  return fault === 'outage' || fault === 'deaf'
}

function addFault({ emulator }: Account, { fault, call }: Trial): void {
  if (fault === 'kill-before' || fault === 'kill-after') return
  if (fault === 'outage') emulator.faults.add({ action: '*', nth: call, times: 10_000, kind: 'error-500-before' })
  else if (fault === 'deaf') emulator.faults.add({ action: '*', nth: call, times: 10_000, kind: 'reset-after' })
  else emulator.faults.add({ action: '*', nth: call, kind: fault, delayMilliseconds: 50 })
}

/** A row that says "published" without the version being there, an error without a code. */
function untruths(account: Account, trial: Trial, run: Deployed): readonly string[] {
  return run.rows.flatMap(row => {
    if (row.error?.code === 'INTERNAL') return [row.error.message]
    if (row.status !== 'published') return []
    const version = account.versions(row.layerName).find(({ version }) => version === row.version)
    return version === undefined ? [`it told of ${row.layerName} ${row.version ?? '-'}, which is not there`] : []
  })
}

/** The next run completes what the disturbed one left; the one after it finds nothing to do. */
async function repeat(account: Account, trial: Trial, reference: Reference): Promise<readonly string[]> {
  const endpoint = account.emulator.url
  const next = await deploy({ ...ordered(trial), endpoint, run: '102/1' })
  const bad: string[] = []
  const expect = (what: string, found: unknown, wanted: unknown): void => {
    const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)]
    if (a !== b) bad.push(`${what}: ${a}, not ${b}`)
  }
  const versionsOf = (rows: readonly string[]) => rows.map(row => row.replace(/^(published|unchanged) /, ''))
  expect('the next run', versionsOf(outcomes(next)), versionsOf(reference.outcomes))
  expect('the account', holdings(account, trial), reference.holdings)
  account.emulator.resetCalls()
  const third = await deploy({ ...ordered(trial), endpoint, run: '103/1' })
  expect('the third run', versionsOf(outcomes(third)), versionsOf(reference.outcomes))
  expect('its writes', account.writes(), [])
  if (account.emulator.defects.length > 0)
    bad.push(`defects of the emulator: ${account.emulator.defects.map(String).join('; ')}`)
  return bad
}
