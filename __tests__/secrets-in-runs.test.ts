/** G9: no credential in anything that anybody reads, whatever a build prints and whatever fails. The bench makes 1,000 runs. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { mishaps, openCanaryWorld, type CanaryWorld } from './trials/canaries.js'

describe('G9 canaries in every credential', () => {
  let world: CanaryWorld
  beforeAll(async () => {
    world = await openCanaryWorld()
  })
  afterAll(() => world.close())

  it.each(mishaps)('G9 %s', async mishap => {
    const { hits, text, exitCode } = await world.run(mishap)
    expect(hits).toEqual([])
    expect(text).not.toContain('INTERNAL')
    const fine = ['nothing', 'a dry run', 'a plan of a pull request', 'GitHub answers 500', 'GitHub refuses the token']
    expect(exitCode).toBe(fine.includes(mishap) ? 0 : 1)
    // The build did print them.
    if (mishap === 'nothing') expect(text.split('***').length).toBeGreaterThan(40)
  })
})
