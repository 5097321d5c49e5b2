/** One trial alone, of whatever figure, as its line names it. */
import { openAccount, useCredentials } from './account.js'
import { interruptionOf, openCancellationWorld } from './cancellation.js'
import { hangOf, runHang } from './hangs.js'
import { record } from './scenarios.js'
import { roundOf, runTogether } from './together.js'
import { runTrial, trialOf } from './trial.js'
import { fieldsOf, type Fields } from './trial-line.js'
import { runStop, stopOf } from './two-runs.js'
import { tryWrongPlace, wrongPlaceOf } from './wrong-places.js'

export interface Replayed {
  /** What broke the promise; empty: nothing did. */
  readonly bad: readonly string[]
  /** What else there is to tell. */
  readonly story: string
}

export async function replay(line: string): Promise<Replayed> {
  const restore = useCredentials()
  try {
    return await replayed(fieldsOf(line))
  } finally {
    restore()
  }
}

async function replayed(fields: Fields): Promise<Replayed> {
  if (fields.has('fault')) {
    const trial = trialOf(fields)
    const { bad, first } = await runTrial(trial, await record(trial))
    return { bad, story: `the disturbed run: ${first}` }
  }
  if (fields.has('meeting')) {
    const stop = stopOf(fields)
    const { bad, duplicates } = await runStop(stop, await record(stop))
    return { bad, story: `${duplicates} duplicates` }
  }
  if (fields.has('runs')) {
    const round = roundOf(fields)
    return { bad: await runTogether(round, await record(round)), story: `${round.runs} runs at once` }
  }
  if (fields.has('hangs')) {
    const hang = hangOf(fields)
    const { bad, seconds } = await runHang(hang, await record(hang))
    return { bad, story: `${seconds.toFixed(0)} s in the time of the standard deadlines` }
  }
  if (fields.has('place')) {
    const { engine, place } = wrongPlaceOf(fields)
    const account = await openAccount()
    const found = await tryWrongPlace(account, engine, place).finally(() => account.close())
    return { bad: found === null ? [] : [found], story: place.name }
  }
  if (fields.has('mishap')) return replayCanaries(fields)
  if (fields.has('signal')) return replayInterruption(fields)
  throw new Error('TRIAL: one of fault, meeting, runs, hangs, place, mishap, signal says what is tried')
}

async function replayCanaries(fields: Fields): Promise<Replayed> {
  const [{ openCanaryWorld }, { mishaps }] = await Promise.all([import('./canaries.js'), import('./canary-mishaps.js')])
  const mishap = mishaps.find(({ name }) => name.replaceAll(' ', '-') === fields.get('mishap'))
  const [first] = mishaps
  if (mishap === undefined || first === undefined) throw new Error('TRIAL: no such mishap')
  const world = await openCanaryWorld()
  try {
    // What went before it: a layer that is there.
    await world.run(first, 0)
    const { hits, exitCode } = await world.run(mishap, Number(fields.get('round')))
    return { bad: hits, story: `it ended with ${exitCode}` }
  } finally {
    await world.close()
  }
}

async function replayInterruption(fields: Fields): Promise<Replayed> {
  const { engine, number, signal } = interruptionOf(fields)
  const world = await openCancellationWorld(engine)
  try {
    const boundary = (await world.record()).find(boundary => boundary.number === number)
    if (boundary === undefined) return { bad: [`the run has no boundary ${number}`], story: '' }
    const { findings, endedAfter } = await world.interrupt({ ...boundary, signal })
    const ended = endedAfter === null ? 'ended before it' : `ended ${endedAfter} ms after it`
    return { bad: findings, story: `${signal} at ${boundary.name}: the run ${ended}` }
  } finally {
    await world.close()
  }
}
