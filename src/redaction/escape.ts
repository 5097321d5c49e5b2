/**
 * Foreign text (commits, branches, paths, errors) into Markdown, inline code, mermaid labels and plain lines.
 * Sources: "GitHub Flavored Markdown Spec" (inlines, tables, autolinks); mermaid, "Flowcharts: entity codes".
 */

/** Names longer than this say nothing more to a reader. */
const NAME_LIMIT = 100
/** One fragment of an error or warning. */
export const FRAGMENT_LIMIT = 600
const ZERO_WIDTH = '&#8203;'

/**
 * At most `max` UTF-16 units, cut between whole characters (graphemes) and ending in `…` where something was cut.
 * UTF-16 units are the strictest of the ways in which a limit in "characters" can be meant.
 */
export function cutCharacters(text: string, max: number): string {
  if (text.length <= max) return text
  let kept = ''
  // A grapheme has no upper bound: looking a little past the limit is enough to see where the last whole one ends.
  for (const { segment } of new Intl.Segmenter('en').segment(text.slice(0, max + 64))) {
    if (kept.length + segment.length > max - 1) break
    kept += segment
  }
  if (kept === '') kept = cutCodePoints(text, max - 1)
  return max < 1 ? '' : `${kept}…`
}

function cutCodePoints(text: string, max: number): string {
  let kept = ''
  for (const character of text.slice(0, Math.max(0, max) + 1)) {
    if (kept.length + character.length > max) break
    kept += character
  }
  return kept
}

/** One line without control, direction-changing or invisible characters and lone surrogates. */
export function oneLine(text: string): string {
  return text
    .replace(/[\s\u0085\u2028\u2029]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '\ufffd')
    .trim()
}

/** Foreign text as Markdown prose or a table cell: reads the same, and does nothing. At most `max` characters of it. */
export function markdownText(text: string, max = FRAGMENT_LIMIT): string {
  return cutCharacters(oneLine(text), max)
    .replace(/[&<>|`*~[\]()!\\${}]/g, entity)
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, entity)
    .replace(/(?<!&)#/g, `#${ZERO_WIDTH}`)
    .replace(/@/g, `@${ZERO_WIDTH}`)
    .replace(/\bGH-(?=\d)/gi, match => match.replace('-', `${ZERO_WIDTH}-`))
    .replace(/:(?=\/\/)|:(?<=(?:mailto|xmpp):)/gi, entity)
    .replace(/(?<=www)\./gi, entity)
    .replace(/^[-+=]/, entity)
    .replace(/^(\d+)\./, (_match, digits: string) => `${digits}${entity('.')}`)
}

/**
 * Foreign text as inline code, safe in a table cell too. Plain names stay plain between backticks, so that they can be
 * searched for in the raw text; anything else becomes an HTML `code` element in which every sign is an entity.
 */
export function inlineCode(text: string, max = NAME_LIMIT): string {
  const line = cutCharacters(oneLine(text), max)
  if (/^[\p{L}\p{N}_.:/+=,-]+(?: [\p{L}\p{N}_.:/+=,-]+)*…?$/u.test(line) && !/:\/\/|www\./i.test(line))
    return `\`${line}\``
  return htmlCode(line, max)
}

/** Foreign text as code inside an HTML element (a summary), where Markdown is not read: every sign is an entity. */
export function htmlCode(text: string, max = NAME_LIMIT): string {
  const line = cutCharacters(oneLine(text), max)
  return `<code>${line.replace(/[^\p{L}\p{N}\p{M} .,=/…\ufffd-]/gu, entity).replace(/(?<=www)\./gi, entity)}</code>`
}

/** Foreign text within a quoted mermaid label: signs become mermaid's `#nn;` codes. */
export function mermaidText(text: string, max = NAME_LIMIT): string {
  return cutCharacters(oneLine(text), max).replace(/[^\p{L}\p{N}\p{M} ./_-]/gu, sign => `#${codePoint(sign)};`)
}

function entity(sign: string): string {
  return `&#${codePoint(sign)};`
}

function codePoint(sign: string): number {
  return sign.codePointAt(0) ?? 0xfffd
}
