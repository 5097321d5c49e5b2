/** Removes secrets, in every form in which they travel, and the user part of URLs, from text that leaves the run. */
import { CodedError } from '../errors.js'
import type { RunResult } from '../model.js'

export type Redact = (text: string) => string

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
  return text.replace(/(?<![a-z0-9+.-])([a-z][a-z0-9+.-]*:\/\/)[^\s/?#"'<>`|\\]+@/gi, `$1${PLACEHOLDER}@`)
}

function secretForms(secret: string): readonly string[] {
  // A key of several lines is printed line by line.
  const lines = secret.includes('\n') ? [secret, ...secret.split(/\r?\n/)] : [secret]
  return lines
    .map(line => line.trim())
    .filter(line => line.length >= SHORTEST_SECRET)
    .flatMap(line => [
      line,
      JSON.stringify(line).slice(1, -1),
      encodeUrl(line),
      encodeUrl(line).replace(/%20/g, '+'),
      ...base64Forms(line)
    ])
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
  const forms = [whole, ...aligned].filter(form => form.length >= SHORTEST_SECRET)
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
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [redact(key), redactValue(inner, redact)]))
}
