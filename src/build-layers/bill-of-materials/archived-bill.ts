/** The bill of materials of an archive that was not packed in this run, made anew from its bytes. */
import { digestLine, digestOf, filesOf, type DigestLine } from '../archive/read-archive.js'
import { billOfMaterials, type BillSubject } from './document.js'
import { partsOf, type ContentFile } from './parts.js'

/** What partsOf asks for; nothing else of the archive is kept in memory. */
const readAgain = /[.]dist-info\/(?:METADATA|RECORD)$|^nodejs\/.*\/package[.]json$/

/** @throws Error where the bytes are no zip that reads in one way only */
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
