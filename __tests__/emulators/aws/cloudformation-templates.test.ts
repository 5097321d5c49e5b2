import { ValidateTemplateCommand, GetTemplateSummaryCommand } from '@aws-sdk/client-cloudformation'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { evaluate, references, type Scope } from '../../../emulators/aws/cloudformation/template/expressions.js'
import { parseTemplate } from '../../../emulators/aws/cloudformation/template/parse-template.js'
import { resolveParameters } from '../../../emulators/aws/cloudformation/template/parameter-values.js'
import type { Json } from '../../../emulators/aws/cloudformation/template/template.js'
import { AwsError } from '../../../emulators/aws/lambda/aws-error.js'
import { layerTemplate, startAws, type Aws } from './layer-fixtures.js'
import { failure } from './start-emulator.js'

const yaml = `
AWSTemplateFormatVersion: 2010-09-09
Description: a layer
Parameters:
  Key: { Type: String }
Resources:
  Pointer:
    Type: AWS::SSM::Parameter
    DependsOn: [Layer]
    Properties:
      Name: !Sub '/\${AWS::StackName}/\${Key}'
      Type: String
      Value: !Join [':', [!GetAtt Layer.LayerVersionArn, !Sub ['\${A}', { A: !Ref Key }]]]
  Layer:
    Type: AWS::Lambda::LayerVersion
    DeletionPolicy: Retain
    Properties:
      Content: { S3Bucket: bucket, S3Key: !Ref Key }
Outputs:
  Arn: { Value: !Ref Layer }
`

describe('parseTemplate', () => {
  it('reads YAML with short tags, and orders resources by what they depend on', () => {
    const template = parseTemplate(yaml)
    expect([...template.resources.keys()]).toEqual(['Layer', 'Pointer'])
    expect(template.resources.get('Pointer')?.properties).toEqual({
      Name: { 'Fn::Sub': '/${AWS::StackName}/${Key}' },
      Type: 'String',
      Value: {
        'Fn::Join': [
          ':',
          [{ 'Fn::GetAtt': ['Layer', 'LayerVersionArn'] }, { 'Fn::Sub': ['${A}', { A: { Ref: 'Key' } }] }]
        ]
      }
    })
    expect(template.resources.get('Layer')).toMatchObject({ deletionPolicy: 'Retain', updateReplacePolicy: 'Delete' })
    expect(template.outputs.get('Arn')?.value).toEqual({ Ref: 'Layer' })
    expect(template.description).toBe('a layer')
  })

  it.each<[string, string | object, RegExp]>([
    ['broken YAML', 'Resources: [', /YAML not well-formed\. \(line 1, column \d+\)/],
    ['a YAML key twice', `${yaml}\nDescription: again`, /YAML not well-formed.*unique/],
    ['an unknown short tag', yaml.replace('!Ref Layer', '!ImportValue x'), /YAML not well-formed.*ImportValue/],
    ['a text', '"text"', /the template/],
    ['no resources', { Resources: {} }, /At least one Resources member/],
    ['an unknown section', { Conditions: {}, ...one({}) }, /the template.*Conditions/],
    ['another format version', { AWSTemplateFormatVersion: '2020-01-01', ...one({}) }, /AWSTemplateFormatVersion/],
    [
      'an unknown type',
      { Resources: { A: { Type: 'AWS::S3::Bucket' } } },
      /Unrecognized resource types: \[AWS::S3::Bucket\]/
    ],
    ['an unknown resource attribute', one({ CreationPolicy: {} }), /Resources\/A.*CreationPolicy/],
    ['an unknown deletion policy', one({ DeletionPolicy: 'Keep' }), /Resources\/A\/DeletionPolicy/],
    ['a snapshot policy', one({ UpdateReplacePolicy: 'Snapshot' }), /UpdateReplacePolicy/],
    [
      'an unresolved Ref',
      one({ Properties: { Description: { Ref: 'None' } } }),
      /Unresolved resource dependencies \[None\] in the Resources block/
    ],
    ['an unresolved DependsOn', one({ DependsOn: 'None' }), /Unresolved resource dependencies \[None\]/],
    [
      'an unresolved output',
      { ...one({}), Outputs: { O: { Value: { Ref: 'None' } } } },
      /\[None\] in the Outputs block/
    ],
    [
      'an unknown attribute',
      { ...one({}), Outputs: { O: { Value: { 'Fn::GetAtt': ['A', 'Arn'] } } } },
      /does not support attribute type Arn/
    ],
    ['an exported output', { ...one({}), Outputs: { O: { Value: 'x', Export: { Name: 'x' } } } }, /Outputs\/O.*Export/],
    ['a circle', one({ Properties: { Description: { Ref: 'A' } } }), /Circular dependency between resources: \[A\]/],
    ['an unknown function', one({ Properties: { Description: { 'Fn::Select': [0, ['a']] } } }), /not Fn::Select/],
    ['a function beside a key', one({ Properties: { Content: { Ref: 'A', S3Key: 'x' } } }), /Ref must stand alone/],
    [
      'an unknown parameter type',
      { ...one({}), Parameters: { P: { Type: 'AWS::EC2::Image::Id' } } },
      /Parameters\/P\/Type/
    ],
    ['a name with a dash', { Resources: { 'A-B': { Type: 'AWS::SSM::Parameter' } } }, /non alphanumeric/],
    ['51,201 bytes', { ...one({}), Description: 'é'.repeat(25_600) }, /less than or equal to 51200/]
  ])('refuses %s', (_what, template, message) => {
    const body = typeof template === 'string' ? template : JSON.stringify(template)
    expect(() => parseTemplate(body)).toThrow(message)
    expect(() => parseTemplate(body)).toThrow(AwsError)
  })

  it('whatever text comes: a template, or an AwsError', () => {
    const bodies = fc.oneof(
      fc.string(),
      fc.json(),
      fc.tuple(fc.nat(yaml.length), fc.string()).map(([at, text]) => yaml.slice(0, at) + text + yaml.slice(at))
    )
    fc.assert(
      fc.property(bodies, body => {
        try {
          expect(parseTemplate(body).body).toBe(body)
        } catch (error) {
          if (!(error instanceof AwsError)) throw error
        }
      }),
      { numRuns: 1500 }
    )
  })
})

