/** What the tests of pure files use of jest, so that they can be run again and again within one process. */
import { createRequire } from 'node:module'

const require = createRequire(createRequire(import.meta.url).resolve('@jest/globals'))
const { jestExpect } = require('@jest/expect') as { jestExpect: unknown }

type Work = (...values: never[]) => unknown
export interface RegisteredTest {
  readonly name: string
  readonly run: () => unknown
}
export const registered: RegisteredTest[] = []
const path: string[] = []

export const expect = jestExpect

export const describe = Object.assign(
  (name: string, work: () => void): void => {
    path.push(name)
    work()
    path.pop()
  },
  {
    each: (rows: readonly unknown[]) => (name: string, work: Work) =>
      rows.forEach(row => describe(name, bound(work, row)))
  }
)

export const it = Object.assign(
  (name: string, work: () => unknown): void => {
    registered.push({ name: [...path, name].join(' › '), run: work })
  },
  { each: (rows: readonly unknown[]) => (name: string, work: Work) => rows.forEach(row => it(name, bound(work, row))) }
)
export const test = it

function bound(work: Work, row: unknown): () => void {
  return () => work(...((Array.isArray(row) ? row : [row]) as never[])) as undefined
}
