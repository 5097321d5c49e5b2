import { expect, it } from '@jest/globals'
import { rateBudget } from '../../../src/adapters/aws/calls.js'
import type { Clock } from '../../../src/ports/process.js'

/** Time moves only when it is told to; sleeping is recorded. */
function stillClock(): Clock & { time: number; slept: number[] } {
  const clock = {
    time: 1_000_000,
    slept: [] as number[],
    now: () => clock.time,
    sleep: (milliseconds: number) => {
      clock.slept.push(milliseconds)
      return Promise.resolve()
    }
  }
  return clock
}

it('F51 lets as many requests out at once as a second holds, and queues the others evenly', async () => {
  const clock = stillClock()
  const budget = rateBudget(15, clock)
  const { signal } = new AbortController()
  for (let request = 0; request < 15; request++) await budget(signal)
  expect(clock.slept).toEqual([])
  for (let request = 0; request < 30; request++) await budget(signal)
  expect(clock.slept).toHaveLength(30)
  expect(clock.slept[0]).toBeCloseTo(1000 / 15)
  expect(clock.slept.at(-1)).toBeCloseTo(2000)
})

it('F51 a pause fills the budget again, but never above one second', async () => {
  const clock = stillClock()
  const budget = rateBudget(15, clock)
  const { signal } = new AbortController()
  for (let request = 0; request < 15; request++) await budget(signal)
  clock.time += 60_000
  for (let request = 0; request < 16; request++) await budget(signal)
  expect(clock.slept).toHaveLength(1)
})
