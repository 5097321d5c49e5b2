/** What can be compared on every machine: calls of whole runs, and the sizes of what is shipped. */
import { readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { countCalls } from './calls.js'
import { measureScale, type ScaleRun } from './scale/measure.js'

export interface Measured {
  readonly counts: Readonly<Record<string, number>>
  readonly seconds: Readonly<Record<string, number>>
}

export async function measureCounts(layers: number): Promise<Measured> {
  const calls = await countCalls()
  const scale = await measureScale(layers)
  return {
    counts: {
      ...Object.fromEntries(
        calls.flatMap(({ run, aws, polls, github }) => [
          [`AWS calls: ${run}`, aws - polls] as const,
          [`GitHub calls: ${run}`, github] as const
        ])
      ),
      ...Object.fromEntries(scale.flatMap(countsOf)),
      'bytes: dist/, JavaScript': javaScriptBytes(),
      'bytes: dist/index.js': statSync(resolve(dist, 'index.js')).size
    },
    seconds: Object.fromEntries(scale.map(({ run, seconds }) => [run, seconds]))
  }
}

function countsOf({ run, awsCalls, githubCalls }: ScaleRun) {
  return [[`AWS calls: ${run}`, awsCalls] as const, [`GitHub calls: ${run}`, githubCalls] as const]
}

const dist = resolve(import.meta.dirname, '../dist')

function javaScriptBytes(): number {
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' })
  return files.filter(name => name.endsWith('.js')).reduce((sum, name) => sum + statSync(join(dist, name)).size, 0)
}
