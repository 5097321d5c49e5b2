import { describe, expect, it } from '@jest/globals'
import { CodedError } from '../../../src/model/errors.js'
import { staleVerdict, type BranchTip, type DeployedCommit } from '../../../src/publish-layers/plan/stale-run.js'
import { buildPlan } from '../../../src/publish-layers/plan/plan.js'
import { targetKey } from '../../../src/publish-layers/target.js'
import { facts, target } from '../../support/plans.js'
import { objectId } from '../../support/configs.js'

const [head, tip, deployed] = [objectId('a'), objectId('c'), objectId('d')]

function verdictOf(at: BranchTip, differing: readonly string[] = [], everything = true) {
  return staleVerdict({ headCommit: head, branch: 'test', tip: at, differing, everything })
}

function unreadable(...relations: DeployedCommit['relation'][]): BranchTip {
  return { kind: 'unreadable', why: 'no answer', deployed: relations.map(relation => ({ commit: deployed, relation })) }
}

describe('F150 STALE_RUN', () => {
  it.each([
    ['the tip, whatever is deployed', { kind: 'head' }, [], true],
    ['G6 the tip descends and has another source', { kind: 'newer', commit: tip }, ['da_flask'], 'stand-aside'],
    ['the tip descends and has the same source', { kind: 'newer', commit: tip }, [], true],
    ['F14 not on the branch any more', { kind: 'elsewhere', commit: tip }, [], false],
    ['the branch is gone', { kind: 'elsewhere', commit: null }, [], false],
    ['unreadable, nothing is deployed', unreadable(), [], true],
    ['unreadable, an ancestor and this commit are deployed', unreadable('ancestor', 'same'), [], true],
    ['unreadable, a newer commit is deployed', unreadable('ancestor', 'descendant'), [], false],
    ['unreadable, another line is deployed', unreadable('diverged'), [], false],
    ['unreadable, an unknown commit is deployed', unreadable('unknown'), [], false]
  ] as const)('F150 %s', (_name, at, differing, passed) => {
    const verdict = verdictOf(at, differing)
    expect(verdict).toMatchObject({ guard: 'STALE_RUN', subject: '', passed })
    // The branch stands in every one, for a reader.
    expect(JSON.stringify(verdict)).toMatch(/\btest\b/)
    for (const part of verdict.passed === true ? [verdict.detail] : Object.values(verdict.finding))
      expect(part).not.toBe('')
  })

  it('F150 of a part that is overtaken the subject is its layers', () => {
    const part = verdictOf({ kind: 'newer', commit: tip }, ['da_flask', 'da_framework'], false)
    expect(part).toMatchObject({ subject: 'da_flask, da_framework', passed: 'stand-aside' })
  })

  it('F150 names the newer commit, the layers, and how to go back', () => {
    const verdict = verdictOf({ kind: 'newer', commit: tip }, ['da_flask', 'da_framework'])
    if (verdict.passed !== 'stand-aside') throw new Error('it did not stand aside')
    const { message } = new CodedError(verdict.guard, verdict.finding)
    for (const named of [tip, 'da_flask, da_framework', 'revert on test', 'rollback']) expect(message).toContain(named)
  })

  it('F150 the refusals name what is there and what to do', () => {
    const found = (at: BranchTip): string => {
      const verdict = verdictOf(at)
      if (verdict.passed !== false) throw new Error('it was not refused')
      return new CodedError(verdict.guard, verdict.finding).message
    }
    const elsewhere = found({ kind: 'elsewhere', commit: tip })
    for (const named of [head, tip, 'branch test']) expect(elsewhere).toContain(named)
    const gone = found({ kind: 'elsewhere', commit: null })
    expect(gone).toContain('no branch test')
    expect(gone).not.toContain('null')
    const unread = found(unreadable('ancestor', 'unknown'))
    for (const named of [head, deployed, 'no answer', 'persist-credentials']) expect(unread).toContain(named)
  })
})

describe('F150 the plan of a run of which a part is overtaken', () => {
  const [second] = [{ ...target, region: 'eu-west-1' }]
  const both = facts({
    targets: [target, second],
    changes: facts().changes.flatMap(change => [change, { ...change, region: 'eu-west-1' }]),
    verdicts: [verdictOf({ kind: 'newer', commit: tip }, ['da_flask'], false)],
    aside: new Set([targetKey(second)])
  })

  it('F150 writes what the tip wants too, and leaves the rest', () => {
    const plan = buildPlan(both)
    expect(plan.steps.map(({ kind }) => kind)).toEqual(['publish', 'stand-aside'])
    expect(plan.outcome).toBe('apply')
  })

  it('F150 with nothing left it is over', () => {
    const plan = buildPlan({ ...both, aside: new Set([targetKey(target), targetKey(second)]) })
    expect(plan.steps.map(({ kind }) => kind)).toEqual(['stand-aside', 'stand-aside'])
    expect(plan.outcome).toBe('stand-aside')
  })
})
