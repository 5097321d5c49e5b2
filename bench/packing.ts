/** `npm run bench:packing [rounds]`: packing against Info-ZIP, alternating in one run, median ratios. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { makeTree, treeNames } from './packing-trees.js'
import { median } from './start-up.js'

const rounds = Number(process.argv[2] ?? 5)
const scratch = mkdtempSync(join(tmpdir(), 'packing-'))
const zipFile = join(scratch, 'zip.zip')
const ourFile = join(scratch, 'ours.zip')
const packOne = resolve(import.meta.dirname, 'packing-one.ts')

console.log(`Node ${process.version}, 2 workers, median of ${rounds}\n`)
console.log('| tree | time / `zip -6` | size / `zip -6` | peak memory |\n| --- | --- | --- | --- |')
try {
  for (const name of treeNames) {
    const tree = join(scratch, 'tree')
    makeTree(name, tree)
    const times: number[] = []
    const peaks: number[] = []
    let size = 0
    for (let round = 0; round < rounds; round++) {
      rmSync(zipFile, { force: true })
      rmSync(ourFile, { force: true })
      const zip = timed(() => execFileSync('zip', ['-r', '-X', '-q', '-6', zipFile, '.'], { cwd: tree }))
      const answer = execFileSync(process.execPath, ['--import', 'tsx', packOne, tree, ourFile], { encoding: 'utf8' })
      const ours = JSON.parse(answer) as { milliseconds: number; peakMegabytes: number; bytes: number }
      times.push(ours.milliseconds / zip)
      peaks.push(ours.peakMegabytes)
      size = ours.bytes / statSync(zipFile).size
    }
    const peak = Math.max(...peaks).toFixed(0)
    console.log(`| ${name} | ${median(times).toFixed(2)} | ${size.toFixed(4)} | ${peak} MB |`)
    rmSync(tree, { recursive: true })
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

function timed(work: () => void): number {
  const started = performance.now()
  work()
  return performance.now() - started
}
