import { describe, expect, it } from '@jest/globals'
import { cutCharacters, htmlCode, inlineCode, markdownText, mermaidText, oneLine } from '../../src/redaction/escape.js'

const astronaut = '👩‍🚀'
const zero = '&#8203;'

describe('sign by sign', () => {
  it.each<[string, number, string]>([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['abc', 2, 'a…'],
    ['abc', 1, '…'],
    ['abc', 0, ''],
    ['', 0, ''],
    ['x', -1, ''],
    [`a${astronaut}b`, 7, `a${astronaut}b`],
    [`a${astronaut}bc`, 7, `a${astronaut}…`],
    [`a${astronaut}bc`, 6, 'a…'],
    // Nothing fits whole: code points, and never half of one.
    [`${astronaut}x`, 4, '👩‍…'],
    [`${astronaut}x`, 3, '👩…'],
    [`${astronaut}x`, 2, '…'],
    [`${'x'.repeat(62)}e${'\u0301'.repeat(200)}`, 63, `${'x'.repeat(62)}…`]
  ])('%j cut to %i is %j', (text, max, expected) => {
    expect(cutCharacters(text, max)).toBe(expected)
  })

  it.each([
    ['a\r\n\tb', 'a b'],
    ['  a  ', 'a'],
    ['a\u0085b\u2028c\u2029d', 'a b c d'],
    ['a\u0000b\u001bc', 'a\ufffdb\ufffdc'],
    ['a\u202eb\u2066c\u061cd\u200fe', 'a\ufffdb\ufffdc\ufffdd\ufffde'],
    ['a\u200bb\u2060c', 'a\ufffdb\ufffdc'],
    ['a\ud800b', 'a\ufffdb'],
    [`a${astronaut}b`, `a${astronaut}b`]
  ])('%j is the line %j', (text, expected) => {
    expect(oneLine(text)).toBe(expected)
  })

  it.each([
    ['a & b', 'a &#38; b'],
    ['<b>|`*~', '&#60;b&#62;&#124;&#96;&#42;&#126;'],
    ['[x](y)!', '&#91;x&#93;&#40;y&#41;&#33;'],
    ['\\ ${x}', '&#92; &#36;&#123;x&#125;'],
    ['da_flask', 'da_flask'],
    ['_a b_', '&#95;a b&#95;'],
    ['a_ _b', 'a&#95; &#95;b'],
    ['#12', `#${zero}12`],
    ['a@b', `a@${zero}b`],
    ['GH-7 gh-8 GH-x aGH-7', `GH${zero}-7 gh${zero}-8 GH-x aGH-7`],
    ['https://x mailto:a xmpp:b a:b', 'https&#58;//x mailto&#58;a xmpp&#58;b a:b'],
    ['www.x WWW.x ww.x', 'www&#46;x WWW&#46;x ww.x'],
    ['- a', '&#45; a'],
    ['+ a - b', '&#43; a - b'],
    ['=', '&#61;'],
    ['12. a 3. b', '12&#46; a 3. b'],
    ['a\nb', 'a b']
  ])('%j is the prose %j', (text, expected) => {
    expect(markdownText(text)).toBe(expected)
  })

  it('prose has at most as many characters of it as are asked for, 600 where none are', () => {
    expect(markdownText('<<<<', 3)).toBe('&#60;&#60;…')
    expect(markdownText('x'.repeat(601))).toBe(`${'x'.repeat(599)}…`)
  })

  it.each([
    ['da_flask', '`da_flask`'],
    ['a/b:c,d=e+f.g-h', '`a/b:c,d=e+f.g-h`'],
    ['a b c', '`a b c`'],
    ['äö 日本', '`äö 日本`'],
    ['ends…', '`ends…`'],
    ['…', '<code>…</code>'],
    ['in…the middle', '<code>in…the middle</code>'],
    ['', '<code></code>'],
    ['a`b', '<code>a&#96;b</code>'],
    ['<b>', '<code>&#60;b&#62;</code>'],
    ['https://x', '<code>https&#58;//x</code>'],
    ['www.x', '<code>www&#46;x</code>'],
    ['a_b*', '<code>a&#95;b&#42;</code>']
  ])('%j is the code %j', (text, expected) => {
    expect(inlineCode(text)).toBe(expected)
  })

  it('code has at most as many characters of it as are asked for, 100 where none are', () => {
    expect(inlineCode('abcdef', 4)).toBe('`abc…`')
    expect(inlineCode('<'.repeat(5), 3)).toBe('<code>&#60;&#60;…</code>')
    expect(htmlCode('x'.repeat(101))).toBe(`<code>${'x'.repeat(99)}…</code>`)
    expect(mermaidText('x'.repeat(101))).toBe(`${'x'.repeat(99)}#8230;`)
  })

  it.each([
    ['da_flask', 'da&#95;flask'],
    ['a b.c,d=e/f-g', 'a b.c,d=e/f-g'],
    ['x@y:z', 'x&#64;y&#58;z'],
    ['www.x', 'www&#46;x'],
    ['\ud800', '\ufffd']
  ])('%j within an element is %j', (text, expected) => {
    expect(htmlCode(text)).toBe(`<code>${expected}</code>`)
  })

  it.each([
    ['da_flask us-east-2 a/b.c', 'da_flask us-east-2 a/b.c'],
    ['a"b;c#d', 'a#34;b#59;c#35;d'],
    [astronaut, '#128105;#8205;#128640;']
  ])('%j in a label is %j', (text, expected) => {
    expect(mermaidText(text)).toBe(expected)
  })
})
