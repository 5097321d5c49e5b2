import { describe, expect, it } from '@jest/globals'
import * as fc from 'fast-check'
import { authorizationData } from '../../../../emulators/aws/iam/authorization-data.js'
import { evaluate } from '../../../../emulators/aws/iam/evaluate.js'
import { actionMatches, arnMatches, textMatches } from '../../../../emulators/aws/iam/patterns.js'
import { parsePolicy } from '../../../../emulators/aws/iam/policy-document.js'
import { policyFindings } from '../../../../emulators/aws/iam/policy-findings.js'

const layer = 'arn:aws:lambda:us-east-2:111122223333:layer:dev-da-flask-layer'
const statement = (members: object) => ({ Effect: 'Allow', Action: '*', Resource: '*', ...members })
const policy = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements.map(statement) })

function decide(
  document: object,
  action: string,
  resource: string,
  context: Readonly<Record<string, string | readonly string[]>> = {}
) {
  const entries = Object.entries(context).map(([key, value]) => [key.toLowerCase(), [value].flat()] as const)
  return evaluate(parsePolicy(document), { action, resource, context: new Map(entries) })
}

describe('effects', () => {
  it.each([
    ['nothing that matches', policy({ Action: 's3:GetObject' }), 'implicit-deny'],
    ['an Allow', policy({}), 'allow'],
    ['a Deny beside an Allow', policy({}, { Effect: 'Deny', Action: 'lambda:Publish*' }), 'explicit-deny'],
    ['a Deny of something else', policy({}, { Effect: 'Deny', Action: 's3:*' }), 'allow'],
    ['NotAction', policy({ Action: undefined, NotAction: 's3:*' }), 'allow'],
    ['NotResource', policy({ Resource: undefined, NotResource: layer }), 'implicit-deny'],
    ['another case of the action', policy({ Action: 'LAMBDA:publishlayerversion' }), 'allow']
  ])('%s', (_name, document, decision) => {
    expect(decide(JSON.parse(JSON.stringify(document)) as object, 'lambda:PublishLayerVersion', layer)).toBe(decision)
  })
})

describe('resources', () => {
  it.each([
    [layer, layer, true],
    [`${layer}:*`, layer, false],
    [`${layer}:*`, `${layer}:12`, true],
    [layer, `${layer}:12`, false],
    ['arn:aws:lambda:*:111122223333:layer:dev-*-layer', layer, true],
    ['arn:aws:lambda:us-east-?:111122223333:layer:*', layer, true],
    ['arn:aws:lambda:*:layer:dev-da-flask-layer', layer, false],
    ['arn:aws:lambda:*', layer, false],
    ['*', layer, true],
    ['arn:aws:s3:::bucket/*', 'arn:aws:s3:::bucket', false],
    ['arn:aws:s3:::bucket/*', 'arn:aws:s3:::bucket/a/b:c', true]
  ])('%s and %s', (pattern, arn, matches) => {
    expect(arnMatches(pattern, arn)).toBe(matches)
  })

  it.each([
    'lambda:ListLayerVersions',
    'lambda:ListLayers',
    'lambda:ListFunctions',
    'cloudformation:ValidateTemplate',
    'cloudformation:ListStacks'
  ])('%s is allowed for * only', action => {
    expect(decide(policy({ Action: action, Resource: layer }), action, layer)).toBe('implicit-deny')
    expect(decide(policy({ Action: action, Resource: 'arn:aws:lambda:*:*:*' }), action, layer)).toBe('implicit-deny')
    expect(decide(policy({ Action: action }), action, layer)).toBe('allow')
  })

  it('an action that the data does not hold is a defect of the emulator', () => {
    expect(() => decide(policy({}), 'lambda:InvokeFunction', '*')).toThrow('lambda:InvokeFunction')
  })

  it('wildcards mean what IAM says of them, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (a, b, c) => {
        const plain = (text: string) => text.replace(/[*?]/g, '')
        expect(textMatches(`${plain(a)}*${plain(c)}`, `${plain(a)}${b}${plain(c)}`)).toBe(true)
        expect(textMatches(plain(a), plain(a))).toBe(true)
        expect(textMatches(plain(a), `${plain(a)}x`)).toBe(false)
        expect(textMatches(`${plain(a)}?`, `${plain(a)}x`)).toBe(true)
        expect(actionMatches(plain(a).toUpperCase(), plain(a).toUpperCase().toLowerCase())).toBe(
          textMatches(plain(a).toUpperCase(), plain(a).toUpperCase().toLowerCase()) ||
            new RegExp(
              `^${plain(a)
                .toUpperCase()
                .replace(/[.+^${}()|[\]\\]/g, '\\$&')}$`,
              'i'
            ).test(plain(a).toUpperCase().toLowerCase())
        )
      }),
      { numRuns: 2_000 }
    )
  })
})

