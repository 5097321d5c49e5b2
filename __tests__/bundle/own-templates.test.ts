/** Layers whose stacks the team describes itself: SAM inside a submodule, CloudFormation in the superproject, through dist/. */
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { listStacks } from '../../emulators/aws/cloudformation/reader.js'
import { listLayers } from '../../emulators/aws/lambda/reader.js'
import { makeActionWorld, region, sandboxAccount, type ActionWorld } from '../support/action-world.js'
import { configText } from './config-text.js'
import { errorsOf, rowsOf, versionsIn } from './reading.js'

const sam = (edits: readonly (readonly [string, string])[] = []): string =>
  edits.reduce(
    (text, [piece, by]) => text.replace(piece, by),
    `AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: { Type: String, Default: none }
Resources:
  DaFlask:
    Type: AWS::Serverless::LayerVersion
    UpdateReplacePolicy: Retain
    Properties:
      LayerName: !Sub '\${Stage}-da-flask-layer'
      Description: Shared web framework
      ContentUri: .
      CompatibleRuntimes: [python3.10]
      RetentionPolicy: Retain
Outputs:
  Arn: { Value: !Ref DaFlask }
`
  )

const plain = (description: string) => ({
  AWSTemplateFormatVersion: '2010-09-09',
  Parameters: { Name: { Type: 'String' } },
  Resources: {
    Framework: {
      Type: 'AWS::Lambda::LayerVersion',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        LayerName: { Ref: 'Name' },
        Content: '../da_framework/layer',
        CompatibleRuntimes: ['python3.12'],
        CompatibleArchitectures: ['arm64']
      }
    },
    Newest: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Name: '/layers/framework', Type: 'String', Value: { Ref: 'Framework' }, Description: description }
    }
  }
})

let world: ActionWorld
beforeAll(async () => {
  world = await makeActionWorld({
    config: configText({
      layers: {
        da_flask: '{ path: da_flask, template: { file: da_flask/template.yaml, parameters: { Stage: "{stage}" } } }',
        da_framework:
          '{ path: da_framework, template: { file: templates/f.json, parameters: { Name: "{stage}-da-framework-layer" } } }'
      }
    }),
    submodules: {
      da_flask: { 'template.yaml': sam(), 'python/da_flask.py': '1\n' }
    },
    files: {
      'da_framework/layer/python/da_framework.py': '1\n',
      'templates/f.json': JSON.stringify(plain('first'), null, '\t')
    }
  })
})
afterAll(() => world.close())
beforeEach(() => {
  world.aws.resetCalls()
})

const versions = () => versionsIn(world, sandboxAccount)
const stack = (name: string) => listStacks(world.aws.world, sandboxAccount, region).find(one => one.name === name)!
const layer = (name: string) => listLayers(world.aws.world, sandboxAccount, region).find(one => one.name === name)!

it('publishes both, with what the templates declare', async () => {
  const run = await world.push('test')
  expect(errorsOf(run)).toEqual([])
  expect(versions()).toEqual({ 'dev-da-flask-layer': [1], 'dev-da-framework-layer': [1] })
  expect(layer('dev-da-flask-layer').versions[0]).toMatchObject({
    description: 'Shared web framework',
    compatibleRuntimes: ['python3.10']
  })
  expect(layer('dev-da-framework-layer').versions[0]).toMatchObject({
    compatibleRuntimes: ['python3.12'],
    compatibleArchitectures: ['arm64']
  })
  expect(stack('dev-da-framework-layer').resources.map(({ logicalId }) => logicalId)).toEqual([
    'LayerVersion',
    'Newest'
  ])
  expect(rowsOf(run)['da_flask']?.[region]?.arn).toBe(layer('dev-da-flask-layer').versions[0]?.arn)
})

it('sharing and the parameter are added to what the team describes, without another version', async () => {
  const before = versions()
  const layers = {
    da_framework:
      '{ path: da_framework, template: { file: templates/f.json, parameters: { Name: "{stage}-da-framework-layer" } } }'
  }
  const shared = ['share-with: ["444455556666"]', 'ssm-parameter: "/shared/{layer}"']
  const commit = (sandbox: readonly string[]) =>
    world.superproject.commitFiles({ '.github/layer-deploy.yml': configText({ layers, sandbox }) }, { branch: 'test' })
  await commit([])
  expect(errorsOf(await world.push('test'))).toEqual([])
  await commit(shared)
  const run = await world.push('test')
  expect(errorsOf(run)).toEqual([])
  expect(rowsOf(run)['da_framework']?.[region]).toMatchObject({ status: 'unchanged', reason: 'access-changed' })
  const [newest] = layer('dev-da-framework-layer').versions.slice(-1)
  expect(stack('dev-da-framework-layer').outputs).toMatchObject({ SsmParameterValue: newest?.arn })
  expect(
    stack('dev-da-framework-layer')
      .resources.map(({ logicalId }) => logicalId)
      .toSorted()
  ).toEqual(['LayerVersion', 'LayerVersionParameter', 'Newest', 'SharedWith444455556666'])
  expect(versions()).toEqual(before)
  world.aws.resetCalls()
  expect((await world.push('test')).outputs).toMatchObject({ changed: 'false' })
  expect(world.aws.writes()).toEqual([])
})
