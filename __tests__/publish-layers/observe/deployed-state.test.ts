/** The command `report`: what every region runs against what the commit wants. */
import { describe, expect, it } from '@jest/globals'
import { resultOfDeployed, type DeployedState } from '../../../src/publish-layers/observe/deployed-state.js'
import { unknownSubject } from '../../../src/publish-layers/result.js'
import { targetKey } from '../../../src/publish-layers/target.js'
import { objectId } from '../../support/configs.js'
import { change, deployed, facts, target } from '../../support/plans.js'

const key = targetKey(target)
const same = change({ changed: false, reason: 'unchanged' })
const own = { previousVersion: 2, reason: 'source-changed', from: objectId('d') } as const

function report(changes: Partial<DeployedState['facts']>, further: Partial<Omit<DeployedState, 'facts'>> = {}) {
  const state = { facts: facts(changes), relations: new Map(), aside: null, own: new Map(), ...further }
  const result = resultOfDeployed(unknownSubject, state)
  return { ...result, row: result.layers[0], codes: result.errors.map(({ code }) => code) }
}

describe('resultOfDeployed', () => {
  it('what the commit wants, deployed by a job of this run: published, with what was before', () => {
    const result = report({ changes: [same] }, { own: new Map([[key, own]]) })
    expect(result).toMatchObject({ conclusion: 'success', changedLayers: ['da_flask'], errors: [], warnings: [] })
    expect(result.row).toMatchObject({
      ...{ status: 'published', reason: 'source-changed', version: 3, previousVersion: 2, fromCommit: objectId('d') }
    })
    expect(result.headline).toBe('sandbox (111122223333): 1 published')
  })

  it('deployed before this run: unchanged', () => {
    const result = report({ changes: [same] })
    expect(result).toMatchObject({ conclusion: 'success', changedLayers: [] })
    expect(result.row).toMatchObject({ status: 'unchanged', version: 3, previousVersion: 3 })
  })

  it('a job that only renewed the record changed nothing', () => {
    const result = report({ changes: [same] }, { own: new Map([[key, { ...own, reason: 'same-content' }]]) })
    expect(result.row).toMatchObject({ status: 'unchanged', reason: 'same-content' })
    expect(result.changedLayers).toEqual([])
  })

  it('other content: not attempted, NOT_DEPLOYED names it and its version', () => {
    const result = report({})
    expect(result).toMatchObject({ conclusion: 'failure', codes: ['NOT_DEPLOYED'], changedLayers: ['da_flask'] })
    expect(result.row).toMatchObject({ status: 'not-attempted', reason: 'source-changed', version: 3 })
    expect(result.errors[0]?.message).toMatch(
      /found other content, or none, in da_flask in us-east-2 \(version 3\)\. To fix: look at/
    )
  })

  it('nothing deployed: no version', () => {
    const result = report({
      deployed: new Map([[key, null]]),
      changes: [change({ reason: 'never-deployed', from: null })]
    })
    expect(result.errors[0]?.message).toContain('(no version)')
    expect(result.row).toMatchObject({ status: 'not-attempted', version: null, arn: null })
  })

  it('nothing read, because a guard of the whole run failed: never "unchanged"', () => {
    const finding = { expected: 'a', found: 'b', mend: 'c' }
    const verdicts = [{ guard: 'ACCOUNT_MISMATCH', subject: '', passed: false, finding } as const]
    const result = report({ deployed: new Map(), changes: [same], verdicts })
    expect(result.row).toMatchObject({ status: 'not-attempted', reason: 'refused' })
    expect(result.codes).toEqual(['ACCOUNT_MISMATCH', 'NOT_DEPLOYED'])
  })

  it('bytes that are not the recorded ones: failed, and its version is given to nobody', () => {
    const finding = { expected: 'a', found: 'b', mend: 'c' }
    const verdicts = [{ guard: 'PUBLISH_UNVERIFIED', subject: key, passed: false, finding } as const]
    const result = report({ changes: [same], verdicts })
    expect(result.row).toMatchObject({ status: 'failed', version: null, arn: null })
    expect(result.codes).toEqual(['PUBLISH_UNVERIFIED'])
  })

  it('a refusal of its row: failed, with the version that runs; what passed refuses nothing', () => {
    const finding = { expected: 'a', found: 'b', mend: 'c' }
    const passed = { guard: 'STACK_NOT_OURS', subject: key, passed: true, detail: '' } as const
    const verdicts = [passed, { guard: 'STACK_NOT_READY', subject: key, passed: false, finding } as const]
    const result = report({ changes: [same], verdicts })
    expect(result.row).toMatchObject({ status: 'failed', reason: 'failed', version: 3, arn: deployed().arn })
    expect(result).toMatchObject({ codes: ['STACK_NOT_READY'], changedLayers: ['da_flask'], conclusion: 'failure' })
    expect(result.headline).toBe('sandbox (111122223333): 1 failed')
    const good = report({ changes: [same], verdicts: [passed] })
    expect([good.row?.status, good.row?.reason, good.codes]).toEqual(['unchanged', 'unchanged', []])
  })

  it('a row says which source is wanted; null where it is not known', () => {
    expect(report({ changes: [same] }).row?.sourceDigest).toBe(facts().sources.get('da_flask')?.sourceDigest)
    expect(report({ changes: [same], sources: new Map() }).row?.sourceDigest).toBeNull()
  })

  it('left to the tip of the branch: named once, and only newer commits beside it', () => {
    const targets = ['us-east-2', 'eu-west-1'].map(region => ({ ...target, region }))
    const keys = targets.map(targetKey)
    const aside = { commit: objectId('9'), keys }
    const state = {
      targets,
      changes: targets.map(({ region }) => change({ region })),
      deployed: new Map([
        [keys[0]!, deployed()],
        [keys[1]!, null]
      ])
    }
    const { warnings, headline } = report(state, { aside, relations: new Map([[objectId('b'), 'ancestor']]) })
    expect(warnings).toEqual([expect.stringMatching(/^STALE_RUN: 2 .*\(9{40}\)/)])
    expect(headline).toBe('sandbox (111122223333): 2 skipped')
    const newer = report(state, { aside, relations: new Map([[objectId('b'), 'descendant']]) })
    expect(newer.warnings).toEqual([expect.stringMatching(/\(9{40}, b{40}\)/)])
  })

  it('the headline counts each kind', () => {
    const layers = ['a', 'b', 'c'].map(layerId => ({ ...target, layerId }))
    const changes = [same, change(), change({ changed: false, reason: 'removed' })]
    const { headline, errors } = report({
      targets: layers,
      changes: changes.map((one, index) => ({ ...one, layerId: layers[index]!.layerId })),
      deployed: new Map(layers.map(one => [targetKey(one), deployed()]))
    })
    expect(headline).toMatch(/: .*path of c any more, 1 not attempted, 1 skipped, 1 unchanged$/)
    expect(errors[0]?.message).toContain(facts().headCommit)
    expect(report({ changes: [] }).headline).toMatch(/: no layer selected$/)
  })

  it('an error names five and counts none where there are five', () => {
    const five = Array.from({ length: 5 }, (_unused, index) => ({ ...target, layerId: `l${index}` }))
    const changes = five.map(({ layerId }) => change({ layerId }))
    const [error] = report({
      targets: five,
      changes,
      deployed: new Map(five.map(one => [targetKey(one), null]))
    }).errors
    expect(error?.message).toMatch(/l3 in us-east-2 \(no version\), l4 in us-east-2 \(no version\)\. To fix/)
  })

  it('what a newer commit wants: it stands, neutral, and the warning names it', () => {
    const result = report({}, { relations: new Map([[deployed().commit ?? '', 'descendant']]) })
    expect(result).toMatchObject({ conclusion: 'neutral', errors: [] })
    expect(result.row).toMatchObject({ status: 'skipped', reason: 'stale-run' })
    expect(result.warnings).toEqual([expect.stringContaining(objectId('b'))])
  })

  it('a layer whose path is gone is skipped, and an error names five and counts the others', () => {
    expect(report({ changes: [change({ reason: 'removed', to: null })] }).row).toMatchObject({ status: 'skipped' })
    const many = Array.from({ length: 7 }, (_unused, index) => ({ ...target, layerId: `layer_${index}` }))
    const changes = many.map(({ layerId }) => change({ layerId }))
    const result = report({ targets: many, changes, deployed: new Map(many.map(one => [targetKey(one), null])) })
    expect(result.errors[0]?.message).toMatch(/layer_4 in us-east-2 \(no version\) and 2 more/)
  })

  it('a change outside the regions of the job has no row', () => {
    expect(report({ changes: [change({ region: 'eu-west-1' })] })).toMatchObject({ layers: [], conclusion: 'success' })
  })
})
