import {
  ContinueUpdateRollbackCommand,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
  StackStatus,
  UpdateStackCommand,
  UpdateTerminationProtectionCommand
} from '@aws-sdk/client-cloudformation'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { forceStackStatus, listStacks } from '../../../emulators/aws/cloudformation/reader.js'
import { listLayers } from '../../../emulators/aws/lambda/reader.js'
import * as fixtures from './layer-fixtures.js'
import {
  deploy,
  execute,
  layerTemplate,
  makeChangeSet,
  parameters,
  readStack,
  stackName,
  statuses
} from './layer-fixtures.js'
import { failure, region, sandbox } from './start-emulator.js'

let aws: fixtures.Aws
beforeEach(async () => {
  aws = await fixtures.startAws()
  await aws.put('v1.zip', fixtures.smallZip('one'))
  await aws.put('v2.zip', fixtures.smallZip('two'))
})
afterEach(async () => {
  expect(aws.emulator.defects).toEqual([])
  await aws.emulator.close()
})

const first: fixtures.ChangeSetInput = {
  ChangeSetType: 'CREATE',
  TemplateBody: layerTemplate(),
  Parameters: parameters('v1.zip'),
  Tags: [{ Key: 'commit', Value: 'one' }]
}
const update = (key: string): fixtures.ChangeSetInput => ({
  ChangeSetName: 'c2',
  UsePreviousTemplate: true,
  Parameters: parameters(key),
  Tags: [{ Key: 'commit', Value: 'two' }]
})
const where = { accountId: sandbox, region, stackName }
const layers = (): unknown =>
  listLayers(aws.emulator.world, sandbox, region).map(layer => [
    layer.versions.map(one => one.version),
    layer.deletedVersions
  ])
const stack = (): ReturnType<typeof listStacks>[number] => listStacks(aws.emulator.world, sandbox, region).at(-1)!

async function events(nameOrId = stackName): Promise<[string?, string?, string?][]> {
  const command = new DescribeStackEventsCommand({ StackName: nameOrId })
  const { StackEvents = [] } = await aws.cloudformation.send(command)
  return StackEvents.map(event => [
    event.LogicalResourceId,
    event.ResourceStatus,
    event.ResourceStatusReason
  ]).reverse() as never
}

/** The layer, and a parameter that fails after it because its name is taken. */
const failsLate = (retain: boolean): string =>
  layerTemplate({ retain, more: { Pointer: { Type: 'AWS::SSM::Parameter', DependsOn: 'Layer', Properties: pointer } } })
const pointer = { Name: '/taken', Type: 'String', Value: { Ref: 'Layer' } }

describe('a failing creation', () => {
  it("rolls back to ROLLBACK_COMPLETE with Lambda's error as the reason", async () => {
    await makeChangeSet(aws, { ...first, Parameters: parameters('none.zip') })
    await execute(aws)
    expect(await statuses(aws)).toEqual(['CREATE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS', 'ROLLBACK_COMPLETE'])
    const reason = (await events()).find(([id, status]) => id === 'Layer' && status === 'CREATE_FAILED')?.[2]
    expect(reason).toMatch(
      /^Resource handler returned message: "Error occurred while GetObject\. S3 Error Code: NoSuchKey\. S3 Error Message: The specified key does not exist\. \(Service: Lambda, Status Code: 400, Request ID: [-0-9a-f]+\)" \(RequestToken: [-0-9a-f]+, HandlerErrorCode: InvalidRequest\)$/
    )
    expect(layers()).toEqual([])
    expect((await failure(makeChangeSet(aws, update('v1.zip')))).message).toMatch(
      /^Stack:arn:aws:cloudformation:.* is in ROLLBACK_COMPLETE state and can not be updated\.$/
    )
  })

  it.each([
    ['deletes what it had made', false, [[[], [1]]]],
    ['lets go what is retained', true, [[[1], []]]]
  ])('%s', async (_what, retain, expected) => {
    aws.emulator.world.region(sandbox, region).parameters.set('/taken', { value: 'x', type: 'String', version: 1 })
    await deploy(aws, { ...first, TemplateBody: failsLate(retain) })
    expect(stack()).toMatchObject({ status: 'ROLLBACK_COMPLETE', resources: [] })
    expect(layers()).toEqual(expected)
    expect((await events()).map(event => event[1])).toContain(retain ? 'DELETE_SKIPPED' : 'DELETE_COMPLETE')
  })

  it.each([
    ['OnStackFailure DELETE', { OnStackFailure: 'DELETE' }, 'DELETE_COMPLETE'],
    ['OnStackFailure DO_NOTHING', { OnStackFailure: 'DO_NOTHING' }, 'CREATE_FAILED']
  ] as const)('with %s ends in %s', async (_what, more, expected) => {
    const { StackId = '' } = await makeChangeSet(aws, { ...first, ...more, Parameters: parameters('none.zip') })
    await execute(aws)
    expect((await statuses(aws, StackId)).at(-1)).toBe(expected)
  })

  it('is told by the schema where a property is wrong or unknown', async () => {
    const more = { Other: { Type: 'AWS::Lambda::LayerVersion', Properties: { Description: 1, Layername: 'x' } } }
    await deploy(aws, { ...first, TemplateBody: layerTemplate({ more }) })
    const reason = (await events()).find(([id, status]) => id === 'Other' && status === 'CREATE_FAILED')?.[2]
    expect(reason).toBe(
      'Properties validation failed for resource Other with message:\n#: required key [Content] not found\n#: extraneous key [Layername] is not permitted\n#/Description: expected type: String, found: number'
    )
  })
})

