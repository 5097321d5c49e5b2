/** The other side of `own-process.ts`: orders as JSON in, results as JSON out. */
import type { CanaryRounds } from './canary-rounds.js'
import type { Order } from './own-process.js'
import { runRounds, runStale, runStops, runTrials, type Figure, type Found } from './run-trials.js'

const orders = JSON.parse(process.argv[2] ?? '{}') as Readonly<Record<string, Order>>
const results: Record<string, Figure | Found | CanaryRounds> = {}
for (const [name, order] of Object.entries(orders)) results[name] = await carriedOut(order)
// What a killed run left waiting must not keep the process alive.
process.stdout.write(JSON.stringify(results), () => process.exit())

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
