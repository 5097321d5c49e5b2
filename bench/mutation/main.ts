/** `npm run mutation`: the score, and every mutant that no test noticed. `--json` for another program. Fails below the threshold. */
import { mutationScore } from './score.js'

const threshold = 0.9
const { mutants, survivors } = await mutationScore()
const score = 1 - survivors.length / mutants
if (process.argv.includes('--json')) console.log(JSON.stringify({ mutants, survivors, score }))
else {
  for (const { place, before, after } of survivors) console.log(`${place}: ${before} → ${after}`)
  console.log(`${mutants} mutants, ${survivors.length} survived, score ${(score * 100).toFixed(1)} %`)
}
process.exitCode = score >= threshold ? 0 : 1
