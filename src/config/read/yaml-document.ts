/** YAML text → plain values, and the way back from a path in them to line and column. */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Pair,
  type ParsedNode,
  type YAMLError
} from 'yaml'
import { quoted, type Finding } from '../../model/errors.js'
import type { ConfigPath } from '../check/config-problem.js'

interface Place {
  readonly line: number
  readonly column: number
}

export interface PlacedFinding extends Place {
  readonly finding: Finding
}

export interface ConfigDocument {
  /** Objects have no prototype. */
  readonly value: unknown
  /** Place of the value (or of its key); where the path leads nowhere, of the last thing on the way. */
  placeOf(path: ConfigPath, at?: 'key'): Place
  /** A scalar as it was written. */
  sourceOf(path: ConfigPath): string | undefined
}

type Node = ParsedNode | null
type MapPair = Pair<ParsedNode, ParsedNode | null>

/** Values, with aliases followed: far over any real configuration, far under what an alias bomb needs. */
const mostValues = 200_000
const deepest = 32

/** The document, or everything that keeps it from being one. Never throws. */
export function readYaml(text: string): ConfigDocument | { readonly findings: readonly PlacedFinding[] } {
  const placeAt = placesIn(text)
  const tooMuch = sizeFinding(text)
  if (tooMuch !== null) return { findings: [{ ...placeAt(0), finding: tooMuch }] }
  let document: Document.Parsed
  try {
    // uniqueKeys off: it is quadratic, and our own walk finds duplicates with both their places.
    document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, strict: true })
  } catch (error) {
    return {
      findings: [
        { ...placeAt(0), finding: tooDeep(error instanceof Error ? `${error.name}: ${error.message}` : String(error)) }
      ]
    }
  }
  const troubles: YAMLError[] = [...document.errors, ...document.warnings]
  if (troubles.length > 0) {
    return { findings: troubles.map(trouble => ({ ...placeAt(trouble.pos[0]), finding: syntaxFinding(trouble) })) }
  }
  if (document.directives.yaml.explicit === true && document.directives.yaml.version !== '1.2') {
    const found = `%YAML ${document.directives.yaml.version}`
    return {
      findings: [
        { ...placeAt(0), finding: { expected: 'YAML 1.2', found, mend: 'delete the line that begins with %YAML' } }
      ]
    }
  }
  const walk = new Walk()
  const value = walk.valueOf(document.contents, 0)
  if (walk.findings.length > 0) {
    return { findings: walk.findings.map(({ offset, finding }) => ({ ...placeAt(offset), finding })) }
  }
  return {
    value,
    placeOf: (path, at) => placeAt(offsetOf(document.contents, path, walk, at)),
    sourceOf: path => {
      const node = follow(document.contents, path, walk)
      return isScalar(node) ? node.source : undefined
    }
  }
}

/** The line counter is filled by us: the parser misses the lines of what it cannot make sense of. */
function placesIn(text: string): (offset: number) => Place {
  const lines = new LineCounter()
  lines.addNewLine(0)
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) lines.addNewLine(end + 1)
  return offset => {
    const { line, col } = lines.linePos(Math.max(0, Math.min(offset, text.length)))
    return { line, column: col }
  }
}

/** One walk over the tree. A class, since the count, the anchors and the findings belong to one another. */
class Walk {
  readonly findings: { offset: number; finding: Finding }[] = []
  readonly targets = new Map<unknown, ParsedNode>()
  private readonly anchors = new Map<string, ParsedNode>()
  private count = 0
  private stopped = false

  valueOf(node: Node, depth: number): unknown {
    if (node === null || this.stopped) return null
    if (++this.count > mostValues || depth > deepest) return this.stop(node, depth)
    if (isAlias(node)) {
      const target = this.anchors.get(node.source)
      if (target === undefined) {
        return this.report(
          node,
          `an anchor &${node.source} before its alias`,
          'none',
          'define the anchor, or write the value out'
        )
      }
      this.targets.set(node, target)
      return this.valueOf(target, depth + 1)
    }
    if (node.anchor !== undefined) this.anchors.set(node.anchor, node)
    if (isScalar(node)) return this.scalar(node)
    if (isSeq(node)) return (node.items as Node[]).map(item => this.valueOf(item, depth + 1))
    return this.mapping(node.items, depth)
  }

  private scalar(node: ParsedNode & { value?: unknown }): unknown {
    const { value } = node
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
    if (typeof value === 'number') return value
    return this.report(node, 'text, a number, true or false', `a value of the tag ${node.tag ?? '?'}`, 'delete the tag')
  }

  private mapping(pairs: readonly MapPair[], depth: number): unknown {
    const entries = new Map<string, unknown>()
    for (const { key, value } of pairs) {
      if (this.stopped) break
      const name = this.keyName(key)
      if (name === null) continue
      if (entries.has(name)) {
        this.report(key, 'each key once in its mapping', `${quoted(name)} a second time`, 'delete one of the two')
        continue
      }
      entries.set(name, this.valueOf(value, depth + 1))
    }
    return Object.assign(Object.create(null), Object.fromEntries(entries))
  }

