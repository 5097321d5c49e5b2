/** What a deploy leaves on record: production believes nothing else. */
import { describe, expect, it } from '@jest/globals'
import type { LayerResult } from '../../../src/model/index.js'
import { buildPlan, type Plan } from '../../../src/publish-layers/plan/plan.js'
import { startRecord, type Recorder } from '../../../src/publish-layers/promotion/record-run.js'
import { change, facts, headCommit } from '../../support/plans.js'
import { page, recorded as recordedOn, recorderOf, row, emulatorForEach } from './recording.js'

const emulator = emulatorForEach()

const recorder = (run = '500/1', changes: Partial<Recorder> = {}): Recorder => recorderOf(emulator(), run, changes)
const recorded = (): string[] => recordedOn(emulator())
const unchanged = (): Plan => buildPlan(facts({ changes: [change({ changed: false, reason: 'unchanged' })] }))

/** One run from its start to its end. */
async function deploy(rows: readonly LayerResult[], run = '500/1', plan = buildPlan(facts())): Promise<string | null> {
  return startRecord(recorder(run), plan).finish(rows, false)
}

const active = (): number => emulator().state.deployments.filter(one => one.statuses.at(-1)?.state === 'success').length

describe('what counts as proven', () => {
  it('a deploy that succeeded, in progress while it works', async () => {
    expect(await deploy([row()])).toBeNull()
    expect(recorded()).toEqual(['in_progress success: da_flask'])
  })

  it('a deploy that failed is a failure, and never a proof', async () => {
    await deploy([row({ status: 'failed', reason: 'failed' })])
    expect(recorded()).toEqual(['in_progress failure: da_flask'])
  })

  it('a deploy that was not attempted is none either', async () => {
    await deploy([row({ status: 'not-attempted', reason: 'cancelled' })])
    expect(recorded()).toEqual(['in_progress failure: da_flask'])
  })

  it('a layer that failed in one of two regions is not proven; the one beside it is', async () => {
    const rows = [
      row(),
      row({ region: 'eu-west-1', status: 'failed', reason: 'failed' }),
      row({ layerId: 'other' }),
      row({ layerId: 'other', region: 'eu-west-1', status: 'unchanged' })
    ]
    await deploy(rows)
    expect(recorded()).toEqual(['in_progress failure: da_flask', 'success: other'])
  })

  it('what was planned is no proof where something else was deployed', async () => {
    const other = 'd'.repeat(64)
    await deploy([row({ contentDigest: other })])
    expect(recorded()).toEqual(['in_progress failure: da_flask', 'success: da_flask'])
    expect(JSON.stringify(emulator().state.deployments[1]?.payload)).toContain(other)
  })

  it('without a change the source environment is recorded once, and then never again', async () => {
    const stays = [row({ status: 'unchanged', reason: 'unchanged' })]
    await deploy(stays, '500/1', unchanged())
    await deploy(stays, '501/1', unchanged())
    expect(recorded()).toEqual(['success: da_flask'])
  })

  it('F135 a proof that the branch does not hold any more is recorded anew', async () => {
    const stays = [row({ status: 'unchanged', reason: 'unchanged' })]
    await deploy(stays, '500/1', unchanged())
    const rewritten = recorder('501/1', { onBranch: () => Promise.resolve([]) })
    await startRecord(rewritten, unchanged()).finish(stays, false)
    expect(recorded()).toEqual(['success inactive: da_flask', 'success: da_flask'])
  })

  it('a dry run, a plan, a run that stands aside and a job of a fan-out record nothing', async () => {
    for (const plan of [
      buildPlan(facts({ dryRun: true })),
      buildPlan(facts({ mode: 'plan' })),
      buildPlan(facts({ aside: new Set(['da_flask in us-east-2']) })),
      buildPlan(facts({ verdicts: [{ guard: 'STALE_RUN', subject: '', passed: 'stand-aside', finding }] }))
    ]) {
      await deploy([row({ status: 'skipped', reason: 'stale-run' })], '500/1', plan)
    }
    await startRecord(recorder('500/1', { github: null }), buildPlan(facts())).finish([row()], false)
    expect(recorded()).toEqual([])
  })

  it('a refused record is a warning that names the permission', async () => {
    const fault = { kind: 'error', status: 403, when: 'before' } as const
    emulator().faults.add({ operation: 'repos/create-deployment', fault, times: 9 })
    expect(await deploy([row()])).toContain('deployments')
  })
})

const finding = { expected: 'a', found: 'b', mend: 'c' }

describe('F153 one deployment stays active', () => {
  const seed = (state: string | null, run: string | null, task = 'layer-deploy') => {
    const deployment = emulator().seed.deployment({
      ...{ sha: headCommit, environment: 'sandbox', task, payload: { old: {} } },
      description: run === null ? null : `1 layer (run ${run})`
    })
    if (state === null) return deployment
    const status = { description: '', environment: 'sandbox', targetUrl: '', environmentUrl: '', creator: 'octocat' }
    const logUrl = run === null ? '' : page(run)
    deployment.statuses.push({ ...status, id: 1, state, logUrl, createdAt: 0 })
    return deployment
  }
  const last = (one: { statuses: readonly { state: string }[] }): string => one.statuses.at(-1)?.state ?? 'none'

  it('F153 the next run ends what others left, whatever layers they name, and nothing that is not ours', async () => {
    const left = [seed('success', '401/1'), seed('success', '402/1'), seed('in_progress', '403/1'), seed(null, '404/1')]
    const unnamed = [seed(null, null), seed('in_progress', null)]
    const job = seed('success', null, 'deploy')
    await deploy([row()])
    expect(left.map(last)).toEqual(['inactive', 'inactive', 'error', 'error'])
    expect(unnamed.map(last)).toEqual(['error', 'error'])
    expect(last(job)).toBe('success')
    expect(active()).toBe(2)
  })

  it('F153 thirty that stayed active end in one run; a run without a change does it too', async () => {
    for (let count = 0; count < 30; count++) seed('success', `${400 + count}/1`)
    await deploy([row({ status: 'unchanged' })], '500/1', unchanged())
    expect(active()).toBe(1)
  })

  it('F153 the live deployment of another job of this run, and of a later run, is left alone', async () => {
    const sibling = [seed('in_progress', '500/1'), seed(null, '500/1'), seed('success', '500/1')]
    const later = [seed('in_progress', '501/1'), seed(null, '501/1')]
    const attempt = seed('in_progress', '500/0')
    await deploy([row()])
    expect(sibling.map(last)).toEqual(['in_progress', 'none', 'success'])
    expect(later.map(last)).toEqual(['in_progress', 'none'])
    expect(last(attempt)).toBe('error')
  })

  it('F153 a run that ends after a later one does not stay active beside it', async () => {
    const first = startRecord(recorder('500/1'), buildPlan(facts()))
    await new Promise(done => setImmediate(done))
    while (emulator().state.deployments[0]?.statuses.length !== 1) await new Promise(done => setImmediate(done))
    await deploy([row()], '501/1')
    await first.finish([row()], false)
    expect(active()).toBe(1)
    expect(last(emulator().state.deployments[1]!)).toBe('success')
    // What it did is proven all the same.
    expect(emulator().state.deployments[0]?.statuses.map(({ state }) => state)).toContain('success')
  })

  it('F153 a failed run leaves the last success active', async () => {
    const before = [seed('success', '401/1'), seed('success', '402/1')]
    await deploy([row({ status: 'failed', reason: 'failed' })])
    expect(before.map(last)).toEqual(['inactive', 'success'])
  })
})
