/** The template that is deployed: the team's, with our layer version in the place of theirs. */
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { JsonObject } from '../../../src/publish-layers/own-template/own-template.js'
import { mergeTemplate, renameResource } from '../../../src/publish-layers/own-template/merge-template.js'
import { runs } from '../../support/property-runs.js'

describe('renameResource', () => {
  it.each([
    [{ Ref: 'Layer' }, { Ref: 'New' }],
    [{ Ref: 'LayerTwo' }, { Ref: 'LayerTwo' }],
    [{ 'Fn::GetAtt': ['Layer', 'LayerVersionArn'] }, { 'Fn::GetAtt': ['New', 'LayerVersionArn'] }],
    [{ 'Fn::GetAtt': ['Other', 'Layer'] }, { 'Fn::GetAtt': ['Other', 'Layer'] }],
    [{ 'Fn::GetAtt': 'Layer.LayerVersionArn' }, { 'Fn::GetAtt': 'New.LayerVersionArn' }],
    [{ 'Fn::GetAtt': 'LayerTwo.Arn' }, { 'Fn::GetAtt': 'LayerTwo.Arn' }],
    [
      { 'Fn::Sub': '${Layer} ${Layer.Arn} ${!Layer} ${LayerTwo}' },
      { 'Fn::Sub': '${New} ${New.Arn} ${!Layer} ${LayerTwo}' }
    ],
    [{ 'Fn::Sub': ['${Layer} ${A}', { A: { Ref: 'Layer' } }] }, { 'Fn::Sub': ['${New} ${A}', { A: { Ref: 'New' } }] }],
    [{ 'Fn::Sub': ['${Layer}', { Layer: 'own' }] }, { 'Fn::Sub': ['${Layer}', { Layer: 'own' }] }],
    [{ DependsOn: 'Layer' }, { DependsOn: 'New' }],
    [{ DependsOn: ['Layer', 'Other'] }, { DependsOn: ['New', 'Other'] }],
    [
      { Name: 'Layer', List: ['Layer', { Ref: 'Layer' }] },
      { Name: 'Layer', List: ['Layer', { Ref: 'New' }] }
    ]
  ])('%j', (before, after) => {
    expect(renameResource(before, 'Layer', 'New')).toEqual(after)
  })

  it('a name that every object has is a name like any other', () => {
    expect(renameResource({ 'Fn::Sub': '${constructor} ${toString}' }, 'constructor', 'New')).toEqual({
      'Fn::Sub': '${New} ${toString}'
    })
  })

  it.each([
    [{ 'Fn::GetAtt': { Ref: 'Layer' } }, { 'Fn::GetAtt': { Ref: 'Layer' } }],
    [{ 'Fn::Sub': ['${Layer.Arn}', { 'Layer.Arn': 'own' }] }, { 'Fn::Sub': ['${Layer.Arn}', { 'Layer.Arn': 'own' }] }],
    [{ 'Fn::Sub': ['${Layer.Arn}', { Layer: 'own' }] }, { 'Fn::Sub': ['${New.Arn}', { Layer: 'own' }] }]
  ])('%j leaves what is not the resource', (before, after) => {
    expect(renameResource(before, 'Layer', 'New')).toEqual(after)
  })

  it('there and back again is where it was', () => {
    const name = fc.constantFrom('Layer', 'Other', 'A')
    const { value } = fc.letrec<{ value: JsonObject[string] }>(tie => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('text', 1, null, true),
        name.map(Ref => ({ Ref })),
        fc.tuple(name, fc.constant('Arn')).map(pair => ({ 'Fn::GetAtt': pair })),
        name.map(one => ({ 'Fn::Sub': `a \${${one}.Arn} b \${${one}}` })),
        name.map(DependsOn => ({ DependsOn })),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('X', 'Y', 'Fn::Join'), tie('value'), { maxKeys: 2, noNullPrototype: true })
      )
    }))
    fc.assert(
      fc.property(value, one => {
        expect(renameResource(renameResource(one, 'Layer', 'Unused'), 'Unused', 'Layer')).toEqual(one)
      }),
      { numRuns: runs(1000) }
    )
  })
})

it('mergeTemplate: ours wins by name, theirs stays, references follow', () => {
  const base = {
    Description: 'ours',
    Parameters: { ArtifactKey: { Type: 'String' } },
    Resources: { LayerVersion2: { Type: 'AWS::Lambda::LayerVersion', Properties: {} } },
    Outputs: { LayerVersionArn: { Value: { Ref: 'LayerVersion2' } } }
  }
  const own = {
    logicalId: 'Layer',
    attributes: { DependsOn: 'Topic', Metadata: { BuildMethod: 'python3.10' } },
    rest: {
      Description: 'theirs',
      Parameters: { Stage: { Type: 'String' }, ArtifactKey: { Type: 'String', Description: 'theirs' } },
      Conditions: { Yes: { 'Fn::Equals': ['a', 'a'] } },
      Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { Name: { 'Fn::Sub': 'x${Layer}' } } } },
      Outputs: { Arn: { Value: { Ref: 'Layer' } } }
    }
  }
  expect(mergeTemplate(base, 'LayerVersion2', own)).toEqual({
    Description: 'theirs',
    Parameters: { Stage: { Type: 'String' }, ArtifactKey: { Type: 'String' } },
    Conditions: own.rest.Conditions,
    Resources: {
      Topic: { Type: 'AWS::SNS::Topic', Properties: { Name: { 'Fn::Sub': 'x${LayerVersion2}' } } },
      LayerVersion2: { Type: 'AWS::Lambda::LayerVersion', Properties: {}, ...own.attributes }
    },
    Outputs: { Arn: { Value: { Ref: 'LayerVersion2' } }, LayerVersionArn: { Value: { Ref: 'LayerVersion2' } } }
  })
})

it('mergeTemplate: a section that is missing, or no mapping, is ours alone', () => {
  const base = { Parameters: { A: {} }, Resources: { LayerVersion2: { Type: 'T' } }, Outputs: { B: {} } }
  const rest = { Parameters: 'text', Resources: {}, Mappings: { C: 'd' } }
  expect(mergeTemplate(base, 'LayerVersion2', { logicalId: 'Layer', attributes: {}, rest })).toEqual({
    ...base,
    Mappings: { C: 'd' }
  })
})
