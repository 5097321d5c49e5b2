/** Markdown to HTML as GitHub shows it in a comment or job summary: no raw HTML but what GitHub's sanitizer leaves. */
import { Marked } from 'marked'

export function escape(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;'
  }
  return text.replace(/[&<>"']/g, sign => entities[sign] ?? sign)
}

/** Elements of "GitHub Flavored Markdown" that pass, without attributes but `open`. Those of tables and lists come from Markdown itself. */
const passingElement =
  /^<(\/?)(details|summary|br|sub|sup|code|kbd|pre|b|strong|i|em|del|p|blockquote|h[1-6])(\s+open)?\s*\/?>$/i

/** HTML comments show nothing; a passing tag stays; any other sign of HTML is shown as the text that it is. */
function sanitize(html: string): string {
  return html.replace(/<!--.*?-->|<[^<>]*>|[<>]/gs, part => {
    if (part.startsWith('<!--')) return ''
    return passingElement.test(part) ? part : escape(part)
  })
}

/** Entities stay what they are. */
function encoded(text: string): string {
  return text.replace(/[<>"']|&(?!(?:#\d{1,7}|#[Xx][a-fA-F0-9]{1,6}|\w+);)/g, escape)
}

const marked = new Marked({
  gfm: true,
  renderer: {
    html: ({ text }) => sanitize(text),
    // What follows an opening <script> or <pre> is taken as it is by marked, and is text all the same.
    text(token) {
      if ('tokens' in token && token.tokens !== undefined) return this.parser.parseInline(token.tokens)
      return 'escaped' in token && token.escaped ? sanitize(token.text) : encoded(token.text)
    },
    code: ({ text, lang }) =>
      lang === 'mermaid'
        ? `<div class="scroll"><pre class="mermaid">${escape(text)}</pre></div>`
        : `<pre><code>${escape(text)}</code></pre>`,
    // A page that is read offline loads nothing.
    image: ({ text }) => escape(text),
    link({ href, tokens }) {
      const text = this.parser.parseInline(tokens)
      return /^(https?:|#)/i.test(href) ? `<a href="${escape(href)}" rel="noreferrer">${text}</a>` : text
    }
  }
})

/** Tables scroll by themselves, so that a phone does not have to scroll the page. */
export function markdown(text: string): string {
  const html = marked.parse(text, { async: false })
  return html.replaceAll('<table>', '<div class="scroll"><table>').replaceAll('</table>', '</table></div>')
}
