/** XML as the AWS services write it: elements only, text escaped, nothing is ever read back. */

/** A list repeats its element: `{member: ['a', 'b']}` is `<member>a</member><member>b</member>`. What is absent is left out. */
export type XmlContent = string | number | boolean | null | undefined | XmlTree
export interface XmlTree {
  readonly [element: string]: XmlContent | readonly XmlContent[]
}

/** Text that is safe inside an element or a double-quoted attribute. Characters that XML 1.0 cannot hold become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\r/g, '&#13;')
    .replace(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
}

/** The children alone, without a root. */
function renderXmlContent(content: XmlContent): string {
  if (content === null || content === undefined) return ''
  if (typeof content !== 'object') return escapeXml(String(content))
  return Object.entries(content)
    .flatMap(([name, value]) => (isList(value) ? value : [value]).map(one => renderElement(name, one)))
    .join('')
}

/** A whole document: declaration, root element with its namespace, children. */
export function renderXml(root: string, content: XmlContent, namespace?: string): string {
  const attribute = namespace === undefined ? '' : ` xmlns="${escapeXml(namespace)}"`
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${attribute}>${renderXmlContent(content)}</${root}>`
}

function renderElement(name: string, content: XmlContent): string {
  if (content === null || content === undefined) return ''
  return `<${name}>${renderXmlContent(content)}</${name}>`
}

/** `Array.isArray` forgets what a readonly array holds. */
function isList(value: XmlContent | readonly XmlContent[]): value is readonly XmlContent[] {
  return Array.isArray(value)
}
