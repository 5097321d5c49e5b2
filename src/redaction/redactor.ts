/** Removes secrets, in every form in which they travel, and the user part of URLs, from text that leaves the run. */
import { CodedError } from '../model/errors.js'
import type { RunResult } from '../model/index.js'

type Redact = (text: string) => string

const PLACEHOLDER = '***'
/** Shorter values would blot out ordinary words; no token or key is that short. */
const SHORTEST_SECRET = 6

/** A function that replaces each of the values, raw, base64 (also inside a longer text), URL-encoded and JSON-escaped. */
export function createRedactor(secrets: readonly string[]): Redact {
  const forms = new Set(secrets.flatMap(secretForms))
  // Longest first: a short form must not tear a longer one apart.
  const ordered = [...forms]
    .sort((a, b) => b.length - a.length)
    .map(form => form.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&'))
  const pattern = ordered.length === 0 ? null : new RegExp(ordered.join('|'), 'g')
  return text => withoutUserInfo(pattern === null ? text : text.replace(pattern, PLACEHOLDER))
}

/** `https://user:secret@host` → `https://***@host`. Git takes the last `@` before the first slash. */
export function withoutUserInfo(text: string): string {
  // What has no address needs no search: nearly every text.
  if (!text.includes('://')) return text
  return text.replace(/(?<![a-z0-9+.-])([a-z][a-z0-9+.-]*:\/\/)[^\s/?#"'<>`|\\]+@/gi, `$1${PLACEHOLDER}@`)
}

function secretForms(secret: string): readonly string[] {
  // A key of several lines is printed line by line.
  const lines = new Set([secret, ...secret.split(/\r?\n/)].map(line => line.trim()))
  return [...lines]
    .filter(line => line.length >= SHORTEST_SECRET)
    .flatMap(line => [line, ...jsonForms(line), ...urlForms(line), ...hexForms(line), ...base64Forms(line)])
}

/** Also twice: a JSON text inside of a JSON text, as logs of tools have it. Other writers escape `/` and what is not ASCII. */
function jsonForms(text: string): readonly string[] {
  const once = JSON.stringify(text).slice(1, -1)
  const ascii = once.replace(/[\u007f-\uffff]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return [once, ascii].flatMap(form => [form, form.replaceAll('/', '\\/'), JSON.stringify(form).slice(1, -1)])
}

/** Writers of URLs differ in what they leave as it is, in the case of the digits, and in the blank. */
function urlForms(text: string): readonly string[] {
  const encoded = encodeUrl(text)
  const strict = encoded.replace(/[!'()*~]/g, percent)
  const forms = [encoded, strict, encoded.replaceAll('%2F', '/'), strict.replaceAll('%2F', '/')]
  const blanks = forms.flatMap(form => [form, form.replaceAll('%20', '+')])
  return blanks.flatMap(form => [form, form.replace(/%[0-9A-F]{2}/g, digits => digits.toLowerCase())])
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}

function hexForms(text: string): readonly string[] {
  const hex = Array.from(new TextEncoder().encode(text), byte => byte.toString(16).padStart(2, '0')).join('')
  return [hex, hex.toUpperCase()]
}

/** Lone surrogates make `encodeURIComponent` throw; such a value has no URL form. */
function encodeUrl(text: string): string {
  try {
    return encodeURIComponent(text)
  } catch {
    return text
  }
}

/** The three alignments that a value can have inside a longer base64 text (`user:token`), without the unstable edges. */
function base64Forms(text: string): readonly string[] {
  const bytes = new TextEncoder().encode(text)
  const whole = base64(bytes)
  const aligned = [0, 1, 2].map(offset => {
    const shifted = new Uint8Array(offset + bytes.length)
    shifted.set(bytes, offset)
    const from = Math.ceil((offset * 8) / 6)
    const to = Math.floor(((offset + bytes.length) * 8) / 6)
    return base64(shifted).slice(from, to)
  })
  const forms = [whole, ...aligned]
  return [...forms, ...forms.map(form => form.replace(/\+/g, '-').replace(/\//g, '_'))]
}

function base64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/** The same result with every text in it redacted: what every renderer gets to see. */
export function redactResult(result: RunResult, redact: Redact): RunResult {
  return redactValue(result, redact) as RunResult
}

function redactValue(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value)
  if (value instanceof CodedError) {
    const { expected, found, mend } = value.finding
    const finding = { expected: redact(expected), found: redact(found), mend: redact(mend) }
    return new CodedError(value.code, finding, { location: value.location })
  }
  if (Array.isArray(value)) return value.map(item => redactValue(item, redact))
  if (value === null || typeof value !== 'object') return value
  const redactEntries = (entries: Iterable<[string, unknown]>): [string, unknown][] =>
    Array.from(entries, ([key, inner]) => [redact(key), redactValue(inner, redact)])
  if (value instanceof Map) return new Map(redactEntries(value as Map<string, unknown>))
  const prototype: unknown = Object.getPrototypeOf(value)
  // Copied property by property, an instance of another class would lose what it holds.
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError(`Not redactable: ${value.constructor.name}`)
  return Object.fromEntries(redactEntries(Object.entries(value)))
}

/** The values that this process may not print. */
interface Masks {
  /** `false`: it was there already, or is empty. */
  add(secret: string): boolean
  readonly redact: Redact
}

export function createMasks(): Masks {
  const secrets: string[] = []
  // Made on first use: a run masks a dozen values before it prints anything.
  let redactor: Redact | null = null
  return {
    add: secret => {
      if (secret === '' || secrets.includes(secret)) return false
      secrets.push(secret)
      redactor = null
      return true
    },
    redact: text => (redactor ??= createRedactor(secrets))(text)
  }
}
