/**
 * The YAML that configurations consist of, read in one pass: block mappings, lists of scalars, flow values in one line, plain and quoted
 * scalars, comments. Whatever else YAML has (anchors, tags, block scalars, escapes, texts over several lines, tabs) is left to the
 * library: `null`. What this reads, it reads as the library does (YAML 1.2.2, core schema); a property test holds it to that. It exists
 * for the start: the library is a third of the entry (docs/adr/0008).
 */

/** Objects have no prototype, as those of `readYaml`. */
type Mapping = Record<string, unknown>

interface Line {
  readonly indent: number
  readonly text: string
}

/** Deeper or larger ones are the library's, with its findings. */
const deepest = 20
const mostLines = 150_000

/** The value, or `null` where the text is not plain, or is wrong. */
export function readPlainYaml(text: string): Mapping | null {
  const lines = linesOf(text)
  if (lines === null || lines.length === 0 || lines[0]?.indent !== 0) return null
  const reader = new Reader(lines)
  const value = reader.mapping(0, 0)
  return value !== null && reader.atEnd() ? value : null
}

/** What is left without blank lines and comment lines; `null` where a character is unusual. */
function linesOf(text: string): Line[] | null {
  if (!/^[\n\x20-\x7e\u00a1-\u2027\u202a-\ud7ff]*$/.test(text)) return null
  const lines: Line[] = []
  for (const line of text.split('\n')) {
    const indent = line.search(/[^ ]/)
    if (indent === -1 || line[indent] === '#') continue
    lines.push({ indent, text: line.slice(indent) })
  }
  return lines.length > mostLines ? null : lines
}

const reserved = new Set(['__proto__', 'constructor', 'prototype'])
const keyPattern = /^(?:([A-Za-z0-9_][\w.-]*)|"([^"\\]+)"|'([^']+)'):(?: +|$)/

class Reader {
  private at = 0

  constructor(private readonly lines: readonly Line[]) {}

  atEnd(): boolean {
    return this.at === this.lines.length
  }

  mapping(indent: number, depth: number): Mapping | null {
    if (depth > deepest) return null
    const entries: Mapping = Object.create(null) as Mapping
    for (let line = this.lines[this.at]; line?.indent === indent; line = this.lines[this.at]) {
      const match = keyPattern.exec(line.text)
      const key = match?.[1] ?? match?.[2] ?? match?.[3]
      if (match === null || key === undefined || reserved.has(key) || key in entries) return null
      this.at++
      const value = this.valueAfter(line.text.slice(match[0].length), indent, depth)
      if (value === undefined) return null
      entries[key] = value
    }
    // A deeper line that is left is taken by nobody: the text is not plain.
    return entries
  }

  /** What stands behind `key:`. `undefined`: not plain. */
  private valueAfter(rest: string, indent: number, depth: number): unknown {
    if (rest !== '' && !rest.startsWith('#')) return this.isClosed(indent) ? scalarOrFlow(rest) : undefined
    const next = this.lines[this.at]
    if (next === undefined) return undefined
    if (next.text.startsWith('- ')) return next.indent >= indent ? this.list(next.indent) : undefined
    return next.indent > indent ? (this.mapping(next.indent, depth + 1) ?? undefined) : undefined
  }

  /** Scalars and flow values only. */
  private list(indent: number): unknown {
    const items: unknown[] = []
    for (let line = this.lines[this.at]; line?.indent === indent; line = this.lines[this.at]) {
      if (!line.text.startsWith('- ')) break
      this.at++
      const item = scalarOrFlow(line.text.slice(2).trimStart())
      if (item === undefined || !this.isClosed(indent)) return undefined
      items.push(item)
    }
    return items
  }

  /** A deeper line would belong to the scalar before it. */
  private isClosed(indent: number): boolean {
    return (this.lines[this.at]?.indent ?? 0) <= indent
  }
}

/** The whole of the rest of a line, a comment aside. `undefined`: not plain. */
function scalarOrFlow(text: string): unknown {
  const first = text[0]
  if (first === '"' || first === "'" || first === '[' || first === '{') {
    const flow = new Flow(text)
    const value = flow.value(0)
    return value !== undefined && /^(?: +(?:#.*)?)?$/.test(flow.rest()) ? value : undefined
  }
  const comment = text.indexOf(' #')
  const plain = (comment === -1 ? text : text.slice(0, comment)).trimEnd()
  return /: |:$/.test(plain) ? undefined : plainScalar(plain)
}

/** Words that begin with a letter, `_` or `/`, whole numbers, and digits before a hyphen and a letter; of these YAML has one reading. */
function plainScalar(text: string): unknown {
  if (/^(?:null|Null|NULL)$/.test(text)) return null
  if (/^(?:true|True|TRUE)$/.test(text)) return true
  if (/^(?:false|False|FALSE)$/.test(text)) return false
  if (/^(?:0|[1-9]\d{0,14})$/.test(text)) return Number(text)
  return /^(?:[A-Za-z_/]|\d+-[A-Za-z])[\x20-\x7e]*$/.test(text) ? text : undefined
}

/** A flow value in one line: lists and mappings of scalars, in one another. */
class Flow {
  private at = 0

  constructor(private readonly text: string) {}

  rest(): string {
    return this.text.slice(this.at)
  }

  value(depth: number): unknown {
    if (depth > deepest) return undefined
    switch (this.text[this.at]) {
      case '[':
        return this.list(depth)
      case '{':
        return this.mapping(depth)
      case '"':
        return this.match(/"([^"\\]*)"/y)
      case "'":
        return this.match(/'([^']*)'(?!')/y)
      default: {
        const word = this.match(/([A-Za-z0-9_/][\w./@*+-]*)(?=[ ,\]}])/y)
        return word === undefined ? undefined : plainScalar(word)
      }
    }
  }

  private list(depth: number): unknown[] | undefined {
    const items: unknown[] = []
    this.at++
    for (;;) {
      this.blanks()
      if (this.takes(']')) return items
      const item = this.value(depth + 1)
      if (item === undefined) return undefined
      items.push(item)
      this.blanks()
      if (!this.takes(',') && this.text[this.at] !== ']') return undefined
    }
  }

  private mapping(depth: number): Mapping | undefined {
    const entries: Mapping = Object.create(null) as Mapping
    this.at++
    for (;;) {
      this.blanks()
      if (this.takes('}')) return entries
      const key = this.match(/([A-Za-z0-9_][\w.-]*): +/y)
      if (key === undefined || reserved.has(key) || key in entries) return undefined
      const value = this.value(depth + 1)
      if (value === undefined) return undefined
      entries[key] = value
      this.blanks()
      if (!this.takes(',') && this.text[this.at] !== '}') return undefined
    }
  }

  private blanks(): void {
    while (this.text[this.at] === ' ') this.at++
  }

  private takes(character: string): boolean {
    if (this.text[this.at] !== character) return false
    this.at++
    return true
  }

  /** The first group of a sticky expression, taken from the text. */
  private match(expression: RegExp): string | undefined {
    expression.lastIndex = this.at
    const found = expression.exec(this.text)
    if (found === null) return undefined
    this.at = expression.lastIndex
    return found[1]
  }
}
