import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Mutant } from '../mutation/mutants.js'
import type { FaultFigure } from './figure.js'

const root = resolve(import.meta.dirname, '../..')
const casesEach = 10_000
export const properties: FaultFigure = {
  id: 'G10',
  what: `every parser and the plan, ${casesEach.toLocaleString('en-US')} cases for each property; branches and mutants of guards, plan, select, changes`,
  async run() {
    const tests = await propertyTests()
    const branches = await branchCoverage()
    const { mutants, survivors, score } = await mutation()
    const bad = [
      ...tests.failed.map(name => `G10 ${name}: PROPERTY_RUNS=${casesEach} npm test -- -t '${name}'`),
      ...(branches === 100 ? [] : [`G10 ${branches} % of the branches: npm run coverage:guards`]),
      ...(score >= 0.9
        ? []
        : survivors.map(({ place, before, after }) => `G10 ${place} ${before} → ${after}: npm run mutation`))
    ]
    const percent = (score * 100).toFixed(1)
    const note = `${tests.passed} tests of properties; ${branches} % of branches; mutation score ${percent} % (${survivors.length} of ${mutants} survive)`
    return { trials: tests.passed + tests.failed.length, bad, note }
  }
}

async function propertyTests(): Promise<{ readonly passed: number; readonly failed: readonly string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'g10-'))
  try {
    const output = join(folder, 'results.json')
    await jest([...(await filesOfProperties()), '-t', 'G10', '--json', `--outputFile=${output}`], {
      PROPERTY_RUNS: String(casesEach)
    })
    const { testResults } = JSON.parse(await readFile(output, 'utf8')) as {
      testResults: { assertionResults: { status: string; fullName: string }[] }[]
    }
    const results = testResults.flatMap(({ assertionResults }) => assertionResults)
    const named = (status: string): string[] =>
      results.filter(each => each.status === status).map(each => each.fullName)
    return { passed: named('passed').length, failed: named('failed') }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The tests named G10 take their number of cases from PROPERTY_RUNS, or take 10,000 always; months have steps, not cases. */
async function filesOfProperties(): Promise<readonly string[]> {
  const tests = resolve(root, '__tests__')
  const paths = (await readdir(tests, { recursive: true })).filter(path => path.endsWith('.test.ts'))
  const texts = await Promise.all(paths.map(path => readFile(join(tests, path), 'utf8')))
  return paths.filter((path, index) => /'G10 /.test(texts[index] ?? '') && !path.endsWith('month.test.ts'))
}

async function branchCoverage(): Promise<number> {
  await jest(['--config', 'jest.guards.config.js'], {})
  const summary = JSON.parse(await readFile(resolve(root, 'coverage/guards/coverage-summary.json'), 'utf8')) as {
    total: { branches: { pct: number } }
  }
  return summary.total.branches.pct
}

interface Mutation {
  readonly mutants: number
  readonly survivors: readonly Mutant[]
  readonly score: number
}

/** In a process of its own: its module hooks would change what the other figures load. */
async function mutation(): Promise<Mutation> {
  const argv = ['--no-warnings', '--import', 'tsx', 'bench/mutation/main.ts', '--json']
  return JSON.parse(await run(argv, { PROPERTY_RUNS: '50' })) as Mutation
}

function jest(argv: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
  const options = { NODE_OPTIONS: '--experimental-vm-modules', ...env }
  return run(['node_modules/jest/bin/jest.js', ...argv], options)
}

/** A failure shows in what the program wrote. */
async function run(argv: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn(process.execPath, argv, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore']
  })
  return text(child.stdout)
}
