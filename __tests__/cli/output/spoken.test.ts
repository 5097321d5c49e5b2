import { describe, expect, it } from '@jest/globals'
import { spokenError, spokenResult, spokenText } from '../../../src/cli/output/spoken.js'
import { codedAwsError } from '../../../src/adapters/aws/aws-errors.js'
import { noCredentials } from '../../../src/adapters/aws/credentials.js'
import { CodedError, type ErrorCode } from '../../../src/model/errors.js'
import { resultOfFailure, unknownSubject } from '../../../src/publish-layers/result.js'

const asked = { action: 'sts:GetCallerIdentity', resource: '*' }
const thrown = (name: string, message: string): Error => Object.assign(new Error(message), { name })
const mendOf = (error: CodedError, profile: string | null = 'x'): string => spokenError(error, profile).finding.mend
const coded = (code: ErrorCode, mend: string): CodedError => new CodedError(code, { expected: 'a', found: 'b', mend })

describe('what a person at a terminal is told', () => {
  it.each([
    ['CredentialsProviderError', 'The SSO session associated with this profile has expired.'],
    [
      'TokenProviderError',
      "Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile."
    ]
  ])('%s: sign in again, with the profile', (name, message) => {
    const error = codedAwsError(asked, thrown(name, message))
    expect(error.code).toBe('NO_CREDENTIALS')
    expect(mendOf(error)).toMatch(/^run aws sso login --profile x,/)
    expect(mendOf(error, null)).toMatch(/^run aws sso login,/)
  })
  it('credentials that ended, and none at all: no step of a workflow is named', () => {
    const ended = codedAwsError(asked, thrown('ExpiredToken', 'expired'))
    expect(mendOf(ended)).toContain('aws sso login --profile x')
    for (const error of [ended, noCredentials('nothing')])
      expect(mendOf(error)).not.toMatch(/aws-actions|workflow|step/)
    expect(mendOf(noCredentials('nothing'))).toContain('--profile')
  })
  it.each([
    ['CONFIG_NOT_FOUND', 'check the repository out before this step (actions/checkout)', /layer-deploy init/],
    ['ENVIRONMENT_MAPPED', 'leave the input environment out', /^leave the option --environment out$/],
    [
      'ACCESS_DENIED',
      'allow x in the policy of the role that the workflow assumes',
      /role or user of the credentials$/
    ],
    [
      'ACCOUNT_MISMATCH',
      'assume a role of account 111122223333 in the workflow when it runs for the branch test',
      /^use a profile of account 111122223333 \(--profile\)$/
    ],
    ['INTERNAL', 'run again with step debugging on', /RUNNER_DEBUG=1/]
  ] as const)('%s', (code, mend, said) => {
    expect(mendOf(coded(code, mend))).toMatch(said)
  })
  it('no credentials: in one breath; why they are none stays', () => {
    const { message } = spokenError(noCredentials('none of them'), null)
    expect(message).toMatch(/^NO_CREDENTIALS: Expected AWS credentials, found none\. To fix: pass --profile /)
    expect(spokenError(noCredentials('the token expired'), null).finding.found).toBe('the token expired')
  })
  it('layers are words behind the command, and no option', () => {
    expect(mendOf(coded('CONFIG_INVALID', 'write da_flask in the input layers'))).toBe('write da_flask')
    expect(mendOf(coded('CONFIG_INVALID', 'correct the input layers'))).not.toContain('--layers')
  })
  it('what needs no other words stays the same error', () => {
    const error = coded('BUILD_FAILED', 'correct setup.py')
    expect(spokenError(error, null)).toBe(error)
  })
  it('in warnings and in what is shown beside the result: no step of a workflow is named', () => {
    const why = 'assume a role of account 111122223333 in the workflow when it runs for the branch test'
    const { warnings } = spokenResult(
      { ...resultOfFailure(unknownSubject, null), warnings: [why] },
      { profileOf: () => null }
    )
    expect([...warnings, spokenText(why)]).toEqual(Array(2).fill('use a profile of account 111122223333 (--profile)'))
  })
  it('in a result: errors, headline, verdicts and rows', () => {
    const error = coded('CONFIG_NOT_FOUND', 'check the repository out before this step')
    const result = resultOfFailure(unknownSubject, error)
    const verdict = {
      guard: 'ENVIRONMENT_MAPPED',
      subject: '',
      passed: false,
      finding: coded('INTERNAL', 'leave the input environment out').finding
    } as const
    const spoken = spokenResult({ ...result, verdicts: [verdict] }, { profileOf: () => null })
    expect(spoken.errors[0]?.message).toContain('layer-deploy init')
    expect(spoken.headline).toBe(spoken.errors[0]?.message)
    expect(spoken.verdicts).toMatchObject([{ finding: { mend: 'leave the option --environment out' } }])
  })
})
