/** Layer versions and their policies: the exact requests, and what the emulated Lambda's answers become. */
import { beforeAll, describe, expect, it } from '@jest/globals'
import { sha256Hex } from '../../../../src/model/digest.js'
import { createAws } from '../../../../src/adapters/aws/index.js'
import type { AwsRegion, LayerVersions } from '../../../../src/ports/aws.js'
import { storedObject, zipOf } from '../../../support/zip-file.js'
import { accountId, bucketName, openAccount, region, type Account } from '../../../trials/account.js'
import { requestsTo } from '../requests-of.js'

const zip = zipOf([{ path: 'python/a.py', content: '' }])
const none = { description: '', licenseInfo: '', compatibleRuntimes: [], compatibleArchitectures: [] }
const all = {
  ...{ description: 'text', licenseInfo: 'MIT' },
  ...{ compatibleRuntimes: ['python3.12', 'python3.13'], compatibleArchitectures: ['arm64' as const] }
}
const arnOf = (version: number | string) => `arn:aws:lambda:${region}:${accountId}:layer:l:${version}`
const content = { codeSha256: sha256Hex(zip), sizeBytes: zip.length }
const place = { bucket: bucketName, key: 'k.zip' }

let account: Account
let layers: LayerVersions
let permissions: AwsRegion['permissions']
beforeAll(async () => {
  account = await openAccount()
  account.emulator.world.buckets.get(bucketName)!.objects.set('k.zip', storedObject('k.zip', zip, {}))
  const { signal } = new AbortController()
  const timing = { connectSeconds: 2, attemptSeconds: 3, callSeconds: 10, publishSeconds: 2 }
  const aws = createAws({ environment: process.env, signal, homeRegion: region, accountId, timing })
  ;({ layers, permissions } = aws.region(region))
})
const asked = requestsTo(() => account)
const path = '/2018-10-31/layers/l/versions'

describe('layer versions', () => {
  it('are published with what they declare, and only that', async () => {
    expect(await layers.publish({ layerName: 'l', ...place, ...all })).toEqual({
      kind: 'published',
      version: { version: 1, arn: arnOf(1), ...all, ...content }
    })
    expect(await layers.publish({ layerName: 'l', ...place, ...none })).toEqual({
      kind: 'published',
      version: { version: 2, arn: arnOf(2), ...none, ...content }
    })
    const Content = { S3Bucket: bucketName, S3Key: 'k.zip' }
    expect(asked()).toEqual([
      [
        'lambda:PublishLayerVersion',
        {
          ...{ path, Content, Description: 'text', LicenseInfo: 'MIT' },
          ...{ CompatibleRuntimes: ['python3.12', 'python3.13'], CompatibleArchitectures: ['arm64'] }
        }
      ],
      [
        'lambda:PublishLayerVersion',
        { path, Content, Description: '', CompatibleRuntimes: [], CompatibleArchitectures: [] }
      ]
    ])
  })

  it('are listed newest first, over all pages', async () => {
    const record = account.emulator.world.region(accountId, region).layers.get('l')!
    for (let version = 3; version <= 60; version++)
      record.versions.push({ ...record.versions[0]!, version, arn: arnOf(version) })
    const listed = await layers.list('l')
    expect(listed.map(({ version }) => version)).toEqual(Array.from({ length: 60 }, (_none, index) => 60 - index))
    expect(listed.at(-1)).toEqual({ version: 1, arn: arnOf(1), ...all })
    const [first, second] = asked()
    expect(asked()).toHaveLength(2)
    expect(first).toEqual(['lambda:ListLayerVersions', { path }])
    expect(second).toEqual(['lambda:ListLayerVersions', { path, Marker: expect.any(String) }])
    expect(await layers.list('none')).toEqual([])
  })

  it('are read by number; one that is not there is an answer', async () => {
    expect(await layers.get('l', 1)).toEqual({ version: 1, arn: arnOf(1), ...all, ...content })
    expect(await layers.get('l', 99)).toBeNull()
    expect(asked()).toEqual([1, 99].map(version => ['lambda:GetLayerVersion', { path: `${path}/${version}` }]))
  })

  it.each([
    ['ListLayerVersions', '*', () => layers.list('l')],
    ['GetLayerVersion', arnOf(1), () => layers.get('l', 1)],
    ['PublishLayerVersion', arnOf('').slice(0, -1), () => layers.publish({ layerName: 'l', ...place, ...none })],
    ['GetLayerVersionPolicy', arnOf(1), () => permissions.list('l', 1)],
    ['AddLayerVersionPermission', arnOf(1), () => permissions.add('l', 1, { statementId: 's', principal: 'public' })],
    ['RemoveLayerVersionPermission', arnOf(1), () => permissions.remove('l', 1, 's')]
  ])('%s that is not allowed names the action and the resource as IAM does', async (action, resource, ask) => {
    const withdraw = account.emulator.faults.add({ action: `lambda:${action}`, kind: 'denied', message: 'no' })
    await expect(ask()).rejects.toMatchObject({
      ...{ code: 'ACCESS_DENIED', finding: { expected: `permission for lambda:${action} on ${resource}` } }
    })
    withdraw()
  })
})

