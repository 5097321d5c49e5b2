/** Archives that the action did not write: the same content stored without compression, or whatever somebody puts into a bucket. */
import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { StoredObject } from '../../emulators/aws/world.js'
import {
  endOfCentralDirectory,
  localHeader,
  writeCentralHeader,
  type ZipEntry
} from '../../src/build-layers/archive/zip-records.js'

export interface ZippedFile {
  readonly path: string
  readonly content: string | Buffer
  /** Default 0o100644. */
  readonly mode?: number
  /** The name in the directory where it is to differ from the file's own. */
  readonly listedAs?: string
}

/** Every file stored, in the order given. */
export function zipOf(files: readonly ZippedFile[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { path, content, mode = 0o100644, listedAs = path } of files) {
    const data = Buffer.from(content)
    const sizes = { crc32: crc32(data), compressedBytes: data.length, sizeBytes: data.length }
    const entry: ZipEntry = { name: path, mode, method: 'stored', streamed: false, ...sizes, offset }
    const local = localHeader(entry)
    const central = Buffer.alloc(1024)
    directory.push(central.subarray(0, writeCentralHeader(central, 0, { ...entry, name: listedAs })))
    parts.push(local, data)
    offset += local.length + data.length
  }
  const listed = Buffer.concat(directory)
  return Buffer.concat([...parts, listed, endOfCentralDirectory(files.length, listed.length, offset)])
}

/** As S3 holds it after an upload by anybody: the checksum is S3's own, the metadata the uploader's. */
export function storedObject(
  key: string,
  body: Buffer,
  metadata: Readonly<Record<string, string>>,
  checksum: 'SHA256' | 'none' = 'SHA256'
): StoredObject {
  const value = createHash('sha256').update(body).digest('base64')
  return {
    key,
    body,
    metadata,
    etag: `"${createHash('md5').update(body).digest('hex')}"`,
    checksumSha256: value,
    contentType: 'application/zip',
    lastModified: Date.now(),
    ...(checksum === 'SHA256' && { statedChecksum: { algorithm: 'SHA256', type: 'FULL_OBJECT', value } })
  }
}
