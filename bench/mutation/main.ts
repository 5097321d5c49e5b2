/**
 * `npm run mutation`: every mutant of the files that decide what is written. `-- --area NAME`: those of another part, `--area all`: of every part, which
 * takes hours, as many of its tests ask the emulators. `--json` for another program. Fails below the threshold.
 */
import { parseArgs } from 'node:util'
import { deciding, otherAreas, type Area } from './areas.js'
import { mutantsOf, scoreOf } from './score.js'

const threshold = 0.9
const { values } = parseArgs({ options: { area: { type: 'string' }, json: { type: 'boolean' } } })

let [mutants, survived] = [0, 0]
for (const area of chosen(values.area)) {
  const score = await scoreOf(area, mutantsOf(area).mutants, ({ place, before, after }) => {
    if (values.json !== true) console.log(`${place}: ${before} → ${after}`)
  })
  const { tried, survivors } = score
  mutants += tried
  survived += survivors.length
  const percent = (100 * (1 - survivors.length / tried)).toFixed(1)
  if (values.json === true)
    console.log(JSON.stringify({ area: area.name, mutants: tried, survivors, score: 1 - survivors.length / tried }))
  else console.log(`${area.name}: ${tried} mutants, ${survivors.length} survived, score ${percent} %`)
}
process.exitCode = 1 - survived / mutants >= threshold ? 0 : 1

function chosen(name: string | undefined): readonly Area[] {
  if (name === undefined) return [deciding]
  const all = [deciding, ...otherAreas()]
  const named = name === 'all' ? all : all.filter(each => each.name === name)
  if (named.length === 0) throw new Error(`no area ${name}: ${all.map(each => each.name).join(', ')}, all`)
  return named
}
