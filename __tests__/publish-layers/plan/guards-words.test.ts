/** What each guard says, word for word: a refusal is read by somebody who has to mend it. */
import { describe, expect, it } from '@jest/globals'
import { errorLine } from '../../../src/model/errors.js'
import type { Verdict } from '../../../src/model/index.js'
import {
  accountVerdict,
  overrideVerdict,
  promotedVerdict,
  regionVerdicts
} from '../../../src/publish-layers/plan/guards.js'
import { sandbox } from '../../support/configs.js'

const environment = { ...sandbox, branches: ['test', 'next'], regions: ['us-east-2', 'us-west-2'] }

function said(verdict: Verdict): string {
  const about = verdict.subject === '' ? '' : `${verdict.subject}: `
  if (verdict.passed === true) return `${about}${verdict.guard} passed: ${verdict.detail}`
  return `${about}${String(verdict.passed)}: ${errorLine(verdict.guard, verdict.finding).slice(0, -1)}`
}

describe('word for word', () => {
  it('ACCOUNT_MISMATCH', () => {
    expect(said(accountVerdict(environment, '111122223333'))).toBe('ACCOUNT_MISMATCH passed: account 111122223333')
    expect(said(accountVerdict(environment, '444455556666'))).toBe(
      'false: ACCOUNT_MISMATCH: Expected credentials of account 111122223333 (sandbox), found account 444455556666. To fix: assume a role of account 111122223333 in the workflow when it runs for the branch test, next'
    )
  })

  it('REGION_NOT_ALLOWED', () => {
    expect(regionVerdicts(environment, ['us-west-2', 'eu-west-1']).map(said)).toEqual([
      'us-west-2: REGION_NOT_ALLOWED passed: us-west-2 is configured',
      'eu-west-1: false: REGION_NOT_ALLOWED: Expected a region of sandbox (us-east-2, us-west-2), found "eu-west-1". To fix: correct the input regions, or add the region to the environment'
    ])
  })

  const expected = 'Expected sandbox to have deployed content c1 from source s1'
  const first = 'To fix: deploy the same source of da_flask to sandbox first'
  const recorded =
    'so that it is recorded: the job with the permission deployments: write, a terminal with GITHUB_TOKEN'
  it.each([
    [{ kind: 'read', layer: { sourceDigest: 's1', contentDigest: 'c1' } }, 'NOT_PROMOTED passed: proven by sandbox'],
    [
      { kind: 'read', layer: { sourceDigest: 's2', contentDigest: 'c1' } },
      `false: NOT_PROMOTED: ${expected}, found content c1 from source s2, on record. ${first}, ${recorded}`
    ],
    [
      { kind: 'read', layer: { sourceDigest: 's2', contentDigest: 'c2' } },
      `false: NOT_PROMOTED: ${expected}, found content c2 from source s2, on record. ${first}, ${recorded}`
    ],
    [
      { kind: 'read', layer: { sourceDigest: 's1', contentDigest: 'c2' } },
      `false: NOT_PROMOTED: ${expected}, found content c2 from source s1, on record. To fix: pin what the build installs (with hashes), so that the same source gives the same content, and deploy again`
    ],
    [
      { kind: 'read', layer: null },
      `false: NOT_PROMOTED: ${expected}, found no successful deployment of it on record. ${first}, ${recorded}`
    ],
    [
      { kind: 'unreadable', why: 'no token' },
      `false: NOT_PROMOTED: ${expected}, found no token. To fix: give the job the permission deployments: read and run again`
    ]
  ] as const)('NOT_PROMOTED %j', (proven, text) => {
    const verdict = promotedVerdict('sandbox', 'da_flask', { sourceDigest: 's1', contentDigest: 'c1' }, proven)
    expect(said(verdict)).toBe(`da_flask: ${text}`)
  })

  it('TRUSTED_EVENT of an override', () => {
    const verdict = overrideVerdict({ kind: 'schedule', ref: 'refs/heads/main' }, environment)
    expect(said(verdict)).toBe(
      'false: TRUSTED_EVENT: Expected promotion-override only in a workflow_dispatch run for an environment with promote-from, found a run started by schedule. To fix: leave the input promotion-override empty here'
    )
  })
})
