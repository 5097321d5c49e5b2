/** The other side of `own-process.ts`: orders in, results out. */
import type { CanaryRounds } from './canary-rounds.js'
import { asOrdered } from '../support/own-process.js'
import type { Order } from './own-process.js'
import { runRounds, runStale, runStops, runTrials, type Figure, type Found } from './run-trials.js'

await asOrdered(async (orders: Readonly<Record<string, Order>>) => {
  const results: Record<string, Figure | Found | CanaryRounds> = {}
  for (const [name, order] of Object.entries(orders)) results[name] = await carriedOut(order)
  return results
})

async function carriedOut(order: Order): Promise<Figure | Found | CanaryRounds> {
  switch (order.kind) {
    case 'trials':
      return runTrials(order.scenarios, order.faults, order.every)
    case 'canaries':
      return (await import('./canary-rounds.js')).runCanaryRounds(order)
    case 'stops':
      return runStops(order.scenarios, order.meeting)
    case 'stale':
      return runStale(order.scenarios, order.stales)
    case 'rounds':
      return runRounds(order.scenarios, order.runs, order.stale)
  }
}