describe('evaluate', () => {
  const scope: Scope = {
    value: name => ({ P: 'p', N: 7, L: ['a', 'b'] })[name],
    attribute: (id, attribute) => `${id}/${attribute}`
  }
  it.each<[Json, Json | undefined]>([
    [{ Ref: 'P' }, 'p'],
    [{ Ref: 'AWS::NoValue' }, undefined],
    [{ a: { Ref: 'AWS::NoValue' }, b: [{ Ref: 'AWS::NoValue' }, 1, null] }, { b: [1, null] }],
    [{ a: [['x'], [{ Ref: 'L' }]] }, { a: [['x'], [['a', 'b']]] }],
    [{ 'Fn::GetAtt': 'R.A.B' }, 'R/A.B'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'P' }, { Ref: 'N' }]] }, 'a-p-7'],
    [{ 'Fn::Join': ['-', { Ref: 'L' }] }, 'a-b'],
    [{ 'Fn::Sub': '${P}/${R.A}/${!P}/$P' }, 'p/R/A/${P}/$P'],
    [{ 'Fn::Sub': ['${P}${Q}', { Q: { Ref: 'N' } }] }, 'p7'],
    [
      { Condition: { x: 1 }, Version: 'a policy statement' },
      { Condition: { x: 1 }, Version: 'a policy statement' }
    ]
  ])('%j is %j', (expression, value) => {
    expect(evaluate(expression, scope)).toEqual(value)
  })

  it('references names what evaluate asks for', () => {
    const leaf: fc.Arbitrary<Json> = fc.oneof(
      fc.string(),
      fc.constantFrom<Json>(
        { Ref: 'P' },
        { 'Fn::GetAtt': ['R', 'A'] },
        { 'Fn::Sub': '${P}${R.B}${!x}' },
        { 'Fn::Sub': ['${Q}${N}', { Q: { Ref: 'P' } }] }
      )
    )
    const expressions = fc.oneof(
      leaf,
      fc.array(leaf),
      fc.dictionary(fc.stringMatching(/^[a-z]+$/), leaf),
      fc.array(leaf).map((items): Json => ({ 'Fn::Join': [',', items] }))
    )
    fc.assert(
      fc.property(expressions, expression => {
        const asked = new Set<string>()
        const value = (name: string): string => (asked.add(name), 'v')
        evaluate(expression, { value, attribute: (id, attribute) => value(`${id}.${attribute}`) })
        const named = references(expression).map(one =>
          one.kind === 'name' ? one.name : `${one.logicalId}.${one.attribute}`
        )
        expect(new Set(named)).toEqual(asked)
      }),
      { numRuns: 2000 }
    )
  })
})

