import { describe, expect, it } from '@jest/globals'
import { settled } from '../../src/model/errors.js'

describe('settled', () => {
  it('F108 throws the first failure once everything that was started has ended', async () => {
    const order: string[] = []
    let end = (): void => undefined
    const slow = new Promise<void>(resolve => {
      end = resolve
    }).then(() => void order.push('slow ended'))
    const all = settled([Promise.reject(new Error('first')), slow, Promise.reject(new Error('second'))]).catch(
      (error: unknown) => void order.push((error as Error).message)
    )
    await Promise.resolve()
    expect(order).toEqual([])
    end()
    await all
    expect(order).toEqual(['slow ended', 'first'])
  })

  it('gives what came of each, in order', async () => {
    const given: readonly [number, string] = await settled([Promise.resolve(1), Promise.resolve('two')])
    expect(given).toEqual([1, 'two'])
  })
})
