/** The text of an own template, YAML with CloudFormation's short tags or JSON, as plain JSON with its places. Pure. */
import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  YAMLMap,
  type CollectionTag,
  type Document,
  type ScalarTag
} from 'yaml'
import { decodeConfig } from '../../config/read/text.js'
import { CodedError, type Finding } from '../../model/errors.js'
import { isObject, type Json, type JsonObject } from './own-template.js'

export interface TemplateDocument {
  /** Relative to the superproject's root. */
  readonly file: string
  readonly value: JsonObject
  /** The error at the key that the path leads to, or at the last one on the way that is there. */
  readonly error: (path: readonly string[], finding: Finding) => CodedError
  /** `<file>:<line>:<column>` of the same. */
  readonly placeOf: (path: readonly string[]) => string
}

/** @throws CodedError CONFIG_INVALID with line and column */
export function readTemplateDocument(bytes: Uint8Array, file: string): TemplateDocument {
  const text = decodeConfig(bytes, file)
  const lines = new LineCounter()
  // The core schema keeps `2010-09-09` a text.
  const document = parse(text, file, lines)
  const locate = (offset: number) => {
    const { line, col } = lines.linePos(Math.min(offset, text.length))
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const trouble = [...document.errors, ...document.warnings][0]
  if (trouble !== undefined) {
    const what = `${trouble.code.toLowerCase().replaceAll('_', ' ')} (${trouble.message})`
    throw new CodedError('CONFIG_INVALID', syntax(what), { location: locate(trouble.pos[0]) })
  }
  const notText = prepare(document)
  if (notText !== null)
    throw new CodedError('CONFIG_INVALID', syntax('a key that is no text'), { location: locate(notText) })
  const value = plain(document, file)
  const error = (path: readonly string[], finding: Finding): CodedError =>
    new CodedError('CONFIG_INVALID', finding, { location: locate(offsetOf(document, path)) })
  const placeOf = (path: readonly string[]): string => {
    const { line, column } = locate(offsetOf(document, path))
    return `${file}:${line}:${column}`
  }
  if (!isObject(value)) {
    const found = value === null ? 'an empty file' : 'something else'
    throw error([], { expected: 'a template with Resources', found, mend: 'write the template into this file' })
  }
  return { file, value, error, placeOf }
}

function parse(text: string, file: string, lineCounter: LineCounter): Document.Parsed {
  try {
    return parseDocument(text, { schema: 'core', customTags: shortTags, prettyErrors: false, lineCounter })
  } catch (cause) {
    // The parser recurses: brackets alone exhaust its stack.
    throw new CodedError('CONFIG_INVALID', syntax(String(cause)), { cause, location: { file, line: 1, column: 1 } })
  }
}

function plain(document: Document.Parsed, file: string): Json {
  try {
    const value = document.toJS({ maxAliasCount: 100 }) as Json
    // An alias inside of what it stands for makes a ring.
    JSON.stringify(value)
    return value
  } catch (cause) {
    // Aliases are followed only here: one to nowhere, or too many.
    throw new CodedError('CONFIG_INVALID', syntax(String(cause)), { cause, location: { file, line: 1, column: 1 } })
  }
}

function syntax(found: string): Finding {
  return { expected: 'a template in YAML or JSON', found, mend: 'correct the line' }
}

/**
 * What is written anew as JSON must not lose a zero: `012345678901` and `1.10` stay as they are, as text.
 * @returns where a key is that JSON has no word for; `null`: nowhere
 */
function prepare(document: Document.Parsed): number | null {
  let notText: number | null = null
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value === 'number' && node.source !== undefined && String(node.value) !== node.source) {
        node.value = node.source
      }
    },
    Pair(_key, { key }) {
      // The short tags make keys of their own.
      if (typeof key === 'string' || (isScalar(key) && typeof key.value !== 'object')) return
      notText ??= (isNode(key) ? key.range?.[0] : null) ?? 0
    }
  })
  return notText
}

function offsetOf(document: Document.Parsed, path: readonly string[]): number {
  let node: unknown = document.contents
  let offset = document.contents?.range[0] ?? 0
  for (const name of path) {
    const mapping: unknown = isAlias(node) ? node.resolve(document) : node
    if (!isMap(mapping)) break
    const pair = mapping.items.find(({ key }) => isScalar(key) && String(key.value) === name)
    if (pair === undefined) break
    offset = isScalar(pair.key) ? (pair.key.range?.[0] ?? offset) : offset
    node = pair.value
  }
  return offset
}

/** "Intrinsic function reference" in the CloudFormation Template Reference. */
const functions = [
  ...['Base64', 'Cidr', 'FindInMap', 'GetAtt', 'GetAZs', 'ImportValue', 'Join', 'Length', 'Select', 'Split', 'Sub'],
  ...['ToJsonString', 'Transform', 'And', 'Equals', 'If', 'Not', 'Or']
]
const namesByTag: readonly (readonly [string, string])[] = [
  ['!Ref', 'Ref'],
  ['!Condition', 'Condition'],
  ...functions.map(name => [`!${name}`, `Fn::${name}`] as const)
]

const shortTags = namesByTag.flatMap(([tag, name]): (ScalarTag | CollectionTag)[] => [
  { tag, resolve: text => ({ [name]: name === 'Fn::GetAtt' ? splitAttribute(text) : text }) },
  ...(['seq', 'map'] as const).map((collection): CollectionTag => {
    return {
      tag,
      collection,
      resolve(node) {
        const call = new YAMLMap<string, unknown>()
        call.set(name, node)
        return call
      }
    }
  })
])

/** `Layer.LayerVersionArn` → `['Layer', 'LayerVersionArn']`; an attribute's name may hold dots itself. */
function splitAttribute(text: string): readonly string[] {
  const dot = text.indexOf('.')
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)]
}
