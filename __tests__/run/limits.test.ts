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
  it('F140 ends the work in time for the report, not before', () => {
    jest.useFakeTimers()
    const made = limits(0.5)
    jest.advanceTimersByTime(19_990)
    expect(made.signal.aborted).toBe(false)
    jest.advanceTimersByTime(10)
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
    await jest.advanceTimersByTimeAsync(1_500)
    await ended
    expect(jest.getTimerCount()).toBe(1)
  })

  it('G7 takes what the work has come to where it ends in time', async () => {
    const made = limits(1)
    process.emit('SIGINT', 'SIGINT')
    await expect(made.within(Promise.resolve('rows'))).resolves.toBe('rows')
  })

  it('F140 the report has 30 s of a long deadline, and a third of a short one', () => {
    jest.useFakeTimers()
    const long = limits(20)
    jest.advanceTimersByTime(20 * 60_000 - 30_001)
    expect(long.signal.aborted).toBe(false)
    jest.advanceTimersByTime(1)
    expect(long.signal.aborted).toBe(true)
  })

  it('F140 counts what the step took before', () => {
    jest.useFakeTimers()
    const made = runLimits(1, 30_000)
    open.push(made)
    jest.advanceTimersByTime(10_000)
    expect(made.signal.aborted).toBe(true)
  })

  it.each([
    [20, 30_000],
    [0.5, 10_000]
  ])('F140 of %d minutes, a report that hangs is given up after %d ms', async (minutes, milliseconds) => {
    jest.useFakeTimers()
    const reported = limits(minutes).reported(new Promise(() => undefined))
    let known: boolean | null = null
    void reported.then(is => (known = is))
    await jest.advanceTimersByTimeAsync(milliseconds - 1)
    expect(known).toBeNull()
    await jest.advanceTimersByTimeAsync(1)
    expect(known).toBe(false)
    expect(jest.getTimerCount()).toBe(1)
  })

  it('F140 the report of a run that came to its deadline ends with the step', async () => {
    jest.useFakeTimers()
    const made = limits(1)
    await jest.advanceTimersByTimeAsync(55_000)
    let known: boolean | null = null
    void made.reported(new Promise(() => undefined)).then(is => (known = is))
    await jest.advanceTimersByTimeAsync(5_001)
    expect(known).toBe(false)
  })

  it.each([true, false])('G7 a cancellation leaves the report 3 s, cancelled before it began: %s', async before => {
    jest.useFakeTimers()
    const made = limits(20)
    if (before) process.emit('SIGINT', 'SIGINT')
    let known: boolean | null = null
    void made.reported(new Promise(() => undefined)).then(is => (known = is))
    if (!before) process.emit('SIGINT', 'SIGINT')
    await jest.advanceTimersByTimeAsync(3_000)
    expect(known).toBe(false)
  })

  it('a report that is delivered in time is told so, one that fails rejects', async () => {
    const made = limits(1)
    await expect(made.reported(Promise.resolve())).resolves.toBe(true)
    await expect(made.reported(Promise.reject(new Error('x')))).rejects.toThrow('x')
  })
})
