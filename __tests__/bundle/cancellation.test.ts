/** G7 through dist/: cancelled at any boundary, a run closes its status in time, and the next one completes it. The bench takes every boundary. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  interruptionLine,
  openCancellationWorld,
  type Boundary,
  type CancellationWorld,
  type Signal
} from '../trials/cancellation.js'
import { badLine } from '../trials/trial-line.js'

describe.each(['cloudformation', 'lambda'] as const)('engine %s', engine => {
  let world: CancellationWorld
  let boundaries: readonly Boundary[]
  beforeAll(async () => {
    world = await openCancellationWorld(engine)
    boundaries = await world.record()
  })
  afterAll(() => world.close())

  it('G7 the boundaries are those of a deploy', () => {
    const names = boundaries.map(({ name }) => name)
    for (const name of ['before call AWS', 'after command git fetch', 'before fs appendFileSync'])
      expect(names).toContain(name)
  })

  const moments: readonly (readonly [number, Signal])[] = [
    [0.2, 'SIGINT'],
    [0.6, 'SIGTERM'],
    [0.9, 'SIGINT'],
    [0.6, 'SIGKILL']
  ]
  it.each(moments)('G7 F78 at %d of the run, by %s', async (part, signal) => {
    const boundary = boundaries[Math.floor(boundaries.length * part)]!
    const { findings } = await world.interrupt({ ...boundary, signal })
    const line = badLine(interruptionLine(engine, { ...boundary, signal }), [boundary.name])
    expect({ line, findings }).toEqual({ line, findings: [] })
  })
})
