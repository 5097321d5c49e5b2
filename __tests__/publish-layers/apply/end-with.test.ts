import { expect, it } from '@jest/globals'
import { endWith } from '../../../src/publish-layers/apply/work-slots.js'

const never = new Promise<string>(() => undefined)

it.each(['before', 'while'])('F140 gives the other value where the signal comes %s the work hangs', async moment => {
  const controller = new AbortController()
  if (moment === 'before') controller.abort()
  const ended = endWith(never, controller.signal, 1, () => 'hung')
  controller.abort()
  await expect(ended).resolves.toBe('hung')
})

it('F140 takes what the work comes to in time', async () => {
  const controller = new AbortController()
  controller.abort()
  await expect(endWith(Promise.resolve('rows'), controller.signal, 1_000, () => 'hung')).resolves.toBe('rows')
  await expect(endWith(Promise.reject(new Error('x')), controller.signal, 1_000, () => 'hung')).rejects.toThrow('x')
})
