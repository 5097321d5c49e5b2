import { describe, expect, it } from '@jest/globals'
import { commandSecondsOf } from '../../src/run/run.js'

describe('commandSecondsOf', () => {
  it.each([
    [0.05, 900],
    [20, 900],
    [60, 2700]
  ])('of a run of %s minutes one command may take %s seconds', (timeoutMinutes, seconds) => {
    expect(commandSecondsOf({ timeoutMinutes })).toBe(seconds)
  })
})
