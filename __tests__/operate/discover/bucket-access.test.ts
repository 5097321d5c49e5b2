import { describe, expect, it } from '@jest/globals'
import { foreignGrants } from '../../../src/operate/discover/bucket-access.js'

const own = '111122223333'
const other = '444455556666'
const root = (account: string) => `arn:aws:iam::${account}:root`
const grants = (...statements: object[]) => foreignGrants(JSON.stringify({ Statement: statements }), own)
const allow = (Principal: unknown, more: object = {}) => ({
  ...{ Effect: 'Allow', Principal, Action: 's3:GetObject', Resource: 'arn:aws:s3:::code/layer-deploy/*' },
  ...more
})
const told = { actions: ['s3:GetObject'], keys: ['layer-deploy/*'], conditions: [] }

describe('what a bucket policy lets others do', () => {
  it.each<[string, object, string[]]>([
    ['an account', allow({ AWS: root(other) }), [other]],
    ['an account by its number', allow({ AWS: other }), [other]],
    ['a role', allow({ AWS: `arn:aws:iam::${other}:role/deploy` }), [`arn:aws:iam::${other}:role/deploy`]],
    ['several', allow({ AWS: [root(other), root(own), '999900001111'] }), [other, '999900001111']],
    ['everybody', allow('*'), ['public']],
    ['everybody, in the other form', allow({ AWS: ['*'] }), ['public']],
    ['a canonical user', allow({ CanonicalUser: 'abc' }), ['CanonicalUser abc']],
    ['all but one', { ...allow(undefined), NotPrincipal: { AWS: root(own) } }, [`all but {"AWS":"${root(own)}"}`]]
  ])('%s is named', (_what, statement, principals) => {
    expect(grants(statement)).toEqual(principals.map(principal => ({ principal, ...told })))
  })
  it('an organization, or accounts, that a condition names', () => {
    const only = (key: string, value: unknown) => allow('*', { Condition: { StringEquals: { [key]: value } } })
    expect(grants(only('aws:PrincipalOrgID', 'o-example12345'))).toEqual([{ principal: 'o-example12345', ...told }])
    expect(grants(only('aws:PrincipalAccount', [own, other]))).toEqual([{ principal: other, ...told }])
    expect(grants(only('aws:PrincipalAccount', own))).toEqual([])
  })
  it('other conditions are told', () => {
    const Condition = { Bool: { 'aws:SecureTransport': 'true' }, StringEquals: { 'aws:sourceVpc': 'vpc-1' } }
    expect(grants(allow('*', { Condition }))).toEqual([
      { principal: 'public', ...told, conditions: ['aws:SecureTransport', 'aws:sourceVpc'] }
    ])
  })
  it('the account itself, its roles, services and denials are none', () => {
    const ours = [root(own), own, `arn:aws:iam::${own}:role/a`, `arn:aws:sts::${own}:assumed-role/a/b`]
    expect(grants(allow({ AWS: ours }), allow({ Service: 'logs.amazonaws.com' }))).toEqual([])
    expect(grants({ ...allow('*'), Effect: 'Deny' })).toEqual([])
  })
  it('actions and resources in every form', () => {
    const found = grants(
      allow('*', { Action: ['s3:*', 's3:PutObject'], Resource: ['arn:aws:s3:::code', 'arn:aws:s3:::code/*', '*'] }),
      { Effect: 'Allow', Principal: '*', NotAction: 's3:DeleteObject', NotResource: 'arn:aws:s3:::code/x' },
      allow('*', { Resource: 'arn:aws:s3:::code' })
    )
    expect(found?.map(({ actions, keys }) => [actions, keys])).toEqual([
      [
        ['s3:*', 's3:PutObject'],
        ['*', '*']
      ],
      [['all but s3:DeleteObject'], ['all but arn:aws:s3:::code/x']],
      [['s3:GetObject'], []]
    ])
  })
  it('a single statement that is no list', () => {
    expect(foreignGrants(JSON.stringify({ Statement: allow('*') }), own)).toHaveLength(1)
  })
  it.each(['', 'x', 'null', '[]', '{}'])('%s is no policy', text => {
    expect(foreignGrants(text, own)).toBeNull()
  })
  it.each(['{"Statement":[null,7,"x",{}]}', '{"Statement":{"Effect":"Allow","Principal":7,"Action":null}}'])(
    '%s lets nobody in',
    text => {
      expect(foreignGrants(text, own)).toEqual([])
    }
  )
})
