import { describe, expect, it } from '@jest/globals'
import type { Facts } from '../../../src/publish-layers/plan/facts.js'
import { carriedOver, isNone, noAccess, sameAccess, targetKey } from '../../../src/publish-layers/target.js'
import { buildPlan, planDocument } from '../../../src/publish-layers/plan/plan.js'
import { change, deployed, facts, headCommit, source, target } from '../../support/plans.js'

const access = { ssmParameter: '/layers/dev/da-flask', sharedWith: ['444455556666'] }
const shared = { ...target, access }
const changes = [change({ reason: 'access-changed' })]
const planOf = (further: Partial<Facts>) =>
  buildPlan(facts({ targets: [shared], changes, builds: new Map(), ...further }))
const running = (version: ReturnType<typeof deployed> | null) => ({ deployed: new Map([[targetKey(target), version]]) })

describe('others are to reach a version in another way', () => {
  it('keeps what is recorded of the version, but for the commit and the run', () => {
    const plan = planOf({})
    expect(plan.outcome).toBe('apply')
    expect(plan.steps).toMatchObject([
      {
        kind: 'record',
        record: {
          sourceDigest: source.sourceDigest,
          contentDigest: '1'.repeat(64),
          artifactSha256: '2'.repeat(64),
          commit: headCommit,
          sourceCommit: change().to,
          run: '101/1'
        }
      }
    ])
    expect(plan.steps[0]).not.toHaveProperty('record.rolledBackTo')
  })

  it('says what changes, and nothing where nothing does', () => {
    expect(planDocument(planOf({}))).toMatchObject({
      steps: [
        {
          action: 'update sharing and parameter',
          access: {
            from: { 'ssm-parameter': null, 'share-with': [] },
            to: { 'ssm-parameter': '/layers/dev/da-flask', 'share-with': ['444455556666'] }
          }
        }
      ]
    })
    const same = planDocument(planOf({ ...running(deployed({ access })), changes: [change()] }))
    expect(JSON.stringify(same)).not.toContain('"access"')
    expect(JSON.stringify(planDocument(planOf(running(null))))).toContain('"access"')
  })

  it('stays marked as rolled back', () => {
    const plan = planOf(running(deployed({ rolledBackTo: 2 })))
    expect(plan.steps).toMatchObject([{ record: { rolledBackTo: '2' } }])
  })

  it('records nothing that it does not know', () => {
    const unknown = running(deployed({ contentDigest: null, artifactSha256: null }))
    const plan = planOf({ ...unknown, changes: [change({ reason: 'access-changed', to: null })], sources: new Map() })
    const nothing = { sourceDigest: '', contentDigest: '', artifactSha256: '', sourceCommit: '' }
    expect(plan.steps).toMatchObject([{ record: nothing }])
  })

  it.each<[string, Partial<Facts>]>([
    ['a plan', { mode: 'plan' }],
    ['a region without a version', running(null)]
  ])('is only announced in %s', (_name, further) => {
    const plan = planOf(further)
    expect(plan.steps.map(({ kind }) => kind)).toEqual(['announce'])
    expect(plan.outcome).toBe('nothing')
  })
})

describe('access', () => {
  it('is the same in any order, and none where nothing is known', () => {
    expect(sameAccess(undefined, noAccess)).toBe(true)
    expect(sameAccess({ ...noAccess, sharedWith: ['a', 'b'] }, { ...noAccess, sharedWith: ['b', 'a'] })).toBe(true)
    expect(sameAccess(access, { ...access, ssmParameter: null })).toBe(false)
    expect([isNone(noAccess), isNone(access), isNone({ ...access, sharedWith: [] })]).toEqual([true, false, false])
  })

  it('a new version takes over what was there and is still wanted; a parameter keeps its name until there is the new one', () => {
    const before = { ssmParameter: '/old', sharedWith: ['a', 'b'] }
    expect(carriedOver(before, { ssmParameter: '/new', sharedWith: ['b', 'c'] })).toEqual({
      ssmParameter: '/old',
      sharedWith: ['b']
    })
    expect(carriedOver(before, noAccess)).toEqual(noAccess)
    expect(carriedOver(noAccess, access)).toEqual(noAccess)
  })
})
