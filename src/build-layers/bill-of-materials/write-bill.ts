/** The bill of materials of a content on this machine, written beside its archive. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256Hex } from '../../model/digest.js'
import type { Artifact } from '../../model/index.js'
import { billOfMaterials, type BillSubject } from './document.js'
import { partsOf, type ContentFile, type Part } from './parts.js'
import { readPlainFileSync } from '../../ports/plain-file.js'

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
