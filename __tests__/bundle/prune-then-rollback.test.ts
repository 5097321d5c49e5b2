/** F151 what is on record stays right after a prune: a rollback never names a version that is gone, nor one that nobody deployed. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { listLayers } from '../../emulators/aws/lambda/reader.js'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { makeActionWorld, region, sandboxAccount, type ActionWorld } from '../support/action-world.js'
import { workflowDispatch } from '../support/events.js'
import { configText } from './config-text.js'
import { codesOf, errorsOf, rowsOf, versionsIn } from './reading.js'

const layer = 'dev-alpha-layer'
const source = (release: number) => ({ 'alpha/python/alpha.py': `release = ${release}\n` })

describe.each(['cloudformation', 'lambda'] as const)('F151 engine %s', engine => {
  let world: ActionWorld
  beforeAll(async () => {
    const config = configText({ engine, layers: { alpha: '{ path: alpha }' } })
    world = await makeActionWorld({ config, submodules: {}, files: source(1) })
    await world.push('test')
    for (const release of [2, 3, 4, 5]) {
      await world.superproject.commitFiles(source(release), { branch: 'test' })
      await world.push('test')
    }
    // A prune leaves alone what is younger than a day.
    for (const each of published()) each.createdDate = '2026-01-01T00:00:00.000+0000'
  })
  afterAll(() => world.close())
  beforeEach(() => world.aws.resetCalls())

  const published = () => {
    const { layers } = world.aws.world.region(sandboxAccount, region)
    return layers.get(layer)!.versions as { createdDate: string }[]
  }
  const run = async (inputs: Record<string, string>): Promise<RunOutcome> => {
    const sha = await world.superproject.push('test')
    const event = workflowDispatch({ ref: 'refs/heads/test', sha })
    return world.run({ event, checkout: { branch: 'test', commit: sha, depth: 0 }, account: sandboxAccount, inputs })
  }
  const bytesOf = (version: number) =>
    listLayers(world.aws.world, sandboxAccount, region)
      .find(({ name }) => name === layer)!
      .versions.find(each => each.version === version)!.codeSha256

  it('F151 prune deletes the oldest, and no record changes', async () => {
    const outcome = await run({ command: 'prune', keep: '3' })
    expect(errorsOf(outcome)).toEqual([])
    expect(versionsIn(world, sandboxAccount)[layer]).toEqual([3, 4, 5])
    expect(world.aws.writes().map(({ action }) => action)).toEqual(Array(2).fill('lambda:DeleteLayerVersion'))
  })

  it('F151 a version that is gone is refused by its number, without a write', async () => {
    const outcome = await run({ command: 'rollback', version: '2' })
    expect(codesOf(outcome)).toEqual(['VERSION_NOT_FOUND'])
    expect(world.aws.writes()).toEqual([])
  })

  it('F151 previous goes back as far as there is something on record, and no further', async () => {
    const wanted = [4, 3].map(bytesOf)
    for (const [index, version] of [6, 7].entries()) {
      const outcome = await run({ command: 'rollback', version: 'previous' })
      expect(errorsOf(outcome)).toEqual([])
      expect(rowsOf(outcome)['alpha']?.[region]).toMatchObject({ status: 'rolled-back', version })
      expect(bytesOf(version)).toBe(wanted[index])
    }
    world.aws.resetCalls()
    expect(codesOf(await run({ command: 'rollback', version: 'previous' }))).toEqual(['VERSION_NOT_FOUND'])
    expect(world.aws.writes()).toEqual([])
  })

  it('F151 where everything before the deployed one is gone, nothing is gone back to; the next push deploys forward', async () => {
    await run({ command: 'prune', keep: '1' })
    expect(codesOf(await run({ command: 'rollback', version: 'previous' }))).toEqual(['VERSION_NOT_FOUND'])
    await world.superproject.commitFiles(source(6), { branch: 'test' })
    const outcome = await world.push('test')
    expect(rowsOf(outcome)['alpha']?.[region]).toMatchObject({ status: 'published', version: 8 })
    const back = await run({ command: 'rollback', version: 'previous' })
    expect(rowsOf(back)['alpha']?.[region]).toMatchObject({ status: 'rolled-back', version: 9 })
    expect(bytesOf(9)).toBe(bytesOf(7))
  })
})
