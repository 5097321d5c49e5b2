import { describe, expect, it } from '@jest/globals'
import {
  accountVerdict,
  foretoldVerdict,
  overrideVerdict,
  previewVerdict,
  promotedVerdict,
  regionVerdicts
} from '../../../src/publish-layers/plan/guards.js'
import { production, sandbox } from '../../support/configs.js'

describe('ACCOUNT_MISMATCH', () => {
  it('passes for the account of the environment only', () => {
    expect(accountVerdict(sandbox, '111122223333').passed).toBe(true)
  })
  it.each(['444455556666', '', '11112222333', '1111222233330', ' 111122223333', '111122223333 '])(
    'F46 G5 refuses %j',
    account => {
      expect(accountVerdict(sandbox, account).passed).toBe(false)
    }
  )
})

describe('REGION_NOT_ALLOWED', () => {
  const environment = { ...sandbox, regions: ['us-east-2', 'us-west-2'] }
  const passed = (regions: readonly string[] | null) =>
    regionVerdicts(environment, regions).map(verdict => verdict.passed)
  it('judges each region that was asked for', () => {
    expect(passed(null)).toEqual([true, true])
    expect(passed(['us-west-2'])).toEqual([true])
    expect(passed(['us-west-2', 'eu-west-1'])).toEqual([true, false])
    expect(passed(['us-east-2 '])).toEqual([false])
  })
})

describe('NOT_PROMOTED', () => {
  const wanted = { sourceDigest: 's1', contentDigest: 'c1' }
  const verdictOf = (proven: Parameters<typeof promotedVerdict>[3]) =>
    promotedVerdict('sandbox', 'da_flask', wanted, proven)
  it('passes for the same source and the same content only', () => {
    expect(verdictOf({ kind: 'read', layer: wanted }).passed).toBe(true)
    expect(verdictOf({ kind: 'read', layer: { sourceDigest: 's2', contentDigest: 'c1' } }).passed).toBe(false)
    expect(verdictOf({ kind: 'read', layer: null }).passed).toBe(false)
    expect(verdictOf({ kind: 'unreadable', why: 'no token' }).passed).toBe(false)
  })
  it('F135 a proof from a commit that the branch does not hold is none', () => {
    const verdict = verdictOf({ kind: 'read', layer: wanted, elsewhere: true })
    expect(verdict).toMatchObject({ guard: 'NOT_PROMOTED', passed: false })
    const searched = verdictOf({ kind: 'read', layer: null, searched: 'the newest 200 deployments' })
    expect(searched.passed === false && searched.finding.found).toContain('in the newest 200 deployments')
  })
  it('F107 a plan foretells it and never refuses', () => {
    const foretold = (proven: Parameters<typeof promotedVerdict>[3]) =>
      foretoldVerdict('sandbox', 'da_flask', wanted, proven)
    expect(foretold({ kind: 'read', layer: wanted })).toMatchObject({ passed: true })
    const missing = foretold({ kind: 'read', layer: null })
    expect(missing).toMatchObject({ guard: 'NOT_PROMOTED', passed: true, foretold: true })
    expect(
      foretoldVerdict('sandbox', 'da_flask', { ...wanted, contentDigest: '' }, { kind: 'read', layer: null })
    ).toMatchObject({ foretold: true })
    expect(foretold({ kind: 'unreadable', why: 'x', mend: 'y' })).toMatchObject({ foretold: true })
  })
  it('an override lets an unproven layer pass and says who, why and what was found; a proven one needs none', () => {
    const override = { reason: 'incident 4711', by: 'octocat' }
    const passes = (proven: Parameters<typeof promotedVerdict>[3]) =>
      promotedVerdict('sandbox', 'da_flask', wanted, proven, override)
    expect(passes({ kind: 'read', layer: wanted })).toEqual({
      guard: 'NOT_PROMOTED',
      subject: 'da_flask',
      passed: true,
      detail: 'proven by sandbox'
    })
    for (const [proven, found] of [
      [{ kind: 'read', layer: null }, 'no successful deployment of it on record'],
      [{ kind: 'read', layer: { sourceDigest: 's1', contentDigest: 'c2' } }, 'content c2 from source s1, on record'],
      [{ kind: 'unreadable', why: 'no token' }, 'no token']
    ] as const) {
      const detail = `not proven by sandbox (found ${found}); overridden by octocat: incident 4711`
      expect(passes(proven)).toEqual({
        guard: 'NOT_PROMOTED',
        subject: 'da_flask',
        passed: true,
        detail,
        overridden: true
      })
    }
  })
  it.each([
    [{ kind: 'workflow_dispatch', ref: 'refs/heads/main' }, production, true, ''],
    [{ kind: 'workflow_dispatch', ref: 'refs/heads/test' }, sandbox, false, 'sandbox, which has no promote-from'],
    [{ kind: 'schedule', ref: 'refs/heads/main' }, production, false, 'a run started by schedule'],
    [{ kind: 'command-line', branch: 'main' }, production, false, 'a run started by command-line'],
    [{ kind: 'other', name: 'repository_dispatch', ref: '' }, production, false, 'a run started by repository_dispatch']
  ] as const)('an override comes from a person: %j', (event, environment, passed, found) => {
    const verdict = overrideVerdict(event, environment)
    expect(verdict).toMatchObject({ guard: 'TRUSTED_EVENT', subject: '', passed })
    if (verdict.passed !== true)
      expect(verdict.finding).toMatchObject({ found, mend: expect.stringMatching(/empty here$/) })
    else expect(verdict.detail).toBe('promotion-override by workflow_dispatch')
  })
  it('says that the build is not reproducible where the same source gave another content', () => {
    const verdict = verdictOf({ kind: 'read', layer: { sourceDigest: 's1', contentDigest: 'c2' } })
    expect(verdict.passed).toBe(false)
    expect(verdict.passed !== true && verdict.finding.mend).toMatch(/^pin what the build installs/)
  })
})

describe('TRUSTED_EVENT of a preview', () => {
  const after = { headBranch: 'test', headCommit: 'a'.repeat(40), conclusion: 'success', kind: 'workflow_run' } as const
  const merge = { baseCommit: 'b'.repeat(40), headCommit: 'a'.repeat(40) }
  it.each([
    [{ kind: 'pull_request', number: 1, baseBranch: 'test', ...merge, fromFork: true, locked: false }, true],
    [{ kind: 'merge_group', baseRef: 'refs/heads/test', ...merge }, true],
    [{ kind: 'schedule', ref: 'refs/heads/main' }, true],
    [{ kind: 'workflow_dispatch', ref: 'refs/heads/main' }, true],
    [{ kind: 'command-line', branch: 'feature' }, true],
    [{ ...after, cause: 'push', sameRepository: true }, true],
    [{ ...after, cause: 'push', sameRepository: false }, false],
    [{ ...after, cause: 'pull_request', sameRepository: true }, false],
    [{ kind: 'other', name: 'pull_request_target', ref: 'refs/heads/test' }, false],
    [{ kind: 'other', name: 'issue_comment', ref: 'refs/heads/test' }, false]
  ] as const)('builds only where no secret meets what strangers chose: %j', (event, passed) => {
    const verdict = previewVerdict(event)
    expect(verdict).toMatchObject({ guard: 'TRUSTED_EVENT', subject: '', passed })
    const name = event.kind === 'other' ? event.name : event.kind
    expect(verdict.passed === true ? verdict.detail : verdict.passed === false && verdict.finding.found).toContain(name)
  })
})
