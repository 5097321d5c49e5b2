import { afterEach, describe, expect, it, jest } from '@jest/globals'
import type { CodedError } from '../../src/model/errors.js'
import { runLimits, type RunLimits } from '../../src/run/limits.js'

const open: RunLimits[] = []
const limits = (minutes: number): RunLimits => {
  const made = runLimits(minutes)
  open.push(made)
  return made
}
afterEach(() => {
  for (const made of open.splice(0)) made.end()
  jest.useRealTimers()
})
const reasonOf = ({ signal }: RunLimits): CodedError => signal.reason as CodedError

describe('runLimits', () => {
  it('ends the run at its deadline, not before', () => {
    jest.useFakeTimers()
    const made = limits(0.5)
    jest.advanceTimersByTime(29_999)
    expect(made.signal.aborted).toBe(false)
    jest.advanceTimersByTime(1)
    expect(reasonOf(made).message).toMatch(/^DEADLINE_EXCEEDED: Expected the step to end within 0\.5 minutes, /)
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('%s cancels the run', signal => {
    const made = limits(20)
    process.emit(signal, signal)
    expect(reasonOf(made).message).toMatch(
      new RegExp(`^CANCELLED: .* found ${signal} from the runner. To fix: run again`)
    )
  })

  it('keeps the first reason', () => {
    const made = limits(20)
    process.emit('SIGINT', 'SIGINT')
    process.emit('SIGTERM', 'SIGTERM')
    expect(reasonOf(made).message).toContain('SIGINT')
  })

  it('leaves no handler and no timer behind', () => {
    jest.useFakeTimers()
    const before = process.listenerCount('SIGINT')
    const made = limits(1)
    expect(process.listenerCount('SIGINT')).toBe(before + 1)
    made.end()
    expect(process.listenerCount('SIGINT')).toBe(before)
    expect(jest.getTimerCount()).toBe(0)
    jest.advanceTimersByTime(120_000)
    expect(made.signal.aborted).toBe(false)
  })

  it('settles as the work does while nothing ends it', async () => {
    const made = limits(1)
    await expect(made.within(Promise.resolve(1))).resolves.toBe(1)
    await expect(made.within(Promise.reject(new Error('x')))).rejects.toThrow('x')
  })

  it.each([true, false])('G7 does not wait for work that hangs, cancelled before it began: %s', async before => {
    jest.useFakeTimers()
    const made = limits(1)
    if (before) process.emit('SIGINT', 'SIGINT')
    const waiting = made.within(new Promise<never>(() => undefined))
    const ended = expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' })
    if (!before) process.emit('SIGINT', 'SIGINT')
    await jest.advanceTimersByTimeAsync(1_000)
    await ended
    expect(jest.getTimerCount()).toBe(1)
  })

  it('G7 takes what the work has come to where it ends in time', async () => {
    const made = limits(1)
    process.emit('SIGINT', 'SIGINT')
    await expect(made.within(Promise.resolve('rows'))).resolves.toBe('rows')
  })
})