describe('resolveParameters', () => {
  const template = parseTemplate(
    JSON.stringify({
      ...one({}),
      Parameters: {
        Plain: { Type: 'String' },
        Stage: { Type: 'String', Default: 'dev', AllowedValues: ['dev', 'prod'] },
        Short: { Type: 'String', Default: 'ab', MinLength: 2, MaxLength: 3, AllowedPattern: '[a-z]*' },
        Count: { Type: 'Number', Default: 2, MinValue: 1, MaxValue: 3 },
        Many: { Type: 'List<Number>', Default: '1, 2' }
      }
    })
  )
  const resolve = (
    values: Record<string, string | null>,
    previous: ReadonlyMap<string, string> | null = null
  ): unknown =>
    Object.fromEntries(
      resolveParameters(
        template,
        Object.entries(values).map(([key, value]) => ({ key, value })),
        previous
      )
    )

  it('takes given values, previous values on request, and defaults', () => {
    const defaults = { Stage: 'dev', Short: 'ab', Count: '2', Many: '1, 2' }
    expect(resolve({ Plain: 'x' })).toEqual({ Plain: 'x', ...defaults })
    expect(
      resolve(
        { Plain: null },
        new Map([
          ['Plain', 'old'],
          ['Stage', 'prod']
        ])
      )
    ).toEqual({ Plain: 'old', ...defaults })
  })

  it.each<[Record<string, string | null>, RegExp]>([
    [{}, /^Parameters: \[Plain\] must have values$/],
    [{ Plain: 'x', Other: 'y' }, /^Parameters: \[Other\] do not exist in the template$/],
    [{ Plain: null }, /usePreviousValue/],
    [{ Plain: 'x', Stage: 'test' }, /Parameter 'Stage' must be one of AllowedValues/],
    [{ Plain: 'x', Short: 'a' }, /at least 2 characters/],
    [{ Plain: 'x', Short: 'abcd' }, /at most 3 characters/],
    [{ Plain: 'x', Short: 'AB' }, /must match pattern/],
    [{ Plain: 'x', Count: 'two' }, /must be a number/],
    [{ Plain: 'x', Count: '0' }, /not less than 1/],
    [{ Plain: 'x', Count: '4' }, /not greater than 3/],
    [{ Plain: 'x', Many: '1,b' }, /must be a number/]
  ])('refuses %j', (values, message) => {
    expect(() => resolve(values)).toThrow(message)
  })
})

describe('over HTTP', () => {
  let aws: Aws
  beforeAll(async () => {
    aws = await startAws()
  })
  afterAll(() => aws.emulator.close())

  it('validates and sums up', async () => {
    const { Parameters } = await aws.cloudformation.send(new ValidateTemplateCommand({ TemplateBody: layerTemplate() }))
    expect(Parameters).toMatchObject([{ ParameterKey: 'Bucket', NoEcho: false }, { ParameterKey: 'Key' }])
    const summary = await aws.cloudformation.send(new GetTemplateSummaryCommand({ TemplateBody: yaml }))
    expect(summary).toMatchObject({
      Description: 'a layer',
      ResourceTypes: ['AWS::Lambda::LayerVersion', 'AWS::SSM::Parameter']
    })
    const broken = aws.cloudformation.send(new ValidateTemplateCommand({ TemplateBody: '{}' }))
    expect(await failure(broken)).toMatchObject({ name: 'ValidationError' })
  })
})

/** A template of one parameter resource, with more attributes. */
function one(more: object): { Resources: object } {
  return { Resources: { A: { Type: 'AWS::SSM::Parameter', ...more } } }
}
