import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import { isAmong, withVersion } from '../../src/publish-layers/deploy-record.js'

it('F151 holds every version that was on record, in few characters', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 40 }), versions => {
      const text = versions.reduce<string | undefined>((known, version) => withVersion(known, version), undefined)
      for (let version = 1; version <= 60; version++) {
        expect(isAmong(text, version)).toBe(versions.includes(version))
      }
      expect((text ?? '').length).toBeLessThanOrEqual(256)
    })
  )
  expect(withVersion('1-3 5', 4)).toBe('1-5')
})

it('F151 forgets the oldest where a tag would not hold them', () => {
  const text = Array.from({ length: 200 }, (_, index) => 2 * index + 1).reduce(
    (known, version) => withVersion(known, version),
    ''
  )
  expect(text.length).toBeLessThanOrEqual(256)
  expect([isAmong(text, 399), isAmong(text, 398), isAmong(text, 1)]).toEqual([true, false, false])
})

it.each(['x', '1-', '-2', '1,2', '9'.repeat(20), '{}'])('reads no version out of %j', text => {
  expect(isAmong(text, 1)).toBe(false)
})
