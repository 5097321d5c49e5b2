import { expect, it } from '@jest/globals'
import { workSlots } from '../../../src/publish-layers/apply/work-slots.js'
import type { Clock } from '../../../src/ports/process.js'

/** Sleeps end when they are told to. */
function heldClock() {
  const sleeping: { wake: () => void; fail: (error: Error) => void }[] = []
  const clock: Clock = {
    now: () => 0,
    sleep: () => new Promise((resolve, reject) => sleeping.push({ wake: resolve, fail: reject }))
  }
  return { clock, sleeping }
}
const turn = () => new Promise(resolve => setImmediate(resolve))

it('F147 a step that sleeps lets another work, and goes on when it wakes whatever that one does', async () => {
  const { clock, sleeping } = heldClock()
  const slots = workSlots(1, clock)
  const order: string[] = []
  let end = (): void => undefined
  const first = slots.run(async () => {
    order.push('first')
    await slots.clock.sleep(1)
    order.push('first again')
  })
  const second = slots.run(async () => {
    order.push('second')
    await new Promise<void>(resolve => (end = resolve))
    order.push('second ends')
  })
  await turn()
  expect(order).toEqual(['first', 'second'])
  sleeping[0]?.wake()
  await turn()
  expect(order).toEqual(['first', 'second', 'first again'])
  end()
  await Promise.all([first, second])
  expect(order).toEqual(['first', 'second', 'first again', 'second ends'])
})

it('a sleep that is broken off leaves its slot with the others', async () => {
  const { clock, sleeping } = heldClock()
  const slots = workSlots(1, clock)
  const broken = slots.run(() => slots.clock.sleep(1))
  await turn()
  sleeping[0]?.fail(new Error('cancelled'))
  await expect(broken).rejects.toThrow('cancelled')
  const held = slots.run(() => turn())
  let began = false
  const next = slots.run(() => {
    began = true
    return Promise.resolve()
  })
  expect(began).toBe(false)
  await Promise.all([held, next])
  expect(began).toBe(true)
})

it('what sleeps outside of a step holds and takes nothing', async () => {
  const { clock, sleeping } = heldClock()
  const slots = workSlots(1, clock)
  const asleep = slots.clock.sleep(1)
  sleeping[0]?.wake()
  await asleep
  await expect(slots.run(() => Promise.resolve('done'))).resolves.toBe('done')
})
