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
