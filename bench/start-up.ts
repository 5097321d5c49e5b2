/**
 * Times of whole runs on one repository of 100 submodules as multiples of `node -e 0`, beside those of peers: for each Node the medians of one
 * interleaved series.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { NodeBinary } from '../emulators/runner/index.js'
import { makeExampleWorld } from '../emulators/world/example-world.js'
import { makeManyGitlinks } from './many-gitlinks.js'

export interface Timing {
  /** `20.20.2` */
  readonly node: string
  /** Milliseconds of `node -e 0`. */
  readonly floor: number
  /** Run → multiple of the floor. */
  readonly times: Readonly<Record<string, number>>
}

/** Another action that says what changed. */
export interface Peer {
  readonly name: 'paths-filter'
  /** What its `runs.main` names. */
  readonly file: string
}

type Run = () => Promise<number> | number

const bundle = resolve(import.meta.dirname, '../dist/index.js')
const layerCount = 100

/** @throws Error where a run does not do its work */
export async function measureStartUp(
  nodes: readonly NodeBinary[],
  rounds: number,
  peers: readonly Peer[]
): Promise<readonly Timing[]> {
  const [repository, world] = await Promise.all([makeManyGitlinks(layerCount), makeExampleWorld()])
  try {
    await world.push('test')
    const moved = await world.superproject.commitSubmodule('da_flask', { 'python/da_flask/app.py': 'moved = True\n' })
    await world.superproject.bumpSubmodule('da_flask', moved, { branch: 'feature', from: 'test' })
    const timings: Timing[] = []
    for (const { version, path: node } of nodes) {
      const step = (file: string, ref: string, inputs: Readonly<Record<string, string>>, expected: string): Run => {
        const { env, output, workspace } = repository.job(ref, inputs)
        return () => {
          writeFileSync(output, '')
          const milliseconds = timed(node, [file], { env, cwd: workspace })
          if (!readFileSync(output, 'utf8').includes(expected)) throw new Error(`${file} did not do its work`)
          return milliseconds
        }
      }
      const changed = `["${repository.changed}"]`
      timings.push(
        await interleaved(version, rounds, {
          floor: () => timed(node, ['-e', '0'], { env: { PATH: process.env['PATH'] } }),
          'nothing to do': step(bundle, 'refs/heads/feature', {}, '[]'),
          detect: step(bundle, 'refs/heads/test', { command: 'detect' }, changed),
          ...Object.fromEntries(
            peers.map(({ name, file }) => [name, step(file, 'refs/heads/test', inputsOf(repository.layers), changed)])
          ),
          'plan, 2 layers, comment and status': () =>
            ofStep(world.pullRequest(7, 'feature', 'test', { options: { node } })),
          'unchanged deploy, 2 layers': () => ofStep(world.push('test', { options: { node } }))
        })
      )
    }
    return timings
  } finally {
    repository.remove()
    await world.close()
  }
}

async function interleaved(node: string, rounds: number, runs: Readonly<Record<string, Run>>): Promise<Timing> {
  const times = Object.fromEntries(Object.keys(runs).map(name => [name, [] as number[]]))
  for (let round = 0; round < rounds; round++)
    for (const [name, run] of Object.entries(runs)) times[name]?.push(await run())
  const { floor = [], ...others } = times
  const milliseconds = median(floor)
  const ratios = Object.entries(others).map(([name, each]) => [name, rounded(median(each) / milliseconds)] as const)
  return { node, floor: Math.round(milliseconds), times: Object.fromEntries(ratios) }
}

function timed(
  node: string,
  args: readonly string[],
  where: { readonly env: NodeJS.ProcessEnv; readonly cwd?: string }
): number {
  const started = process.hrtime.bigint()
  const { status, stdout } = spawnSync(node, args, where)
  if (status !== 0) throw new Error(`node ${args.join(' ')}: exit ${status ?? 'none'}\n${stdout.toString()}`)
  return Number(process.hrtime.bigint() - started) / 1e6
}

async function ofStep(run: Promise<{ readonly exitCode: number; readonly durationMs: number }>): Promise<number> {
  const { exitCode, durationMs } = await run
  if (exitCode !== 0) throw new Error(`exit ${exitCode}`)
  return durationMs
}

/** What a peer needs to be told for the same question. */
function inputsOf(layers: readonly string[]): Readonly<Record<string, string>> {
  return { filters: layers.map(path => `${path}: ['${path}', '${path}/**']`).join('\n'), base: 'test' }
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
