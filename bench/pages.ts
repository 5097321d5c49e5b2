/** The figures of `npm run bench` where people read them: tables in bench/README.md and docs/scale.md, a chart in README.md. */
import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Results } from './results.js'
import type { ManyChanged } from './scale/many-changed.js'
import type { Timing } from './start-up.js'

const root = resolve(import.meta.dirname, '..')
const [begin, end] = ['<!-- bench -->', '<!-- /bench -->']

/** A column for each Node. */
export function timesTable(timings: readonly Timing[]): string {
  const runs = Object.keys(timings[0]?.times ?? {})
  return [
    `| run, as multiples of \`node -e 0\` | ${timings.map(({ node }) => `Node ${node}`).join(' | ')} |`,
    `| --- |${' --- |'.repeat(timings.length)}`,
    `| \`node -e 0\` | ${timings.map(({ floor }) => `${floor} ms`).join(' | ')} |`,
    ...runs.map(run => `| ${run} | ${timings.map(({ times }) => times[run]?.toFixed(2) ?? '–').join(' | ')} |`)
  ].join('\n')
}

/** Of the newest Node: what the runner has. */
function chart({ node, times }: Timing): string {
  const bars = Object.entries(times).filter(([run]) => !run.includes('layers'))
  return [
    '```mermaid',
    'xychart-beta horizontal',
    `  title "100 submodules, one of them moved: times node -e 0 (Node ${node.split('.')[0] ?? ''})"`,
    `  x-axis [${bars.map(([run]) => `"${run}"`).join(', ')}]`,
    `  y-axis 0 --> ${Math.ceil(Math.max(...bars.map(([, ratio]) => ratio)))}`,
    `  bar [${bars.map(([, ratio]) => ratio).join(', ')}]`,
    '```'
  ].join('\n')
}

export function manyChangedTable(runs: readonly ManyChanged[]): string {
  return [
    '| 100 layers, 200 ms a call | AWS calls | step, s | first write to last call, s | bound by the budgets, s | ratio |',
    '| --- | --- | --- | --- | --- | --- |',
    ...runs.map(({ run, awsCalls, seconds, publishSeconds, boundSeconds }) => {
      const [step, publish, bound] = [seconds, publishSeconds, boundSeconds].map(each => each.toFixed(1))
      return `| ${run} | ${awsCalls} | ${step} | ${publish} | ${bound} | ${(publishSeconds / boundSeconds).toFixed(2)} |`
    })
  ].join('\n')
}

export async function writePages({ measured, times, manyChanged }: Results): Promise<void> {
  await replace('bench/README.md', `Measured ${measured}, 2 cores.\n\n${timesTable(times)}`)
  await replace('docs/scale.md', manyChangedTable(manyChanged))
  const newest = times.at(-1)
  if (newest !== undefined) await replace('README.md', chart(newest))
}

async function replace(page: string, text: string): Promise<void> {
  const file = resolve(root, page)
  const before = await readFile(file, 'utf8')
  const [from, to] = [before.indexOf(begin), before.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`${page} has no place for the times`)
  const after = `${before.slice(0, from + begin.length)}\n\n${text}\n\n${before.slice(to)}`
  await writeFile(file, after)
}
