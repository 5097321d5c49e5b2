/** Packs one tree in a process of its own, as a run of the action does; prints milliseconds and peak memory as JSON. */
import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { listContent } from '../src/build-layers/archive/list-content.js'
import { workerPackers } from '../src/build-layers/archive/compress/packers.js'
import { writeArchive } from '../src/build-layers/archive/write-archive.js'

const [root = '', file = ''] = process.argv.slice(2)
void (async () => {
  const started = performance.now()
  const program = pathToFileURL(resolve(import.meta.dirname, '../dist/pack-worker.js'))
  const packers = workerPackers({ program, workers: 2 })
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
