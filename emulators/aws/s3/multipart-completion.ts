/** The one XML document that a client sends: the list of parts of CompleteMultipartUpload. */
import type { ChecksumAlgorithm } from '../world.js'
import { S3Error } from './s3-error.js'

export interface CompletedPart {
  readonly partNumber: number
  readonly etag: string
  readonly checksums: Partial<Record<ChecksumAlgorithm, string>>
}

/** Throws `MalformedXML` for no part, an unknown element, or a part without number or ETag. */
export function readCompletion(body: Buffer): CompletedPart[] {
  const text = body.toString('utf8').replace(/^<\?xml[^>]*\?>\s*/, '')
  const root = /^<CompleteMultipartUpload(?: xmlns="[^"]*")?>([\s\S]*)<\/CompleteMultipartUpload>\s*$/.exec(text)
  const parts = elementsOf(root?.[1] ?? '').map(([name, content]) => {
    if (name !== 'Part') throw malformed()
    return readPart(new Map(elementsOf(content)))
  })
  if (parts.length === 0 || parts.length > 10_000) throw malformed()
  return parts
}

function readPart(fields: ReadonlyMap<string, string>): CompletedPart {
  const [number, etag] = [fields.get('PartNumber') ?? '', fields.get('ETag')]
  if (!/^\d{1,5}$/.test(number) || etag === undefined) throw malformed()
  const checksums = Object.fromEntries(
    [...fields].filter(([name]) => name.startsWith('Checksum')).map(([name, value]) => [name.slice(8), value])
  )
  return { partNumber: Number(number), etag, checksums }
}

/** Sibling elements without attributes, and nothing else between them. */
function elementsOf(text: string): [name: string, content: string][] {
  const elements: [string, string][] = []
  const rest = text.replace(/<(\w+)>([\s\S]*?)<\/\1>/g, (_all, name: string, content: string) => {
    elements.push([name, unescape(content)])
    return ''
  })
  if (rest.trim() !== '') throw malformed()
  return elements
}

function unescape(text: string): string {
  return text.includes('<')
    ? text
    : text
        .replace(/&(?:quot|#34);/g, '"')
        .replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>')
        .replace(/&amp;/g, '&')
}

function malformed(): S3Error {
  const message = 'The XML you provided was not well-formed or did not validate against our published schema'
  return new S3Error(400, 'MalformedXML', message)
}
