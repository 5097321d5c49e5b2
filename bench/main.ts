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
import { timesTable, writeTimes } from './times-page.js'

const { values } = parseArgs({
  options: { peer: { type: 'string', multiple: true }, rounds: { type: 'string' }, write: { type: 'boolean' } }
})
const rounds = Number(values.rounds ?? 25)
if (!Number.isInteger(rounds) || rounds < 1)
  throw new Error(`expected --rounds N from 1 on, found ${values.rounds ?? ''}`)
const peers = (values.peer ?? []).map(peerOf)

const timings = await measureStartUp(nodeBinaries(), rounds, peers)
console.log(`${timesTable(timings)}\n`)
if (values.write === true) {
  writeResults({ counts: {}, seconds: {}, times: timings })
  await writeTimes(readResults())
}
console.log('| run | AWS calls | of them looks | of them writes | GitHub calls |\n| --- | --- | --- | --- | --- |')
for (const { run, aws, polls, awsWrites, github } of await countCalls())
  console.log(`| ${run} | ${aws} | ${polls} | ${awsWrites} | ${github} |`)
console.log(
  '\n| 100 layers, 200 ms a call | AWS calls | step, s | first write to last call, s | bound by the budgets, s | ratio |'
)
console.log('| --- | --- | --- | --- | --- | --- |')
for (const { run, awsCalls, seconds, publishSeconds, boundSeconds } of await measureManyChanged(100, 200)) {
  const [step, publish, bound] = [seconds, publishSeconds, boundSeconds].map(each => each.toFixed(1))
  console.log(
    `| ${run} | ${awsCalls} | ${step} | ${publish} | ${bound} | ${(publishSeconds / boundSeconds).toFixed(2)} |`
  )
}
console.log(
  `\nA comment of 200 layers, rendered and merged (best of 25): ${measureComment(200, 25).toFixed(1)} ms, goal 50 ms`
)

function peerOf(given: string): Peer {
  const [, file = ''] = /^paths-filter=(.+)$/.exec(given) ?? []
  if (!existsSync(file)) throw new Error(`expected --peer paths-filter=PATH of its dist/index.js, found ${given}`)
  return { name: 'paths-filter', file }
}
