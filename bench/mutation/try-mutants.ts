/** The process of one area: makes one mutant after the other alive, and says which of them a test noticed. */
import type { Area } from './areas.js'
import { loadTests, type Message } from './score.js'

const { area, ids } = JSON.parse(process.argv[2] ?? '') as {
  readonly area: Area
  readonly ids: readonly number[]
}
const say = (message: Message): void => void process.send?.(message)
// What a mutant leaves unawaited is noticed, not the end of the process.
process.on('unhandledRejection', () => undefined)

Object.assign(globalThis, { mutant: 0 })
const firstFailure = await loadTests(area)
const failing = await firstFailure()
if (failing !== null) {
  console.error(`without a mutant: ${failing}`)
  process.exit(2)
}
for (const id of ids) {
  say({ began: id })
  Object.assign(globalThis, { mutant: id })
  const noticed = (await firstFailure()) !== null
  Object.assign(globalThis, { mutant: 0 })
  say({ ended: id, noticed })
}
process.exit(0)
