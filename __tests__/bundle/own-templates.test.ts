/** Layers whose stacks the team describes itself: SAM inside a submodule, CloudFormation in the superproject, through dist/. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { listStacks } from '../../emulators/aws/cloudformation/reader.js'
import { listLayers } from '../../emulators/aws/lambda/reader.js'
import { makeActionWorld, region, sandboxAccount, type ActionWorld } from '../support/action-world.js'
import { workflowDispatch } from '../support/events.js'
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

const config = (sandbox: readonly string[] = []): string =>
  configText({
    layers: {
      da_flask: '{ path: da_flask, template: { file: da_flask/template.yaml, parameters: { Stage: "{stage}" } } }',
      da_framework:
        '{ path: da_framework, template: { file: templates/f.json, parameters: { Name: "{stage}-da-framework-layer" } } }'
    },
    sandbox
  })

let world: ActionWorld
beforeAll(async () => {
  world = await makeActionWorld({
    config: config(),
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

it('an unchanged run makes no write', async () => {
  const run = await world.push('test')
  expect(errorsOf(run)).toEqual([])
  expect(run.outputs).toMatchObject({ changed: 'false' })
  expect(world.aws.writes()).toEqual([])
})

it('another resource of the template changes, the layer does not: no new version', async () => {
  await world.superproject.commitFiles({ 'templates/f.json': JSON.stringify(plain('second')) }, { branch: 'test' })
  const run = await world.push('test')
  expect(errorsOf(run)).toEqual([])
  expect(rowsOf(run)['da_framework']?.[region]).toMatchObject({
    status: 'unchanged',
    reason: 'same-content',
    version: 1
  })
  expect(versions()).toEqual({ 'dev-da-flask-layer': [1], 'dev-da-framework-layer': [1] })
  expect(stack('dev-da-framework-layer').status).toBe('UPDATE_COMPLETE')
})

it('a renamed resource is the same layer; what it declares is a new version', async () => {
  const renamed = sam([
    ['  DaFlask:', '  Renamed:'],
    ['!Ref DaFlask', '!Ref Renamed']
  ])
  const commit = await world.superproject.commitSubmodule('da_flask', {
    'template.yaml': renamed,
    'python/da_flask.py': '2\n'
  })
  await world.superproject.bumpSubmodule('da_flask', commit, { branch: 'test' })
  const same = await world.push('test')
  expect(errorsOf(same)).toEqual([])
  expect(rowsOf(same)['da_flask']?.[region]).toMatchObject({ status: 'published', version: 2 })
  expect(stack('dev-da-flask-layer').resources.map(({ logicalId }) => logicalId)).toEqual(['LayerVersion'])

  const more = plain('second')
  more.Resources.Framework.Properties.CompatibleRuntimes.push('python3.13')
  await world.superproject.commitFiles({ 'templates/f.json': JSON.stringify(more) }, { branch: 'test' })
  const run = await world.push('test')
  expect(errorsOf(run)).toEqual([])
  expect(rowsOf(run)['da_framework']?.[region]).toMatchObject({ status: 'published', version: 2 })
  expect(versions()).toEqual({ 'dev-da-flask-layer': [1, 2], 'dev-da-framework-layer': [1, 2] })
})

it('a version that was deleted in AWS is published again: the layer version gets another name in the stack', async () => {
  const name = 'dev-da-framework-layer'
  const state = world.aws.world.region(sandboxAccount, region).layers.get(name)!
  for (const version of state.versions) if (version.version === 2) Object.assign(version, { deleted: true })
  const run = await world.push('test')
  expect(errorsOf(run)).toEqual([])
  expect(rowsOf(run)['da_framework']?.[region]).toMatchObject({
    status: 'published',
    reason: 'version-missing',
    version: 3
  })
  expect(
    stack(name)
      .resources.map(({ logicalId }) => logicalId)
      .sort()
  ).toEqual(['LayerVersion2', 'Newest'])
  expect(stack(name).outputs['LayerVersionArn']).toMatch(/:3$/)
})

it('share-with and ssm-parameter reach into the own template, without a version', async () => {
  const before = versions()
  const shared = config(['share-with: ["444455556666"]', 'ssm-parameter: "/layers/{stage}/{layer}"'])
  await world.superproject.commitFiles({ '.github/layer-deploy.yml': shared }, { branch: 'test' })
  const run = await world.push('test')
  expect(errorsOf(run)).toEqual([])
  expect(rowsOf(run)['da_framework']?.[region]).toMatchObject({ status: 'unchanged', reason: 'access-changed' })
  expect(versions()).toEqual(before)
  const ids = stack('dev-da-framework-layer').resources.map(({ logicalId }) => logicalId)
  expect(ids.sort()).toEqual(['LayerVersion2', 'LayerVersionParameter', 'Newest', 'SharedWith444455556666'])
  expect(stack('dev-da-framework-layer').outputs['SsmParameterValue']).toMatch(/:layer:dev-da-framework-layer:3$/)
})

it('rollback brings the content back and keeps the template; what declares something else is refused', async () => {
  await world.superproject.commitFiles({ 'da_framework/layer/python/da_framework.py': '2\n' }, { branch: 'test' })
  expect(errorsOf(await world.push('test'))).toEqual([])
  const sha = await world.superproject.push('test')
  const rollback = (version: string) =>
    world.run({
      event: workflowDispatch({ ref: 'refs/heads/test', sha }),
      checkout: { branch: 'test', commit: sha, depth: 0 },
      account: sandboxAccount,
      inputs: { command: 'rollback', layers: 'da_framework', version }
    })
  const back = await rollback('3')
  expect(errorsOf(back)).toEqual([])
  expect(rowsOf(back)['da_framework']?.[region]).toMatchObject({ status: 'rolled-back', version: 5 })
  expect(stack('dev-da-framework-layer').resources.map(({ logicalId }) => logicalId)).toContain('Newest')

  world.aws.resetCalls()
  const refused = await rollback('1')
  expect(errorsOf(refused)[0]).toMatch(
    /^CONFIG_INVALID: Expected version 1 of .* to declare what .*own template declares/
  )
  expect(world.aws.writes()).toEqual([])
})

describe('refused before anything is built or written', () => {
  const refusal = async (text: string) => {
    await world.superproject.commitFiles({ 'templates/f.json': text }, { branch: 'test' })
    const run = await world.push('test')
    expect(run.exitCode).toBe(1)
    expect(world.aws.writes()).toEqual([])
    expect(run.log.join('\n')).not.toContain('Build layer da_framework')
    return errorsOf(run).join('\n')
  }

  it('F65 a policy that lets a version go', async () => {
    const { Framework, Newest } = plain('third').Resources
    const { UpdateReplacePolicy: _left, ...loose } = Framework
    const text = JSON.stringify({ ...plain('third'), Resources: { Framework: loose, Newest } }, null, 2)
    expect(await refusal(text)).toMatch(
      /^TEMPLATE_DELETES_VERSIONS: .*templates\/f\.json:9:5, .*UpdateReplacePolicy not given/
    )
  })

  it('two layers, and a syntax error: with the place', async () => {
    const { Framework } = plain('third').Resources
    const two = { ...plain('third'), Resources: { Framework, Second: Framework } }
    expect(await refusal(JSON.stringify(two))).toMatch(
      /^templates\/f\.json:1:\d+: CONFIG_INVALID: Expected exactly one/
    )
    expect(await refusal('{\n  "Resources": {,}\n}')).toMatch(/^templates\/f\.json:2:17: CONFIG_INVALID: /)
  })

  it('a plan says the same of a template in the superproject', async () => {
    await world.superproject.commitFiles({ 'templates/f.json': '{' }, { branch: 'feature', from: 'test' })
    const run = await world.pullRequest(1, 'feature', 'test')
    expect(errorsOf(run)[0]).toMatch(/^templates\/f\.json:1:2: CONFIG_INVALID: /)
  })

  it('no such template', async () => {
    await world.superproject.commitFiles({ 'templates/f.json': null }, { branch: 'test' })
    const run = await world.push('test')
    expect(errorsOf(run)[0]).toContain(
      'CONFIG_INVALID: Expected the template templates/f.json of the layer da_framework'
    )
  })
})

it('the emulators found nothing to complain of', () => {
  expect(world.github.violations).toEqual([])
  expect(world.aws.defects).toEqual([])
})
