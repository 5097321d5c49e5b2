import { describe, expect, it } from '@jest/globals'
import { CodedError, type ErrorCode } from '../../src/model/errors.js'
import type { LayerResult, Verdict } from '../../src/model/index.js'
import { buildPlan } from '../../src/publish-layers/plan/plan.js'
import type { Facts } from '../../src/publish-layers/plan/facts.js'
import {
  deployedRow,
  overridesOf,
  removedLayers,
  resultOfFailure,
  resultOfNothing,
  resultOfPlan,
  resultOfRefusal,
  unknownSubject
} from '../../src/publish-layers/result.js'
import { targetKey, targetsOf } from '../../src/publish-layers/target.js'
import { layer, sandbox } from '../support/configs.js'
import { change, deployed, facts, target } from '../support/plans.js'
import { codedError, layerResult } from '../support/results.js'

const nothingFurther = { warning: null, interruption: null }
const deploy = { ...unknownSubject, command: 'deploy' as const }
const resultWith = (
  changes: Partial<Facts>,
  rows: readonly LayerResult[] = [],
  further: Parameters<typeof resultOfPlan>[3] = nothingFurther
) => resultOfPlan(deploy, buildPlan(facts(changes)), rows, further)

const finding = { expected: 'a', found: 'b', mend: 'c' }
const refused = (guard: ErrorCode): Verdict => ({ guard, subject: '', passed: false, finding })
const aside = (subject: string): Verdict => ({ guard: 'STALE_RUN', subject, passed: 'stand-aside', finding })
const removed = change({ changed: false, reason: 'removed', to: null })
const same = change({ changed: false, reason: 'unchanged' })
const key = targetKey(target)
const where = 'sandbox (111122223333)'

describe('resultOfPlan', () => {
  it('warns where nothing is at the path of a layer, once for all regions', () => {
    const regions = ['us-east-2', 'eu-west-1']
    const { warnings, conclusion, headline } = resultWith({
      targets: targetsOf(sandbox, [layer('da_flask')], regions),
      changes: regions.map(region => ({ ...removed, region }))
    })
    expect(conclusion).toBe('success')
    expect(warnings).toEqual([expect.stringMatching(/^Layer da_flask: nothing is at its path/)])
    expect(headline).toMatch(/at the path of da_flask any more$/)
  })

  it('says nothing of a layer that is as it was', () => {
    expect(resultWith({ changes: [same] })).toMatchObject({ warnings: [], changedLayers: [], conclusion: 'success' })
  })

  it('is a success where rows are as they should be', () => {
    expect(resultWith({}, [layerResult(), layerResult({ status: 'unchanged' })])).toMatchObject({
      ...{ conclusion: 'success', warnings: [], errors: [] }
    })
  })

  it('is neutral where one of two steps stood aside', () => {
    const targets = targetsOf(sandbox, [layer('da_flask'), layer('b')], sandbox.regions)
    const changes = [change(), change({ layerId: 'b' })]
    expect(resultWith({ targets, changes, aside: new Set([key]) }).conclusion).toBe('neutral')
  })

  it('names the layers that change, once', () => {
    const two = targetsOf(sandbox, [layer('da_flask'), layer('b')], ['us-east-2', 'eu-west-1'])
    const changes = two.map(({ layerId, region }) => change({ layerId, region, changed: layerId === 'da_flask' }))
    expect(resultWith({ targets: two, changes }).changedLayers).toEqual(['da_flask'])
  })

  it('errors: what ended the run, the guards by their urgency, the layers', () => {
    const guards = ['REQUIRED_CHECKS', 'STALE_RUN', 'NOT_PROMOTED', 'REGION_NOT_ALLOWED', 'ACCOUNT_MISMATCH'] as const
    const passed: Verdict = { guard: 'BUCKET_OWNER_MISMATCH', subject: '', passed: true, detail: '' }
    const rows = [
      layerResult({ status: 'failed', error: codedError('AWS_FAILED') }),
      layerResult({ status: 'unchanged' })
    ]
    const further = { warning: null, interruption: codedError('CANCELLED') }
    const result = resultWith({ verdicts: [passed, aside('x'), ...guards.map(refused)] }, rows, further)
    expect(result.errors.map(({ code }) => code)).toEqual([
      ...['CANCELLED', 'ACCOUNT_MISMATCH', 'REGION_NOT_ALLOWED', 'STALE_RUN', 'REQUIRED_CHECKS', 'NOT_PROMOTED'],
      'AWS_FAILED'
    ])
    expect(result.conclusion).toBe('failure')
    expect(resultWith({}, [], further).errors.map(({ code }) => code)).toEqual(['CANCELLED'])
  })

  it.each<[string, Partial<Facts>, readonly LayerResult[]]>([
    ['the whole run', { verdicts: [aside('')] }, []],
    ['a step of it', { aside: new Set([key]), verdicts: [] }, []],
    [
      'a layer that a newer commit took while it wrote',
      {},
      [layerResult({ status: 'skipped', aside: codedError('STALE_RUN') })]
    ]
  ])('neutral where a newer commit stands: %s', (_name, changes, rows) => {
    expect(resultWith(changes, rows)).toMatchObject({ conclusion: 'neutral', errors: [] })
  })

  it('warnings: what stood aside, what was undone, overridden, removed, not recorded', () => {
    const overridden: Verdict = { guard: 'NOT_PROMOTED', subject: 'x', passed: true, detail: 'by me', overridden: true }
    const { warnings } = resultWith(
      {
        targets: targetsOf(sandbox, [layer('da_flask'), layer('b')], sandbox.regions),
        changes: [change(), { ...removed, layerId: 'b' }],
        deployed: new Map([[key, deployed({ rolledBackTo: 1 })]]),
        verdicts: [aside('y'), overridden]
      },
      [layerResult({ status: 'skipped', aside: codedError('STALE_RUN', { found: 'another commit' }) })],
      { warning: 'no record', interruption: null }
    )
    expect(warnings).toEqual([
      expect.stringMatching(/^STALE_RUN: Expected a, found b/),
      expect.stringMatching(/^STALE_RUN: .*another commit/),
      expect.stringMatching(/^Layer da_flask in us-east-2: .*rollback to version 1 \(version 3\)/),
      'NOT_PROMOTED x: by me',
      expect.stringMatching(/^Layer b: /),
      'no record'
    ])
  })

  it.each<[string, Partial<Facts>, number]>([
    ['a deploy undoes it', {}, 1],
    ['a plan would', { builds: new Map(), mode: 'plan' }, 1],
    ['what stays does not', { changes: [same] }, 0],
    ['nor does sharing', { changes: [change({ reason: 'access-changed' })] }, 0]
  ])('a rollback: %s', (_name, changes, count) => {
    const rolledBack = new Map([[key, deployed({ rolledBackTo: 1 })]])
    expect(resultWith({ deployed: rolledBack, ...changes }).warnings).toHaveLength(count)
    expect(resultWith(changes).warnings).toEqual([])
  })
})