describe('a publish that is not acknowledged', () => {
  const publish = () => layers.publish({ layerName: 'l', ...place, ...none })
  const fail = (fault: object) =>
    account.emulator.faults.add({ action: 'lambda:PublishLayerVersion', kind: 'error', status: 400, ...fault } as never)
  it.each([
    ['throttled', 'throttled', { kind: 'throttle' }],
    ['too many requests by name', 'throttled', { code: 'TooManyRequestsException' }],
    ['throttled by name', 'throttled', { code: 'ThrottlingException' }],
    ['an error of Lambda', 'unknown', { kind: 'error-500-before' }],
    ['a lost answer', 'unknown', { kind: 'reset-after' }],
    ['an answer that cannot be read', 'unknown', { kind: 'garbage' }]
  ])('%s is asked once, and is %s', async (_what, kind, fault) => {
    fail(fault)
    expect(await publish()).toEqual({ kind, error: expect.objectContaining({ code: expect.any(String) }) })
    expect(asked()).toHaveLength(1)
  })

  it.each([
    ['InvalidParameterValueException', 400, 'AWS_FAILED'],
    ['ExpiredTokenException', 403, 'NO_CREDENTIALS']
  ])('%s is a refusal for good', async (code, status, coded) => {
    fail({ code, status })
    await expect(publish()).rejects.toMatchObject({ code: coded })
    expect(asked()).toHaveLength(1)
  })

  it('a run that ended is told as such', async () => {
    const controller = new AbortController()
    const { signal } = controller
    const aws = createAws({ environment: process.env, signal, homeRegion: region, accountId })
    controller.abort(new Error('the end'))
    const ask = aws.region(region).layers.publish({ layerName: 'l', ...place, ...none })
    await expect(ask).rejects.toThrow('the end')
  })
})

describe('the policy of a version', () => {
  const of = (version: number) => `${path}/${version}/policy`
  it('takes an account, an organization or everybody, and says them again', async () => {
    expect(await permissions.list('l', 1)).toEqual([])
    const wanted = ['444455556666', 'o-abcdefghij', 'public'].map(principal => ({
      statementId: `s-${principal}`,
      principal
    }))
    for (const permission of wanted) expect(await permissions.add('l', 1, permission)).toBe('added')
    expect(await permissions.add('l', 1, wanted[2]!)).toBe('exists')
    expect(await permissions.list('l', 1)).toEqual(wanted)
    await permissions.remove('l', 1, 's-public')
    await permissions.remove('l', 1, 's-public')
    expect(await permissions.list('l', 1)).toEqual(wanted.slice(0, 2))
    const add = { path: of(1), Action: 'lambda:GetLayerVersion', Principal: '*' }
    const list = ['lambda:GetLayerVersionPolicy', { path: of(1) }]
    const remove = ['lambda:RemoveLayerVersionPermission', { path: `${of(1)}/s-public` }]
    expect(asked()).toEqual([
      list,
      ['lambda:AddLayerVersionPermission', { ...add, Principal: '444455556666', StatementId: 's-444455556666' }],
      ['lambda:AddLayerVersionPermission', { ...add, OrganizationId: 'o-abcdefghij', StatementId: 's-o-abcdefghij' }],
      ['lambda:AddLayerVersionPermission', { ...add, StatementId: 's-public' }],
      ['lambda:AddLayerVersionPermission', { ...add, StatementId: 's-public' }],
      ...[list, remove, remove, list]
    ])
  })

  const statement = { Sid: 's', Effect: 'Allow', Action: 'lambda:GetLayerVersion', Resource: arnOf(2) }
  const organization = (value: unknown) => ({ Principal: '*', Condition: value })
  it.each<[string, object, string | null]>([
    ['an account', { Principal: { AWS: '444455556666' } }, '444455556666'],
    ['its root', { Principal: { AWS: 'arn:aws-cn:iam::444455556666:root' } }, '444455556666'],
    ['its root as text', { Principal: 'arn:aws:iam::444455556666:root' }, '444455556666'],
    ['everybody', { Principal: '*' }, 'public'],
    ['everybody of AWS', { Principal: { AWS: '*' } }, 'public'],
    ['an organization', organization({ StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } }), 'o-abcdefghij'],
    ['another condition', organization({ StringLike: { 'aws:PrincipalOrgID': 'o-abcdefghij' } }), null],
    ['an account under a condition', { Principal: { AWS: '444455556666' }, Condition: { Bool: {} } }, null],
    ['a user', { Principal: { AWS: 'arn:aws:iam::444455556666:user/x' } }, null],
    ['a service', { Principal: { Service: 'x.amazonaws.com' } }, null],
    ['nobody', { Principal: null }, null],
    ['another action', { Principal: '*', Action: 'lambda:*' }, null],
    ['a denial', { Principal: '*', Effect: 'Deny' }, null]
  ])('of others is read in our words where it says just that: %s', async (_what, changes, principal) => {
    const record = account.emulator.world.region(accountId, region).layers.get('l')!.versions[1]!
    const whole = { ...statement, ...changes } as Record<string, unknown>
    Object.assign(record, { policy: [whole] })
    const { Effect, Action, Principal, Condition } = whole
    const shown = principal ?? JSON.stringify({ Effect, Action, Principal, Condition })
    expect(await permissions.list('l', 2)).toEqual([{ statementId: 's', principal: shown }])
  })

  it('a statement without an id has an empty one', async () => {
    const record = account.emulator.world.region(accountId, region).layers.get('l')!.versions[1]!
    Object.assign(record, { policy: [{ ...statement, Sid: undefined, Principal: '*' }] })
    expect(await permissions.list('l', 2)).toEqual([{ statementId: '', principal: 'public' }])
  })
})
