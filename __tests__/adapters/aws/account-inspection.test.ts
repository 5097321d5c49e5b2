/** What doctor asks of an account: the exact requests, and what the answers become. */
import { beforeAll, describe, expect, it } from '@jest/globals'
import { createAccountInspection } from '../../../src/adapters/aws/account-inspection.js'
import type { AccountInspection } from '../../../src/ports/account-inspection.js'
import { accountId, bucketName, openAccount, otherAccountId, region, type Account } from '../../trials/account.js'
import { requestsTo } from './requests-of.js'

let account: Account
let inspection: AccountInspection
beforeAll(async () => {
  account = await openAccount()
  const { signal } = new AbortController()
  inspection = createAccountInspection({
    ...{ environment: process.env, signal, accountId, homeRegion: region, profile: null }
  })
})
const asked = requestsTo(() => account)
const place = { bucket: bucketName, owner: accountId, region }
const user = `arn:aws:iam::${accountId}:user/deployer`

describe('a bucket', () => {
  it.each([
    ['ours', place, { kind: 'ours' }],
    ['of another account', { ...place, owner: otherAccountId }, { kind: 'foreign' }],
    ['that is not there', { ...place, bucket: 'nowhere' }, { kind: 'missing' }],
    ['of another region', { ...place, region: 'eu-west-1' }, { kind: 'other-region', region }]
  ])('%s', async (_what, where, standing) => {
    expect(await inspection.bucket(where)).toEqual(standing)
    expect(asked()).toEqual([
      ['s3:HeadBucket', { path: `/${where.bucket}/`, 'x-amz-expected-bucket-owner': where.owner }]
    ])
  })

  it('whose state S3 does not tell fails', async () => {
    account.emulator.faults.add({ action: 's3:HeadBucket', kind: 'error', code: 'InvalidRequest', status: 400 })
    await expect(inspection.bucket(place)).rejects.toMatchObject({ code: 'AWS_FAILED' })
  })

  it.each([
    ['as S3 makes it', {}, [false, true, 'AES256']],
    ['with nothing', { publicAccessBlocked: false, encryption: null }, [false, false, null]],
    ['with all', { versioned: true, publicAccessBlocked: true, encryption: 'aws:kms' }, [true, true, 'aws:kms']]
  ])('%s', async (_what, settings, expected) => {
    Object.assign(account.emulator.world.buckets.get(bucketName)!, { settings })
    expect([
      await inspection.bucketVersioning(place),
      await inspection.publicAccessBlocked(place),
      await inspection.bucketEncryption(place)
    ]).toEqual(expected)
    const where = { path: `/${bucketName}/`, 'x-amz-expected-bucket-owner': accountId }
    expect(asked()).toEqual([
      ['s3:GetBucketVersioning', { ...where, versioning: '' }],
      [expect.stringMatching(/^s3:Get(Bucket)?PublicAccessBlock$/), { ...where, publicAccessBlock: '' }],
      [expect.stringMatching(/^s3:Get(BucketEncryption|EncryptionConfiguration)$/), { ...where, encryption: '' }]
    ])
  })
})

describe('IAM', () => {
  it('is asked whether actions are allowed, under a context', async () => {
    const question = {
      ...{ actions: ['s3:GetObject', 's3:PutObject'], resources: ['arn:aws:s3:::b/*'] },
      context: { 's3:prefix': ['a/'], 'aws:TagKeys': ['a', 'b'] }
    }
    await inspection.simulate(user, question)
    expect(asked()).toEqual([
      [
        'iam:SimulatePrincipalPolicy',
        {
          ...{ PolicySourceArn: user, MaxItems: '1000', 'ResourceArns.member.1': 'arn:aws:s3:::b/*' },
          ...{ 'ActionNames.member.1': 's3:GetObject', 'ActionNames.member.2': 's3:PutObject' },
          'ContextEntries.member.1.ContextKeyName': 's3:prefix',
          'ContextEntries.member.1.ContextKeyType': 'string',
          'ContextEntries.member.1.ContextKeyValues.member.1': 'a/',
          'ContextEntries.member.2.ContextKeyName': 'aws:TagKeys',
          'ContextEntries.member.2.ContextKeyType': 'stringList',
          'ContextEntries.member.2.ContextKeyValues.member.1': 'a',
          'ContextEntries.member.2.ContextKeyValues.member.2': 'b'
        }
      ]
    ])
  })

  it('says what of it is allowed', async () => {
    const statement = { Effect: 'Allow', Action: ['s3:GetObject', 'iam:*'], Resource: '*' }
    account.emulator.iam.attach(user, [{ Version: '2012-10-17', Statement: [statement] }])
    const question = { actions: ['s3:GetObject', 's3:PutObject'], resources: ['arn:aws:s3:::b/k'], context: {} }
    expect(await inspection.simulate(user, question)).toEqual([
      { action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', allowed: true },
      { action: 's3:PutObject', resource: 'arn:aws:s3:::b/k', allowed: false }
    ])
    account.emulator.iam.attach(user, null)
  })

  it('knows the access keys of a user', async () => {
    const [key] = await inspection.accessKeys('deployer')
    expect(key).toEqual({ id: 'AKIASANDBOXEXAMPLE', active: true, createdAt: expect.any(Number) })
    expect(key!.createdAt).toBeGreaterThan(Date.parse('2020-01-01'))
    expect(asked()).toEqual([['iam:ListAccessKeys', { UserName: 'deployer' }]])
  })

  it('knows who may assume a role, and its managed policies', async () => {
    const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }] }
    const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }
    account.emulator.world.roles.push({ accountId, name: 'deploy', trust, policies: { all: policy } })
    expect(await inspection.roleTrust('deploy')).toEqual(trust)
    expect(await inspection.roleTrust('none')).toBeNull()
    expect(await inspection.rolePolicies('deploy')).toEqual([policy])
    const arn = expect.stringMatching(/^arn:aws:iam::111122223333:policy\/.*all$/)
    expect(asked()).toEqual([
      ['iam:GetRole', { RoleName: 'deploy' }],
      ['iam:GetRole', { RoleName: 'none' }],
      ['iam:ListAttachedRolePolicies', { RoleName: 'deploy' }],
      ['iam:GetPolicy', { PolicyArn: arn }],
      ['iam:GetPolicyVersion', { PolicyArn: arn, VersionId: 'v1' }]
    ])
  })

  const role = `arn:aws:iam::${accountId}:role/deploy`
  it.each<[string, string, () => Promise<unknown>]>([
    ['iam:SimulatePrincipalPolicy', user, () => inspection.simulate(user, { actions: [], resources: [], context: {} })],
    ['iam:ListAccessKeys', user, () => inspection.accessKeys('deployer')],
    ['iam:GetRole', role, () => inspection.roleTrust('deploy')],
    ['iam:ListAttachedRolePolicies', role, () => inspection.rolePolicies('deploy')],
    ['s3:GetBucketVersioning', `arn:aws:s3:::${bucketName}`, () => inspection.bucketVersioning(place)],
    ['s3:GetBucketPublicAccessBlock', `arn:aws:s3:::${bucketName}`, () => inspection.publicAccessBlocked(place)],
    ['s3:GetEncryptionConfiguration', `arn:aws:s3:::${bucketName}`, () => inspection.bucketEncryption(place)]
  ])('%s that is not allowed names the action and the resource as IAM does', async (action, resource, ask) => {
    account.emulator.faults.add({ action, kind: 'denied', message: 'no' })
    await expect(ask()).rejects.toMatchObject({
      ...{ code: 'ACCESS_DENIED', finding: { expected: `permission for ${action} on ${resource}` } }
    })
  })
})
