import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import { anchorSearch } from '../../../src/build-layers/inspect/anchor-search.js'

it('property: finds each anchor wherever it stands, once, as a search for each would', () => {
  const word = fc.stringMatching(/^[ab_A]{4,7}$/)
  const cases = fc.tuple(fc.uniqueArray(word, { minLength: 1, maxLength: 6 }), fc.stringMatching(/^[ab_A]{0,60}$/))
  fc.assert(
    fc.property(cases, ([anchors, text]) => {
      const bytes = Buffer.from(text)
      const expected = anchors.flatMap((anchor, index) => {
        const places: { anchor: number; at: number }[] = []
        for (let at = text.indexOf(anchor); at !== -1; at = text.indexOf(anchor, at + 1))
          places.push({ anchor: index, at })
        return places
      })
      const order = (a: { anchor: number; at: number }, b: { anchor: number; at: number }) =>
        a.anchor - b.anchor || a.at - b.at
      expect([...anchorSearch(anchors)(bytes)].sort(order)).toEqual(expected)
    }),
    { numRuns: 10_000 }
  )
})
