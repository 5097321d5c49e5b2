import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { decodePath, encodePath, parseTree, parseTreeDifferences } from '../../src/detect-changes/tree.js'
import { CodedError } from '../../src/model/errors.js'

const cases = { numRuns: 10_000 }
const id = 'a'.repeat(40)
const zero = '0'.repeat(40)
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

function join(...parts: readonly (string | Uint8Array)[]): Uint8Array {
  return Buffer.concat(parts.map(part => Buffer.from(typeof part === 'string' ? bytes(part) : part)))
}

/** Any bytes that git takes for a path: all but NUL, not empty. */
const anyPath = fc.uint8Array({ minLength: 1, maxLength: 30 }).map(path => path.map(byte => (byte === 0 ? 1 : byte)))
const anyId = fc
  .tuple(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.constantFrom(20, 32))
  .map(([raw, length]) => Buffer.from(raw.subarray(0, length)).toString('hex'))
const anyKind = fc.constantFrom<[string, string][]>(
  ['100644', 'blob'],
  ['100755', 'blob'],
  ['120000', 'blob'],
  ['040000', 'tree'],
  ['160000', 'commit']
)

describe('decodePath', () => {
  it('G10 F32 loses nothing, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), path => Buffer.compare(encodePath(decodePath(path)), path) === 0),
      cases
    )
  })

  it('G10 F32 gives distinct bytes distinct texts, in JSON too', () => {
    fc.assert(
      fc.property(anyPath, anyPath, (a, b) => {
        const same = Buffer.compare(a, b) === 0
        return (JSON.stringify(decodePath(a)) === JSON.stringify(decodePath(b))) === same
      }),
      cases
    )
  })

  it('reads valid UTF-8 as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const path = bytes(text)
        return decodePath(path) === Buffer.from(path).toString('utf8')
      }),
      cases
    )
  })

  it.each([
    ['a lone byte', [0xff], '\udcff'],
    ['a cut sequence', [0x61, 0xe2, 0x82], 'a\udce2\udc82'],
    ['an encoded surrogate', [0xed, 0xb2, 0x80], '\udced\udcb2\udc80'],
    ['a bad byte between characters', [0xc3, 0xa4, 0x80, 0xf0, 0x9f, 0x98, 0x80], 'ä\udc80😀'],
    ['a byte order mark', [0xef, 0xbb, 0xbf, 0x61], '\ufeffa']
  ])('keeps %s', (_name, raw, text) => {
    expect(decodePath(Uint8Array.from(raw))).toBe(text)
  })
})

describe('parseTree', () => {
  it('G10 gives back every entry that git could print', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyKind, anyId, anyPath), { maxLength: 5 }), records => {
        const printed = records.flatMap(([[mode, type], objectId, path]) => [
          `${mode} ${type} ${objectId}\t`,
          path,
          '\0'
        ])
        const expected = records.map(([[mode], objectId, path]) => ({ path: decodePath(path), mode, objectId }))
        return isDeepStrictEqual(parseTree(join(...printed)), expected)
      }),
      cases
    )
  })

  it('G10 throws a coded error with the raw record, or parses: never anything else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), noise => {
        try {
          return noise.length === 0 || parseTree(noise).length > 0
        } catch (error) {
          return error instanceof CodedError && error.code === 'GIT_FAILED'
        }
      }),
      cases
    )
  })

  it('F32 keeps newlines, quotes, tabs and leading dashes', () => {
    const odd = '-a\tb\n"c"\\\r '
    expect(parseTree(join(`100644 blob ${id}\t${odd}\0`))).toEqual([{ path: odd, mode: '100644', objectId: id }])
  })

  it.each([
    ['an unknown mode', `100600 blob ${id}\tx\0`],
    ['a mode of another type', `100644 commit ${id}\tx\0`],
    ['an unknown type', `100644 blub ${id}\tx\0`],
    ['a short id', `100644 blob ${id.slice(1)}\tx\0`],
    ['an id of no length', `100644 blob ${id}aa\tx\0`],
    ['no path', `100644 blob ${id}\t\0`],
    ['an empty record', '\0'],
    ['output that was cut', `100644 blob ${id}\tx`]
  ])('throws on %s, naming it', (_name, output) => {
    const raw = JSON.stringify(output.replace(/\0$/, ''))
    expect(() => parseTree(bytes(output))).toThrow(CodedError)
    expect(() => parseTree(bytes(output))).toThrow(`found ${raw}`)
  })
})

describe('parseTreeDifferences', () => {
  const side = fc.option(fc.tuple(anyKind, anyId), { nil: null })

  it('G10 gives back every difference that git could print', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(side, side, anyPath), { maxLength: 4 }), records => {
        const possible = records.filter(([before, after]) => before !== null || after !== null)
        const printed = possible.flatMap(([before, after, path]) => {
          const status = before === null ? 'A' : after === null ? 'D' : before[0][1] === after[0][1] ? 'M' : 'T'
          const modes = `${before?.[0][0] ?? '000000'} ${after?.[0][0] ?? '000000'}`
          return [`:${modes} ${before?.[1] ?? zero} ${after?.[1] ?? zero} ${status}\0`, path, '\0']
        })
        const entry = (each: [[string, string], string] | null, path: string) =>
          each === null ? null : { path, mode: each[0][0], objectId: each[1] }
        const expected = possible.map(([before, after, raw]) => {
          const path = decodePath(raw)
          return { path, before: entry(before, path), after: entry(after, path) }
        })
        return isDeepStrictEqual(parseTreeDifferences(join(...printed)), expected)
      }),
      cases
    )
  })

  it('G10 throws a coded error, or parses: never anything else', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 120 }), noise => {
        try {
          return noise === '' || parseTreeDifferences(bytes(noise)).length > 0
        } catch (error) {
          return error instanceof CodedError
        }
      }),
      cases
    )
  })

  it('F28 reads gitlink → file as a change of type', () => {
    expect(parseTreeDifferences(bytes(`:160000 100644 ${id} ${id} T\0x\0`))).toEqual([
      {
        path: 'x',
        before: { path: 'x', mode: '160000', objectId: id },
        after: { path: 'x', mode: '100644', objectId: id }
      }
    ])
  })

  it.each([
    ['a rename (two paths)', `:100644 100644 ${id} ${id} R100\0a\0b\0`],
    ['an unmerged path', `:000000 000000 ${zero} ${zero} U\0x\0`],
    ['an unknown status', `:100644 100644 ${id} ${id} X\0x\0`],
    ['an addition with something before', `:100644 100644 ${id} ${id} A\0x\0`],
    ['a removal with something after', `:100644 100644 ${id} ${id} D\0x\0`],
    ['a change of nothing', `:000000 000000 ${zero} ${zero} M\0x\0`],
    ['an unknown mode before', `:100600 100644 ${id} ${id} M\0x\0`],
    ['an unknown mode after', `:100644 100600 ${id} ${id} M\0x\0`],
    ['a record without a path', `:100644 100644 ${id} ${id} M\0`],
    ['an empty path', `:100644 100644 ${id} ${id} M\0\0`],
    ['a commit id line', `${id}\0:100644 100644 ${id} ${id} M\0x\0`]
  ])('throws on %s', (_name, output) => {
    expect(() => parseTreeDifferences(bytes(output))).toThrow(
      /^GIT_FAILED: Expected a record of git diff-tree, found "/
    )
  })
})
