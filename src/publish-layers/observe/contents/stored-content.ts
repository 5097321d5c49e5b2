/** What is stored under a content digest, read for the report alone: its archive's directory, and its bill of materials. */
import { open } from 'node:fs/promises'
import { entriesFromEnd, type ReadEnd } from '../../../build-layers/archive/directory-entries.js'
import { knownBill, type KnownBill } from '../../../build-layers/bill-of-materials/known-bill.js'
import { packagesIn } from '../../../build-layers/inspect/installed-packages.js'
import { CodedError } from '../../../model/errors.js'
import type { Artifact, PackageVersion } from '../../../model/index.js'
import type { DirectoryEntry } from '../../../model/packages.js'
import type { Aws } from '../../../ports/aws.js'
import type { Log } from '../../../ports/runner.js'
import { readPlainFile } from '../../../ports/plain-file.js'
import { placeOf } from '../../apply/stored-artifact.js'
import { billKey, type Target } from '../../target.js'

export interface StoredContent {
  /** Python's stand in names of files, Node's in a bill of materials alone; `null`: not known. */
  readonly python: readonly PackageVersion[]
  readonly node: readonly PackageVersion[] | null
  /** Of the zip; `null`: not known. */
  readonly sizeBytes: number | null
  /** `null`: there is no archive that can be read. */
  readonly files: readonly DirectoryEntry[] | null
  readonly bill: KnownBill | null
}

export interface ContentPorts {
  readonly aws: Aws
  readonly log: Log
  readonly signal: AbortSignal
}

export const noContent: StoredContent = { python: [], node: [], sizeBytes: 0, files: [], bill: null }

/** One of 5,000 packages has some megabytes. */
const longestBillBytes = 64_000_000

/**
 * A role that plans need not be allowed to read archives: then it is not known what changes.
 * @param withBill asks for the bill of materials, too: a second call
 */
export async function storedAt(
  target: Target,
  contentDigest: string,
  withBill: boolean,
  ports: ContentPorts
): Promise<StoredContent | null> {
  const { objects } = ports.aws.region(target.region)
  const place = placeOf(target, contentDigest)
  const billPlace = { ...place, key: billKey(target.layerName, contentDigest) }
  const unknown = (what: string) => (error: unknown) => {
    if (ports.signal.aborted) throw error
    ports.log.debug(`${what} of ${target.layerName} in ${target.region} is not known: ${String(error)}`)
    return null
  }
  const [archive, text] = await Promise.all([
    archiveEnd(count => objects.end(place, count)).catch(unknown('The archive')),
    withBill ? objects.get(billPlace, longestBillBytes).catch(unknown('The bill of materials')) : null
  ])
  const bill = text === null ? null : verified(new TextDecoder().decode(text.body), contentDigest, archive)
  if (bill === 'altered') ports.log.warning(altered(billPlace).message)
  const known = bill === 'altered' ? null : bill
  if (archive !== null) return { ...archive, node: known?.node ?? null, bill: known }
  return known === null ? null : { python: known.python, node: known.node, sizeBytes: null, files: null, bill: known }
}

/** What was built here. */
export async function builtContent({ file, bill }: Pick<Artifact, 'file' | 'bill'>): Promise<StoredContent | null> {
  const archive = await archiveEnd(endOfFile(file))
  if (archive === null) return null
  const text = bill === undefined ? null : await readPlainFile(bill.file, longestBillBytes)
  const known = text === null ? null : knownBill(text.toString())
  return { ...archive, node: known?.node ?? null, bill: known }
}

type Archive = StoredContent & { readonly files: readonly DirectoryEntry[] }

async function archiveEnd(read: ReadEnd): Promise<Archive | null> {
  let sizeBytes = 0
  const files = await entriesFromEnd(async count => {
    const end = await read(count)
    sizeBytes = end?.sizeBytes ?? 0
    return end
  })
  if (files === null) return null
  return { python: packagesIn(files.map(({ path }) => path)), node: null, sizeBytes, files, bill: null }
}

/** The bill of this very content names the packages that the archive's own directory does. */
function verified(text: string, contentDigest: string, archive: Archive | null): KnownBill | 'altered' {
  const bill = knownBill(text)
  if (bill?.contentDigest !== contentDigest) return 'altered'
  return archive === null || sameList(bill.python, archive.python) ? bill : 'altered'
}

function sameList(a: readonly PackageVersion[], b: readonly PackageVersion[]): boolean {
  const listed = (all: readonly PackageVersion[]): string =>
    JSON.stringify([...new Set(all.map(({ name, version }) => `${name} ${version}`))].sort())
  return listed(a) === listed(b)
}

function altered({ bucket, key }: { readonly bucket: string; readonly key: string }): CodedError {
  return new CodedError('ARTIFACT_ALTERED', {
    expected: `s3://${bucket}/${key} as the action wrote it, for the report of what changes`,
    found: 'a document that does not tell of the archive beside it',
    mend: 'find out who wrote there, and restore the object from an earlier version of the bucket'
  })
}

function endOfFile(path: string): ReadEnd {
  return async count => {
    const file = await open(path)
    try {
      const { size } = await file.stat()
      const bytes = Buffer.alloc(Math.min(count, size))
      await file.read(bytes, 0, bytes.byteLength, size - bytes.byteLength)
      return { bytes, sizeBytes: size }
    } finally {
      await file.close()
    }
  }
}
