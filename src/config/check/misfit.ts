/** A place in the configuration where it is wrong, before its line and column are known. */
import type { Finding } from '../../model/errors.js'

export type ConfigPath = readonly (string | number)[]

export interface Misfit {
  /** From the root to the value; where that does not exist, the nearest thing that does is shown. */
  readonly path: ConfigPath
  /** `key`: the key itself is wrong, not what stands under it. */
  readonly at?: 'key'
  readonly finding: Finding
}

const longestQuote = 80

/** A value as an error line shows it. `source` is how the author wrote it. */
export function shown(value: unknown, source?: string): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'an empty value'
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'boolean') return `the boolean ${String(value)}`
  if (typeof value === 'number') return `the number ${cut(source ?? String(value))}`
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  return Object.keys(value).length === 0 ? 'an empty mapping' : 'a mapping'
}

export function quoted(text: string): string {
  return JSON.stringify(cut(text))
}

/** Cut by whole characters. */
function cut(text: string): string {
  if (text.length <= longestQuote) return text
  return `${Array.from(text.slice(0, longestQuote)).slice(0, -1).join('')}…`
}

/** `environments.sandbox.regions[0]`. */
export function dotted(path: ConfigPath): string {
  return path
    .map(part => (typeof part === 'number' ? `[${part}]` : `.${cut(part)}`))
    .join('')
    .replace(/^\./, '')
}
