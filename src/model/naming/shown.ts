/** How an error line shows a value. `source` is how the author wrote it. */
export function shown(value: unknown, source?: string): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'an empty value'
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'boolean') return `the boolean ${String(value)}`
  if (typeof value === 'number') return `the number ${shortened(source ?? String(value))}`
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  return Object.keys(value).length === 0 ? 'an empty mapping' : 'a mapping'
}

export function quoted(text: string): string {
  return JSON.stringify(shortened(text))
}

const longestQuote = 80

/** Cut by whole characters. */
export function shortened(text: string): string {
  if (text.length <= longestQuote) return text
  return `${Array.from(text.slice(0, longestQuote)).slice(0, -1).join('')}…`
}