describe('the headline', () => {
  const row = (status: LayerResult['status'], reason: LayerResult['reason'] = 'source-changed') =>
    layerResult({ status, reason })
  const head = (changes: Partial<Facts>, rows: readonly LayerResult[] = []) => resultWith(changes, rows).headline

  it.each<[string, Partial<Facts>, readonly LayerResult[], string]>([
    ['nothing selected', { changes: [] }, [], `${where}: no layer selected`],
    ['one', {}, [row('published')], `${where}: 1 layer published`],
    ['several', {}, [row('published'), row('published')], `${where}: 2 layers published`],
    ['unchanged', { changes: [same] }, [row('unchanged', 'unchanged')], `${where}: 1 unchanged`],
    [
      'all kinds',
      {},
      [
        ...[
          row('published'),
          row('failed'),
          row('not-attempted'),
          row('unchanged'),
          row('unchanged', 'access-changed')
        ],
        layerResult({ status: 'skipped', aside: codedError('STALE_RUN') })
      ],
      `${where}: 1 layer published, 1 failed, 1 left to a newer commit, 1 not attempted, sharing or parameter of 1 layer changed, 1 unchanged`
    ],
    ['a step that stood aside', { aside: new Set([key]) }, [], `${where}: 1 left to a newer commit`],
    ['sharing alone', {}, [row('unchanged', 'access-changed')], `${where}: sharing or parameter of 1 layer changed`],
    ['refused', { verdicts: [refused('STALE_RUN')] }, [], `STALE_RUN: nothing was published to ${where}`],
    [
      'a failure beside a success',
      {},
      [row('published'), layerResult({ status: 'failed', error: codedError() })],
      `${where}: 1 layer published, 1 failed`
    ],
    ['stood aside', { verdicts: [aside('')] }, [], `Stood aside: the branch has a newer commit for ${where}`],
    ['a plan of nothing', { mode: 'plan', changes: [same] }, [row('unchanged')], `No layer would change in ${where}`],
    ['a plan', { mode: 'plan' }, [row('planned')], `1 layer would be published to ${where}`],
    ['a dry run', { dryRun: true }, [row('planned'), row('planned')], `2 layers would be published to ${where}`],
    [
      'a plan of sharing',
      { mode: 'plan' },
      [row('planned', 'access-changed')],
      `sharing or parameter of 1 layer would change in ${where}`
    ]
  ])('%s', (_name, changes, rows, headline) => {
    expect(head(changes, rows)).toBe(headline)
  })

  const gone = 'nothing is at the path of da_flask any more'
  it('tells what is gone near its front', () => {
    const changes = [removed]
    expect(head({ changes })).toBe(`${where}: ${gone}`)
    expect(head({ changes, verdicts: [refused('STALE_RUN')] })).toBe(
      `STALE_RUN: nothing was published to ${where}, ${gone}`
    )
    expect(head({ changes, verdicts: [aside('')] })).toMatch(new RegExp(`^Stood aside: .*, ${gone}$`))
    expect(head({ changes, mode: 'plan' }, [row('planned'), row('planned', 'access-changed')])).toMatch(
      new RegExp(`^1 layer would be published to .*, ${gone}, sharing or parameter`)
    )
  })

  it('of another command names it', () => {
    const result = resultOfPlan(
      { ...unknownSubject, command: 'report' },
      buildPlan(facts()),
      [row('published')],
      nothingFurther
    )
    expect(result.headline).toBe('report: 1 layer published')
  })

  const queue = (...whose: ('this-entry' | 'entries-below')[]) => {
    const layers = whose.map((_by, index) => layer(`l${index}`))
    return head({
      mode: 'plan',
      targets: targetsOf(sandbox, layers, sandbox.regions),
      changes: whose.map((addedBy, index) => change({ layerId: `l${index}`, addedBy }))
    })
  }
  it('of a merge queue tells whose the changes are', () => {
    expect(queue('this-entry')).toMatch(/, by this entry of the merge queue l0$/)
    expect(queue('this-entry', 'entries-below')).toMatch(
      /by this entry of the merge queue l0, by the entries below it l1$/
    )
    expect(queue('entries-below')).toMatch(/, none by this entry of the merge queue, by the entries below it l0$/)
    expect(head({ mode: 'plan' }, [row('planned')])).not.toMatch(/queue/)
  })
})