describe('a failing update', () => {
  it('rolls back to the old parameters, tags, outputs and layer', async () => {
    await deploy(aws, first)
    const before = stack()
    await makeChangeSet(aws, update('none.zip'))
    await execute(aws, 'c2')
    expect(stack().tags).toEqual({ commit: 'two' })
    expect(await statuses(aws)).toEqual([
      'UPDATE_IN_PROGRESS',
      'UPDATE_ROLLBACK_IN_PROGRESS',
      'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
      'UPDATE_ROLLBACK_COMPLETE'
    ])
    const { tags, parameters: values, outputs, resources } = before
    expect(stack()).toMatchObject({ tags, parameters: values, outputs, resources, changeSets: ['c2'] })
    expect(layers()).toEqual([[[1], []]])
    expect((await failure(execute(aws, 'c2'))).message).toMatch(/execution status of \[EXECUTE_FAILED\]/)
    expect(await deploy(aws, { ...update('v2.zip'), ChangeSetName: 'c3' })).toMatchObject({
      StackStatus: 'UPDATE_COMPLETE'
    })
  })

  it.each([
    ['deletes the new version', false, [[[1], [2]]]],
    ['lets the new version go where it is retained', true, [[[1, 2], []]]]
  ])('of a later resource %s', async (_what, retain, expected) => {
    await deploy(aws, { ...first, TemplateBody: layerTemplate({ retain }) })
    aws.emulator.world.region(sandbox, region).parameters.set('/taken', { value: 'x', type: 'String', version: 1 })
    const input = { ChangeSetName: 'c2', TemplateBody: failsLate(retain), Parameters: parameters('v2.zip') }
    expect(await deploy(aws, input)).toMatchObject({ StackStatus: 'UPDATE_ROLLBACK_COMPLETE' })
    expect(layers()).toEqual(expected)
    expect(stack().resources).toMatchObject([{ physicalId: expect.stringMatching(/:1$/) }])
  })
})

describe('F68 every status', () => {
  const updatable = [
    'CREATE_COMPLETE',
    'CREATE_FAILED',
    'IMPORT_COMPLETE',
    'IMPORT_ROLLBACK_COMPLETE',
    'UPDATE_COMPLETE',
    'UPDATE_FAILED',
    'UPDATE_ROLLBACK_COMPLETE'
  ]
  it.each(Object.values(StackStatus))('%s: a change set is made or refused', async status => {
    const { StackId = '' } = await deploy(aws, first)
    forceStackStatus(aws.emulator.world, where, status)
    expect((await readStack(aws, StackId)).StackStatus).toBe(status)
    const send = (): Promise<unknown> =>
      aws.cloudformation.send(
        new CreateChangeSetCommand({ StackName: stackName, ...update('v2.zip'), ChangeSetName: 'c2' })
      )
    if (updatable.includes(status)) await send()
    else {
      const message =
        status === 'DELETE_COMPLETE' ? /does not exist/ : new RegExp(`is in ${status} state and can not be updated`)
      expect(await failure(send())).toMatchObject({ name: 'ValidationError', message: expect.stringMatching(message) })
    }
  })

  it('F62 UPDATE_ROLLBACK_FAILED can be continued', async () => {
    await deploy(aws, first)
    forceStackStatus(aws.emulator.world, where, 'UPDATE_ROLLBACK_FAILED', 'by the test')
    await aws.cloudformation.send(new ContinueUpdateRollbackCommand({ StackName: stackName }))
    expect((await statuses(aws)).at(-1)).toBe('UPDATE_ROLLBACK_COMPLETE')
    expect(
      (await failure(aws.cloudformation.send(new ContinueUpdateRollbackCommand({ StackName: stackName })))).name
    ).toBe('ValidationError')
  })

  it('F63 nothing else starts while an update runs', async () => {
    await deploy(aws, first)
    await makeChangeSet(aws, update('v2.zip'))
    await execute(aws, 'c2')
    expect((await failure(makeChangeSet(aws, { ...update('v1.zip'), ChangeSetName: 'c3' }))).message).toMatch(
      /is in UPDATE_IN_PROGRESS/
    )
    expect((await failure(aws.cloudformation.send(new DeleteStackCommand({ StackName: stackName })))).message).toMatch(
      /cannot be deleted while in status UPDATE_IN_PROGRESS/
    )
  })
})

