/** How long many changed layers take where each call of AWS takes its time, beside what the rate budgets alone would take. Through dist/. */
import { setTimeout as pause } from 'node:timers/promises'
import { configText, manyLayers } from '../../__tests__/bundle/config-text.js'
import { makeExampleWorld } from '../../emulators/world/example-world.js'

export interface ManyChanged {
  readonly run: 'create' | 'update'
  readonly awsCalls: number
  /** Of the step. */
  readonly seconds: number
  /** From the first write to the last call: what is built before it is no matter of AWS. */
  readonly publishSeconds: number
  /** The least that the calls of one action take within its budget, and one layer's own calls one after the other. */
  readonly boundSeconds: number
}

/** As src/adapters/aws keeps to them: requests a second in one account and region, as many at once after a pause. */
function requestsPerSecond(api: string): number {
  if (api === 'cloudformation:DescribeStacks') return 5
  if (api.startsWith('cloudformation:')) return 10
  return api.startsWith('lambda:') ? 15 : 3_500
}

/** @param callMilliseconds that AWS takes for each call */
export async function measureManyChanged(count: number, callMilliseconds: number): Promise<readonly ManyChanged[]> {
  const { layers, files } = manyLayers(count)
  const began: number[] = []
  const onBoundary = async (_call: unknown, moment: 'before' | 'after'): Promise<void> => {
    if (moment === 'after') return
    began.push(performance.now())
    await pause(callMilliseconds)
  }
  const config = configText({ layers })
  const world = await makeExampleWorld({ config, submodules: {}, files, aws: { onBoundary } })
  const measured = async (run: ManyChanged['run']): Promise<ManyChanged> => {
    world.aws.resetCalls()
    began.length = 0
    const { exitCode, durationMs, log } = await world.push('test')
    if (exitCode !== 0) throw new Error(`${run}: exit ${exitCode}\n${log.slice(-20).join('\n')}`)
    const { calls } = world.aws
    const first = calls.findIndex(({ write }) => write)
    const publishing = calls.slice(first)
    return {
      run,
      awsCalls: calls.length,
      seconds: durationMs / 1000,
      publishSeconds: ((began.at(-1) ?? 0) - (began[first] ?? 0) + callMilliseconds) / 1000,
      boundSeconds: budgeted(publishing.map(({ api }) => api)) + (publishing.length / count) * (callMilliseconds / 1000)
    }
  }
  try {
    const created = await measured('create')
    const changes = Object.fromEntries(Object.keys(layers).map(id => [`${id}/python/more.py`, '1\n']))
    await world.superproject.commitFiles(changes, { branch: 'test' })
    return [created, await measured('update')]
  } finally {
    await world.close()
  }
}

function budgeted(apis: readonly string[]): number {
  const counts = new Map<string, number>()
  for (const api of apis) counts.set(api, (counts.get(api) ?? 0) + 1)
  return Math.max(...[...counts].map(([api, calls]) => calls / requestsPerSecond(api) - 1))
}
