/**
 * What a package says of itself: METADATA of a `.dist-info` folder (Python Packaging User Guide, "Core metadata specifications") and
 * package.json. Anybody's text: what is broken or missing is left out, and is no failure.
 */

export interface PackageFacts {
  readonly name: string
  /** Empty: it names none. */
  readonly version: string
  readonly licences: Licences
}

export type Licences =
  | { readonly kind: 'expression'; readonly expression: string }
  /** Sorted; empty: none is named. */
  | { readonly kind: 'names'; readonly names: readonly string[] }

export const noLicences: Licences = { kind: 'names', names: [] }

/** A name, a version or a licence is a line, no text. */
const longest = 300

/** @param text of METADATA; `null`: there is none. Without a name of its own the package is called as its folder is. */
export function pythonPackage(text: string | null, folder: string): PackageFacts {
  const [, name = folder, version = ''] = /^(.+)-([^-]+)$/.exec(folder) ?? []
  if (text === null) return { name, version, licences: noLicences }
  const headers = headersOf(text)
  const first = (field: string): string => lineOf(headers.get(field)?.[0])
  return { name: first('name') || name, version: first('version') || version, licences: licencesOf(headers) }
}

/** @param text of package.json; `null`: it cannot be read */
export function nodePackage(text: string | null, folder: string): PackageFacts {
  const { name, version, license } = objectOf(text)
  return { name: lineOf(name) || folder, version: lineOf(version), licences: nodeLicences(license) }
}

/** As in the header of a mail: a line that begins with white space goes on with the field before; an empty line ends it. */
function headersOf(text: string): ReadonlyMap<string, readonly string[]> {
  const headers = new Map<string, string[]>()
  let values: string[] = []
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (line === '') break
    if (/^[ \t]/.test(line)) {
      const last = values.pop()
      if (last !== undefined) values.push(`${last}\n${line.trim()}`)
      continue
    }
    const colon = line.indexOf(':')
    if (colon < 1) continue
    const field = line.slice(0, colon).trim().toLowerCase()
    values = headers.get(field) ?? []
    values.push(line.slice(colon + 1).trim())
    headers.set(field, values)
  }
  return headers
}

/** The expression, which is meant for programs; else the field `License`, where it is a name and no whole licence; else the classifiers. */
function licencesOf(headers: ReadonlyMap<string, readonly string[]>): Licences {
  const expression = lineOf(headers.get('license-expression')?.[0])
  if (expression !== '') return { kind: 'expression', expression }
  const [text = ''] = headers.get('license') ?? []
  const isName = !text.trim().includes('\n') && text.length <= longest
  const name = isName ? lineOf(text) : ''
  if (name !== '' && name.toUpperCase() !== 'UNKNOWN') return { kind: 'names', names: [name] }
  const classified = (headers.get('classifier') ?? []).flatMap(classifier => {
    const [top, ...rest] = classifier.split('::').map(part => part.trim())
    const last = lineOf(rest.at(-1))
    return top === 'License' && last !== '' && last !== 'OSI Approved' ? [last] : []
  })
  return { kind: 'names', names: [...new Set(classified)].sort() }
}

/** An expression, or as packages of long ago have it, `{ "type": "MIT" }`. */
function nodeLicences(license: unknown): Licences {
  if (typeof license === 'object' && license !== null && 'type' in license) return nodeLicences(license.type)
  const text = lineOf(license)
  if (text === '') return noLicences
  // "SEE LICENSE IN <file>" and the like are no expression.
  return /^[A-Za-z0-9.+() -]+$/.test(text) && !/^(SEE|UNLICENSED)\b/.test(text)
    ? { kind: 'expression', expression: text }
    : { kind: 'names', names: [text] }
}

function objectOf(text: string | null): Readonly<Record<string, unknown>> {
  if (text === null) return {}
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** One line without control characters; empty for anything else. */
function lineOf(value: unknown): string {
  if (typeof value !== 'string') return ''
  const line = value.trim().replace(/\p{Surrogate}/gu, '\ufffd')
  return line.length <= longest && !/\p{Control}/u.test(line) ? line : ''
}
