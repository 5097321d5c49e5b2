/** Work grows with what changed, not with how many layers there are (FAULTS.md, rows 26 and 75). */
import { describe, expect, it } from '@jest/globals'
import { makeActionWorld, ownProcesses, sandboxAccount } from '../support/action-world.js'
import { configText, manyLayers } from './config-text.js'
import { changedOf, errorsOf, rowsOf, versionsIn, warningsOf } from './reading.js'

async function worldOf(count: number) {
  const { layers, files } = manyLayers(count)
  return makeActionWorld({
    steps: ownProcesses,
    config: configText({ engine: 'lambda', layers }),
    submodules: {},
    files
  })
}

describe('the number of calls', () => {
  /** GitHub operations of a first deploy, of an unchanged run and of one that moves a single layer. */
  async function callsOf(count: number) {
    const world = await worldOf(count)
    try {
      const operations = () => world.github.calls.splice(0).map(({ operation }) => operation)
      const first = await world.push('test')
      expect(errorsOf(first)).toEqual([])
      expect(Object.keys(versionsIn(world, sandboxAccount))).toHaveLength(count)
      const ofFirst = operations()

      world.aws.resetCalls()
      const unchanged = await world.push('test')
      expect(unchanged.outputs).toMatchObject({ conclusion: 'success', changed: 'false' })
      expect(world.aws.writes()).toEqual([])
      const ofUnchanged = operations()

      await world.superproject.commitFiles({ 'layer_000/python/more.py': '1\n' }, { branch: 'test' })
      world.aws.resetCalls()
      const moved = await world.push('test')
      expect(changedOf(moved)).toEqual(['layer_000'])
      const writes = world.aws.writes().map(({ action }) => action)
      return { ofFirst, ofUnchanged, ofMoved: operations(), writes }
    } finally {
      await world.close()
    }
  }

  it('a deploy of 2 or 20 layers asks GitHub the same, and writes what the one that moved needs', async () => {
    const [few, many] = [await callsOf(2), await callsOf(20)]
    expect(few.ofFirst.length).toBeLessThanOrEqual(12)
    expect(few.ofUnchanged.length).toBeLessThanOrEqual(6)
    expect(few.writes.length).toBeLessThanOrEqual(6)
    for (const run of ['ofFirst', 'ofUnchanged', 'ofMoved', 'writes'] as const) {
      expect({ [run]: [...many[run]].sort() }).toEqual({ [run]: [...few[run]].sort() })
    }
  })

  it('a plan of 1, 100 or 1,000 layers asks GitHub the same', async () => {
    const operations: string[][] = []
    for (const count of [1, 100, 1000]) {
      const world = await worldOf(count)
      try {
        await world.superproject.commitFiles({ 'layer_000/python/more.py': '1\n' }, { branch: 'feature', from: 'test' })
        const outcome = await world.pullRequest(7, 'feature', 'test', { account: null })
        expect(changedOf(outcome)).toEqual(['layer_000'])
        expect(Object.keys(rowsOf(outcome))).toHaveLength(count)
        operations.push(world.github.calls.map(({ operation }) => operation).sort())
      } finally {
        await world.close()
      }
    }
    expect(operations[1]).toEqual(operations[0])
    expect(operations[2]).toEqual(operations[0])
    expect(operations[0]?.length).toBeLessThanOrEqual(12)
  })
})

it('F26 F75 a plan of 450 layers: 256 jobs at most, a comment that GitHub takes', async () => {
  const world = await worldOf(450)
  try {
    await world.superproject.commitFiles({ 'README.md': 'new\n' }, { branch: 'feature', from: 'test' })
    const outcome = await world.pullRequest(7, 'feature', 'test', { account: null, inputs: { force: 'true' } })
    expect(errorsOf(outcome)).toEqual([])
    expect(warningsOf(outcome)).toEqual([])
    const ids = Object.keys(manyLayers(450).layers)
    expect(changedOf(outcome)).toEqual(ids)
    const { include } = JSON.parse(outcome.outputs['matrix'] ?? '') as { include: { layers: string }[] }
    expect(include).toHaveLength(256)
    expect(include.flatMap(({ layers }) => layers.split(',')).sort()).toEqual(ids)
    expect(Object.keys(rowsOf(outcome))).toHaveLength(450)
    // Of all layers the job hands on what GitHub lets it hand on.
    expect(outcome.jobOutputs).toEqual(
      Object.fromEntries(Object.entries(outcome.outputs).filter(([, value]) => value !== ''))
    )
    expect(world.github.state.comments).toHaveLength(1)
    expect(world.github.state.comments[0]?.body.length).toBeLessThanOrEqual(65_536)
    expect(world.github.violations).toEqual([])
  } finally {
    await world.close()
  }
})
