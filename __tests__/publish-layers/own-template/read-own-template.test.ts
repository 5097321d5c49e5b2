/** What a template has beside its layer version: parameters, names that the deploy takes, permissions, transforms. */
import { describe, expect, it } from '@jest/globals'
import { cloudformation, edited, judge, refusal, sam } from './judging.js'

const withParameter = (parameter: string): string =>
  edited(cloudformation, ['Parameters:\n', `Parameters:\n  ${parameter}\n`])
const withOutput = (value: string): string => `${cloudformation}Outputs:\n  LayerVersionArn: ${value}\n`
const beside = (resource: string): string => `${cloudformation}  ${resource}\n`

describe('a parameter', () => {
  it('is set by the configuration, else by its Default', () => {
    const text = edited(cloudformation, ['Default: dev-da-flask-layer', 'Default: other'])
    expect(judge(text, { parameters: { Name: 'dev-da-flask-layer' } }).template.logicalId).toBe('Layer')
    expect(refusal(text)).toContain('found "other"')
  })

  it.each(['ArtifactBucket', 'ArtifactKey', 'Generation'])('%s is set by the deploy', name => {
    expect(judge(withParameter(`${name}: { Type: String }`)).template.rest['Parameters']).toHaveProperty(name)
    expect(refusal(withParameter(`${name}: {}`))).toContain(
      `2:3: ${name}, which the deploy sets, to be of the type String, found null`
    )
  })

  it('of a type that CloudFormation looks up is not known here', () => {
    const list = edited(withParameter('Names: { Type: CommaDelimitedList, Default: a }'), ['!Ref Name', '!Ref Names'])
    expect(refusal(list)).toContain('LayerName of Layer to be known before the deploy, found a Ref of "Names"')
  })

  it('without a declaration needs a value like any other', () => {
    expect(refusal(withParameter('Empty: null'))).toContain('2:3: a value of the parameter Empty, found none')
  })

  it('of the configuration is one of the template, whose section the error names', () => {
    const line = refusal(`Description: a\n${cloudformation}`, { parameters: { constructor: 'b' } })
    expect(line).toContain('2:1: the parameter constructor in the template')
    expect(refusal(sam, { parameters: { Stage: 'b' } })).toContain('the parameter Stage in the template')
  })
})

describe('a name that the deploy takes', () => {
  it.each([
    [withParameter('SsmParameter: { Type: String, Default: a }'), '2:3: no SsmParameter'],
    [beside('SharedWith111122223333: { Type: AWS::SNS::Topic }'), '12:3: no SharedWith111122223333'],
    [`${cloudformation}Outputs:\n  LayerVersionParameter: { Value: a }\n`, '13:3: no LayerVersionParameter'],
    [beside('LayerVersion12: { Type: AWS::SNS::Topic }'), '12:3: no other resource named LayerVersion']
  ])('is not the template’s: %j', (text, expected) => {
    expect(refusal(text)).toContain(expected)
  })

  it('may be that of the layer version itself, and the beginning of another', () => {
    const own = edited(beside('LayerVersions: { Type: AWS::SNS::Topic }'), ['  Layer:\n', '  LayerVersion1:\n'])
    expect(judge(own).template).toMatchObject({
      logicalId: 'LayerVersion1',
      rest: { Resources: { LayerVersions: {} } }
    })
  })
})

describe('the output LayerVersionArn', () => {
  it.each([
    '{ Value: !Ref Layer }',
    '{ Value: !GetAtt Layer.LayerVersionArn }',
    '{ Value: { Fn::GetAtt: Layer.LayerVersionArn } }'
  ])('may be %s', value => {
    expect(judge(withOutput(value)).template.rest['Outputs']).toHaveProperty('LayerVersionArn')
  })

  it.each([
    ['{ Value: !Ref Name }', '{"Ref":"Name"}'],
    ['{ Value: !GetAtt Layer.Other }', '{"Fn::GetAtt":["Layer","Other"]}'],
    ['{ Value: !GetAtt Other.LayerVersionArn }', '{"Fn::GetAtt":["Other","LayerVersionArn"]}'],
    ['{ Value: Layer }', '"Layer"'],
    ['{}', 'null'],
    ['null', 'null'],
    ['text', 'null']
  ])('is not %s', (value, found) => {
    expect(refusal(withOutput(value))).toContain(
      `13:3: the output LayerVersionArn to be a Ref of Layer, found ${found}.`
    )
  })
})

describe('permissions', () => {
  const role = beside('Topic: { Type: AWS::SNS::Topic }\n  Role: { Type: AWS::IAM::Role }')
  it('need one of the two capabilities', () => {
    for (const capability of ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'] as const)
      expect(judge(role, { capabilities: ['CAPABILITY_AUTO_EXPAND', capability] }).template.logicalId).toBe('Layer')
    expect(refusal(role, { capabilities: ['CAPABILITY_AUTO_EXPAND'] })).toContain('13:3: CAPABILITY_IAM')
    expect(refusal(role)).toContain('Role without it')
  })
})

describe('what is kept', () => {
  it('of the layer version is what it waits for and what is noted on it, nothing else', () => {
    expect(judge(cloudformation).template.attributes).toEqual({})
    const text = edited(cloudformation, [
      '    Properties:',
      '    DependsOn: [Topic]\n    Metadata: { BuildMethod: python3.10 }\n    Other: a\n    Properties:'
    ])
    expect(judge(text).template.attributes).toEqual({ DependsOn: ['Topic'], Metadata: { BuildMethod: 'python3.10' } })
  })

  it('of SAM is what another resource needs', () => {
    const globals = 'Globals: { Function: { Timeout: 3 } }\n'
    expect(judge(`${sam}${globals}`).template.rest).toEqual({ Resources: {} })
    const needed = judge(
      `${sam}  Topic: { Type: AWS::SNS::Topic }\n  F: { Type: AWS::Serverless::Function }\n${globals}`
    )
    expect(needed.template.rest).toHaveProperty('Globals')
    expect(needed.template.rest).toHaveProperty('Transform')
    const unneeded = judge(`${sam}  Topic: { Type: AWS::SNS::Topic }\n`)
    expect(unneeded.template.rest).toEqual({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } })
  })

  it('of a template without a transform is everything', () => {
    const { Parameters, ...rest } = judge(`${cloudformation}Globals: { A: b }\nMappings: { C: d }\n`).template.rest
    expect(Parameters).toEqual({ Name: { Type: 'String', Default: 'dev-da-flask-layer' } })
    expect(rest).toEqual({ Resources: {}, Globals: { A: 'b' }, Mappings: { C: 'd' } })
  })
})
