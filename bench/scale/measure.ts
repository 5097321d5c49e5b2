/** AWS calls and seconds of runs over many layers of engine `cloudformation`, through dist/ against the emulator. */
import { configText, manyLayers } from '../../__tests__/bundle/config-text.js'
import { makeExampleWorld, region, sandboxAccount, type ExampleWorld } from '../../emulators/world/example-world.js'
import { seedLayers } from './seed-account.js'

export interface ScaleRun {
  readonly run: string
  readonly awsCalls: number
  readonly githubCalls: number
  readonly seconds: number
}

type Outcome = Awaited<ReturnType<ExampleWorld['push']>>

export async function measureScale(count: number): Promise<readonly ScaleRun[]> {
  const { layers, files } = manyLayers(count)
  const world = await makeExampleWorld({ config: configText({ layers }), submodules: {}, files })
  const runs: ScaleRun[] = []
  const measured = async (run: string, work: () => Promise<Outcome>): Promise<Outcome> => {
    world.aws.resetCalls()
    const before = world.github.calls.length
    const started = performance.now()
    const outcome = await work()
    const seconds = Math.round(performance.now() - started) / 1000
    if (outcome.exitCode !== 0)
      throw new Error(`${run}: exit ${outcome.exitCode}\n${outcome.log.slice(-20).join('\n')}`)
    const githubCalls = world.github.calls.length - before
    runs.push({ run: `${count} layers, ${run}`, awsCalls: world.aws.calls.length, githubCalls, seconds })
    return outcome
  }
  try {
    await world.superproject.commitFiles({ 'README.md': 'new\n' }, { branch: 'feature', from: 'test' })
    const never = await measured('plan, never deployed', () => world.pullRequest(7, 'feature', 'test'))
    const [first = ''] = Object.keys(layers)
    await world.push('test', { inputs: { layers: first } })
    seedLayers(world.aws.world.region(sandboxAccount, region), first, sourceDigestsOf(never))
    const unchanged = await measured('unchanged', () => world.push('test'))
    expectChanged('unchanged', unchanged, 0)
    const moved = Object.keys(layers).slice(0, Math.min(10, count))
    const changes = Object.fromEntries(moved.map(id => [`${id}/python/more.py`, '1\n']))
    await world.superproject.commitFiles(changes, { branch: 'moved', from: 'test' })
    const plan = await measured('plan, 10 changed', () => world.pullRequest(8, 'moved', 'test'))
    expectChanged('plan, 10 changed', plan, moved.length)
    return runs
  } finally {
    await world.close()
  }
}

function expectChanged(run: string, { outputs }: Outcome, count: number): void {
  const changed = JSON.parse(outputs['changed-layers'] ?? 'null') as readonly string[] | null
  if (changed?.length !== count) throw new Error(`${run}: ${changed?.length ?? 'unknown'} layers changed, not ${count}`)
}

function sourceDigestsOf({ outputs }: Outcome): ReadonlyMap<string, string> {
  const rows = JSON.parse(outputs['layer-versions'] ?? '{}') as Record<string, Record<string, Record<string, string>>>
  return new Map(Object.entries(rows).map(([id, regions]) => [id, regions[region]?.['source-digest'] ?? '']))
}
