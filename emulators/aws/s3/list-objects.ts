/** ListObjectsV2: in the order of the keys' UTF-8 bytes, page by page. */
import { renderXml } from '../xml.js'
import type { AwsRequest, AwsResponse, Bucket, StoredObject } from '../world.js'
import { s3Namespace } from './objects-read.js'
import { invalidArgument } from './s3-error.js'

interface Page {
  readonly contents: readonly StoredObject[]
  readonly prefixes: readonly string[]
  /** The last key or common prefix of the page; `null`: nothing follows. */
  readonly next: string | null
}

export function listObjects(request: AwsRequest, bucket: Bucket): AwsResponse {
  const { query } = request
  const prefix = query.get('prefix') ?? ''
  const delimiter = query.get('delimiter') ?? ''
  const maxKeys = readMaxKeys(query.get('max-keys'))
  const token = query.get('continuation-token')
  const startAfter = query.get('start-after')
  const after = token === null ? { key: startAfter ?? '', name: '' } : { key: '', name: readToken(token) }
  const page = pageOf([...bucket.objects.values()], { prefix, delimiter, maxKeys, after })
  const encoded = query.get('encoding-type') === 'url'
  const text = (value: string): string => (encoded ? encodeURIComponent(value).replaceAll('%2F', '/') : value)
  const content = {
    Name: bucket.name,
    Prefix: text(prefix),
    Delimiter: delimiter === '' ? null : text(delimiter),
    MaxKeys: maxKeys,
    EncodingType: encoded ? 'url' : null,
    KeyCount: page.contents.length + page.prefixes.length,
    IsTruncated: page.next !== null,
    ContinuationToken: token,
    StartAfter: token === null && startAfter !== null ? text(startAfter) : null,
    NextContinuationToken: page.next === null ? null : Buffer.from(page.next).toString('base64url'),
    Contents: page.contents.map(object => ({
      Key: text(object.key),
      LastModified: new Date(object.lastModified).toISOString(),
      ETag: object.etag,
      ChecksumAlgorithm: object.statedChecksum?.algorithm ?? 'CRC64NVME',
      ChecksumType: object.statedChecksum?.type ?? 'FULL_OBJECT',
      Size: object.body.length,
      StorageClass: 'STANDARD'
    })),
    CommonPrefixes: page.prefixes.map(one => ({ Prefix: text(one) }))
  }
  const body = renderXml('ListBucketResult', content, s3Namespace)
  return { status: 200, headers: { 'content-type': 'application/xml' }, body }
}

interface Selection {
  readonly prefix: string
  readonly delimiter: string
  readonly maxKeys: number
  /** `key`: start after this key. `name`: the last key or common prefix of the page before. Empty: from the start. */
  readonly after: { readonly key: string; readonly name: string }
}

function pageOf(objects: readonly StoredObject[], { prefix, delimiter, maxKeys, after }: Selection): Page {
  const contents: StoredObject[] = []
  const prefixes: string[] = []
  let last = after.name
  const ordered = objects
    .filter(object => object.key.startsWith(prefix) && isAfter(object.key, after.key))
    .sort((a, b) => compareBytes(a.key, b.key))
  for (const object of ordered) {
    const common = commonPrefix(object.key, prefix, delimiter)
    const name = common ?? object.key
    if (!isAfter(name, last)) continue
    if (contents.length + prefixes.length === maxKeys) return { contents, prefixes, next: maxKeys === 0 ? null : last }
    last = name
    if (common === null) contents.push(object)
    else prefixes.push(common)
  }
  return { contents, prefixes, next: null }
}

function isAfter(name: string, other: string): boolean {
  return other === '' || compareBytes(name, other) > 0
}

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

function commonPrefix(key: string, prefix: string, delimiter: string): string | null {
  const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
  return end === -1 ? null : key.slice(0, end + delimiter.length)
}

function readMaxKeys(value: string | null): number {
  if (value === null) return 1000
  if (!/^\d{1,10}$/.test(value))
    throw invalidArgument('Provided max-keys not an integer or within integer range', 'max-keys', value)
  return Math.min(Number(value), 1000)
}

function readToken(token: string): string {
  const key = Buffer.from(token, 'base64url').toString('utf8')
  if (Buffer.from(key).toString('base64url') === token && key !== '') return key
  throw invalidArgument('The continuation token provided is incorrect', 'continuation-token', token)
}