describe('deletion', () => {
  it.each([
    ['keeps what is retained', true, [[[1], []]], 'DELETE_SKIPPED'],
    ['deletes what is not', false, [[[], [1]]], 'DELETE_COMPLETE']
  ])('of the stack %s', async (_what, retain, expected, status) => {
    const { StackId = '' } = await deploy(aws, { ...first, TemplateBody: layerTemplate({ retain }) })
    await aws.cloudformation.send(new DeleteStackCommand({ StackName: stackName }))
    expect(await statuses(aws, StackId)).toEqual(['DELETE_IN_PROGRESS', 'DELETE_COMPLETE'])
    expect(layers()).toEqual(expected)
    expect((await events(StackId)).filter(event => event[0] === 'Layer').at(-1)).toMatchObject(['Layer', status])
    expect(await failure(readStack(aws))).toMatchObject({ name: 'ValidationError' })
    await aws.cloudformation.send(new DeleteStackCommand({ StackName: stackName }))
    await makeChangeSet(aws, first)
    expect(listStacks(aws.emulator.world, sandbox, region).map(one => one.status)).toEqual([
      'DELETE_COMPLETE',
      'REVIEW_IN_PROGRESS'
    ])
  })

  it('of a resource from the template follows its policy', async () => {
    const properties = { LayerName: 'other', Content: { S3Bucket: 'sandbox-code', S3Key: 'v1.zip' } }
    const other = (policy: object): object => ({ Type: 'AWS::Lambda::LayerVersion', ...policy, Properties: properties })
    const more = { Gone: other({}), Kept: other({ DeletionPolicy: 'Retain' }) }
    await deploy(aws, { ...first, TemplateBody: layerTemplate({ more }) })
    const input = { ChangeSetName: 'c2', TemplateBody: layerTemplate(), Parameters: parameters('v1.zip') }
    const { Changes } = await makeChangeSet(aws, input)
    expect(Changes?.map(change => [change.ResourceChange?.Action, change.ResourceChange?.PolicyAction])).toEqual([
      ['Remove', 'Delete'],
      ['Remove', 'Retain']
    ])
    await execute(aws, 'c2')
    await statuses(aws)
    expect(layers()).toMatchObject([
      [[1], []],
      [[2], [1]]
    ])
  })

  it('is refused under termination protection', async () => {
    await deploy(aws, first)
    const protect = (on: boolean): Promise<unknown> =>
      aws.cloudformation.send(
        new UpdateTerminationProtectionCommand({ StackName: stackName, EnableTerminationProtection: on })
      )
    await protect(true)
    expect(await readStack(aws)).toMatchObject({ EnableTerminationProtection: true })
    const remove = (): Promise<unknown> => aws.cloudformation.send(new DeleteStackCommand({ StackName: stackName }))
    expect((await failure(remove())).message).toMatch(/cannot be deleted while TerminationProtection is enabled/)
    await protect(false)
    await remove()
    expect(stack().status).toBe('DELETE_IN_PROGRESS')
  })
})

describe('without change sets', () => {
  it('creates, refuses the same again, updates', async () => {
    const input = { StackName: stackName, TemplateBody: layerTemplate(), Parameters: parameters('v1.zip') }
    await aws.cloudformation.send(new CreateStackCommand(input))
    expect(await failure(aws.cloudformation.send(new CreateStackCommand(input)))).toMatchObject({
      name: 'AlreadyExistsException'
    })
    await statuses(aws)
    expect(await failure(aws.cloudformation.send(new UpdateStackCommand(input)))).toMatchObject({
      name: 'ValidationError',
      message: 'No updates are to be performed.'
    })
    await aws.cloudformation.send(new UpdateStackCommand({ ...input, Parameters: parameters('v2.zip') }))
    expect((await statuses(aws)).at(-1)).toBe('UPDATE_COMPLETE')
    const { StackResources } = await aws.cloudformation.send(
      new DescribeStackResourcesCommand({ StackName: stackName })
    )
    const physical = { LogicalResourceId: 'Layer', PhysicalResourceId: expect.stringMatching(/:2$/) }
    expect(StackResources).toMatchObject([physical])
    const listed = await aws.cloudformation.send(new ListStackResourcesCommand({ StackName: stackName }))
    expect(listed.StackResourceSummaries).toMatchObject([physical])
    const { StackSummaries } = await aws.cloudformation.send(
      new ListStacksCommand({ StackStatusFilter: ['UPDATE_COMPLETE'] })
    )
    expect(StackSummaries).toMatchObject([{ StackName: stackName }])
  })
})

describe('in whose name', () => {
  it.each(['s3:GetObject', 'lambda:PublishLayerVersion'])(
    'a creation fails where IAM denies %s to the caller',
    async denied => {
      await aws.emulator.close()
      aws = await fixtures.startAws({ authorize: ({ action }) => (action === denied ? { deny: 'no' } : 'allow') })
      await aws.put('v1.zip', fixtures.smallZip('one'))
      expect(await deploy(aws, first)).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' })
      const reason = (await events()).find(([id, status]) => id === 'Layer' && status === 'CREATE_FAILED')?.[2]
      expect(reason).toMatch(
        /denied by S3|not authorized to perform: lambda:PublishLayerVersion on resource: arn:aws:lambda:us-east-2:111122223333:layer:dev-da-flask-layer /
      )
      expect(reason).toMatch(/HandlerErrorCode: AccessDenied/)
      expect(layers()).toEqual([])
    }
  )
})
