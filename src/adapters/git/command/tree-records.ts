/** What git prints of trees (`ls-tree -z`), as values. Bytes in, nothing lost. */
import { CodedError } from '../../../model/errors.js'
import type { TreeEntry } from '../../../model/index.js'

/** The modes that git writes, with the type that `ls-tree` must show for each. */
const typeOfMode: ReadonlyMap<string, string> = new Map([
  ['100644', 'blob'],
  ['100755', 'blob'],
  ['120000', 'blob'],
  ['040000', 'tree'],
  ['160000', 'commit']
])

/**
 * The entries of `git ls-tree -z`, in git's order.
 * @throws CodedError `GIT_FAILED` with the raw record, for anything that is not a whole, known record
 */
export function parseTree(output: Uint8Array): TreeEntry[] {
  return splitRecords(output).map(record => {
    const text = decodePath(record)
    const match = /^([0-7]{6}) ([a-z]+) ([0-9a-f]{40}|[0-9a-f]{64})\t([^]+)$/.exec(text)
    const [, mode = '', type, objectId = '', path = ''] = match ?? []
    if (match === null || typeOfMode.get(mode) !== type) throw unknownRecord('ls-tree', text)
    return { path, mode, objectId }
  })
}

/** NUL-terminated records. A last record without its NUL means that the output was cut. */
function splitRecords(output: Uint8Array): Uint8Array[] {
  const records: Uint8Array[] = []
  let start = 0
  for (let end = output.indexOf(0); end !== -1; end = output.indexOf(0, start)) {
    records.push(output.subarray(start, end))
    start = end + 1
  }
  if (start < output.length) throw unknownRecord('its -z output, NUL-terminated', decodePath(output.subarray(start)))
  return records
}

function unknownRecord(command: string, raw: string): CodedError {
  return new CodedError('GIT_FAILED', {
    expected: `a record of git ${command}`,
    found: JSON.stringify(raw),
    mend: 'update git to 2.31 or newer, and report this record if it still shows'
  })
}

// Not `fatal`: a thrown error costs a thousand times what looking for U+FFFD does.
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
const replacement = '\ufffd'
const firstEscape = 0xdc00

/**
 * A path as text, without loss: valid UTF-8 as it is, any other byte as the lone surrogate U+DC00 + byte, which no valid
 * UTF-8 can yield (the scheme of Python's PEP 383). JSON keeps lone surrogates, so digests stay distinct too.
 */
export function decodePath(bytes: Uint8Array): string {
  const whole = utf8.decode(bytes)
  if (!whole.includes(replacement)) return whole
  let text = ''
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at] as number
    const sequence = bytes.subarray(at, at + (lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4))
    const character = utf8.decode(sequence)
    const valid = !character.includes(replacement) || isReplacement(sequence)
    text += valid ? character : String.fromCharCode(firstEscape + lead)
    at += valid ? sequence.length : 1
  }
  return text
}

/** The character U+FFFD may stand in a path itself. */
function isReplacement([first, second, third]: Uint8Array): boolean {
  return first === 0xef && second === 0xbf && third === 0xbd
}

const encoder = new TextEncoder()

/** The bytes of a path that `decodePath` made. */
export function encodePath(path: string): Uint8Array {
  if (!/\p{Surrogate}/u.test(path)) return encoder.encode(path)
  const bytes = path.split(/(\p{Surrogate})/u).flatMap(part => {
    const code = part.length === 1 ? part.charCodeAt(0) : 0
    const escaped = code >= firstEscape + 0x80 && code <= firstEscape + 0xff
    return escaped ? [code - firstEscape] : [...encoder.encode(part)]
  })
  return Uint8Array.from(bytes)
}
