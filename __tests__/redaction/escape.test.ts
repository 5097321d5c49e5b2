import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { cutCharacters, inlineCode, markdownText, mermaidText, oneLine } from '../../src/redaction/escape.js'
import { elementsOf, renderMarkdown, visibleText } from '../support/markdown.js'

const nasty = [
  '::warning::x',
  '@team',
  '@org/team',
  'a|b',
  '`code`',
  '``` x',
  '<!-- layer-deploy -->',
  '<!-- layer-deploy:row a b published 9.9 -->',
  '<script>alert(1)</script>',
  '<img src=x onerror=y>',
  '[x](https://evil.example)',
  '![x](https://evil.example/y.png)',
  'https://evil.example',
  'www.evil.example',
  'a@b.example',
  '#12',
  'GH-12',
  'org/repo#12',
  '**bold** _it_ ~~no~~',
  '# head',
  '- item',
  '1. item',
  '> quote',
  '\\`',
  '&lt;!--',
  'x\ny',
  'x\r\n| a | b |',
  '\u202Eevil',
  '\ud800',
  '$x$',
  '</code>',
  'x -->',
  '---',
  '==='
]
const foreign = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc
    .array(fc.oneof(fc.constantFrom(...nasty), fc.string({ maxLength: 6 })), { maxLength: 6 })
    .map(parts => parts.join(' '))
)

const seen = (text: string): string => oneLine(text).replace(/\u200b/g, '')

describe('text from others (F83–F85)', () => {
  it('F84 prose is read as it was written and makes no element but its paragraph', () => {
    fc.assert(
      fc.property(foreign, text => {
        const html = renderMarkdown(`start ${markdownText(text)}`)
        expect(elementsOf(html)).toEqual(['p'])
        expect(visibleText(html).trim()).toBe(`start ${seen(text)}`.trim())
      }),
      { numRuns: 3000 }
    )
  })

  it('F84 prose at the start of a line starts no list, heading, quote or rule', () => {
    fc.assert(
      fc.property(foreign, text => {
        const elements = elementsOf(renderMarkdown(markdownText(text)))
        expect(elements.filter(element => element !== 'p')).toEqual([])
      }),
      { numRuns: 2000 }
    )
  })

  it('F84 inline code is read as it was written and makes no element but code', () => {
    fc.assert(
      fc.property(
        foreign.filter(text => seen(text).length > 0),
        text => {
          const html = renderMarkdown(`start ${inlineCode(text, 1000)}`)
          expect(elementsOf(html)).toEqual(['p', 'code'])
          expect(visibleText(html).trim()).toBe(`start ${seen(text)}`)
        }
      ),
      { numRuns: 3000 }
    )
  })

  it('F84 neither splits a table cell', () => {
    fc.assert(
      fc.property(foreign, foreign, (one, other) => {
        const html = renderMarkdown(`| a | b |\n| --- | --- |\n| ${markdownText(one)} | ${inlineCode(other)} |\n`)
        expect(elementsOf(html).filter(element => element === 'td')).toHaveLength(2)
        expect(elementsOf(html).filter(element => element === 'tr')).toHaveLength(2)
      }),
      { numRuns: 1000 }
    )
  })

  it('F84 no marker, mention, issue reference, link or comment survives in the raw text', () => {
    fc.assert(
      fc.property(foreign, text => {
        for (const escaped of [markdownText(text), inlineCode(text), mermaidText(text).replace(/www\./gi, '')]) {
          expect(escaped).not.toMatch(/<!--|-->|[\r\n|]|:\/\/|www\.|<(?!\/?code>)/i)
          expect(escaped.replace(/&?#\d+;/g, ' ')).not.toMatch(/@\w|#\w/)
        }
      }),
      { numRuns: 3000 }
    )
  })

  it('F84 a mention is broken outside code, where GitHub would notify a team', () => {
    expect(markdownText('ping @team and #12 and GH-7')).toBe('ping @&#8203;team and #&#8203;12 and GH&#8203;-7')
    expect(inlineCode('@team')).toBe('<code>&#64;team</code>')
  })

  it('plain names stay searchable in the raw text', () => {
    expect(inlineCode('arn:aws:lambda:us-east-2:111122223333:layer:dev-da-flask-layer:2')).toBe(
      '`arn:aws:lambda:us-east-2:111122223333:layer:dev-da-flask-layer:2`'
    )
    expect(markdownText('da_flask changed, expected arn:aws:s3')).toBe('da_flask changed, expected arn:aws:s3')
  })

  it('F83 newlines and control characters leave one line', () => {
    expect(oneLine('a\r\nb\u2028c\u0000d\u202ee')).toBe('a b c\ufffdd\ufffde')
  })

  it('F86 a name of 10,000 characters is cut between whole characters', () => {
    const family = '👨‍👩‍👧‍👦'
    const cut = cutCharacters(family.repeat(1000), 100)
    expect(cut).toBe(`${family.repeat(9)}…`)
    expect(inlineCode('x'.repeat(10_000))).toHaveLength(102)
    expect(cutCharacters('short', 5)).toBe('short')
  })

  it('F86 a cut never exceeds the limit, whatever the characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.integer({ min: 0, max: 200 }), (text, max) => {
        const cut = cutCharacters(text, max)
        expect(cut.length).toBeLessThanOrEqual(max)
        expect(cut).not.toMatch(/\p{Cs}/u)
        expect(text.startsWith(cut.replace(/…$/u, '')) || text === cut).toBe(true)
      }),
      { numRuns: 2000 }
    )
    // One character of 300 code units: nothing of it fits whole, so code points count.
    expect(cutCharacters(`e${'\u0301'.repeat(300)}`, 10)).toHaveLength(10)
  })

  it('a mermaid label holds nothing that mermaid reads', () => {
    expect(mermaidText('a"]; click b "x" `md`')).toBe('a#34;#93;#59; click b #34;x#34; #96;md#96;')
  })
})
