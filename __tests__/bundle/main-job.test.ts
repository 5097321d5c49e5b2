import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { makeActionWorld, type ActionWorld } from '../support/action-world.js'

describe('the main job, through dist/', () => {
  let world: ActionWorld
  beforeAll(async () => {
    world = await makeActionWorld()
  })
  afterAll(() => world.close())

  it('publishes both layers on the first push', async () => {
    const run = await world.push('test')
    if (run.exitCode !== 0) console.log(run.log.join('\n'), run.stderr)
    expect(run.exitCode).toBe(0)
    expect(run.outputs).toMatchObject({ conclusion: 'success', da_flask_version: '1' })
    console.log(run.outputs, run.summary, world.aws.calls.map(c => `${c.action} ${c.status}`), world.github.calls.map(c => `${c.route} ${c.status}`), run.durationMs)
  })
})
