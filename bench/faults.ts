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
  const rows: string[] = []
  let broken = 0
  for (const figure of figures) {
    const { id, what } = figure
    if (chosen.length > 0 && !chosen.includes(id)) continue
    const started = performance.now()
    const { trials, bad, note } = await figure.run()
    broken += bad.length
    for (const line of bad) console.error(line)
    const seconds = ((performance.now() - started) / 1000).toFixed(0)
    rows.push(`| ${id} | ${what} | ${trials} | ${bad.length} | ${note} | ${seconds} s |`)
    console.error(rows.at(-1))
  }
  const measured = `Measured ${new Date().toISOString().slice(0, 10)} with \`npm run bench:faults\`, Node ${process.version}.`
  const text = [
    measured,
    '',
    '| # | what is done | trials | bad | | time |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows
  ]
  console.log(text.join('\n'))
  if (process.argv.includes('--write')) keep(text.join('\n'))
  return broken === 0 ? 0 : 1
}

function keep(text: string): void {
  const before = readFileSync(page, 'utf8')
  const [from, to] = [before.indexOf(begin), before.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`${page} has no place for the table`)
  writeFileSync(page, `${before.slice(0, from + begin.length)}\n\n${text}\n\n${before.slice(to)}`)
}
