import { describe, expect, it } from '@jest/globals'
import { isOlder } from '../../src/model/packages.js'

/** PEP 440, "Summary of permitted suffixes and relative ordering", and its siblings, the oldest first. */
const ordered = [
  ...['0.9', '1.0.dev456', '1.0a1', '1.0a2.dev456', '1.0a12.dev456', '1.0a12', '1.0b1.dev456', '1.0b2'],
  ...['1.0b2.post345.dev456', '1.0b2.post345', '1.0rc1.dev456', '1.0rc1', '1.0', '1.0+abc.5', '1.0+abc.7', '1.0+5'],
  ...['1.0.post456.dev34', '1.0.post456', '1.0.15', '1.1.dev1', '1.9', '1.10', '2024.1', '1!0.1']
]

describe('the order of versions', () => {
  it('is that of indexes, each against each', () => {
    for (const [first, from] of ordered.entries()) {
      for (const [second, to] of ordered.entries()) {
        expect([from, to, isOlder(from, to)]).toEqual([from, to, second < first])
      }
    }
  })
  it.each([
    ['3.0', '3'],
    ['1.0-1', '1.0.post1'],
    ['1.0alpha1', '1.0.a.1'],
    ['v1.0', '1.0'],
    ['1.0RC1', '1.0c1'],
    ['1.0_post', '1.0-r0']
  ])('%s and %s are the same', (one, other) => {
    expect([isOlder(one, other), isOlder(other, one)]).toEqual([false, false])
  })
  it.each(['', 'latest', '1.0 and 2.0', '1..2', '1.0+', '9'.repeat(250), '1.0-beta-gamma', 'a'.repeat(100_000)])(
    '%.20s is not judged',
    text => {
      expect([isOlder(text, '1'), isOlder('1', text)]).toEqual([false, false])
    }
  )
})
