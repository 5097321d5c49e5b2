import { describe, expect, it } from '@jest/globals'
import { parseConfig } from '../../../src/config/load.js'
import { CodedError } from '../../../src/model/errors.js'
import { checkTrust } from '../../../src/setup/doctor/check-trust.js'
import { trustPolicy, knownRepository } from '../../../src/setup/iam-policy/trust.js'
import { exampleConfig } from '../../../emulators/world/superproject.js'

const [sandbox] = parseConfig(exampleConfig, 'layer-deploy.yml').environments
const environment = sandbox!
const caller = 'arn:aws:iam::111122223333:user/deployer'
const host = 'token.actions.githubusercontent.com'
const trustOf = (condition: unknown): unknown => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${host}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: condition
    }
  ]
})
const look = async (trust: unknown, arn = caller) =>
  checkTrust({ roleTrust: () => Promise.resolve(trust) }, environment, arn)

describe('checkTrust', () => {
  it('what iam-policy writes is right', async () => {
    const trust = trustPolicy(environment, 'deploy', knownRepository(environment, 'org/superproject', '1'))
    expect(await look(trust)).toMatchObject([{ level: 'ok', found: 'only test' }])
  })
  const sub = `${host}:sub`
  const ref = `${host}:ref`
  it.each([
    [
      'a branch in the subject',
      { StringEquals: { [sub]: 'repo:org/superproject:ref:refs/heads/test' } },
      'ok',
      /only test/
    ],
    [
      'another one, too',
      { StringEquals: { [sub]: ['repo:o/s:ref:refs/heads/test', 'repo:o/s:ref:refs/heads/main'] } },
      'problem',
      /lets in refs\/heads\/main/
    ],
    ['a pattern of branches', { StringLike: { [sub]: 'repo:o/s:ref:refs/heads/*' } }, 'problem', /refs\/heads\/\*/],
    ['anything of the repository', { StringLike: { [sub]: 'repo:o/s:*' } }, 'problem', /every branch/],
    ['pull requests', { StringEquals: { [sub]: 'repo:o/s:pull_request' } }, 'problem', /pull requests/],
    [
      'every repository of the owner',
      { StringLike: { [sub]: 'repo:o/*:ref:refs/heads/test' } },
      'problem',
      /other repositories/
    ],
    ['no subject', { StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com' } }, 'problem', /every branch/],
    ['no condition', undefined, 'problem', /other repositories, every branch/],
    ['a condition that only denies', { StringNotEquals: { [sub]: 'x' } }, 'problem', /every branch/],
    [
      'a condition only where the claim is there',
      { StringEqualsIfExists: { [ref]: 'refs/heads/test', [sub]: 'repo:o/s:environment:sandbox' } },
      'problem',
      /every branch/
    ],
    ['an environment alone', { StringEquals: { [sub]: 'repo:o/s:environment:sandbox' } }, 'warning', /no branch/],
    [
      'an environment and a branch',
      { StringEquals: { [sub]: 'repo:o/s:environment:sandbox', [ref]: 'refs/heads/test' } },
      'ok',
      /only test/
    ],
    [
      'an environment and another branch',
      { StringEquals: { [sub]: 'repo:o/s:environment:sandbox', [ref]: ['refs/heads/test', 'refs/heads/main'] } },
      'problem',
      /refs\/heads\/main/
    ]
  ])('%s', async (_name, condition, level, found) => {
    expect(await look(trustOf(condition))).toMatchObject([{ level, found: expect.stringMatching(found) }])
  })
  it('no such role, no right to ask, the role of a plan, the role of the session', async () => {
    expect(await look(null)).toEqual([])
    const denied = new CodedError('ACCESS_DENIED', { expected: 'iam:GetRole', found: 'a denial', mend: 'allow it' })
    expect(await checkTrust({ roleTrust: () => Promise.reject(denied) }, environment, caller)).toMatchObject([
      { level: 'skipped' }
    ])
    const asked: string[] = []
    const ports = { roleTrust: (name: string) => Promise.resolve(void asked.push(name)).then(() => null) }
    await checkTrust(ports, environment, 'arn:aws:sts::111122223333:assumed-role/deployer/x')
    await checkTrust(ports, environment, 'arn:aws:sts::111122223333:assumed-role/x-plan/x')
    expect(asked).toEqual(['deployer', 'layer-deploy-sandbox-deploy', 'layer-deploy-sandbox-deploy'])
  })
})
