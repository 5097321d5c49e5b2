/** A month in a process of its own: an order in, what came of it out. */
import fc from 'fast-check'
import type { Engine } from '../../../src/model/index.js'
import { asOrdered } from '../../support/own-process.js'
import { counts, month, type Step } from './month-commands.js'
import { newModel, type Tree } from './month-model.js'
import { openMonthWorld, type MonthWorld } from './month-world.js'

export interface MonthOrder {
  readonly engine: Engine
  /** Of the first month; each further one has the next. */
  readonly seed: number
  /** So many at least, in as many months as that takes. */
  readonly steps: number
}
export interface MonthResult {
  readonly seeds: readonly number[]
  readonly steps: number
  readonly counts: Readonly<Record<string, number>>
  /** How to see it again, with the shortest month that shows it; `null`: all is well. */
  readonly failure: string | null
}

/** Longer ones shrink slowly. */
const longestMonth = 40
const first: Tree = { alpha: 0, beta: 1, description: '', note: 0 }

async function live(engine: Engine, steps: Iterable<Step>): Promise<void> {
  let world: MonthWorld | null = null
  try {
    const real = await openMonthWorld(engine, first)
    world = real
    const id = await real.commit('test', first)
    const start = { id, tree: first, parent: null }
    const model = newModel(start)
    model.tips.main = { id: await real.commit('main', first), tree: first, parent: null }
    for (const branch of ['test', 'main'] as const) await real.push(branch)
    model.pushed.main = model.tips.main
    await fc.asyncModelRun(() => ({ model, real }), steps)
  } finally {
    await world?.close()
  }
}

await asOrdered(async ({ engine, seed: firstSeed, steps: wanted }: MonthOrder): Promise<MonthResult> => {
  const property = fc.asyncProperty(month(longestMonth), steps => live(engine, steps))
  const made = (): number => [...counts.values()].reduce((sum, count) => sum + count, 0)
  const seeds: number[] = []
  let failure: string | null = null
  for (let seed = firstSeed; failure === null && made() < wanted; seed += 1) {
    seeds.push(seed)
    const details = await fc.check(property, { seed, numRuns: 1, interruptAfterTimeLimit: 600_000 })
    if (details.failed) failure = `${fc.defaultReportMessage(details) ?? ''}\n${String(details.errorInstance)}`
  }
  return { seeds, steps: made(), counts: Object.fromEntries([...counts].sort()), failure }
})
