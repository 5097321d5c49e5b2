import {
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  ListChangeSetsCommand
} from '@aws-sdk/client-cloudformation'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { listStacks } from '../../../emulators/aws/cloudformation/reader.js'
import { listLayers } from '../../../emulators/aws/lambda/reader.js'
import {
  deploy,
  execute,
  layerTemplate,
  makeChangeSet,
  parameters,
  readStack,
  smallZip,
  stackName,
  startAws,
  statuses,
  type Aws,
  type ChangeSetInput
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

const first: ChangeSetInput = {
  ChangeSetType: 'CREATE',
  TemplateBody: layerTemplate(),
  Parameters: parameters('v1.zip'),
  Tags: [{ Key: 'layer-deploy:commit', Value: 'abc' }]
}
const second: ChangeSetInput = { ChangeSetName: 'c2', UsePreviousTemplate: true, Parameters: parameters('v2.zip') }
const layerArn = `arn:aws:lambda:${region}:${sandbox}:layer:dev-da-flask-layer`
const layers = (): unknown =>
  listLayers(aws.emulator.world, sandbox, region).map(layer => [
    layer.versions.map(one => one.version),
    layer.deletedVersions
  ])
const create = (input: ChangeSetInput): Promise<unknown> =>
  aws.cloudformation.send(new CreateChangeSetCommand({ StackName: stackName, ChangeSetName: 'c1', ...input }))
const describeSet = (ChangeSetName: string): Promise<unknown> =>
  aws.cloudformation.send(new DescribeChangeSetCommand({ StackName: stackName, ChangeSetName }))

describe('a layer stack through change sets', () => {
  it('creates: REVIEW_IN_PROGRESS without tags, then the layer, output and tags', async () => {
    const changeSet = await makeChangeSet(aws, first)
    expect(changeSet).toMatchObject({ Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE', Tags: first.Tags })
    const change = { Action: 'Add', LogicalResourceId: 'Layer', ResourceType: 'AWS::Lambda::LayerVersion' }
    expect(changeSet.Changes).toMatchObject([{ Type: 'Resource', ResourceChange: change }])
    expect(await readStack(aws)).toMatchObject({ StackStatus: 'REVIEW_IN_PROGRESS', Tags: [], Parameters: [] })
    expect(layers()).toEqual([])
    await execute(aws)
    expect(await readStack(aws)).toMatchObject({ StackStatus: 'CREATE_IN_PROGRESS', Outputs: [], Tags: first.Tags })
    expect(await readStack(aws)).toMatchObject({
      StackStatus: 'CREATE_COMPLETE',
      ChangeSetId: changeSet.ChangeSetId,
      Outputs: [{ OutputKey: 'LayerVersionArn', OutputValue: `${layerArn}:1` }],
      Parameters: parameters('v1.zip'),
      Tags: first.Tags
    })
    const got = await aws.cloudformation.send(new GetTemplateCommand({ StackName: stackName }))
    expect(got.TemplateBody).toBe(layerTemplate())
  })

  it('updates by replacement; with Retain the old version stays, and tags that are not given stay', async () => {
    await deploy(aws, first)
    const changeSet = await makeChangeSet(aws, second)
    expect(changeSet.Changes).toEqual([
      {
        Type: 'Resource',
        ResourceChange: {
          PolicyAction: 'ReplaceAndRetain',
          Action: 'Modify',
          LogicalResourceId: 'Layer',
          PhysicalResourceId: `${layerArn}:1`,
          ResourceType: 'AWS::Lambda::LayerVersion',
          Replacement: 'True',
          Scope: ['Properties'],
          Details: [
            { Target: contentTarget, Evaluation: 'Static', ChangeSource: 'ParameterReference', CausingEntity: 'Key' },
            { Target: contentTarget, Evaluation: 'Dynamic', ChangeSource: 'DirectModification' }
          ],
          BeforeContext: expect.stringContaining('v1.zip'),
          AfterContext: expect.stringContaining('v2.zip')
        }
      }
    ])
    await execute(aws, 'c2')
    expect(await statuses(aws)).toEqual([
      'UPDATE_IN_PROGRESS',
      'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'UPDATE_COMPLETE'
    ])
    expect((await readStack(aws)).Outputs?.[0]?.OutputValue).toBe(`${layerArn}:2`)
    expect((await readStack(aws)).Tags).toEqual(first.Tags)
    expect(layers()).toEqual([[[1, 2], []]])
  })

  it('without UpdateReplacePolicy the old version is deleted, in the cleanup phase', async () => {
    await deploy(aws, { ...first, TemplateBody: layerTemplate({ retain: false }) })
    const changeSet = await makeChangeSet(aws, second)
    expect(changeSet.Changes?.[0]?.ResourceChange?.PolicyAction).toBe('ReplaceAndDelete')
    await execute(aws, 'c2')
    expect((await readStack(aws)).StackStatus).toBe('UPDATE_IN_PROGRESS')
    expect((await readStack(aws)).StackStatus).toBe('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS')
    expect(layers()).toEqual([[[1, 2], []]])
    expect((await readStack(aws)).StackStatus).toBe('UPDATE_COMPLETE')
    expect(layers()).toEqual([[[2], [1]]])
  })

  it('F64 the same again is FAILED, not executable, and writes nothing', async () => {
    await deploy(aws, first)
    const changeSet = await makeChangeSet(aws, { ...first, ChangeSetType: 'UPDATE', ChangeSetName: 'c2' })
    expect(changeSet).toMatchObject({
      Status: 'FAILED',
      ExecutionStatus: 'UNAVAILABLE',
      StatusReason:
        "The submitted information didn't contain changes. Submit different information to create a change set.",
      Changes: []
    })
    expect(await failure(execute(aws, 'c2'))).toMatchObject({
      name: 'InvalidChangeSetStatusException',
      message: expect.stringMatching(/cannot be executed in its current status of \[FAILED\]/)
    })
    expect(layers()).toEqual([[[1], []]])
  })

  it('tags alone make an executable change set without changes, and no new version', async () => {
    await deploy(aws, first)
    const Tags = [{ Key: 'layer-deploy:commit', Value: 'def' }]
    const changeSet = await makeChangeSet(aws, { ...second, Parameters: parameters('v1.zip'), Tags })
    expect(changeSet).toMatchObject({ Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE', Changes: [] })
    await execute(aws, 'c2')
    await statuses(aws)
    expect(await readStack(aws)).toMatchObject({ StackStatus: 'UPDATE_COMPLETE', Tags })
    expect(layers()).toEqual([[[1], []]])
    const none = await makeChangeSet(aws, {
      ...second,
      ChangeSetName: 'c3',
      Parameters: parameters('v1.zip'),
      Tags: []
    })
    expect(none).toMatchObject({ Status: 'CREATE_COMPLETE', Tags: [] })
  })

  it('a policy alone is a change without replacement, and takes effect', async () => {
    await deploy(aws, { ...first, TemplateBody: layerTemplate({ retain: false }) })
    const changed = { ...first, ChangeSetType: 'UPDATE', ChangeSetName: 'c2', TemplateBody: layerTemplate() } as const
    const changeSet = await makeChangeSet(aws, changed)
    expect(changeSet.Changes?.[0]?.ResourceChange).toMatchObject({
      Replacement: 'False',
      Scope: ['DeletionPolicy', 'UpdateReplacePolicy']
    })
    await execute(aws, 'c2')
    await statuses(aws)
    await deploy(aws, { ...second, ChangeSetName: 'c3' })
    expect(layers()).toEqual([[[1, 2], []]])
  })

  it('stays in progress for as many reads as the world says, and is done at once for none', async () => {
    await aws.emulator.close()
    aws = await startAws({ inProgressReads: 3 })
    await aws.put('v1.zip', smallZip('one'))
    await create(first)
    const seen: unknown[] = []
    for (let read = 0; read < 4; read += 1) seen.push(((await describeSet('c1')) as { Status: string }).Status)
    expect(seen).toEqual(['CREATE_PENDING', 'CREATE_IN_PROGRESS', 'CREATE_IN_PROGRESS', 'CREATE_COMPLETE'])
    await execute(aws)
    expect(await statuses(aws)).toEqual([...Array<string>(3).fill('CREATE_IN_PROGRESS'), 'CREATE_COMPLETE'])
    await aws.emulator.close()
    aws = await startAws({ inProgressReads: 0 })
    await aws.put('v1.zip', smallZip('one'))
    await create(first)
    await execute(aws)
    expect(listStacks(aws.emulator.world, sandbox, region)).toMatchObject([{ status: 'CREATE_COMPLETE' }])
  })
})

const contentTarget = {
  Attribute: 'Properties',
  Name: 'Content',
  RequiresRecreation: 'Always',
  Path: '/Properties/Content',
  BeforeValue: '{"S3Bucket":"sandbox-code","S3Key":"v1.zip"}',
  AfterValue: '{"S3Bucket":"sandbox-code","S3Key":"v2.zip"}'
}

describe('names and tokens', () => {
  it('F67 a taken name is AlreadyExistsException; the same token and request give the same change set', async () => {
    const input = { ...first, ClientToken: 'token-1' }
    const made = await create(input)
    expect(await create(input)).toMatchObject({ Id: (made as { Id: string }).Id })
    const taken = { name: 'AlreadyExistsException' }
    expect(await failure(create(first))).toMatchObject(taken)
    expect(await failure(create({ ...input, Parameters: parameters('v2.zip') }))).toMatchObject(taken)
    expect(listStacks(aws.emulator.world, sandbox, region)).toMatchObject([{ changeSets: ['c1'] }])
  })

  it('an executed change set gives its name back, is found by its ARN, and takes its siblings with it', async () => {
    const { ChangeSetId = '' } = await makeChangeSet(aws, first)
    await makeChangeSet(aws, { ...first, ChangeSetName: 'sibling' })
    await execute(aws)
    expect(await describeSet('c1')).toMatchObject({ ExecutionStatus: 'EXECUTE_IN_PROGRESS' })
    expect(await failure(describeSet('sibling'))).toMatchObject({ name: 'ChangeSetNotFoundException', status: 404 })
    await statuses(aws)
    expect(await failure(describeSet('c1'))).toMatchObject({ name: 'ChangeSetNotFoundException' })
    const byArn = new DescribeChangeSetCommand({ ChangeSetName: ChangeSetId })
    expect(await aws.cloudformation.send(byArn)).toMatchObject({ ExecutionStatus: 'EXECUTE_COMPLETE' })
    expect(
      await failure(aws.cloudformation.send(new ExecuteChangeSetCommand({ ChangeSetName: ChangeSetId })))
    ).toMatchObject({
      name: 'InvalidChangeSetStatusException'
    })
    expect(await makeChangeSet(aws, { ...second, ChangeSetName: 'c1' })).toMatchObject({ Status: 'CREATE_COMPLETE' })
  })

  it('a repeated execution with the same token is the same execution, even after its end', async () => {
    await makeChangeSet(aws, first)
    await execute(aws, 'c1', { ClientRequestToken: 't1' })
    await execute(aws, 'c1', { ClientRequestToken: 't1' })
    expect(await failure(execute(aws, 'c1', { ClientRequestToken: 't2' }))).toMatchObject({
      name: 'InvalidChangeSetStatusException'
    })
    await statuses(aws)
    await execute(aws, 'c1', { ClientRequestToken: 't1' })
    expect(await statuses(aws)).toEqual(['CREATE_COMPLETE'])
    expect(layers()).toEqual([[[1], []]])
  })

  it('deletes change sets, also missing ones, and lists the rest', async () => {
    await makeChangeSet(aws, first)
    await makeChangeSet(aws, { ...first, ChangeSetName: 'c2' })
    const StackName = stackName
    const remove = new DeleteChangeSetCommand({ StackName, ChangeSetName: 'c1' })
    await aws.cloudformation.send(remove)
    await aws.cloudformation.send(remove)
    const { Summaries } = await aws.cloudformation.send(new ListChangeSetsCommand({ StackName }))
    expect(Summaries).toMatchObject([{ ChangeSetName: 'c2', Status: 'CREATE_COMPLETE' }])
    expect(await failure(execute(aws, 'c1'))).toMatchObject({ name: 'ChangeSetNotFoundException' })
  })

  it('a change set in the making cannot be executed', async () => {
    await create(first)
    expect((await failure(execute(aws))).message).toMatch(/current status of \[CREATE_IN_PROGRESS\]/)
  })
})

describe('bad requests', () => {
  it.each<[string, ChangeSetInput, RegExp]>([
    ['UPDATE of no stack', { ...first, ChangeSetType: 'UPDATE' }, /^Stack \[dev-da-flask-layer\] does not exist$/],
    ['a missing parameter', { ...first, Parameters: [] }, /^Parameters: \[Bucket, Key\] must have values$/],
    [
      'an unknown parameter',
      { ...first, Parameters: [...parameters('a'), { ParameterKey: 'X', ParameterValue: '1' }] },
      /^Parameters: \[X\] do not exist in the template$/
    ],
    ['no template', { ChangeSetType: 'CREATE' }, /Template Body must be specified/],
    ['a broken template', { ...first, TemplateBody: '{' }, /^Template format error: JSON not well-formed/],
    ['a bad name', { ...first, ChangeSetName: '1c' }, /'changeSetName' failed/],
    ['51 tags', { ...first, Tags: tags(51) }, /less than or equal to 50/],
    ['a tag key of 129', { ...first, Tags: [{ Key: 'k'.repeat(129), Value: 'v' }] }, /tags\.0\.Key/],
    ['a tag value of 257', { ...first, Tags: [{ Key: 'k', Value: 'v'.repeat(257) }] }, /tags\.0\.Value/],
    ['an empty tag value', { ...first, Tags: [{ Key: 'k', Value: '' }] }, /tags\.0\.Value/],
    ['a tag character', { ...first, Tags: [{ Key: 'k', Value: 'a#b' }] }, /tags\.0\.Value/],
    ['an aws: tag', { ...first, Tags: [{ Key: 'aws:k', Value: 'v' }] }, /aws: prefixed/],
    ['a tag twice', { ...first, Tags: [...tags(1), ...tags(1)] }, /Duplicate/],
    [
      'what is not implemented',
      { ...first, RoleARN: 'arn:aws:iam::111122223333:role/x' },
      /does not implement the parameter RoleARN/
    ]
  ])('refuses %s', async (_what, input, message) => {
    const refused = { name: 'ValidationError', status: 400, message: expect.stringMatching(message) }
    expect(await failure(create(input))).toMatchObject(refused)
    expect(listStacks(aws.emulator.world, sandbox, region)).toEqual([])
  })

  it('takes 50 tags of full length and every allowed character', async () => {
    const Tags = [...tags(49), { Key: 'layer-deploy:k_./=+@ ö'.padEnd(128, 'k'), Value: 'v'.repeat(256) }]
    expect(await makeChangeSet(aws, { ...first, Tags })).toMatchObject({ Tags })
  })

  it('says that a stack does not exist, also for one in another region', async () => {
    await deploy(aws, first)
    const missing = { name: 'ValidationError', message: 'Stack with id none does not exist' }
    expect(await failure(readStack(aws, 'none'))).toMatchObject(missing)
    expect(listStacks(aws.emulator.world, sandbox, 'eu-west-1')).toEqual([])
  })

  it('refuses CREATE of a stack that exists', async () => {
    await deploy(aws, first)
    expect((await failure(create(first))).message).toMatch(/already exists and cannot be created again/)
  })
})

function tags(count: number): { Key: string; Value: string }[] {
  return Array.from({ length: count }, (_, index) => ({ Key: `k${index}`, Value: 'v' }))
}
