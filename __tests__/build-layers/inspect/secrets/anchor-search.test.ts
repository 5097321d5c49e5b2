import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import { dictionaryBytes, newDeflater } from '../../../../src/build-layers/archive/compress/deflate.js'
import { anchorSearch } from '../../../../src/build-layers/inspect/secrets/anchor-search.js'

const deflater = newDeflater()

/** The text where the packer has it; what stands behind it are the remains of another. */
function inInput(text: string, at: number): Uint8Array {
  deflater.input.fill('ab_A', dictionaryBytes)
  return deflater.input.subarray(
    dictionaryBytes + at,
    dictionaryBytes + at + deflater.input.write(text, dictionaryBytes + at)
  )
}

const searches = [
  ['in JavaScript', anchorSearch, (text: string) => Buffer.from(text)],
  ['in WebAssembly', deflater.searchFor, (text: string) => inInput(text, 0)],
  ['in WebAssembly, at an odd place', deflater.searchFor, (text: string) => inInput(text, 7)]
] as const

it.each(searches)(
  'property: %s finds each anchor wherever it stands, once, as a search for each would',
  (_, searchFor, place) => {
    const word = fc.stringMatching(/^[ab_A]{4,7}$/)
    const cases = fc.tuple(fc.uniqueArray(word, { minLength: 1, maxLength: 6 }), fc.stringMatching(/^[ab_A]{0,60}$/))
    fc.assert(
      fc.property(cases, ([anchors, text]) => {
        const bytes = place(text)
        const expected = anchors.flatMap((anchor, index) => {
          const places: { anchor: number; at: number }[] = []
          for (let at = text.indexOf(anchor); at !== -1; at = text.indexOf(anchor, at + 1))
            places.push({ anchor: index, at })
          return places
        })
        const order = (a: { anchor: number; at: number }, b: { anchor: number; at: number }) =>
          a.anchor - b.anchor || a.at - b.at
        expect([...searchFor(anchors)(bytes)].sort(order)).toEqual(expected)
      }),
      { numRuns: 5_000 }
    )
  }
)

it('finds more places than one search gives', () => {
  const text = 'AKIA'.repeat(20_000)
  expect(deflater.searchFor(['AKIA'])(inInput(text, 0))).toHaveLength(20_000)
  expect(() => deflater.searchFor(['AKIA'])(Buffer.from(text))).toThrow('not in the input')
})
