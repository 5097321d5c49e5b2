/** `npm run bench:packing [rounds]`: packing against Info-ZIP and libraries, alternating in one run, median ratios. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { buildSync } from 'esbuild'
import { makeTree, manyFiles, treeNames, type TreeName } from './packing-trees.js'
import { median } from './start-up.js'

/** Time as a share of Info-ZIP's. */
const timeGoals: Readonly<Record<TreeName, number>> = {
  '60 MB of text': 0.6,
  '200 MB with shared objects': 0.36,
  '30,000 small files': 1
}
const [sizeGoal, memoryGoal, libraryGoal, inspectionGoal] = [1.015, 220, 0.7, 0.15]
const libraries = ['fflate', 'yazl'] as const

const rounds = Number(process.argv[2] ?? 5)
const scratch = mkdtempSync(join(tmpdir(), 'packing-'))
const tree = join(scratch, 'tree')
const file = join(scratch, 'out.zip')

interface Answer {
  readonly milliseconds: number
  readonly bytes: number
  readonly peakMegabytes: number
}

function run(script: string, args: readonly string[]): Answer {
  rmSync(file, { force: true })
  const argv = ['--import', 'tsx', resolve(import.meta.dirname, script), ...args]
  return JSON.parse(execFileSync(process.execPath, argv, { encoding: 'utf8' })) as Answer
}

/** As JavaScript: what runs TypeScript would be part of the peak. */
const packOne = join(scratch, 'packing-one.mjs')
buildSync({
  entryPoints: [resolve(import.meta.dirname, 'packing-one.ts')],
  ...{ bundle: true, platform: 'node', format: 'esm', outfile: packOne }
})

function runOne(): Answer {
  rmSync(file, { force: true })
  const argv = [packOne, tree, file, resolve(import.meta.dirname, '../dist/pack-worker.js')]
  return JSON.parse(execFileSync(process.execPath, argv, { encoding: 'utf8' })) as Answer
}

function runZip(): Pick<Answer, 'milliseconds' | 'bytes'> {
  rmSync(file, { force: true })
  const started = performance.now()
  execFileSync('zip', ['-r', '-X', '-q', '-6', file, '.'], { cwd: tree })
  return { milliseconds: performance.now() - started, bytes: statSync(file).size }
}

function measure(name: TreeName): readonly string[] {
  const ours: Answer[] = []
  const times: Record<string, number[]> = { zip: [], fflate: [], yazl: [] }
  const inspection: number[] = []
  let zipBytes = 0
  for (let round = 0; round < rounds; round++) {
    const one = runOne()
    const zip = runZip()
    ours.push(one)
    zipBytes = zip.bytes
    times['zip']?.push(one.milliseconds / zip.milliseconds)
    for (const library of libraries) {
      times[library]?.push(one.milliseconds / run('packing-library.ts', [library, tree, file]).milliseconds)
    }
    // Two workers share it; what the wall time would be without it is the rest.
    const inspected = run('packing-inspection.ts', [tree]).milliseconds / 2
    inspection.push(inspected / (one.milliseconds - inspected))
  }
  const [toZip = 0, ...toLibraries] = ['zip', ...libraries].map(other => median(times[other] ?? []))
  const size = (ours[0]?.bytes ?? 0) / zipBytes
  const peak = Math.max(...ours.map(({ peakMegabytes }) => peakMegabytes))
  return [
    name,
    `${median(ours.map(({ milliseconds }) => milliseconds)).toFixed(0)} ms`,
    judged(toZip, timeGoals[name], 2),
    ...toLibraries.map(ratio => judged(ratio, libraryGoal, 2)),
    judged(size, sizeGoal, 4),
    judged(peak, memoryGoal, 0, ' MB'),
    judged(median(inspection) * 100, inspectionGoal * 100, 1, ' %')
  ]
}

function judged(value: number, goal: number, digits: number, unit = ''): string {
  return `${value.toFixed(digits)}${unit} (${goal}${value > goal ? ', MISSED' : ''})`
}

const heads = [
  'tree',
  'time',
  'time / `zip -6`',
  'time / fflate + zlib',
  'time / yazl',
  'size / `zip -6`',
  'peak memory',
  'inspection adds'
]
console.log(`Node ${process.version}, 2 workers, median of ${rounds}; goals in brackets, for the faster library too\n`)
console.log(`| ${heads.join(' | ')} |\n|${' --- |'.repeat(heads.length)}`)
try {
  for (const name of treeNames) {
    makeTree(name, tree)
    console.log(`| ${measure(name).join(' | ')} |`)
    rmSync(tree, { recursive: true })
  }
  makeTree(manyFiles, tree)
  const { milliseconds, peakMegabytes } = runOne()
  const peak = judged(peakMegabytes, memoryGoal, 0, ' MB')
  console.log(`\n${manyFiles}: ${milliseconds.toFixed(0)} ms, peak memory ${peak}`)
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
