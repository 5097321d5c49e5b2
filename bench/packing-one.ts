/** Packs one tree in a process of its own, as a run of the action does; prints milliseconds and peak memory as JSON. */
import { readFileSync, statSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { listContent } from '../src/build-layers/archive/list-content.js'
import { workerPackers } from '../src/build-layers/archive/compress/packers.js'
import { writeArchive } from '../src/build-layers/archive/write-archive.js'

/** The folder that is packed, the archive, dist/pack-worker.js. */
const [root = '', file = '', worker = ''] = process.argv.slice(2)
void (async () => {
  const started = performance.now()
  const packers = workerPackers({ program: pathToFileURL(worker), workers: 2 })
  const entries = (await listContent(root)).filter(entry => entry.kind !== 'refused')
  const { threads } = await writeArchive(root, entries, file, { packers })
  const milliseconds = performance.now() - started
  await packers.close()
  if (threads !== 2) throw new Error(`packed by ${threads} threads`)
  process.stdout.write(JSON.stringify({ milliseconds, peakMegabytes: peakMegabytes(), bytes: statSync(file).size }))
})()

/** Of this program alone: what `getrusage` says is at least what the program that started it had. */
function peakMegabytes(): number {
  const [, kilobytes] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
  return Number(kilobytes) / 1024
}
