/** G8: AWS never answers again. */
import { expect, it } from '@jest/globals'
import { standardTiming } from '../../src/adapters/aws/client-options.js'
import { runHangs } from './run-trials.js'

it('G8 every call ends within 60 s with its retries', () => {
  expect(Math.max(...Object.values<number>({ ...standardTiming }))).toBeLessThanOrEqual(60)
})

it.each(['cloudformation', 'lambda'] as const)(
  'G8 %s: a call that hangs ends as DEADLINE_EXCEEDED, by its own deadline or by that of the step',
  async engine => {
    const { bad, trials } = await runHangs([{ engine, layer: 'existing' }])
    expect(bad).toEqual([])
    expect(trials).toBeGreaterThanOrEqual(10)
  },
  120_000
)
