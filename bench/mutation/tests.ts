/** What the tests use of jest, so that they can be run again and again within one process, one mutant after the other. */
import { createRequire } from 'node:module'

const require = createRequire(createRequire(import.meta.url).resolve('@jest/globals'))
const { jestExpect } = require('@jest/expect') as { jestExpect: unknown }

type Work = (...values: never[]) => unknown
type Run = () => unknown

interface Scope {
  readonly name: string
  readonly parts: ({ readonly test: string; readonly run: Run } | Scope)[]
  readonly hooks: Record<'beforeAll' | 'beforeEach' | 'afterEach' | 'afterAll', Run[]>
}

const scopeOf = (name: string): Scope => ({
  name,
  parts: [],
  hooks: { beforeAll: [], beforeEach: [], afterEach: [], afterAll: [] }
})
const files: Scope[] = []
let current = scopeOf('')

/** Until the next call, what is registered belongs to this file. */
export function beginFile(name: string): void {
  current = scopeOf(name)
  files.push(current)
}

/** The first test of each file that fails, and why; `null`: none. Hooks run as jest has them, anew each time. */
export function testFiles(): readonly (() => Promise<string | null>)[] {
  return files.map(file => () => failureIn(file, [], []))
}

async function failureIn(scope: Scope, before: readonly Run[], after: readonly Run[]): Promise<string | null> {
  const { beforeAll, beforeEach, afterEach, afterAll } = scope.hooks
  const [first, last] = [
    [...before, ...beforeEach],
    [...afterEach, ...after]
  ]
  try {
    for (const run of beforeAll) await run()
    for (const part of scope.parts) {
      const failure = 'run' in part ? await failureOf(part.run, first, last) : await failureIn(part, first, last)
      if (failure !== null) return `${scope.name} › ${'run' in part ? `${part.test}: ` : ''}${failure}`
    }
    return null
  } catch (error) {
    return `${scope.name}: ${String(error)}`
  } finally {
    for (const run of afterAll) await Promise.resolve(run()).catch(() => undefined)
  }
}

async function failureOf(run: Run, first: readonly Run[], last: readonly Run[]): Promise<string | null> {
  let failure: string | null = null
  try {
    for (const hook of first) await hook()
    await run()
  } catch (error) {
    failure = String(error)
  }
  try {
    for (const hook of last) await hook()
  } catch (error) {
    failure ??= String(error)
  }
  return failure
}

export const expect = jestExpect
/** Loaded by the few tests that replace a function. */
export const jest = new (require('jest-mock') as { ModuleMocker: new (scope: unknown) => unknown }).ModuleMocker(
  globalThis
)

export const beforeAll = (run: Run): void => void current.hooks.beforeAll.push(run)
export const beforeEach = (run: Run): void => void current.hooks.beforeEach.push(run)
export const afterEach = (run: Run): void => void current.hooks.afterEach.push(run)
export const afterAll = (run: Run): void => void current.hooks.afterAll.push(run)

export const describe = Object.assign(
  (name: string, work: () => void): void => {
    const outer = current
    current = scopeOf(name)
    outer.parts.push(current)
    work()
    current = outer
  },
  {
    each: (rows: readonly unknown[]) => (name: string, work: Work) =>
      rows.forEach(row => describe(name, bound(work, row)))
  }
)

export const it = Object.assign(
  (name: string, run: Run): void => {
    current.parts.push({ test: name, run })
  },
  { each: (rows: readonly unknown[]) => (name: string, work: Work) => rows.forEach(row => it(name, bound(work, row))) }
)
export const test = it

function bound(work: Work, row: unknown): () => void {
  return () => work(...((Array.isArray(row) ? row : [row]) as never[])) as undefined
}
