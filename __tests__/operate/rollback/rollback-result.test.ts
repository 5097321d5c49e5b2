/** What a rollback came to, in the shape of every report: headline, rows, errors and the plan as JSON. */
import { describe, expect, it } from '@jest/globals'
import type { LayerResult, Verdict } from '../../../src/model/index.js'
import { planRollback, type RollbackPlan } from '../../../src/operate/rollback/plan-rollback.js'
import { resultOfRollback } from '../../../src/operate/rollback/rollback.js'
import { unknownSubject } from '../../../src/publish-layers/result.js'
import { codedError, layerResult } from '../../support/results.js'
import { detail, environment, fact, run, targets } from './rollback-facts.js'

const subject = { ...unknownSubject, command: 'rollback', environment } as const
const where = 'sandbox (111122223333)'

function resultOf(plan: RollbackPlan, rows: readonly LayerResult[]) {
  return resultOfRollback({ subject, branch: 'test' }, plan, rows)
}

const row = (index: number, status: LayerResult['status'], changes: Partial<LayerResult> = {}): LayerResult =>
  layerResult({ layerId: 'da_flask', region: targets[index]!.region, status, version: 4, ...changes })
const failed = (index: number) => row(index, 'failed', { error: codedError(), version: null })
const both = planRollback(run, [fact(0), fact(1, { wanted: { ...detail(2, 'a1') } })], [])

describe('the headline of a rollback', () => {
  it.each<[string, readonly LayerResult[], string]>([
    ['one', [row(0, 'rolled-back')], `da_flask rolled back to version 1 (as version 4) in ${where}`],
    [
      'one in the other region',
      [row(1, 'rolled-back')],
      `da_flask rolled back to version 2 (as version 4) in ${where}`
    ],
    ['one in a dry run', [row(1, 'planned')], `da_flask would be rolled back to version 2 in ${where}`],
    ['two', [row(0, 'rolled-back'), row(1, 'rolled-back')], `2 layers rolled back in ${where}`],
    ['two in a dry run', [row(0, 'planned'), row(1, 'planned')], `2 layers would be rolled back in ${where}`],
    [
      'one, and one that failed',
      [row(0, 'rolled-back'), failed(1)],
      `da_flask rolled back to version 1 (as version 4) in ${where}, 1 failed`
    ],
    [
      'two, and two that were not',
      [row(0, 'rolled-back'), row(1, 'rolled-back'), failed(1), row(1, 'not-attempted')],
      `2 layers rolled back in ${where}, 2 failed`
    ],
    [
      'one, and one that stays',
      [row(0, 'unchanged'), row(1, 'planned')],
      `da_flask would be rolled back to version 2 in ${where}`
    ],
    ['none that failed', [failed(0)], `ACCESS_DENIED: nothing was rolled back in ${where}`],
    ['none', [row(0, 'unchanged')], `Nothing to roll back in ${where}: it runs what is wanted`]
  ])('%s', (_what, rows, headline) => {
    expect(resultOf(both, rows).headline).toBe(headline)
  })
})

describe('the result of a rollback', () => {
  it('is whole: what changed, the steps, and what the next push does', () => {
    const plan = planRollback(run, [fact(0), fact(1, { content: null })], [])
    const rows = [row(0, 'rolled-back'), row(1, 'unchanged')]
    expect(resultOf(plan, rows)).toEqual({
      ...subject,
      conclusion: 'success',
      headline: `da_flask rolled back to version 1 (as version 4) in ${where}`,
      changedLayers: ['da_flask'],
      layers: rows,
      verdicts: plan.verdicts,
      errors: [],
      warnings: ['The next push to test deploys forward again, unless its source is the one that was returned to'],
      plan: {
        outcome: 'apply',
        steps: [
          {
            ...{ layer: 'da_flask', region: 'us-east-2', action: 'publish again', 'deployed-version': 3 },
            ...{ 'to-version': 1, 'content-digest': 'c1' }
          },
          {
            ...{ layer: 'da_flask', region: 'eu-central-1', action: 'keep', 'deployed-version': 3 },
            ...{ 'to-version': 1, 'content-digest': null }
          }
        ]
      }
    })
  })

  it('of a dry run warns of no push, and names a layer of two regions once', () => {
    const { changedLayers, warnings, conclusion } = resultOf(both, [row(0, 'planned'), row(1, 'planned')])
    expect({ changedLayers, warnings, conclusion }).toEqual({
      ...{ changedLayers: ['da_flask'], warnings: [], conclusion: 'success' }
    })
  })

  it('of nothing deployed says so in the plan', () => {
    const plan = planRollback({ ...run, unrecorded: true }, [fact(0, { deployed: null })], [])
    expect(resultOf(plan, []).plan).toMatchObject({ steps: [{ 'deployed-version': null }] })
  })

  it('refusals come before failures, and either is a failure', () => {
    const finding = { expected: 'this account', found: 'that one', mend: 'change it' }
    const refusal: Verdict = { guard: 'ACCOUNT_MISMATCH', subject: '', passed: false, finding }
    const passed: Verdict = { guard: 'STALE_RUN', subject: '', passed: true, detail: 'tip' }
    const refused = resultOf({ environment, verdicts: [passed, refusal], steps: both.steps }, [failed(0)])
    expect(refused).toMatchObject({
      conclusion: 'failure',
      headline: `ACCOUNT_MISMATCH: nothing was rolled back in ${where}`,
      plan: { outcome: 'refuse' }
    })
    expect(refused.errors.map(({ code, finding: { found } }) => `${code}: ${found}`)).toEqual([
      'ACCOUNT_MISMATCH: that one',
      'ACCESS_DENIED: a denial'
    ])
    const half = resultOf(both, [row(0, 'rolled-back'), failed(1)])
    expect({ conclusion: half.conclusion, codes: half.errors.map(({ code }) => code) }).toEqual({
      ...{ conclusion: 'failure', codes: ['ACCESS_DENIED'] }
    })
    expect(half.plan).toMatchObject({ outcome: 'apply' })
  })
})
