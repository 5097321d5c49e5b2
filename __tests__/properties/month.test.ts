/**
 * A team's months, 300 steps with both engines: a small model says what must run where, and the accounts are compared with
 * it after each step. PROPERTY_SEED and MONTH_STEPS choose others, and more.
 */
import { join } from 'node:path'
import { beforeAll, expect, it } from '@jest/globals'
import { inOwnProcess } from '../support/own-process.js'
import type { MonthOrder, MonthResult } from './month/month-main.js'

const seed = Number(process.env['PROPERTY_SEED'] ?? 31)
/** With each engine. */
const steps = Number(process.env['MONTH_STEPS'] ?? 150)

const program = join(import.meta.dirname, 'month', 'month-main.ts')

const firstSeeds = { cloudformation: seed, lambda: seed + 100 }
/** Beside each other: they wait more than they work. */
let months: Readonly<Record<keyof typeof firstSeeds, Promise<MonthResult>>>
beforeAll(() => {
  const lived = (engine: keyof typeof firstSeeds): Promise<MonthResult> =>
    inOwnProcess(program, { engine, seed: firstSeeds[engine], steps } satisfies MonthOrder)
  months = { cloudformation: lived('cloudformation'), lambda: lived('lambda') }
})

it.each(['cloudformation', 'lambda'] as const)(
  'G10 what must run runs, engine %s',
  async engine => {
    const { seeds, steps: made, counts, failure } = await months[engine]
    console.log(`a team's months, ${engine}: seeds ${seeds.join(', ')}: ${made} steps: ${JSON.stringify(counts)}`)
    expect(failure).toBeNull()
    expect(made).toBeGreaterThanOrEqual(steps)
  },
  1_800_000
)
