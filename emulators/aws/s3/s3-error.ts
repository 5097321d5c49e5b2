/** Errors of S3, thrown by the operations and written by the service. Source: "Error responses", Amazon S3 API Reference. */
import type { XmlTree } from '../xml.js'

export class S3Error extends Error {
  override readonly name = 'S3Error'
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** Further elements of the error document. */
    readonly details: XmlTree = {},
    readonly headers: Readonly<Record<string, string>> = {}
  ) {
    super(message)
  }
}

export function accessDenied(headers: Readonly<Record<string, string>> = {}): S3Error {
  return new S3Error(403, 'AccessDenied', 'Access Denied', {}, headers)
}

export function noSuchKey(key: string): S3Error {
  return new S3Error(404, 'NoSuchKey', 'The specified key does not exist.', { Key: key })
}

export function invalidRequest(message: string): S3Error {
  return new S3Error(400, 'InvalidRequest', message)
}

export function invalidArgument(message: string, name: string, value: string): S3Error {
  return new S3Error(400, 'InvalidArgument', message, { ArgumentName: name, ArgumentValue: value })
}

/** A feature of S3 that this emulator leaves out answers as S3 answers a feature it does not know. */
export function notImplemented(what: string): S3Error {
  const message = `A header or parameter you provided implies functionality that is not implemented: ${what}`
  return new S3Error(501, 'NotImplemented', message)
}
