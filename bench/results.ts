/** The figures that are committed: counts and sizes, which are the same on every machine, and seconds, which are not. */
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ManyChanged } from './scale/many-changed.js'
import type { Timing } from './start-up.js'

export interface Results {
  /** Of the machine that measured last. */
  readonly node: string
  readonly measured: string
  /** Calls and bytes. */
  readonly counts: Readonly<Record<string, number>>
  readonly seconds: Readonly<Record<string, number>>
  /** For each Node; they vary by machine, but are ratios of one run. */
  readonly times: readonly Timing[]
  readonly manyChanged: readonly ManyChanged[]
}

const file = resolve(import.meta.dirname, 'results.json')
/** A figure may get worse by so much. */
const tolerance = 1.15

export function readResults(): Results {
  return JSON.parse(readFileSync(file, 'utf8')) as Results
}

/** What was measured takes the place of what the file has under the same name; the rest of it stays. */
export function writeResults(
  found: Pick<Results, 'counts' | 'seconds'> & Partial<Pick<Results, 'times' | 'manyChanged'>>
): void {
  const before = readResults()
  const results: Results = {
    node: process.version,
    measured: new Date().toISOString().slice(0, 10),
    counts: { ...before.counts, ...found.counts },
    seconds: { ...before.seconds, ...found.seconds },
    times: found.times ?? before.times,
    manyChanged: found.manyChanged ?? before.manyChanged
  }
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`)
}

/** One line for each figure that got worse, or that nobody has committed. */
export function worse(
  committed: Readonly<Record<string, number>>,
  found: Readonly<Record<string, number>>
): readonly string[] {
  return Object.entries(found).flatMap(([name, value]) => {
    const before = committed[name]
    if (before === undefined) return [`${name}: ${value}, and bench/results.json has no such figure`]
    return value > before * tolerance ? [`${name}: ${value}, committed ${before}`] : []
  })
}
