import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { escape, markdown } from '../../scripts/demo/markdown.js'

describe('markdown as GitHub shows it', () => {
  it('draws a mermaid block, its text escaped', () => {
    const html = markdown('```mermaid\nflowchart LR\n  a["x<br/>y"] --> b\n```')
    expect(html).toContain('<pre class="mermaid">flowchart LR\n  a[&quot;x&lt;br/&gt;y&quot;] --&gt; b</pre>')
  })

  it('shows other code as it is written', () => {
    expect(markdown('```yaml\na: <b>\n```')).toBe('<pre><code>a: &lt;b&gt;</code></pre>')
  })

  it('lets tables scroll by themselves', () => {
    const html = markdown('| a | b |\n| --- | --- |\n| 1 | 2 |')
    expect(html).toMatch(/^<div class="scroll"><table>[\s\S]*<\/table><\/div>\s*$/)
  })

  it('hides HTML comments and keeps folding', () => {
    const html = markdown('<!-- layer-deploy -->\n\n<details><summary>more</summary>\n\n**x**<br>y\n\n</details>')
    expect(html).not.toContain('layer-deploy')
    expect(html).toContain('<details><summary>more</summary>')
    expect(html).toContain('<strong>x</strong><br>y')
  })

  it('hides a comment within a table row', () => {
    const html = markdown('| a |\n| --- |\n| <!-- layer-deploy:row x y --> 1 |')
    expect(html).toContain('<td> 1</td>')
  })

  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['a handler', 'x <img src=x onerror=alert(1)> y'],
    ['a handler on a passing element', '<details open onclick=alert(1)>x</details>'],
    ['a style', '<style>body{display:none}</style>'],
    ['a frame in a block', '<div><iframe src="https://example.com"></iframe></div>'],
    ['an image', '![x](https://example.com/x.png)'],
    ['a script link', '[x](javascript:alert(1))'],
    ['a data link', '[x](data:text/html,<script>)'],
    ['an attribute through a link', '[x](https://example.com/"onmouseover="alert(1))'],
    ['a tag that never ends', '<script src=x\n\n'],
    ['a comment that never ends', '<!-- <script>alert(1)</script>']
  ])('shows %s as text', (_, text) => {
    const tags = markdown(text).match(/<[a-z!][^>]*>/gi) ?? []
    for (const tag of tags) {
      expect(tag).toMatch(/^<(p|details|code|a href="https?:[^"]*" rel="noreferrer")>$/)
    }
  })

  it('keeps links to the web', () => {
    expect(markdown('[`e4c2894`](https://github.com/o/r/commit/1)')).toContain(
      '<a href="https://github.com/o/r/commit/1" rel="noreferrer"><code>e4c2894</code></a>'
    )
  })

  it('shows what stands behind a tag that would hide it', () => {
    expect(markdown('a<script><b')).toBe('<p>a&lt;script&gt;&lt;b</p>\n')
  })

  it('passes no element but those of Markdown, whatever the text', () => {
    const passing =
      /^<\/?(p|br|em|strong|del|code|pre|ul|ol|li|h[1-6]|hr|blockquote|details|summary|sub|sup|kbd|b|i)\b[^<>]*>$/
    const bits = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '!--',
      '-->',
      '/',
      'script',
      'b',
      'details',
      ' on=x',
      '\n',
      '`',
      '*',
      '&',
      '='
    )
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 30 }), parts => {
        for (const tag of markdown(parts.join('')).match(/<[^>]*>?/g) ?? []) {
          expect(tag).toMatch(passing)
          expect(tag).not.toMatch(/ on=/)
        }
      }),
      { numRuns: 2000, examples: [[['<', '<', 'script', '>', '<']]] }
    )
  })
})

describe('escape', () => {
  it('leaves no sign that HTML reads', () => {
    expect(escape(`<a href="x" id='y'>&</a>`)).toBe('&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;&lt;/a&gt;')
  })
})
