/** Packs a folder and prints the digests, for a test that runs it under another Node, umask, time zone and locale. */
import { listContent } from '../../../src/build-layers/archive/list-content.js'
import { writeArchive } from '../../../src/build-layers/archive/write-archive.js'

const [folder = '', file = ''] = process.argv.slice(2)
void (async () => {
  const entries = (await listContent(folder)).filter(entry => entry.kind !== 'refused')
  const { contentDigest, artifactSha256 } = await writeArchive(folder, entries, file)
  process.stdout.write(JSON.stringify({ contentDigest, artifactSha256 }))
})()