describe('a run without a plan', () => {
  it('failed', () => {
    const further = new AggregateError([codedError('AWS_FAILED'), new Error('x')])
    const error = new CodedError('CONFIG_INVALID', finding, { cause: further })
    const result = resultOfFailure(deploy, error)
    expect(result).toMatchObject({ ...deploy, conclusion: 'failure', headline: error.message, plan: null })
    expect(result.errors.map(({ code }) => code)).toEqual(['CONFIG_INVALID', 'AWS_FAILED'])
    expect(result).toMatchObject({ layers: [], verdicts: [], warnings: [], changedLayers: [] })
  })

  it('was refused', () => {
    const verdict = { guard: 'TRUSTED_EVENT', subject: '', passed: false, finding } as const
    const result = resultOfRefusal(deploy, verdict)
    expect(result).toMatchObject({ conclusion: 'failure', verdicts: [verdict] })
    expect(result.errors.map(({ code }) => code)).toEqual(['TRUSTED_EVENT'])
  })

  it('had nothing to do', () => {
    const result = resultOfNothing(deploy, 'why')
    expect(result).toMatchObject({ conclusion: 'neutral', errors: [], layers: [] })
    expect(result.headline).toMatch(/: why$/)
  })

  it('is known as a plan of nothing before anything is read', () => {
    expect(unknownSubject).toEqual({
      ...{ command: 'plan', environment: null, regions: [], branch: null, headCommit: null, dryRun: false }
    })
  })
})

it('only what a person let pass, or a plan foretells, is told of what passed', () => {
  const passed = { guard: 'NOT_PROMOTED', subject: 'x', passed: true, detail: 'd' } as const
  expect(overridesOf([passed, refused('STALE_RUN')])).toEqual([])
  expect(overridesOf([{ ...passed, overridden: true }])).toEqual(['NOT_PROMOTED x: d'])
  expect(overridesOf([{ ...passed, foretold: true }])).toEqual(['NOT_PROMOTED x: d'])
})

it('names five layers whose path is gone, each once, and counts the others', () => {
  const gone = (...ids: string[]) => removedLayers(ids.map(layerId => ({ layerId, reason: 'removed' })))[0]
  expect(removedLayers([{ layerId: 'a', reason: 'unchanged' }])).toEqual([])
  expect(gone('a', 'a', 'b')).toMatch(/ a, b any more$/)
  expect(gone('a', 'b', 'c', 'd', 'e')).toMatch(/ a, b, c, d, e any more$/)
  expect(gone('a', 'b', 'c', 'd', 'e', 'f', 'g')).toMatch(/ a, b, c, d, e and 2 more any more$/)
})

it('a row has what runs, and null for what is not known', () => {
  const { layerId, region, layerName } = target
  const { version, arn, artifactSha256, contentDigest, sourceDigest, sizeBytes, sourceCommit } = deployed()
  expect(deployedRow(target, deployed())).toEqual({
    ...{ layerId, region, layerName, version, arn, previousVersion: version, artifactSha256, contentDigest },
    ...{ sourceDigest, sizeBytes, fromCommit: sourceCommit, toCommit: sourceCommit, error: null }
  })
  const unknown = deployedRow(target, null)
  expect(Object.entries(unknown).filter(([, value]) => value === null)).toHaveLength(10)
  expect(Object.values(unknown)).not.toContain(undefined)
})
