/** A run that another one overtakes between its plan and its first write ends as one that was overtaken before. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Call } from '../../emulators/aws/index.js'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { makeActionWorld, sandboxAccount, type ActionWorld } from '../support/action-world.js'
import { push } from '../support/events.js'
import { configText, folderLayer } from './config-text.js'
import { codesOf, errorsOf, rowsOf, statusesOf, versionsIn, warningsOf } from './reading.js'

describe.each(['cloudformation', 'lambda'] as const)('engine %s', engine => {
  let world: ActionWorld
  /** Called before each call of AWS; the call waits for it. */
  let meanwhile: ((call: Call) => Promise<void>) | null = null
  let changes = 0
  beforeAll(async () => {
    world = await makeActionWorld({
      config: configText({ engine }),
      submodules: {},
      files: folderLayer,
      aws: { onBoundary: (call, moment) => (moment === 'before' ? meanwhile?.(call) : undefined) }
    })
    await world.superproject.push('test')
  })
  afterAll(() => world.close())

  const change = async (branch = 'test'): Promise<string> => {
    const files = { [`da_flask/python/change_${++changes}.py`]: '1\n' }
    await world.superproject.commitFiles(files, { branch })
    return world.superproject.push(branch)
  }
  const deploy = (after: string): Promise<RunOutcome> =>
    world.run({ event: push({ after }), checkout: { branch: 'test', commit: after }, account: sandboxAccount })
  /** Runs `other` once the first object is about to be written: the plan is made, nothing is published. */
  const beforeTheUpload = (other: () => Promise<void>): void => {
    meanwhile = async call => {
      if (call.action !== 's3:PutObject') return
      meanwhile = null
      await other()
    }
  }

  it('F144 by a newer commit: neutral, nothing overwritten, the newer commit named', async () => {
    const older = await change()
    let newer = ''
    beforeTheUpload(async () => {
      newer = await change()
      expect((await deploy(newer)).outputs).toMatchObject({ conclusion: 'success', da_flask_version: '1' })
      world.github.state.statuses.length = 0
    })
    const outcome = await deploy(older)
    expect(newer).not.toBe('')
    expect(errorsOf(outcome)).toEqual([])
    expect(outcome.exitCode).toBe(0)
    expect(outcome.outputs).toMatchObject({ conclusion: 'neutral', da_flask_version: '1' })
    expect(rowsOf(outcome)['da_flask']?.['us-east-2']).toMatchObject({
      status: 'skipped',
      reason: 'stale-run',
      version: 1
    })
    expect(warningsOf(outcome)).toEqual([expect.stringMatching(new RegExp(`^STALE_RUN: .*${newer}.*revert`))])
    expect(statusesOf(world)).toEqual(['layer-deploy/sandbox success'])
    expect(versionsIn(world, sandboxAccount)).toEqual({ 'dev-da-flask-layer': [1] })
    expect((await deploy(newer)).outputs).toMatchObject({ changed: 'false', da_flask_version: '1' })
  })

  it('F144 by an older commit: a failure, since what this run brings is missing', async () => {
    const older = await change()
    const newer = await change()
    beforeTheUpload(async () => {
      // As a run does that looked at the branch before the newer commit was on it.
      await world.superproject.git('update-ref', 'refs/heads/test', older)
      await world.superproject.push('test')
      await deploy(older)
      await world.superproject.git('update-ref', 'refs/heads/test', newer)
      await world.superproject.push('test')
    })
    const outcome = await deploy(newer)
    expect(codesOf(outcome)).toEqual(['STALE_RUN'])
    expect(outcome.exitCode).toBe(1)
    expect(rowsOf(outcome)['da_flask']?.['us-east-2']).toMatchObject({ status: 'failed' })
    expect((await deploy(newer)).outputs).toMatchObject({ conclusion: 'success' })
  })
})
