/** Markdown as a reader gets it: an independent GFM renderer is the judge of what our escapes let through. */
import { marked } from 'marked'

export function renderMarkdown(markdown: string): string {
  return marked.parse(markdown, { gfm: true, async: false })
}

/** The text that a reader sees, without the zero-width spaces that keep GitHub from linking. */
export function visibleText(html: string): string {
  return decodeEntities(html.replace(/<!--[\s\S]*?-->/g, '').replace(/<[^>]*>/g, '')).replace(/\u200b/g, '')
}

export function elementsOf(html: string): string[] {
  return [...html.replace(/<!--[\s\S]*?-->/g, '').matchAll(/<([a-z][a-z0-9]*)/gi)].map(match => match[1]!.toLowerCase())
}

function decodeEntities(html: string): string {
  const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&' }
  return html.replace(/&(?:#(\d+)|(lt|gt|quot|amp));/g, (_match, code: string | undefined, name: string) =>
    code === undefined ? named[name]! : String.fromCodePoint(Number(code))
  )
}
