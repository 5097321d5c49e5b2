/** A month in a process of its own: orders as JSON in, what came of it as JSON out. */
import fc from 'fast-check'
import type { Engine } from '../../../src/model/index.js'
import { counts, month } from './month-commands.js'
import { newModel, type Tree } from './month-model.js'
import { openMonthWorld, type MonthWorld } from './month-world.js'

export interface MonthOrder {
  readonly engine: Engine
  readonly seed: number
  readonly months: number
  readonly steps: number
}
export interface MonthResult {
  readonly steps: number
  readonly counts: Readonly<Record<string, number>>
  /** How to see it again, with the shortest month that shows it; `null`: all is well. */
  readonly failure: string | null
}

const order = JSON.parse(process.argv[2] ?? '{}') as MonthOrder
const first: Tree = { alpha: 0, beta: 1, description: '', note: 0 }

const property = fc.asyncProperty(month(order.steps), async steps => {
  let world: MonthWorld | null = null
  try {
    const real = await openMonthWorld(order.engine, first)
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
})
const details = await fc.check(property, { seed: order.seed, numRuns: order.months, interruptAfterTimeLimit: 600_000 })
const failure = details.failed ? (fc.defaultReportMessage(details) ?? 'failed') : null
const result: MonthResult = {
  steps: [...counts.values()].reduce((sum, count) => sum + count, 0),
  counts: Object.fromEntries([...counts].sort()),
  failure
}
process.stdout.write(JSON.stringify(result), () => process.exit())
