/** What the jobs of a fan-out brought together: each of them had one layer, and recorded nothing. */
import { describe, expect, it } from '@jest/globals'
import type { LayerResult } from '../../../src/model/index.js'
import type { Recorder } from '../../../src/publish-layers/promotion/record-run.js'
import { recordReadBack } from '../../../src/publish-layers/promotion/record-run.js'
import { buildPlan, type Plan } from '../../../src/publish-layers/plan/plan.js'
import { production } from '../../support/configs.js'
import { change, facts } from '../../support/plans.js'
import { recorded, recorderOf, row, emulatorForEach } from './recording.js'

const emulator = emulatorForEach()

const planOf = (changes: Partial<Parameters<typeof facts>[0]> = {}): Plan =>
  buildPlan(facts({ changes: [change({ changed: false, reason: 'unchanged' })], ...changes }))
const ofProduction = planOf({ environment: production })

function readBack(rows: readonly LayerResult[], plan = planOf(), changes: Partial<Recorder> = {}, run = '500/1') {
  return recordReadBack(recorderOf(emulator(), run, changes), plan, rows)
}

const unchanged = row({ status: 'unchanged' })

describe('what is read back', () => {
  it('is recorded at once as a success, and a second time not', async () => {
    expect(await readBack([row(), row({ layerId: 'second', status: 'unchanged' })])).toBeNull()
    expect(await readBack([unchanged], planOf(), {}, '501/1')).toBeNull()
    expect(recorded(emulator())).toEqual(['success: da_flask second'])
  })

  it('of an environment that others are promoted from is recorded, though none of its layers was published', async () => {
    await readBack([unchanged])
    expect(recorded(emulator())).toEqual(['success: da_flask'])
  })

  it('of an environment that nothing is promoted from is recorded where one of its layers was published', async () => {
    await readBack([unchanged], ofProduction)
    expect(recorded(emulator())).toEqual([])
    await readBack([row({ layerId: 'second', status: 'unchanged' }), row()], ofProduction)
    expect(recorded(emulator())).toEqual(['success: second da_flask'])
  })

  it('of a layer that failed is no proof', async () => {
    await readBack([row({ status: 'failed', reason: 'failed' }), row({ region: 'eu-west-1' })])
    expect(recorded(emulator())).toEqual([])
  })

  it('of a refused run, or without a token, asks GitHub nothing', async () => {
    const finding = { expected: 'a', found: 'b', mend: 'c' }
    const refused = planOf({
      verdicts: [{ guard: 'ACCOUNT_MISMATCH', subject: '', passed: false, finding }]
    })
    expect(await readBack([row()], refused)).toBeNull()
    expect(await readBack([row()], planOf(), { github: null })).toBeNull()
    expect(emulator().calls).toEqual([])
  })

  it('and cannot be recorded is a warning where it was due', async () => {
    const fault = { kind: 'error', status: 403, when: 'before' } as const
    emulator().faults.add({ operation: 'repos/list-deployments', fault, times: 9 })
    expect(await readBack([unchanged], ofProduction)).toBeNull()
    expect(await readBack([row()], ofProduction)).toContain('deployments')
  })
})
