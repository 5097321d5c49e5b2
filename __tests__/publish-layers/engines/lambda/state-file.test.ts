/** The state file of engine `lambda`: what is read out of its text, what is none of ours, and whose the layer is. */
import { describe, expect, it } from '@jest/globals'
import {
  assertOwn,
  currentOf,
  emptyState,
  ownedBy,
  parseState,
  statePlace,
  stateVerdict
} from '../../../../src/publish-layers/engines/lambda/state-file.js'
import { target } from '../../../support/plans.js'

const claim = { id: 'i', 'content-digest': 'c', run: '7/1', at: '2026-11-23T12:00:00.000Z' }
const text = (changes: object = {}) => JSON.stringify({ version: 3, ...changes })

describe('the state', () => {
  it('is read whole', () => {
    const record = { 'source-digest': 's', 'content-digest': 'c', repository: 'o/r', 'rolled-back-to': '2' }
    expect(parseState(text({ ...record, 'shared-with': ['444455556666'], claim }), target)).toEqual({
      ...{ version: 3, sharedWith: ['444455556666'] },
      record: { sourceDigest: 's', contentDigest: 'c', repository: 'o/r', rolledBackTo: '2' },
      claim: { id: 'i', contentDigest: 'c', run: '7/1', at: Date.parse('2026-11-23T12:00:00Z') }
    })
    expect(parseState(text({ version: null, claim: null }), target)).toEqual(emptyState)
    expect(parseState(text({ version: null }), target)).toEqual(emptyState)
  })

  it.each<[string, string]>([
    ['{', 'text that is no JSON'],
    ...['null', '[]', '"text"', '1'].map((each): [string, string] => [each, 'JSON that is no object']),
    ['{}', 'the version undefined'],
    ...['0', '-1', '1.5', '"3"', '1e99'].map((each): [string, string] => [
      `{"version":${each}}`,
      `the version ${each === '1e99' ? '1e+99' : each}`
    ]),
    [text({ 'shared-with': 'public' }), 'shared-with "public"'],
    [text({ 'shared-with': ['public', 1] }), 'shared-with ["public",1]'],
    ...['id', 'content-digest', 'run', 'at'].map((field): [string, string] => [
      text({ claim: { ...claim, [field]: 7 } }),
      'a claim that cannot be read'
    ]),
    [text({ claim: { ...claim, at: 'soon' } }), 'a claim that cannot be read'],
    [text({ claim: 'mine' }), 'a claim that cannot be read']
  ])('%s is none that this engine wrote', (written, found) => {
    expect(() => parseState(written, target)).toThrow(
      expect.objectContaining({
        code: 'PUBLISH_UNVERIFIED',
        finding: {
          expected: `the state of ${target.layerName} in s3://${target.bucket}/layer-deploy/state/${target.layerName}.json`,
          found,
          mend: 'restore the file from an earlier object version, or delete it to start from the published versions'
        }
      })
    )
  })

  it('lies in the bucket of the account, and names what is deployed', () => {
    expect(statePlace(target)).toEqual({
      ...{ bucket: target.bucket, owner: '111122223333', key: `layer-deploy/state/${target.layerName}.json` }
    })
    expect(currentOf(emptyState)).toBeNull()
    expect(currentOf({ ...emptyState, version: 3, record: { commit: 'k' } })).toEqual({
      ...{ version: 3, record: { commit: 'k' } }
    })
  })
})

describe('whose the layer is', () => {
  const us = { repository: 'o/r', repositoryId: '4711' }
  const of = (record: object) => ({ ...emptyState, record })
  const subject = 'da_flask in us-east-2'
  it.each([
    ['nobody’s', {}],
    ['ours', { repository: 'o/r', repositoryId: '4711' }],
    ['ours under an older name', { repository: 'o/old', repositoryId: '4711' }]
  ])('%s', (_what, record) => {
    expect(stateVerdict(target, us, of(record))).toEqual({
      ...{ guard: 'LAYER_NOT_OURS', subject, passed: true },
      detail: expect.stringContaining(`${target.layerName} belongs to o/r`)
    })
    expect(() => assertOwn(target, us, of(record))).not.toThrow()
  })

  it('somebody else’s is refused, and told how it is handed over', () => {
    const verdict = stateVerdict(target, us, of({ repository: 'a/b', repositoryId: '1' }))
    expect(verdict).toEqual({
      ...{ guard: 'LAYER_NOT_OURS', subject, passed: false },
      finding: {
        expected: expect.stringContaining(`the layer ${target.layerName} in us-east-2 of o/r`),
        found: expect.stringContaining('a layer of a/b'),
        mend: `give the layer another layer-name, or write the new owner into s3://${target.bucket}/layer-deploy/state/${target.layerName}.json to hand it over (docs/ownership.md)`
      }
    })
    expect(() => assertOwn(target, us, of({ repository: 'a/b' }))).toThrow(/^LAYER_NOT_OURS/)
  })

  it('a claim puts our name to it, where it has none', () => {
    expect(ownedBy(us, of({ commit: 'k' }))).toEqual({ commit: 'k', ...us })
    expect(ownedBy({ repository: 'o/r', repositoryId: null }, of({}))).toEqual({ repository: 'o/r' })
    expect(ownedBy(us, of({ repository: 'a/b' }))).toEqual({ repository: 'a/b' })
  })
})
