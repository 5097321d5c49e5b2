/** AWS and GitHub calls of whole runs through dist/, counted at the emulators. */
import { makeExampleWorld } from '../emulators/world/example-world.js'

export interface CallCount {
  readonly run: string
  readonly aws: number
  /** Of them those that only wait: for a change set, for a stack. */
  readonly polls: number
  readonly awsWrites: number
  readonly github: number
}

export async function countCalls(): Promise<readonly CallCount[]> {
  const world = await makeExampleWorld()
  const counts: CallCount[] = []
  const count = async (name: string, work: () => Promise<{ exitCode: number }>): Promise<void> => {
    world.aws.resetCalls()
    const before = world.github.calls.length
    const { exitCode } = await work()
    if (exitCode !== 0) throw new Error(`${name}: exit ${exitCode}`)
    const { calls } = world.aws
    counts.push({
      run: name,
      aws: calls.length,
      polls: pollsAmong(calls.map(({ api }) => api)),
      awsWrites: world.aws.writes().length,
      github: world.github.calls.length - before
    })
  }
  try {
    const one = { inputs: { layers: 'da_flask' } }
    await count('create, 1 layer', () => world.push('test', one))
    await count('unchanged, 1 layer', () => world.push('test', one))
    const first = await world.superproject.commitSubmodule('da_flask', { 'python/da_flask/app.py': 'moved = 0\n' })
    await world.superproject.bumpSubmodule('da_flask', first, { branch: 'test' })
    await count('update, 1 layer', () => world.push('test', one))
    await count('create, 1 of 2 layers', () => world.push('test'))
    await count('unchanged, 2 layers', () => world.push('test'))
    const moved = await world.superproject.commitSubmodule('da_flask', { 'python/da_flask/app.py': 'moved = True\n' })
    await world.superproject.bumpSubmodule('da_flask', moved, { branch: 'test' })
    await count('update, 1 of 2 layers', () => world.push('test'))
    return counts
  } finally {
    await world.close()
  }
}

/** Every look at a stack after an execution began, and at a change set after the first. */
export function pollsAmong(apis: readonly string[]): number {
  const [looksAtStacks, looksAtChangeSets] = ['cloudformation:DescribeStacks', 'cloudformation:DescribeChangeSet']
  const begun = apis.indexOf('cloudformation:ExecuteChangeSet')
  const stacks = begun === -1 ? [] : apis.slice(begun).filter(api => api === looksAtStacks)
  const executed = apis.filter(api => api === 'cloudformation:ExecuteChangeSet').length
  const changeSets = apis.filter(api => api === looksAtChangeSets).length
  return stacks.length + Math.max(0, changeSets - executed)
}
