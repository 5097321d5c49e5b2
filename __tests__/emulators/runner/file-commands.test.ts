import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseNameValueFile, parsePathFile } from '../../../emulators/runner/file-commands.js'

const parse = (text: string) => [...parseNameValueFile(text)]

describe('name-value files', () => {
  it.each([
    [
      'a=1\nb=2\n',
      [
        ['a', '1'],
        ['b', '2']
      ]
    ],
    ['a=1', [['a', '1']]],
    ['a=\n\n', [['a', '']]],
    ['a=b=c\n', [['a', 'b=c']]],
    ['a=1<<2\n', [['a', '1<<2']]],
    ['a=1\r\n', [['a', '1\r']]],
    ['a<<E\nx\ny\nE\n', [['a', 'x\ny']]],
    ['a<<E\nx\nE', [['a', 'x']]],
    [
      'a<<E\nE\nb=2\n',
      [
        ['a', ''],
        ['b', '2']
      ]
    ],
    ['a<<E=F\nx\nE=F\n', [['a', 'x']]],
    ['a<<E\n\n\nE\n', [['a', '\n']]],
    ['', []]
  ])('%j', (text, pairs) => {
    expect(parse(text)).toEqual(pairs)
  })

  it.each([
    ['word\n', "Invalid format 'word'"],
    ['=1\n', 'Name must not be empty'],
    ['<<E\nx\nE\n', 'Name must not be empty and delimiter'],
    ['a<<\nx\n', 'delimiter must not be empty'],
    ['a<<E\nx\n', "Matching delimiter not found 'E'"],
    ['a<<E\nx\n E\n', "Matching delimiter not found 'E'"],
    ['a<<E', "Matching delimiter not found 'E'"]
  ])('%j is malformed', (text, message) => {
    expect(() => parse(text)).toThrow(message)
  })

  it('gives what came before the malformed line', () => {
    const pairs = parseNameValueFile('a=1\nword\n')
    expect(pairs.next().value).toEqual(['a', '1'])
    expect(() => pairs.next()).toThrow('Invalid format')
  })

  it('reads back any value that does not hold its delimiter as a line', () => {
    const delimiter = 'ghadelimiter_EXAMPLE'
    const name = fc.stringMatching(/^[a-z_-]{1,20}$/)
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.string({ unit: 'binary' }))), pairs => {
        const text = pairs.map(([key, value]) => `${key}<<${delimiter}\n${value}\n${delimiter}\n`).join('')
        expect(parse(text)).toEqual(pairs)
      }),
      { numRuns: 2000 }
    )
  })
})

describe('path file', () => {
  it('puts the last folder first, each once', () => {
    expect(parsePathFile('/a\n/b\n\n/a\n')).toEqual(['/a', '/b'])
  })
})
