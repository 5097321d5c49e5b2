/** The process of one area: makes one mutant after the other alive, and says which of them a test noticed. */
import type { Area } from './areas.js'
import { loadTests, type Fate, type Message } from './score.js'

const { area, ids } = JSON.parse(process.argv[2] ?? '') as {
  readonly area: Area
  readonly ids: readonly number[]
}
const say = (message: Message): void => void process.send?.(message)
// What a mutant leaves unawaited is noticed, not the end of the process.
process.on('unhandledRejection', () => undefined)

let mutant = 0
let reached = new Set<number>()
Object.assign(globalThis, {
  isAlive: (id: number) => {
    reached.add(id)
    return id === mutant
  }
})
const tests = await loadTests(area)
const whileLoading = reached

/** A mutant is shown to the test files that evaluate its place, the fastest first. */
const files: {
  readonly run: () => Promise<string | null>
  readonly reached: ReadonlySet<number>
  readonly took: number
}[] = []
for (const run of tests) {
  reached = new Set()
  const started = performance.now()
  const failure = await run()
  if (failure !== null) {
    console.error(`without a mutant: ${failure}`)
    process.exit(2)
  }
  files.push({ run, reached, took: performance.now() - started })
  say({ passed: area.tests[files.length - 1] ?? '' })
}
files.sort((one, other) => one.took - other.took)

for (const id of ids) {
  say({ began: id })
  say({ ended: id, fate: await fateOf(id) })
}
process.exit(0)

async function fateOf(id: number): Promise<Fate> {
  const asked = files.filter(file => file.reached.has(id))
  if (asked.length === 0 && whileLoading.has(id)) return 'as-loaded'
  mutant = id
  try {
    for (const { run } of asked) if ((await run()) !== null) return 'noticed'
    return 'survived'
  } finally {
    mutant = 0
  }
}
