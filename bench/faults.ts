/**
 * `npm run bench:faults`: what the engines make of kills, faults and each other, as a table.
 * `TRIAL='engine=… layer=… fault=… call=…'`, as a failing trial prints it, replays that one; arguments (`G1 G3`) choose figures; `--write` keeps the table in
 * docs/reliability.md.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { replay } from '../__tests__/trials/replay.js'
import { figures } from './faults/figures.js'

const page = resolve(import.meta.dirname, '../docs/reliability.md')
const [begin, end] = ['<!-- bench:faults -->', '<!-- /bench:faults -->']

process.exitCode = process.env['TRIAL'] === undefined ? await table() : await replayed(process.env['TRIAL'])
// What a killed run left waiting must not keep the bench alive.
process.exit()

async function replayed(line: string): Promise<number> {
  const { story, bad } = await replay(line)
  console.log(story)
  console.log(bad.length === 0 ? 'good' : bad.join('\n'))
  return bad.length === 0 ? 0 : 1
}

async function table(): Promise<number> {
  const chosen = process.argv.slice(2).filter(argument => argument.startsWith('G'))
  const rows = new Map<string, string>()
  const today = new Date().toISOString().slice(0, 10)
  let broken = 0
  for (const figure of figures) {
    const { id, what } = figure
    if (chosen.length > 0 && !chosen.includes(id)) continue
    const started = performance.now()
    const { trials, bad, note } = await figure.run()
    broken += bad.length
    for (const line of bad) console.error(line)
    const seconds = ((performance.now() - started) / 1000).toFixed(0)
    const row = `| ${id} | ${what} | ${trials} | ${bad.length} | ${note} | ${seconds} s | ${today} |`
    rows.set(id, row)
    console.error(row)
  }
  console.log(tableOf(rows))
  if (process.argv.includes('--write')) keep(rows)
  return broken === 0 ? 0 : 1
}

function tableOf(rows: ReadonlyMap<string, string>): string {
  const known = figures.flatMap(({ id }) => rows.get(id) ?? [])
  return [
    '| # | what is done | trials | bad | | time | measured |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...known
  ].join('\n')
}

/** Figures that were not measured now keep their row, and its date. */
function keep(measured: ReadonlyMap<string, string>): void {
  const before = readFileSync(page, 'utf8')
  const [from, to] = [before.indexOf(begin), before.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`${page} has no place for the table`)
  const kept = before.slice(from, to).match(/^\| G\d+ .*$/gm) ?? []
  const rows = new Map([...kept.map(row => [row.split(' ')[1] ?? '', row] as const), ...measured])
  const text = `With \`npm run bench:faults\`, Node ${process.version}.\n\n${tableOf(rows)}`
  writeFileSync(page, `${before.slice(0, from + begin.length)}\n\n${text}\n\n${before.slice(to)}`)
}
