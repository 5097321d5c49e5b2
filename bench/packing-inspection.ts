/** What the inspection of one tree costs on one thread, in batches as the packer makes them; prints milliseconds as JSON. */
import { readFileSync } from 'node:fs'
import { dictionaryBytes, newDeflater, pieceBytes } from '../src/build-layers/archive/compress/deflate.js'
import { listContent } from '../src/build-layers/archive/list-content.js'
import { traitsOf } from '../src/build-layers/inspect/file-traits.js'
import { secretScan, type FileStretch } from '../src/build-layers/inspect/secrets/secret-scan.js'

const root = process.argv[2] ?? ''
const { input, searchFor } = newDeflater()
const findSecrets = secretScan(searchFor)
let milliseconds = 0
let stretches: FileStretch[] = []
let end = dictionaryBytes

function inspectBatch(): void {
  const started = performance.now()
  for (const stretch of stretches) traitsOf(stretch.path, input.subarray(stretch.start, stretch.end))
  findSecrets(input.subarray(0, end), stretches)
  milliseconds += performance.now() - started
  stretches = []
  end = dictionaryBytes
}

void (async () => {
  for (const entry of await listContent(root)) {
    if (entry.kind !== 'file') continue
    const data = readFileSync(`${root}/${entry.path}`)
    for (let at = 0; at < data.byteLength; at += pieceBytes) {
      const piece = data.subarray(at, at + pieceBytes)
      if (end + piece.byteLength > dictionaryBytes + pieceBytes) inspectBatch()
      piece.copy(input, end)
      stretches.push({ path: entry.path, start: end, end: end + piece.byteLength, first: true, last: true })
      end += piece.byteLength
    }
  }
  inspectBatch()
  process.stdout.write(JSON.stringify({ milliseconds }))
})()
