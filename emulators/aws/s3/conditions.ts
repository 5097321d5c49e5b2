/** Conditional requests. Sources: "Conditional requests", S3 User Guide; RFC 9110, section 13. */
import type { StoredObject } from '../world.js'
import type { Headers } from './checksums.js'
import { noSuchKey, notImplemented, S3Error } from './s3-error.js'

/** `If-None-Match: *` (write once) and `If-Match: <etag>` (compare and swap). Throws 412, or 404 for a swap of nothing. */
export function checkWriteConditions(headers: Headers, key: string, current: StoredObject | undefined): void {
  const [ifNoneMatch, ifMatch] = [headers['if-none-match'], headers['if-match']]
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch !== '*' || ifMatch !== undefined) throw notImplemented('If-None-Match')
    if (current !== undefined) throw preconditionFailed('If-None-Match')
  }
  checkIfMatch(ifMatch, key, current)
}

export function checkIfMatch(ifMatch: string | undefined, key: string, current: StoredObject | undefined): void {
  if (ifMatch === undefined) return
  if (current === undefined) throw noSuchKey(key)
  if (ifMatch !== '*' && bare(ifMatch) !== bare(current.etag)) throw preconditionFailed('If-Match')
}

/** Throws 412; `not-modified`: answer 304. */
export function checkReadConditions(headers: Headers, object: StoredObject): 'read' | 'not-modified' {
  const modified = Math.floor(object.lastModified / 1000) * 1000
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = headers
  const unmodifiedSince = Date.parse(headers['if-unmodified-since'] ?? '')
  const modifiedSince = Date.parse(headers['if-modified-since'] ?? '')
  if (ifMatch !== undefined) checkIfMatch(ifMatch, object.key, object)
  else if (unmodifiedSince < modified) throw preconditionFailed('If-Unmodified-Since')
  if (ifNoneMatch !== undefined) {
    return ifNoneMatch === '*' || bare(ifNoneMatch) === bare(object.etag) ? 'not-modified' : 'read'
  }
  return modifiedSince >= modified ? 'not-modified' : 'read'
}

function preconditionFailed(condition: string): S3Error {
  const message = 'At least one of the pre-conditions you specified did not hold'
  return new S3Error(412, 'PreconditionFailed', message, { Condition: condition })
}

function bare(etag: string): string {
  return etag.replace(/^"|"$/g, '')
}
