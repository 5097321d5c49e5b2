/** What every run on hostile input must come to: an end in time and little memory, told by its code, and nothing written. */
import { expect } from '@jest/globals'
import type { RunOutcome } from '../../emulators/runner/index.js'
import type { ActionWorld } from '../support/action-world.js'
import { codesOf, errorsOf } from './reading.js'

/** What a run of this bundle needs, and no more. */
export const littleMemory = { NODE_OPTIONS: '--max-old-space-size=192' }
/** On a machine that does ten other things; alone each takes a second or two. */
const mostMilliseconds = 45_000

/** Neither a defect nor a hang, whatever else it came to. */
export function expectBounded(outcome: RunOutcome): void {
  const lines = [...errorsOf(outcome), ...codesOf(outcome)]
  expect(lines.filter(line => /INTERNAL|heap out of memory/.test(line))).toEqual([])
  expect({ timedOut: outcome.timedOut, stderr: outcome.stderr.slice(0, 2_000) }).toEqual({
    timedOut: false,
    stderr: ''
  })
  expect([0, 1]).toContain(outcome.exitCode)
  expect(outcome.durationMs).toBeLessThan(mostMilliseconds)
  // What is told stays readable: a line that repeats its input would be as long.
  for (const line of errorsOf(outcome)) expect(line.length).toBeLessThan(4_000)
  expect(outcome.summary.length).toBeLessThan(1024 * 1024)
}

/** @param codes one of them is its code */
export function expectRefused(world: ActionWorld, outcome: RunOutcome, codes: readonly string[]): void {
  expectBounded(outcome)
  expect({ exitCode: outcome.exitCode, errors: errorsOf(outcome).map(line => line.slice(0, 300)) }).toMatchObject({
    exitCode: 1
  })
  expect(codes).toContain(codesOf(outcome)[0])
  // An upload under the condition that nothing lies there, which S3 refuses, is none.
  expect(world.aws.writes().flatMap(({ api, accepted }) => (accepted ? [api] : []))).toEqual([])
}

/**
 * The cases of that name; all of them where PROPERTY_RUNS asks for more than CI has time for: each is a run of its own.
 * @throws Error for a name that no case has
 */
export function chosen<Case extends readonly [string, ...unknown[]]>(
  cases: readonly Case[],
  ...names: readonly string[]
): readonly Case[] {
  const found = cases.filter(([name]) => names.includes(name))
  if (found.length !== names.length) throw new Error(`no such cases: ${names.join(', ')}`)
  return process.env['PROPERTY_RUNS'] === undefined ? found : cases
}
