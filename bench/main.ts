/**
 * `npm run bench`: times as ratios within this run, and counts. `-- --peer paths-filter=PATH` runs that action's `dist/index.js` beside ours, `--rounds N` takes another number than
 * 25, `--write` keeps the ratios in bench/results.json and the tables of bench/README.md and README.md.
 */
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { nodeBinaries } from '../emulators/runner/index.js'
import { countCalls } from './calls.js'
import { measureComment } from './comment.js'
import { readResults, writeResults } from './results.js'
import { measureManyChanged } from './scale/many-changed.js'
import { measureStartUp, type Peer } from './start-up.js'
import { manyChangedTable, timesTable, writePages } from './pages.js'

const { values } = parseArgs({
  options: { peer: { type: 'string', multiple: true }, rounds: { type: 'string' }, write: { type: 'boolean' } }
})
const rounds = Number(values.rounds ?? 25)
if (!Number.isInteger(rounds) || rounds < 1)
  throw new Error(`expected --rounds N from 1 on, found ${values.rounds ?? ''}`)
const peers = (values.peer ?? []).map(peerOf)

const timings = await measureStartUp(nodeBinaries(), rounds, peers)
console.log(`${timesTable(timings)}\n`)
console.log('| run | AWS calls | of them looks | of them writes | GitHub calls |\n| --- | --- | --- | --- | --- |')
for (const { run, aws, polls, awsWrites, github } of await countCalls())
  console.log(`| ${run} | ${aws} | ${polls} | ${awsWrites} | ${github} |`)
const manyChanged = await measureManyChanged(100, 200)
console.log(`\n${manyChangedTable(manyChanged)}`)
if (values.write === true) {
  writeResults({ counts: {}, seconds: {}, times: timings, manyChanged })
  await writePages(readResults())
}
console.log(
  `\nA comment of 200 layers, rendered and merged (best of 25): ${measureComment(200, 25).toFixed(1)} ms, goal 50 ms`
)

function peerOf(given: string): Peer {
  const [, file = ''] = /^paths-filter=(.+)$/.exec(given) ?? []
  if (!existsSync(file)) throw new Error(`expected --peer paths-filter=PATH of its dist/index.js, found ${given}`)
  return { name: 'paths-filter', file }
}
