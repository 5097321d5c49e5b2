/** What is refused before YAML is read at all: too large, or not text. */
import { CodedError } from '../../model/errors.js'

/** 1 MB as UTF-8: a configuration of ten thousand layers fits. */
export const largestBytes = 1_000_000

/**
 * The bytes of the configuration as text. Throws `CONFIG_INVALID` where they are not UTF-8, or more than `largestBytes`. A byte order
 * mark is allowed.
 */
export function decodeConfig(bytes: Uint8Array, file: string): string {
  if (bytes.length > largestBytes) throw tooLarge(bytes.length, file)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    const text = new TextDecoder('utf-8').decode(bytes)
    throw notUtf8(text.indexOf('\uFFFD'), text, file, cause)
  }
}

/** `text` comes from any decoder: a replacement character or NUL says that the bytes were no UTF-8 text. */
export function refusedText(text: string, file: string): CodedError | null {
  if (text.length > largestBytes) return tooLarge(text.length, file)
  const sizeBytes = new TextEncoder().encode(text).length
  if (sizeBytes > largestBytes) return tooLarge(sizeBytes, file)
  const broken = text.search(/[\uFFFD\0]/)
  return broken === -1 ? null : notUtf8(broken, text, file)
}

function tooLarge(sizeBytes: number, file: string): CodedError {
  return new CodedError(
    'CONFIG_INVALID',
    {
      expected: `at most ${largestBytes.toLocaleString('en')} bytes`,
      found: `at least ${sizeBytes} bytes`,
      mend: 'shorten the configuration'
    },
    { location: { file, line: 1, column: 1 } }
  )
}

function notUtf8(offset: number, text: string, file: string, cause?: unknown): CodedError {
  const before = text.slice(0, Math.max(0, offset)).split('\n')
  return new CodedError(
    'CONFIG_INVALID',
    { expected: 'UTF-8 text', found: 'bytes that are none', mend: 'save the file as UTF-8' },
    { cause, location: { file, line: before.length, column: (before.at(-1) ?? '').length + 1 } }
  )
}
