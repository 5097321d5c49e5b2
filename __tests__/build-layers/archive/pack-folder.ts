/** Packs a folder and prints the digests, for a test that runs it under another Node, umask, time zone, locale, number of workers. */
import { listContent } from '../../../src/build-layers/archive/list-content.js'
import { workerPackers } from '../../../src/build-layers/archive/compress/packers.js'
import { writeArchive } from '../../../src/build-layers/archive/write-archive.js'
import { workerProgram } from './worker-program.js'

const [folder = '', file = '', workers = '1'] = process.argv.slice(2)
void (async () => {
  const entries = (await listContent(folder)).filter(entry => entry.kind !== 'refused')
  const packers = workerPackers({ ...workerProgram, workers: Number(workers) })
  const { contentDigest, artifactSha256, threads } = await writeArchive(folder, entries, file, { packers })
  await packers.close()
  if (threads !== Number(workers)) throw new Error(`${threads} threads`)
  process.stdout.write(JSON.stringify({ contentDigest, artifactSha256 }))
})()
