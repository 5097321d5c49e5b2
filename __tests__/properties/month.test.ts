/**
 * A team's month, step by step, with both engines: a small model says what must run where, and the accounts are compared with
 * it after each step. PROPERTY_SEED and PROPERTY_RUNS choose others, and more.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, it } from '@jest/globals'
import { runs } from '../support/property-runs.js'
import type { MonthOrder, MonthResult } from './month/month-main.js'

const seed = Number(process.env['PROPERTY_SEED'] ?? 31)

/** In a process of its own: within jest the same takes twice the processor's time. */
async function lived(order: MonthOrder): Promise<MonthResult> {
  const program = join(import.meta.dirname, 'month', 'month-main.ts')
  const child = spawn(process.execPath, ['--no-warnings', '--import', 'tsx', program, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // NODE_OPTIONS are jest's.
    env: { ...process.env, NODE_OPTIONS: '' }
  })
  const [printed, complaints] = await Promise.all([text(child.stdout), text(child.stderr)])
  if (printed === '') throw new Error(`the process of the month failed: ${complaints}`)
  return JSON.parse(printed) as MonthResult
}

it.each(['cloudformation', 'lambda'] as const)(
  'G10 what must run runs, engine %s',
  async engine => {
    const { steps, counts, failure } = await lived({ engine, seed, months: runs(1), steps: 40 })
    console.log(`a team's month, ${engine}: seed ${seed}, ${steps} steps: ${JSON.stringify(counts)}`)
    expect(failure).toBeNull()
    expect(steps).toBeGreaterThan(10)
  },
  900_000
)