describe('conditions', () => {
  const key = 'aws:RequestedRegion'
  const region = { [key]: 'us-east-2' }
  const via = { 'aws:CalledVia': ['cloudformation.amazonaws.com', 'athena.amazonaws.com'] }
  it.each([
    [{ StringEquals: { [key]: 'us-east-2' } }, region, true],
    [{ StringEquals: { 'AWS:REQUESTEDREGION': ['eu-west-1', 'us-east-2'] } }, region, true],
    [{ StringEquals: { [key]: 'us-east-*' } }, region, false],
    [{ StringLike: { [key]: 'us-east-*' } }, region, true],
    [{ StringNotEquals: { [key]: ['eu-west-1', 'us-east-2'] } }, region, false],
    [{ StringEquals: { [key]: 'us-east-2' } }, {}, false],
    [{ StringNotEquals: { [key]: 'us-east-2' } }, {}, true],
    [{ StringEqualsIfExists: { [key]: 'us-east-2' } }, {}, true],
    [{ StringEqualsIgnoreCase: { [key]: 'US-EAST-2' } }, region, true],
    [{ Null: { [key]: 'true' } }, {}, true],
    [{ Null: { [key]: 'true' } }, region, false],
    [{ Null: { [key]: false } }, region, true],
    [{ Bool: { 'aws:SecureTransport': true } }, { 'aws:SecureTransport': 'true' }, true],
    [{ BoolIfExists: { 'aws:SecureTransport': 'false' } }, { 'aws:SecureTransport': 'true' }, false],
    [{ 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } }, via, true],
    [{ 'ForAllValues:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } }, via, false],
    [{ 'ForAllValues:StringLike': { 'aws:CalledVia': '*.amazonaws.com' } }, via, true],
    [{ 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } }, {}, false],
    [{ 'ForAllValues:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } }, {}, true],
    [
      { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' } },
      { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/a/b' },
      true
    ],
    [
      { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/*' } },
      { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/a' },
      true
    ],
    [{ NumericLessThanEquals: { 's3:max-keys': 10 } }, { 's3:max-keys': '10' }, true],
    [{ NumericGreaterThan: { 's3:max-keys': 10 } }, { 's3:max-keys': '10' }, false],
    [
      { DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } },
      { 'aws:CurrentTime': '2029-12-31T23:59:59Z' },
      true
    ],
    [{ StringEquals: { [key]: 'us-east-2' }, Bool: { 'aws:SecureTransport': true } }, region, false]
  ])('%j on %j', (Condition, context, holds) => {
    expect(decide(policy({ Condition }), 's3:GetObject', 'arn:aws:s3:::b/k', context)).toBe(
      holds ? 'allow' : 'implicit-deny'
    )
  })
})

describe('documents', () => {
  it.each([
    ['another version', { Version: '2008-10-17', Statement: [] }],
    ['no action', policy({ Action: undefined })],
    ['both kinds of action', policy({ NotAction: 's3:*' })],
    ['an unknown member', policy({ Principal: '*' })],
    ['an operator that is not evaluated', policy({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })],
    ['a policy variable', policy({ Resource: 'arn:aws:s3:::b/${aws:username}' })],
    ['two statements of one name', policy({ Sid: 'A' }, { Sid: 'A' })],
    ['an effect that is none', policy({ Effect: 'allow' })]
  ])('refuses %s', (_name, document) => {
    expect(() => parsePolicy(JSON.stringify(document))).toThrow('MalformedPolicyDocument')
  })

  it('finds what can have no effect', () => {
    const findings = policyFindings(
      policy(
        { Sid: 'Known', Action: 'lambda:GetLayerVersion', Resource: `${layer}:*` },
        { Sid: 'NoVersion', Action: 'lambda:GetLayerVersion', Resource: layer },
        { Sid: 'Typo', Action: 'lambda:PublishLayer' },
        { Sid: 'NoKey', Action: 's3:GetObject', Condition: { StringEquals: { 's3:prefix': 'a' } } },
        { Sid: 'Bucket', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::b/*' },
        { Sid: 'Everywhere', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::b' }
      )
    )
    expect(findings.map(line => line.split(':')[0])).toEqual(['NoVersion', 'Typo', 'NoKey', 'Bucket'])
  })

  it('every action of the data names its service and known resource types', () => {
    for (const [action, { resources, conditionKeys }] of authorizationData) {
      expect(action).toMatch(/^(lambda|cloudformation|s3|ssm|iam|sts|kms):[A-Z][A-Za-z]+$/)
      expect(resources.every(type => /^[a-z]/.test(type))).toBe(true)
      expect(conditionKeys.every(key => key.includes(':'))).toBe(true)
    }
  })
})
