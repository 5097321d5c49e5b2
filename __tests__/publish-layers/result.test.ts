import { describe, expect, it } from '@jest/globals'
import { buildPlan } from '../../src/publish-layers/plan/plan.js'
import { resultOfPlan, unknownSubject } from '../../src/publish-layers/result.js'
import { change, facts } from '../support/plans.js'

const nothingFurther = { warning: null, interruption: null }
const resultWith = (changes: Parameters<typeof facts>[0]) =>
  resultOfPlan(unknownSubject, buildPlan(facts(changes)), [], nothingFurther)

describe('resultOfPlan', () => {
  it('warns where nothing is at the path of a layer', () => {
    const { warnings, conclusion } = resultWith({ changes: [change({ changed: false, reason: 'removed', to: null })] })
    expect(conclusion).toBe('success')
    expect(warnings).toEqual([expect.stringMatching(/^Layer da_flask: nothing is at its path/)])
  })

  it('says nothing of a layer that is as it was', () => {
    expect(resultWith({ changes: [change({ changed: false, reason: 'unchanged' })] }).warnings).toEqual([])
  })
})
