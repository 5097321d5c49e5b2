/** `npm run bench:check [-- --write] [-- LAYERS]`: counts and sizes that got worse by more than 15 % against bench/results.json fail. */
import { measureCounts } from './counts.js'
import { readResults, worse, writeResults } from './results.js'

const found = await measureCounts(1_000)
if (process.argv.includes('--write')) writeResults(found)
const lines = worse(readResults().counts, found.counts)
for (const [name, value] of Object.entries(found.counts)) console.log(`${name}: ${value}`)
for (const [name, value] of Object.entries(found.seconds)) console.log(`${name}: ${value} s (not compared)`)
for (const line of lines) console.error(`worse: ${line}`)
if (lines.length > 0) process.exitCode = 1
