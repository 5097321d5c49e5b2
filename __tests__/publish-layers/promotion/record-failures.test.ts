/** A record that cannot be made changes nothing of the deploy; it says so where somebody would miss it. */
import { beforeEach, describe, expect, it } from '@jest/globals'
import type { Fault } from '../../../emulators/github/index.js'
import { CodedError } from '../../../src/model/errors.js'
import { buildPlan, type Plan } from '../../../src/publish-layers/plan/plan.js'
import { startRecord } from '../../../src/publish-layers/promotion/record-run.js'
import { production } from '../../support/configs.js'
import { change, facts, headCommit } from '../../support/plans.js'
import { gitHubOf, recorded, recorderOf, row, emulatorForEach } from './recording.js'

const emulator = emulatorForEach()

const refused: Fault = { kind: 'error', status: 403, when: 'before' }
const unchanged = (environment = facts().environment): Plan =>
  buildPlan(facts({ environment, changes: [change({ changed: false, reason: 'unchanged' })] }))
const failed = row({ status: 'failed', reason: 'failed' })
const succeeded = row({ layerId: 'second', status: 'published' })

describe('a record that GitHub refuses', () => {
  it('at the start is made at the end', async () => {
    emulator().faults.add({ operation: 'repos/create-deployment', fault: refused })
    expect(await startRecord(recorderOf(emulator()), buildPlan(facts())).finish([row()], false)).toBeNull()
    expect(recorded(emulator())).toEqual(['success: da_flask'])
  })

  it('at the start is not made at the end where nothing succeeded', async () => {
    emulator().faults.add({ operation: 'repos/create-deployment', fault: refused })
    expect(await startRecord(recorderOf(emulator()), buildPlan(facts())).finish([failed], false)).toBeNull()
    expect(recorded(emulator())).toEqual([])
  })

  it.each([
    ['of a deploy', buildPlan(facts({ environment: production })), 'production'],
    ['of an environment that others are promoted from', unchanged(), 'sandbox']
  ])('%s is a warning that names the environment and the permission', async (_name, plan, environment) => {
    emulator().faults.add({ operation: 'repos/create-deployment', fault: refused, times: 9 })
    const warning = await startRecord(recorderOf(emulator()), plan).finish([row()], false)
    expect(warning).toContain(`promoted from ${environment}`)
    expect(warning).toMatch(/; grant deployments: write[^.]*\.$/)
  })

  it('is no warning where nothing was due', async () => {
    emulator().faults.add({ operation: 'repos/list-deployments', fault: refused, times: 9 })
    const record = startRecord(recorderOf(emulator()), unchanged(production))
    expect(await record.finish([row({ status: 'unchanged' })], false)).toBeNull()
    expect(emulator().calls.map(({ operation }) => operation)).toEqual(['repos/list-deployments'])
  })
})

describe('a proof whose commit cannot be placed', () => {
  const stays = [row({ status: 'unchanged' })]
  const placing = async (failure: Error): Promise<string | null> => {
    await startRecord(recorderOf(emulator()), unchanged()).finish(stays, false)
    const onBranch = () => Promise.reject(failure)
    return startRecord(recorderOf(emulator(), '501/1', { onBranch }), unchanged()).finish(stays, false)
  }

  it('is a warning, and no second record', async () => {
    const finding = { expected: 'history', found: 'a shallow clone', mend: 'fetch it' }
    const warning = await placing(new CodedError('GIT_FAILED', finding))
    for (const named of ['promoted from sandbox', 'GIT_FAILED', 'a shallow clone']) expect(warning).toContain(named)
    expect(warning).toMatch(/To fix: fetch it\.$/)
    expect(recorded(emulator())).toEqual(['success: da_flask'])
  })

  it('by a defect of ours is no warning: it ends the run', async () => {
    await expect(placing(new TypeError('a defect'))).rejects.toThrow('a defect')
  })
})

it('a defect of ours at the start is not taken for a refusal of GitHub', async () => {
  const github = { ...gitHubOf(emulator()), createDeployment: () => Promise.reject(new TypeError('a defect')) }
  const record = startRecord(recorderOf(emulator(), '500/1', { github }), buildPlan(facts()))
  await expect(record.finish([row()], false)).rejects.toThrow('a defect')
})

describe('a run that was interrupted', () => {
  const slept: number[] = []
  const clock = { sleep: (milliseconds: number) => (slept.push(milliseconds), Promise.resolve()) }
  beforeEach(() => {
    slept.length = 0
  })

  it('waits a second for its record, not for a GitHub that does not answer', async () => {
    emulator().faults.add({ operation: 'repos/create-deployment', fault: { kind: 'hang', when: 'before' }, times: 9 })
    const record = startRecord(recorderOf(emulator(), '500/1', { clock }), buildPlan(facts()))
    expect(await record.finish([failed], true)).toBeNull()
    expect(slept).toEqual([1_000])
  })

  it('records what it can', async () => {
    const patient = { sleep: () => new Promise<void>(() => undefined) }
    const record = startRecord(recorderOf(emulator(), '500/1', { clock: patient }), buildPlan(facts()))
    expect(await record.finish([failed], true)).toBeNull()
    expect(recorded(emulator())).toEqual(['in_progress failure: da_flask'])
  })

  it('alone is bounded: any other waits for its record', async () => {
    await startRecord(recorderOf(emulator(), '500/1', { clock }), buildPlan(facts())).finish([row()], false)
    expect(slept).toEqual([])
    expect(recorded(emulator())).toEqual(['in_progress success: da_flask'])
  })
})

describe('what succeeded beside a layer that failed', () => {
  /** After so many calls of the run for other things. */
  const after = async (calls: number, rows = [failed, succeeded]): Promise<string[]> => {
    const github = gitHubOf(emulator())
    for (let call = 0; call < calls; call++) await github.listStatuses(headCommit)
    await startRecord(recorderOf(emulator(), '500/1', { github }), buildPlan(facts())).finish(rows, false)
    return recorded(emulator())
  }

  it('is recorded as long as the report has its calls left', async () => {
    expect(await after(2)).toEqual(['in_progress failure: da_flask', 'success: second'])
  })

  it('is not recorded at the cost of the report; the failure is', async () => {
    expect(await after(4)).toEqual(['in_progress failure: da_flask'])
  })

  it('is recorded at any cost where nothing failed, and something else was deployed', async () => {
    const other = row({ contentDigest: 'd'.repeat(64) })
    expect(await after(4, [other])).toEqual(['in_progress failure: da_flask', 'success: da_flask'])
  })

  it('says how many failed', async () => {
    await after(0, [failed, row({ layerId: 'second', status: 'not-attempted' }), row({ layerId: 'third' })])
    expect(emulator().state.deployments[0]?.statuses.at(-1)).toMatchObject({
      state: 'failure',
      description: expect.stringContaining('2')
    })
  })
})
