import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { createCommandReader } from '../../../emulators/runner/command-reader.js'
import { createLineSplitter } from '../../../emulators/runner/line-splitter.js'
import { createSecretMasker } from '../../../emulators/runner/secret-masker.js'
import { createStepLog } from '../../../emulators/runner/step-log.js'

function read(lines: readonly string[], options: { debug?: boolean; secrets?: string[] } = {}) {
  const masker = createSecretMasker(options.secrets)
  const log = createStepLog(masker)
  const reader = createCommandReader({ log, masker, workspace: '/work', debug: options.debug ?? false })
  for (const line of lines) reader.read(line)
  return { log, reader }
}

describe('line splitter', () => {
  const split = (chunks: readonly Buffer[]) => {
    const lines: string[] = []
    const splitter = createLineSplitter(line => lines.push(line))
    for (const chunk of chunks) splitter.push(chunk)
    splitter.end()
    return lines
  }

  it('ends a line at \\n, \\r\\n and a bare \\r', () => {
    expect(split([Buffer.from('a\nb\r\nc\r::error::d\n\ne')])).toEqual(['a', 'b', 'c', '::error::d', '', 'e'])
  })

  it('gives the same lines however the bytes are cut', () => {
    const text = fc.array(fc.constantFrom('a', 'é', '😀', '\r', '\n', '\r\n')).map(parts => Buffer.from(parts.join('')))
    fc.assert(
      fc.property(text, fc.array(fc.nat(40)), (bytes, cuts) => {
        const ends = [...cuts, bytes.length].filter(cut => cut <= bytes.length).sort((a, b) => a - b)
        const chunks = ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end))
        const lines = bytes.toString('utf8').split(/\r\n|\r|\n/)
        if (lines.at(-1) === '') lines.pop()
        expect(split(chunks)).toEqual(lines)
      }),
      { numRuns: 10_000 }
    )
  })
})

describe('secret masker', () => {
  it('masks what was added, its encodings and each of its lines', () => {
    const masker = createSecretMasker(['p@ss "w"'])
    masker.add('line one\nline two')
    for (const form of ['p@ss "w"', 'p%40ss%20%22w%22', 'p@ss \\"w\\"', Buffer.from('p@ss "w"').toString('base64')]) {
      expect(masker.mask(`<${form}>`)).toBe('<***>')
    }
    expect(masker.mask('a line two b')).toBe('a *** b')
  })

  it('makes one mask of overlapping and of adjacent finds', () => {
    const masker = createSecretMasker(['abcd', 'cdef', 'ghi'])
    expect(masker.mask('1abcdefghi2')).toBe('1***2')
    expect(createSecretMasker(['abcdef', 'bc']).mask('1abcdef2')).toBe('1***2')
  })

  it('ignores blank values', () => {
    expect(createSecretMasker(['', ' ', '\n']).mask('a b\n')).toBe('a b\n')
  })

  it('never lets a secret through', () => {
    const secret = fc.string({ minLength: 1 }).filter(text => text.trim() !== '' && !/^\*+$/.test(text))
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (value, before, after) => {
        const masked = createSecretMasker([value]).mask(before + value + after)
        expect(masked.split('***').some(part => part.includes(value))).toBe(false)
      }),
      { numRuns: 2000 }
    )
  })
})

describe('step log', () => {
  it('annotates with a place, relative to the workspace', () => {
    const { log } = read([
      '::error file=/work/a.yml,line=3,col=7,title=T::m',
      '::notice file=/etc/x::n',
      '::warning col=3::w'
    ])
    expect(log.annotations).toEqual([
      { level: 'error', message: 'm', file: 'a.yml', line: 3, column: 7, title: 'T' },
      { level: 'notice', message: 'n', file: '/etc/x' },
      { level: 'warning', message: 'w' }
    ])
    expect(log.lines).toEqual(['##[error]m', '##[notice]n', '##[warning]w'])
  })

  it('keeps ten annotations of a level and 4,096 characters of a message', () => {
    const { log } = read([...Array.from({ length: 12 }, (_, n) => `::error::${n}`), `::notice::${'x'.repeat(5000)}`])
    expect(log.annotations.filter(({ level }) => level === 'error')).toHaveLength(10)
    expect(log.annotations.at(-1)?.message).toHaveLength(4096)
    expect(log.lines).toContain('##[error]11')
  })

  it('obeys nothing between stop-commands and its token', () => {
    const { log } = read([
      '::stop-commands::T0ken',
      '::error::a',
      '::stop-commands::x',
      '::t0ken::',
      '::error::b',
      '::T0ken::'
    ])
    expect(log.annotations.map(({ message }) => message)).toEqual(['b'])
    expect(log.lines).toEqual([
      '::stop-commands::T0ken',
      '::error::a',
      '::stop-commands::x',
      '::t0ken::',
      '##[error]b',
      '::T0ken::'
    ])
  })

  it('masks from the add-mask line on, and does not show that line', () => {
    const { log } = read(['hush', '::add-mask::hush', 'hush now', '::error::hush', '::add-mask:: '])
    expect(log.lines.slice(0, 3)).toEqual(['hush', '*** now', '##[error]***'])
    expect(log.annotations.map(({ level }) => level)).toEqual(['error', 'warning'])
  })

  it('shows debug lines only while debugging', () => {
    expect(read(['::debug::d']).log.lines).toEqual([])
    expect(read(['::debug::d'], { debug: true }).log.lines).toEqual(['##[debug]d'])
  })

  it('groups', () => {
    expect(read(['::group::g', 'x', '::endgroup::']).log.lines).toEqual(['##[group]g', 'x', '##[endgroup]'])
  })

  it('takes deprecated commands with a warning and fails on disabled ones', () => {
    const deprecated = read(['::set-output name=a::1', '::save-state name=b::2'])
    expect([...deprecated.reader.outputs, ...deprecated.reader.state]).toEqual([
      ['a', '1'],
      ['b', '2']
    ])
    expect(deprecated.log.annotations.map(({ level }) => level)).toEqual(['warning', 'warning'])
    expect(deprecated.log.failed).toBe(false)
    expect(read(['::set-output::1']).log.failed).toBe(true)
    expect(read(['::set-env name=a::1']).log.failed).toBe(true)
    expect(read(['::add-path::/a']).log.failed).toBe(true)
  })
})
