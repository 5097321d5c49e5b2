/** AWS and GitHub calls of whole runs through dist/, counted at the emulators. */
import { makeExampleWorld } from '../emulators/world/example-world.js'

export interface CallCount {
  readonly run: string
  readonly aws: number
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
      awsWrites: world.aws.writes().length,
      github: world.github.calls.length - before
    })
  }
  try {
    await count('create, 2 layers', () => world.push('test'))
    await count('unchanged, 2 layers', () => world.push('test'))
    const moved = await world.superproject.commitSubmodule('da_flask', { 'python/da_flask/app.py': 'moved = True\n' })
    await world.superproject.bumpSubmodule('da_flask', moved, { branch: 'test' })
    await count('update, 1 of 2 layers', () => world.push('test'))
    return counts
  } finally {
    await world.close()
  }
}
