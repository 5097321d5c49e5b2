/** What the quick reader reads, it reads as the library does; it may leave a text to the library, never read it otherwise. */
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { isDeepStrictEqual } from 'node:util'
import { readPlainYaml } from '../../../src/config/read/plain-yaml.js'
import { readYaml } from '../../../src/config/read/yaml-document.js'
import { example } from '../example.js'

const runs = Number(process.env['PROPERTY_RUNS'] ?? 1000)

function library(text: string): unknown {
  const document = readYaml(text)
  return 'findings' in document ? 'refused' : document.value
}

/** `undefined` where the two agree, or where the text is left to the library. */
function difference(text: string): unknown {
  const plain = readPlainYaml(text)
  return plain === null || isDeepStrictEqual(plain, library(text)) ? undefined : { text, plain, library: library(text) }
}

const oddWords = fc.constantFrom(
  ...['da_flask', 'us-east-2', 'python3.10', '111122223333', '111122223333-code', 'a: b', 'a:b', 'a #b', 'a#b', '#c'],
  ...[
    '"x"',
    "'y'",
    '"a\\n"',
    "'it''s'",
    '"1" # c',
    '"a"b',
    'true',
    'True',
    'yes',
    'null',
    '~',
    '',
    '0',
    '007',
    '1.0',
    '1e3'
  ],
  ...[
    '0x1F',
    '0o7',
    '.5',
    '-1',
    '- a',
    '-',
    '*a',
    '&a b',
    '!t x',
    '|',
    '>',
    '[a, b]',
    '[a, "b"]',
    '[a,b]',
    '[a b]',
    '[]'
  ],
  ...['{ a: b }', '{a: b}', '{ a: [b, c] }', '{ a }', '{}', '[a', '{ a: b, }', '[a, ]', '[,]', '["**/x/**"]', '[*.py]'],
  ...[
    'a  b',
    'a ',
    'a\tb',
    '{stage}-x',
    '"{stage}-x"',
    '%a',
    '@a',
    '`a',
    'é',
    '"é"',
    'a, b',
    'a]',
    '? a',
    'a :',
    ':a',
    '/x: y'
  ],
  ...[
    '1-e5',
    '1-a',
    '12e-3',
    '1_000',
    '2001-01-01',
    '__proto__',
    '<<',
    '.inf',
    '.nan',
    '-.inf',
    '! a',
    '"a" "b"',
    '[a]: b'
  ]
)
const oddKeys = fc.constantFrom(
  ...[
    'a',
    'b',
    'version',
    'da_flask',
    '"q k"',
    "'k'",
    '404',
    'true',
    '1.5',
    '__proto__',
    'constructor',
    '<<',
    '- a',
    'k k',
    'é',
    '?'
  ]
)
const words = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('da_flask', '"x y"', '42', 'true', '[a, b]', '{ a: [b], c: "d" }', '111122223333-code')
  },
  oddWords
)
const key = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', '_'), minLength: 2, maxLength: 4 })
  },
  oddKeys
)
const comment = fc.constantFrom('', '', '', ' # note', '# x', ' #', '  ')
const line = fc
  .tuple(
    fc.nat(4),
    fc.constantFrom('', '- ', '-   '),
    key,
    fc.constantFrom(':', ': ', ':  ', ' : ', ''),
    words,
    comment
  )
  .map(([depth, dash, name, colon, word, end]) => `${'  '.repeat(depth)}${dash}${name}${colon}${word}${end}`)
const item = fc
  .tuple(fc.nat(8), fc.constantFrom('- ', '-', '-  '), words, comment)
  .map(([spaces, dash, word, end]) => `${' '.repeat(spaces)}${dash}${word}${end}`)
const oddLine = fc.constantFrom('', '   ', '# c', '  # c', '---', '...', '%YAML 1.1', '\t', 'x', '  x')
const chaos = fc
  .array(fc.oneof({ weight: 5, arbitrary: line }, item, oddLine), { maxLength: 8 })
  .map(all => all.join('\n'))

/** Mappings as a person writes them, so that most are plain. */
const value = fc.letrec<{ mapping: readonly string[] }>(tie => {
  const scalar = fc.tuple(words, comment).map(([word, end]) => ` ${word}${end}`)
  const list = fc.tuple(fc.nat(2), fc.array(words, { minLength: 1, maxLength: 3 })).map(([extra, items]) => ({
    block: items.map(each => `${' '.repeat(extra * 2)}- ${each}`)
  }))
  const entry = fc
    .tuple(
      key,
      fc.oneof(
        { maxDepth: 4 },
        scalar,
        scalar,
        list,
        tie('mapping').map(lines => ({ block: lines.map(each => `  ${each}`) }))
      )
    )
    .map(([name, of]) => (typeof of === 'string' ? [`${name}:${of}`] : [`${name}:`, ...of.block]))
  return { mapping: fc.array(entry, { minLength: 1, maxLength: 4 }).map(all => all.flat()) }
})

describe('the quick reader of plain YAML', () => {
  it('reads a configuration', () => {
    expect(readPlainYaml(example)).toEqual(library(example))
    expect(readPlainYaml(example)).not.toBeNull()
  })

  it('G10 never differs from the library: mappings', () => {
    let read = 0
    fc.assert(
      fc.property(value.mapping, lines => {
        const text = `${lines.join('\n')}\n`
        if (readPlainYaml(text) !== null) read++
        expect(difference(text)).toBeUndefined()
      }),
      { numRuns: runs }
    )
    // A reader that reads nothing would differ in nothing.
    expect(read).toBeGreaterThan(runs / 10)
  })

  it('G10 never differs from the library: lines of any kind', () => {
    fc.assert(
      fc.property(chaos, text => {
        expect(difference(text)).toBeUndefined()
      }),
      { numRuns: runs }
    )
  })

  it('G10 never differs from the library: a configuration with one edit', () => {
    const text = example
    const edit = fc.record({
      at: fc.nat(text.length),
      cut: fc.nat(3),
      put: fc.oneof(
        fc.constantFrom('', ' ', '\n', ':', '#', '"', "'", '-', '[', '{', '}', ',', '\t', '&a', '*a', '|', '\r'),
        fc.string({ maxLength: 2 })
      )
    })
    fc.assert(
      fc.property(edit, ({ at, cut, put }) => {
        expect(difference(text.slice(0, at) + put + text.slice(at + cut))).toBeUndefined()
      }),
      { numRuns: runs }
    )
  })

  it.each([
    ['a multi-line text', 'a: b\n  c\n'],
    ['an anchor', 'a: &x 1\nb: *x\n'],
    ['a tag', 'a: !!str 1\n'],
    ['a block scalar', 'a: |\n  b\n'],
    ['an escape', 'a: "\\x41"\n'],
    ['a tab', 'a:\tb\n'],
    ['CRLF', 'a: b\r\n'],
    ['a key twice', 'a: 1\na: 2\n'],
    ['a reserved key', '__proto__: 1\n'],
    ['nothing', ''],
    ['a number that YAML may read in two ways', 'a: 0123\n']
  ])('leaves %s to the library', (_name, text) => {
    expect(readPlainYaml(text)).toBeNull()
  })

  it('reads ten thousand layers at once', () => {
    const layers = Array.from({ length: 10_000 }, (_, index) => `  layer_${index}:\n    path: layers/layer_${index}`)
    const read = readPlainYaml(`version: 1\nlayers:\n${layers.join('\n')}\n`)
    expect(Object.keys(read?.['layers'] as object)).toHaveLength(10_000)
  })
})
