/**
 * `npm run mutation`: every mutant of the files that decide what is written. `-- --area NAME`: those of another part, `--area quick`: of those whose tests take
 * seconds, `--area all`: of every part, which takes hours, as many tests ask the emulators; `--sample N` tries N of each area, drawn by `--seed`. `--json` for another program. Fails below the threshold.
 */
import { parseArgs } from 'node:util'
import { deciding, otherAreas, quickAreas, type Area } from './areas.js'
import type { Mutant } from './mutants.js'
import { mutantsOf, scoreOf } from './score.js'
import { seededRandom } from '../seeded-random.js'

const threshold = 0.9
const { values } = parseArgs({
  options: {
    area: { type: 'string' },
    sample: { type: 'string' },
    seed: { type: 'string' },
    json: { type: 'boolean' }
  }
})
const sample = values.sample === undefined ? Infinity : wholeNumber('--sample', values.sample)
const seed = values.seed === undefined ? 1 : wholeNumber('--seed', values.seed)
if (values.seed !== undefined && values.sample === undefined)
  throw new Error('Expected --sample beside --seed, found none')

let [mutants, survived] = [0, 0]
for (const area of chosen(values.area)) {
  const score = await scoreOf(area, drawn(mutantsOf(area).mutants), ({ place, before, after }) => {
    if (values.json !== true) console.log(`${place}: ${before} → ${after}`)
  })
  const { tried, asLoaded, survivors } = score
  mutants += tried
  survived += survivors.length
  const noticed = shareNoticed(tried, survivors.length)
  if (values.json === true)
    console.log(JSON.stringify({ area: area.name, mutants: tried, asLoaded, survivors, score: noticed }))
  else {
    const left = asLoaded === 0 ? '' : `, ${asLoaded} that act only while modules load not tried`
    console.log(
      `${area.name}: ${tried} mutants, ${survivors.length} survived, score ${(100 * noticed).toFixed(1)} %${left}`
    )
  }
}
process.exitCode = shareNoticed(mutants, survived) >= threshold ? 0 : 1

/** From 0 to 1; of none all are. */
function shareNoticed(tried: number, survivors: number): number {
  return tried === 0 ? 1 : 1 - survivors / tried
}

/** As many as `--sample` says, each mutant as likely as any other, in the order of the files. */
function drawn(mutants: readonly Mutant[]): readonly Mutant[] {
  if (mutants.length <= sample) return mutants
  const random = seededRandom(seed)
  const keyed = mutants.map(mutant => ({ mutant, key: random() })).sort((one, other) => one.key - other.key)
  const ids = new Set(keyed.slice(0, sample).map(({ mutant }) => mutant.id))
  return mutants.filter(({ id }) => ids.has(id))
}

function wholeNumber(name: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new Error(`Expected ${name} to be a whole number from 1, found ${JSON.stringify(text)}`)
}

function chosen(name: string | undefined): readonly Area[] {
  if (name === undefined) return [deciding]
  if (name === 'quick') return quickAreas()
  const all = [deciding, ...otherAreas()]
  const named = name === 'all' ? all : all.filter(each => each.name === name)
  if (named.length === 0) throw new Error(`no area ${name}: ${all.map(each => each.name).join(', ')}, quick, all`)
  return named
}
