/** Mutation score of the files that decide what is written: how many of their mutants the tests of those files notice. */
import { readFileSync } from 'node:fs'
import { register } from 'node:module'
import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'
import { withMutants, type Mutant } from './mutants.js'
import type { RegisteredTest } from './tests.js'

const root = resolve(import.meta.dirname, '../..')
const mutatedFiles = [
  'src/publish-layers/plan/guards.ts',
  'src/publish-layers/plan/plan.ts',
  'src/select-environment/select.ts',
  'src/detect-changes/changes.ts'
]
const testFiles = [
  '__tests__/publish-layers/plan/guards-words.test.ts',
  '__tests__/publish-layers/plan/guards.test.ts',
  '__tests__/publish-layers/plan/plan-access.test.ts',
  '__tests__/publish-layers/plan/plan-adjust.test.ts',
  '__tests__/publish-layers/plan/plan-document.test.ts',
  '__tests__/publish-layers/plan/stale-run.test.ts',
  '__tests__/publish-layers/plan/plan.test.ts',
  '__tests__/select-environment/select-words.test.ts',
  '__tests__/select-environment/select.test.ts',
  '__tests__/detect-changes/changes.test.ts'
]

export interface Score {
  readonly mutants: number
  readonly survivors: readonly Mutant[]
}

/** @throws Error where a test fails without any mutant */
export async function mutationScore(): Promise<Score> {
  const all: Mutant[] = []
  const files = new Map<string, string>()
  for (const file of mutatedFiles) {
    const path = resolve(root, file)
    const { code, mutants } = withMutants(file, readFileSync(path, 'utf8'), all.length + 1)
    all.push(...mutants)
    files.set(pathToFileURL(path).href, code)
  }
  const tests = new URL('tests.ts', import.meta.url).href
  register('./hooks.mjs', import.meta.url, { data: { files, tests } })
  const { registered } = (await import(tests)) as { registered: readonly RegisteredTest[] }
  for (const file of testFiles) await import(pathToFileURL(resolve(root, file)).href)
  const failing = await firstFailing(registered, 0)
  if (failing !== null) throw new Error(`without a mutant: ${failing}`)
  const survivors: Mutant[] = []
  for (const mutant of all) if ((await firstFailing(registered, mutant.id)) === null) survivors.push(mutant)
  return { mutants: all.length, survivors }
}

async function firstFailing(tests: readonly RegisteredTest[], mutant: number): Promise<string | null> {
  Object.assign(globalThis, { mutant })
  for (const { name, run } of tests) {
    try {
      await run()
    } catch (error) {
      return `${name}: ${String(error)}`
    }
  }
  return null
}
