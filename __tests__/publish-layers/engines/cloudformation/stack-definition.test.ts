/** What CloudFormation is given of a layer: the whole template, its parameters, and what of the stack is kept. */
import { describe, expect, it } from '@jest/globals'
import type { StackDescription } from '../../../../src/ports/inventory.js'
import {
  publishedStack,
  recordedStack
} from '../../../../src/publish-layers/engines/cloudformation/stack-definition.js'
import { accessOfStack } from '../../../../src/publish-layers/engines/cloudformation/stack-access.js'
import { stackTemplate } from '../../../../src/publish-layers/engines/cloudformation/stack-template.js'
import { noAccess } from '../../../../src/publish-layers/target.js'
import { deployed, target } from '../../../support/plans.js'

const all = {
  description: 'd',
  licenseInfo: 'MIT',
  compatibleRuntimes: ['python3.12'],
  compatibleArchitectures: ['arm64' as const]
}
const none = { description: '', licenseInfo: '', compatibleRuntimes: [], compatibleArchitectures: [] }
const artifact = { bucket: 'b', key: 'k.zip', sha256: '', sizeBytes: 1 }
const access = { ssmParameter: '/layers/x', sharedWith: ['444455556666', 'o-abcdefghij', 'public'] }
const stack = (parameters: Record<string, string>): StackDescription => ({
  ...{ id: '', name: 's', status: 'UPDATE_COMPLETE', statusReason: '', parameters, outputs: {}, tags: {} },
  ...{ changeSetId: null, terminationProtection: false }
})
const template = (...args: Parameters<typeof stackTemplate>) => JSON.parse(stackTemplate(...args)) as unknown

describe('the template', () => {
  const content = { S3Bucket: { Ref: 'ArtifactBucket' }, S3Key: { Ref: 'ArtifactKey' } }
  const parameters = {
    ...{ ArtifactBucket: { Type: 'String' }, ArtifactKey: { Type: 'String' } },
    Generation: { Type: 'String', Default: '1' }
  }
  const outputs = (id: string) => ({
    Generation: { Value: { Ref: 'Generation' } },
    LayerVersionArn: { Value: { Ref: id } }
  })
  const head = { AWSTemplateFormatVersion: '2010-09-09', Description: 'Lambda layer l, kept by layer-deploy-action' }
  const version = (properties: object) => ({
    ...{ Type: 'AWS::Lambda::LayerVersion', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' },
    Properties: { LayerName: 'l', Content: content, ...properties }
  })

  it('of a layer that declares nothing and is shared with nobody', () => {
    expect(template('l', none, 1, noAccess)).toEqual({
      ...{ ...head, Parameters: parameters, Outputs: outputs('LayerVersion') },
      Resources: { LayerVersion: version({ CompatibleRuntimes: [] }) }
    })
  })

  it('of a layer that declares, tells and shares everything, after its version was deleted', () => {
    const declared = {
      ...{ CompatibleRuntimes: ['python3.12'], CompatibleArchitectures: ['arm64'] },
      ...{ Description: 'd', LicenseInfo: 'MIT' }
    }
    const permission = (principal: object) => ({
      ...{ Type: 'AWS::Lambda::LayerVersionPermission', DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Retain' },
      Properties: { Action: 'lambda:GetLayerVersion', LayerVersionArn: { Ref: 'LayerVersion2' }, ...principal }
    })
    expect(template('l', all, 2, access)).toEqual({
      ...head,
      Parameters: { ...parameters, SsmParameter: { Type: 'String' }, SharedWith: { Type: 'String' } },
      Resources: {
        LayerVersion2: version(declared),
        SharedWith444455556666: permission({ Principal: '444455556666' }),
        SharedWithOrganizationabcdefghij: permission({ Principal: '*', OrganizationId: 'o-abcdefghij' }),
        SharedWithPublic: permission({ Principal: '*' }),
        LayerVersionParameter: {
          ...{ Type: 'AWS::SSM::Parameter', DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' },
          Properties: {
            ...{ Name: { Ref: 'SsmParameter' }, Type: 'String', Value: { Ref: 'LayerVersion2' } },
            Description: 'ARN of the current version of the Lambda layer l, kept by layer-deploy-action'
          }
        }
      },
      Outputs: {
        ...outputs('LayerVersion2'),
        SsmParameterValue: { Value: { 'Fn::GetAtt': ['LayerVersionParameter', 'Value'] } },
        SharedWith: { Value: { Ref: 'SharedWith' } }
      }
    })
  })
})

describe('who is told of the version', () => {
  it.each([
    ['nothing', stack({}), noAccess],
    ['empty parameters', stack({ SsmParameter: '', SharedWith: '' }), noAccess],
    [
      'both',
      stack({ SsmParameter: '/x', SharedWith: 'public,444455556666' }),
      { ssmParameter: '/x', sharedWith: ['public', '444455556666'] }
    ],
    ['no stack', null, noAccess]
  ])('is read from the stack: %s', (_what, described, expected) => {
    expect(accessOfStack(described)).toEqual(expected)
  })
})

describe('a stack that publishes', () => {
  const order = { target, properties: all, artifact, previous: deployed({ properties: all }) }
  const own = (read: object | null) => ({
    ...target,
    template: { capabilities: [], parameters: { Team: 'orders' }, read: read as never }
  })
  const place = { ArtifactBucket: 'b', ArtifactKey: 'k.zip', Generation: '2' }

  it('has our template with what it needs', () => {
    expect(publishedStack(order, null, 2, access)).toEqual({
      templateBody: stackTemplate(target.layerName, all, 2, access),
      parameters: { ...place, SsmParameter: '/layers/x', SharedWith: '444455556666,o-abcdefghij,public' }
    })
  })

  it('whose own template was not read keeps it, and every value but the archive’s', () => {
    const before = stack({
      ArtifactBucket: 'a',
      ArtifactKey: 'old',
      Generation: '1',
      Team: '****',
      SharedWith: 'public'
    })
    expect(publishedStack({ ...order, target: own(null) }, before, 2, access)).toEqual({
      ...{ templateBody: null, parameters: { ...place, Team: null, SharedWith: null } }
    })
  })

  it.each([
    ['there is no stack', null, all],
    ['nobody knows what it declares', stack({}), null],
    ['it declares something else', stack({}), none]
  ])('whose own template was not read is left where %s', (_what, before, properties) => {
    const previous = deployed({ properties })
    expect(() => publishedStack({ ...order, target: own(null), previous }, before, 2, access)).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        finding: {
          expected: `the stack of ${target.layerName} to declare already what the version declares`,
          found: 'an own template that declares something else',
          mend: 'revert the change of the template and push: a deploy brings content and template together'
        }
      })
    )
  })

  it('whose version stays keeps its place and generation', () => {
    const before = stack({ ArtifactBucket: 'a', ArtifactKey: 'old', Generation: '3', Team: '****' })
    const told = { ...target, access }
    expect(recordedStack(told, all, before)).toEqual({
      templateBody: stackTemplate(target.layerName, all, 3, access),
      parameters: {
        ...{ ArtifactBucket: 'a', ArtifactKey: 'old', Generation: '3', SsmParameter: '/layers/x' },
        SharedWith: '444455556666,o-abcdefghij,public'
      }
    })
    expect(recordedStack(own(null), all, before)).toEqual({
      templateBody: null,
      parameters: { ArtifactBucket: null, ArtifactKey: null, Generation: null, Team: null }
    })
    expect(recordedStack(target, none, stack({})).parameters).toEqual({
      ...{ ArtifactBucket: '', ArtifactKey: '', Generation: '1' }
    })
  })
})
