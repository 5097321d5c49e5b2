import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { decodePath, encodePath, parseTree } from '../../../../src/adapters/git/command/tree-records.js'
import { isGitlink } from '../../../../src/ports/git.js'
import { CodedError } from '../../../../src/model/errors.js'

const cases = { numRuns: 10_000 }
const id = 'a'.repeat(40)
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

it('a gitlink is told by its mode', () => {
  expect(['160000', '040000', '120000', '100644'].map(mode => isGitlink({ mode }))).toEqual([true, false, false, false])
})
