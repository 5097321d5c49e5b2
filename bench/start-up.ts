/** Time of a run that has nothing to do, and of `detect`, against `node -e 0`: medians of one interleaved series. */
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeSuperproject } from '../emulators/world/superproject.js'

export interface StartUp {
  /** Milliseconds of `node -e 0`. */
  readonly floor: number
  /** Multiples of the floor. */
  readonly nothing: number
  readonly detect: number
}

const bundle = resolve(import.meta.dirname, '../dist/index.js')

export async function measureStartUp(rounds: number, node = process.execPath): Promise<StartUp> {
  const superproject = await makeSuperproject()
  try {
    const before = superproject.firstCommit
    const moved = await superproject.commitSubmodule('da_flask', { 'python/da_flask/app.py': 'moved = True\n' })
    const after = await superproject.bumpSubmodule('da_flask', moved, { branch: 'test' })
    await superproject.push('test')
    const workspace = await superproject.cloneForRun({ branch: 'test', depth: 0 })
    const run = (ref: string, command: string): (() => number) => {
      const event = join(workspace, '.git', `${command}.json`)
      writeFileSync(event, JSON.stringify({ ref, before, after }))
      const output = join(workspace, '.git', `${command}.out`)
      const env = {
        ...{ PATH: process.env['PATH'], HOME: workspace, GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: workspace },
        ...{
          GITHUB_EVENT_NAME: 'push',
          GITHUB_EVENT_PATH: event,
          GITHUB_REF: ref,
          GITHUB_REPOSITORY: 'octo-org/superproject'
        },
        ...{
          AWS_EC2_METADATA_DISABLED: 'true',
          RUNNER_TEMP: superproject.directory,
          INPUT_COMMAND: command,
          GITHUB_OUTPUT: output
        }
      }
      return () => {
        writeFileSync(output, '')
        const milliseconds = time([bundle], env)
        const expected = ref === 'refs/heads/test' ? '["da_flask"]' : '[]'
        if (!readFileSync(output, 'utf8').includes(expected)) throw new Error(`${command} did not do its work`)
        return milliseconds
      }
    }
    const series = {
      floor: () => time(['-e', '0'], { PATH: process.env['PATH'] }),
      nothing: run('refs/heads/feature', 'auto'),
      detect: run('refs/heads/test', 'detect')
    }
    const times: Record<keyof typeof series, number[]> = { floor: [], nothing: [], detect: [] }
    for (let round = 0; round < rounds; round++) {
      for (const name of ['floor', 'nothing', 'detect'] as const) times[name].push(series[name]())
    }
    const floor = median(times.floor)
    return { floor, nothing: median(times.nothing) / floor, detect: median(times.detect) / floor }
  } finally {
    await superproject.close()
  }

  function time(args: readonly string[], env: NodeJS.ProcessEnv): number {
    const started = process.hrtime.bigint()
    const { status } = spawnSync(node, args, { env })
    if (status !== 0) throw new Error(`node ${args.join(' ')}: exit ${status ?? 'none'}`)
    return Number(process.hrtime.bigint() - started) / 1e6
  }
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
