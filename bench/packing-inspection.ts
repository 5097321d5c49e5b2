/** What the inspection of one tree costs on one thread, in batches as the packer makes them; prints milliseconds as JSON. */
import { readFileSync } from 'node:fs'
import { listContent, type FileEntry } from '../src/build-layers/archive/list-content.js'
import { traitsOf } from '../src/build-layers/inspect/file-traits.js'
import { secretScan, type FileStretch } from '../src/build-layers/inspect/secret-scan.js'

const batchBytes = 1024 * 1024
const root = process.argv[2] ?? ''
const findSecrets = secretScan()
let milliseconds = 0

function inspect(batch: readonly { readonly path: string; readonly data: Buffer }[]): void {
  const bytes = Buffer.concat(batch.map(({ data }) => data))
  const started = performance.now()
  const stretches: FileStretch[] = []
  let start = 0
  for (const { path, data } of batch) {
    traitsOf(path, data)
    stretches.push({ path, start, end: start + data.byteLength, first: true, last: true })
    start += data.byteLength
  }
  findSecrets(bytes, stretches)
  milliseconds += performance.now() - started
}

void (async () => {
  let batch: { path: string; data: Buffer }[] = []
  let bytes = 0
  const files = (await listContent(root)).filter((entry): entry is FileEntry => entry.kind === 'file')
  for (const { path } of files) {
    const data = readFileSync(`${root}/${path}`)
    batch.push({ path, data })
    bytes += data.byteLength
    if (bytes < batchBytes) continue
    inspect(batch)
    batch = []
    bytes = 0
  }
  inspect(batch)
  process.stdout.write(JSON.stringify({ milliseconds }))
})()
