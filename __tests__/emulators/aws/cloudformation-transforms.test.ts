/** SAM's transform in change sets and in direct calls. What it makes of a layer is compared with AWS's own in `npm run test:real`. */
import { CreateStackCommand, GetTemplateSummaryCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation'
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { listLayers } from '../../../emulators/aws/lambda/reader.js'
import {
  deploy,
  makeChangeSet,
  parameters,
  readStack,
  smallZip,
  startAws,
  statuses,
  type Aws
} from './layer-fixtures.js'
import { failure, region, sandbox } from './start-emulator.js'

let aws: Aws
beforeEach(async () => {
  aws = await startAws()
  await aws.put('v1.zip', smallZip('one'))
  await aws.put('v2.zip', smallZip('two'))
})
afterEach(async () => {
  expect(aws.emulator.defects).toEqual([])
  await aws.emulator.close()
})

const template = (attributes: object = {}, content: unknown = { Bucket: { Ref: 'Bucket' }, Key: { Ref: 'Key' } }) =>
  JSON.stringify({
    Transform: 'AWS::Serverless-2016-10-31',
    Parameters: { Bucket: { Type: 'String' }, Key: { Type: 'String' } },
    Resources: {
      Layer: {
        Type: 'AWS::Serverless::LayerVersion',
        ...attributes,
        Properties: { LayerName: 'dev-da-flask-layer', ContentUri: content, CompatibleRuntimes: ['python3.10'] }
      }
    },
    Outputs: { LayerVersionArn: { Value: { Ref: 'Layer' } } }
  })
const layers = () =>
  listLayers(aws.emulator.world, sandbox, region).map(layer => [
    layer.versions.map(({ version }) => version),
    layer.deletedVersions
  ])
const created = { ChangeSetType: 'CREATE', Parameters: parameters('v1.zip') } as const
const updated = { ChangeSetName: 'c2', UsePreviousTemplate: true, Parameters: parameters('v2.zip') } as const

it('a change set expands it, whatever capabilities it names', async () => {
  const changeSet = await makeChangeSet(aws, { ...created, TemplateBody: template() })
  expect(changeSet.Changes?.[0]?.ResourceChange).toMatchObject({
    LogicalResourceId: expect.stringMatching(/^Layer[0-9a-f]{10}$/),
    ResourceType: 'AWS::Lambda::LayerVersion'
  })
})

it('a key that is a parameter keeps the logical id, and without UpdateReplacePolicy the update deletes the old version', async () => {
  await deploy(aws, { ...created, TemplateBody: template() })
  const changeSet = await makeChangeSet(aws, updated)
  expect(changeSet.Changes?.[0]?.ResourceChange).toMatchObject({ PolicyAction: 'ReplaceAndDelete' })
  await deploy(aws, { ...updated, ChangeSetName: 'c3' })
  expect(layers()).toEqual([[[2], [1]]])
})

it('UpdateReplacePolicy beside Type keeps it', async () => {
  await deploy(aws, { ...created, TemplateBody: template({ UpdateReplacePolicy: 'Retain' }) })
  await deploy(aws, updated)
  expect(layers()).toEqual([[[1, 2], []]])
})

it('a key that is written out makes another logical id: the old version is removed from the stack, and retained', async () => {
  const literal = (key: string) => template({}, `s3://sandbox-code/${key}`)
  await deploy(aws, { ...created, TemplateBody: literal('v1.zip') })
  await deploy(aws, { ...updated, UsePreviousTemplate: false, TemplateBody: literal('v2.zip') })
  expect(layers()).toEqual([[[1, 2], []]])
})

it('what the transform refuses fails the change set, and nothing else', async () => {
  const changeSet = await makeChangeSet(aws, { ...created, TemplateBody: template({}, './layer') })
  expect(changeSet).toMatchObject({
    Status: 'FAILED',
    StatusReason: expect.stringMatching(
      /^Transform AWS::Serverless-2016-10-31 failed with: Invalid Serverless Application Specification document\. Number of errors found: 1\. Resource with id \[Layer[0-9a-f]{10}\] is invalid\. 'ContentUri' is not a valid S3 Uri/
    )
  })
  expect(await readStack(aws)).toMatchObject({ StackStatus: 'REVIEW_IN_PROGRESS' })
})

it('direct calls want CAPABILITY_AUTO_EXPAND', async () => {
  const input = { StackName: 'direct', TemplateBody: template(), Parameters: parameters('v1.zip') }
  const refused = await failure(aws.cloudformation.send(new CreateStackCommand(input)))
  expect(refused).toMatchObject({
    name: 'InsufficientCapabilitiesException',
    message: 'Requires capabilities : [CAPABILITY_AUTO_EXPAND]'
  })
  await aws.cloudformation.send(new CreateStackCommand({ ...input, Capabilities: ['CAPABILITY_AUTO_EXPAND'] }))
  await statuses(aws, 'direct')
  const again = { ...input, Parameters: parameters('v2.zip') }
  expect(await failure(aws.cloudformation.send(new UpdateStackCommand(again)))).toMatchObject({
    name: 'InsufficientCapabilitiesException'
  })
})

it('a summary names the transform; another one than SAM is refused by name', async () => {
  const summary = await aws.cloudformation.send(
    new GetTemplateSummaryCommand({ TemplateBody: template({}, 's3://b/k') })
  )
  expect(summary).toMatchObject({
    Capabilities: ['CAPABILITY_AUTO_EXPAND'],
    DeclaredTransforms: ['AWS::Serverless-2016-10-31']
  })
  const other = template().replace('AWS::Serverless-2016-10-31', 'Mine')
  const refused = await failure(aws.cloudformation.send(new GetTemplateSummaryCommand({ TemplateBody: other })))
  expect(refused).toMatchObject({
    name: 'ValidationError',
    message: expect.stringContaining('No transform named "Mine"')
  })
})
