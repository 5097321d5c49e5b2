import type { Facts } from '../../../src/publish-layers/plan/facts.js'
import { describe, expect, it } from '@jest/globals'
import { buildPlan, planDocument } from '../../../src/publish-layers/plan/plan.js'
import { targetKey } from '../../../src/publish-layers/target.js'
import { change, facts, target } from '../../support/plans.js'

const protectionDiffers = new Set([targetKey(target)])
const unchanged = [change({ changed: false, reason: 'unchanged' })]
const planOf = (changes: Partial<Facts>) => buildPlan(facts({ protectionDiffers, changes: unchanged, ...changes }))

describe('a version that is right in a stack that is not as configured', () => {
  it('is left alone, and the stack is put right', () => {
    const plan = planOf({})
    expect(plan.steps.map(({ kind }) => kind)).toEqual(['adjust'])
    expect(plan.outcome).toBe('apply')
    expect(planDocument(plan)).toMatchObject({ steps: [{ action: 'adjust the stack', reason: 'unchanged' }] })
  })

  it.each<[string, Partial<Facts>]>([
    ['a plan', { mode: 'plan' }],
    ['a layer that is no longer in the commit', { changes: [change({ changed: false, reason: 'removed' })] }],
    ['a stack that is as configured', { protectionDiffers: new Set() }]
  ])('is only kept in %s', (_name, changes) => {
    const plan = planOf(changes)
    expect(plan.steps.map(({ kind }) => kind)).toEqual(['keep'])
    expect(plan.outcome).toBe('nothing')
  })
})
