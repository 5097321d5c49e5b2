/** The bill of materials of a content: of one on this machine, written beside its archive, and of an archive that was not packed in this run. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256Hex } from '../../model/digest.js'
import type { Artifact } from '../../model/index.js'
import { billOfMaterials, type BillSubject } from './document.js'
import { partsOf, type ContentFile, type Part } from './parts.js'
import { readPlainFileSync } from '../../ports/plain-file.js'
import { digestLine, digestOf, filesOf, type DigestLine } from '../archive/read-archive.js'

/** No text about a package is longer, but for the RECORD of one with tens of thousands of files. */
const longestBytes = 16_000_000

export interface WrittenBill extends Required<Pick<Artifact, 'bill'>> {
  readonly parts: readonly Part[]
}

/** @param root the folder that holds `files` @param file where it is written */
export async function writeBill(
  subject: BillSubject,
  content: { readonly root: string; readonly files: readonly ContentFile[] },
  file: string
): Promise<WrittenBill> {
  const regular = new Set(content.files.flatMap(([path, mode]) => (mode === '120000' ? [] : [path])))
  const parts = partsOf(content.files, path => (regular.has(path) ? textOf(join(content.root, path)) : null))
  const text = await billOfMaterials(subject, parts)
  await writeFile(file, text)
  return { bill: { file, sha256: sha256Hex(text), sizeBytes: Buffer.byteLength(text) }, parts }
}

/** Bytes that are not UTF-8 are no reason to leave a package out. */
function textOf(path: string): string | null {
  try {
    return readPlainFileSync(path, longestBytes).toString()
  } catch {
    return null
  }
}

/** What partsOf asks for; nothing else of the archive is kept in memory. */
const readAgain = /[.]dist-info\/(?:METADATA|RECORD)$|^nodejs\/.*\/package[.]json$/

/** Made anew from its bytes. @throws Error where they are no zip that reads in one way only */
export async function billOfArchive(
  zip: Uint8Array,
  declared: Omit<BillSubject, 'contentDigest'>
): Promise<{ readonly contentDigest: string; readonly text: string }> {
  const lines: DigestLine[] = []
  const texts = new Map<string, string>()
  for (const file of filesOf(zip)) {
    lines.push(digestLine(file))
    if (file.mode !== '120000' && readAgain.test(file.path)) texts.set(file.path, file.content.toString('utf8'))
  }
  const contentDigest = digestOf(lines)
  const files: readonly ContentFile[] = lines
  const text = await billOfMaterials(
    { ...declared, contentDigest },
    partsOf(files, path => texts.get(path) ?? null)
  )
  return { contentDigest, text }
}