  /** A number as key (a layer called `404`) counts as its text: the schema's pattern for names decides. */
  private keyName(key: ParsedNode): string | null {
    const name = isScalar(key) ? (typeof key.value === 'string' ? key.value : key.source) : undefined
    if (name === undefined) {
      this.report(key, 'a plain word as key', 'an alias, list or mapping as key', 'write the key out')
      return null
    }
    if (['__proto__', 'constructor', 'prototype'].includes(name)) {
      this.report(key, 'a key of the configuration', `${quoted(name)}, which is reserved in JavaScript`, 'rename it')
      return null
    }
    return name
  }

  private report(node: ParsedNode, expected: string, found: string, mend: string): null {
    this.findings.push({ offset: node.range[0], finding: { expected, found, mend } })
    return null
  }

  private stop(node: ParsedNode, depth: number): null {
    this.stopped = true
    const limit = depth > deepest ? `values nested at most ${deepest} deep` : `at most ${mostValues} values`
    return this.report(node, limit, 'more, with aliases followed', 'write the values out, without nested aliases')
  }
}

/** Through aliases to what they stand for. */
function resolved(node: Node, walk: Walk): Node {
  let current = node
  while (current !== null && isAlias(current)) current = walk.targets.get(current) ?? null
  return current
}

function pairAt(node: Node, key: string | number, walk: Walk): MapPair | undefined {
  const mapping = resolved(node, walk)
  if (!isMap(mapping)) return undefined
  return (mapping.items as MapPair[]).find(
    pair => isScalar(pair.key) && (pair.key.value === key || pair.key.source === key)
  )
}

function childAt(node: Node, key: string | number, walk: Walk): Node | undefined {
  const parent = resolved(node, walk)
  if (isSeq(parent)) return (parent.items as Node[])[Number(key)]
  return pairAt(parent, key, walk)?.value
}

function follow(root: Node, path: ConfigPath, walk: Walk): Node {
  let node: Node | undefined = root
  for (const key of path) node = node === undefined ? undefined : childAt(node, key, walk)
  return node === undefined ? null : resolved(node, walk)
}

function offsetOf(root: Node, path: ConfigPath, walk: Walk, at?: 'key'): number {
  let offset = root?.range[0] ?? 0
  let node: Node = root
  for (const [index, key] of path.entries()) {
    const pair = pairAt(node, key, walk)
    const child = childAt(node, key, walk)
    if (child === undefined && pair === undefined) return offset
    const empty = child === null || child === undefined || (isScalar(child) && child.source === '')
    const asKey = empty || (at === 'key' && index === path.length - 1)
    offset = (asKey ? pair?.key.range[0] : child.range[0]) ?? offset
    node = child ?? null
  }
  return offset
}

function syntaxFinding(trouble: YAMLError): Finding {
  const known: Partial<Record<YAMLError['code'], Finding>> = {
    TAB_AS_INDENT: { expected: 'indentation by spaces', found: 'a tab', mend: 'replace the tabs by spaces' },
    MULTIPLE_DOCS: { expected: 'one YAML document', found: 'several', mend: 'delete what follows the line ---' },
    RESOURCE_EXHAUSTION: { expected: 'shallow YAML', found: 'too deep nesting', mend: 'nest less deeply' }
  }
  return (
    known[trouble.code] ?? {
      expected: 'valid YAML',
      found: `${trouble.code.toLowerCase().replaceAll('_', ' ')} (${trouble.message})`,
      mend: 'correct the line'
    }
  )
}

/**
 * What the parser itself would need minutes and a gigabyte for: it makes a tree of everything before anybody can count. Counted are signs,
 * those in texts and comments too; the bounds are far over any real configuration.
 */
function sizeFinding(text: string): Finding | null {
  if (/(?:[-?:][ \t]+){1000}/.test(text)) return tooDeep('thousands of levels')
  let [open, values, rare] = [0, 0, 0]
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? ''
    if (sign === '[' || sign === '{') open++
    else if ((sign === ']' || sign === '}') && open > 0) open--
    if (',\n[{'.includes(sign)) values++
    // Within a word, as in the glob "**/tests/**", they mean nothing.
    else if ('!&*%'.includes(sign) && ' \t\n[{,'.includes(text[at - 1] ?? '\n')) rare++
    if (open > mostOpen) return tooDeep('thousands of levels')
  }
  const mend = 'split the configuration'
  if (values > mostValues) return { expected: `at most ${mostValues} values`, found: `${values}`, mend }
  if (rare <= mostRare) return null
  return { expected: `at most ${mostRare} tags, anchors, aliases and directives`, found: `${rare}`, mend }
}

/** Brackets that are not closed. */
const mostOpen = 2_000
/** Tags, anchors, aliases and directives. */
const mostRare = 20_000

/** The parser recurses: a text of brackets only exhausts its stack. */
function tooDeep(found: string): Finding {
  return { expected: 'YAML that can be read', found, mend: 'nest less deeply, and check the quotes and brackets' }
}
