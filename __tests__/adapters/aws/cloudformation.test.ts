/** Stacks: the exact requests, and what the emulated CloudFormation's answers become. */
import { beforeAll, expect, it } from '@jest/globals'
import { createAws } from '../../../src/adapters/aws/index.js'
import type { ChangeSetRequest, Stacks } from '../../../src/ports/aws.js'
import { stackTemplate } from '../../../src/publish-layers/engines/cloudformation/stack-template.js'
import { noAccess } from '../../../src/publish-layers/target.js'
import { storedObject, zipOf } from '../../support/zip-file.js'
import { accountId, bucketName, openAccount, region, type Account } from '../../trials/account.js'
import { requestsTo } from './requests-of.js'

let account: Account
let stacks: Stacks
beforeAll(async () => {
  account = await openAccount()
  const zip = zipOf([{ path: 'python/a.py', content: '' }])
  account.emulator.world.buckets.get(bucketName)!.objects.set('k.zip', storedObject('k.zip', zip, {}))
  const { signal } = new AbortController()
  stacks = createAws({ environment: process.env, signal, homeRegion: region, accountId }).region(region).stacks
})

const asked = requestsTo(() => account)
const arn = (kind: string, name: string) =>
  expect.stringMatching(new RegExp(`^arn:aws:cloudformation:${region}:${accountId}:${kind}/${name}/`))
const properties = { description: '', licenseInfo: '', compatibleRuntimes: [], compatibleArchitectures: [] }
const templateBody = stackTemplate('l', properties, 1, noAccess)
const request: ChangeSetRequest = {
  ...{ stackName: 's', changeSetName: 'c1', type: 'CREATE', token: 't1', templateBody, description: 'why' },
  parameters: { ArtifactBucket: bucketName, ArtifactKey: 'k.zip', Generation: '1' },
  ...{ capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'], tags: { one: '1', two: '2' } }
}

it('of a stack that is not there nothing is known, and nothing about it is an error', async () => {
  expect(await stacks.describe('none')).toBeNull()
  expect(await stacks.heldVersions('none')).toEqual([])
  expect(await stacks.describeChangeSet('none', 'c')).toBeNull()
  expect(await stacks.executeChangeSet('none', 'c', 'x')).toBe('not-executable')
  await stacks.deleteChangeSet('none', 'c')
  const name = { StackName: 'none' }
  expect(asked()).toEqual([
    ['cloudformation:DescribeStacks', name],
    ['cloudformation:DescribeStackResources', name],
    ['cloudformation:DescribeChangeSet', { ...name, ChangeSetName: 'c' }],
    ['cloudformation:ExecuteChangeSet', { ...name, ChangeSetName: 'c', ClientRequestToken: 'x' }],
    ['cloudformation:DeleteChangeSet', { ...name, ChangeSetName: 'c' }]
  ])
})

it('a change set is made with all that it brings, once', async () => {
  expect(await stacks.createChangeSet(request)).toBe('created')
  expect(await stacks.createChangeSet({ ...request, token: 't2' })).toBe('exists')
  const members = {
    ...{ StackName: 's', ChangeSetName: 'c1', ChangeSetType: 'CREATE', TemplateBody: templateBody, Description: 'why' },
    'Parameters.member.1.ParameterKey': 'ArtifactBucket',
    'Parameters.member.1.ParameterValue': bucketName,
    'Parameters.member.2.ParameterKey': 'ArtifactKey',
    'Parameters.member.2.ParameterValue': 'k.zip',
    'Parameters.member.3.ParameterKey': 'Generation',
    'Parameters.member.3.ParameterValue': '1',
    ...{ 'Capabilities.member.1': 'CAPABILITY_IAM', 'Capabilities.member.2': 'CAPABILITY_NAMED_IAM' },
    ...{
      'Tags.member.1.Key': 'one',
      'Tags.member.1.Value': '1',
      'Tags.member.2.Key': 'two',
      'Tags.member.2.Value': '2'
    }
  }
  expect(asked()).toEqual([
    ['cloudformation:CreateChangeSet', { ...members, ClientToken: 't1' }],
    ['cloudformation:CreateChangeSet', { ...members, ClientToken: 't2' }]
  ])
})

it('a change set is described with its changes', async () => {
  expect(await stacks.describeChangeSet('s', 'c1')).toMatchObject({ status: 'CREATE_IN_PROGRESS', changes: [] })
  expect(await stacks.describeChangeSet('s', 'c1')).toEqual({
    ...{ id: arn('changeSet', 'c1'), status: 'CREATE_COMPLETE', executionStatus: 'AVAILABLE', statusReason: '' },
    changes: [
      {
        ...{ action: 'Add', logicalId: 'LayerVersion', physicalId: null, resourceType: 'AWS::Lambda::LayerVersion' },
        ...{ replacement: null, policyAction: null }
      }
    ]
  })
  expect(await stacks.describeChangeSet('s', 'other')).toBeNull()
})

it('an execution is begun once, and its stack, versions and events are read', async () => {
  expect(await stacks.executeChangeSet('s', 'c1', 'x1')).toBe('started')
  expect(await stacks.executeChangeSet('s', 'c1', 'x2')).toBe('not-executable')
  const stack = {
    ...{ id: arn('stack', 's'), name: 's', parameters: request.parameters, tags: { one: '1', two: '2' } },
    ...{ changeSetId: arn('changeSet', 'c1'), terminationProtection: false }
  }
  expect(await stacks.describe('s')).toEqual({
    ...{ ...stack, status: 'CREATE_IN_PROGRESS', statusReason: 'User Initiated', outputs: {} }
  })
  const version = `arn:aws:lambda:${region}:${accountId}:layer:l:1`
  const outputs = { Generation: '1', LayerVersionArn: version }
  expect(await stacks.describe('s')).toEqual({ ...stack, status: 'CREATE_COMPLETE', statusReason: '', outputs })
  expect(await stacks.heldVersions('s')).toEqual([version])
  const [last, , begun] = await stacks.events('s')
  expect(last).toEqual({
    ...{ time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/), logicalId: 's', status: 'CREATE_COMPLETE', reason: '' },
    ...{ resourceType: 'AWS::CloudFormation::Stack', token: 'x1' }
  })
  expect(begun).toMatchObject({ status: 'CREATE_IN_PROGRESS', reason: 'Resource creation Initiated' })
  expect(asked().at(-1)).toEqual(['cloudformation:DescribeStackEvents', { StackName: 's' }])
})

it('a stack that is there cannot be created; an update may keep template and values', async () => {
  expect(await stacks.createChangeSet({ ...request, changeSetName: 'c2', token: 't3' })).toBe('not-now')
  account.emulator.resetCalls()
  const kept = { ...request, type: 'UPDATE', templateBody: null, capabilities: [], tags: {} } as const
  const parameters = { ArtifactBucket: null, ArtifactKey: 'k2.zip', Generation: null }
  expect(await stacks.createChangeSet({ ...kept, changeSetName: 'c3', token: 't4', parameters })).toBe('created')
  expect(asked()).toEqual([
    [
      'cloudformation:CreateChangeSet',
      {
        ...{ StackName: 's', ChangeSetName: 'c3', ChangeSetType: 'UPDATE', ClientToken: 't4', Description: 'why' },
        UsePreviousTemplate: 'true',
        'Parameters.member.1.ParameterKey': 'ArtifactBucket',
        'Parameters.member.1.UsePreviousValue': 'true',
        'Parameters.member.2.ParameterKey': 'ArtifactKey',
        'Parameters.member.2.ParameterValue': 'k2.zip',
        'Parameters.member.3.ParameterKey': 'Generation',
        'Parameters.member.3.UsePreviousValue': 'true',
        Tags: ''
      }
    ]
  ])
  await stacks.deleteChangeSet('s', 'c3')
  expect(await stacks.describeChangeSet('s', 'c3')).toBeNull()
})

it('protection is set as it is wanted, and a stack goes by its id', async () => {
  const { id } = (await stacks.describe('s'))!
  account.emulator.resetCalls()
  await stacks.protect('s', true)
  expect(await stacks.describe('s')).toMatchObject({ terminationProtection: true })
  await stacks.protect('s', false)
  await stacks.delete('s', id)
  expect(asked()).toEqual([
    ['cloudformation:UpdateTerminationProtection', { StackName: 's', EnableTerminationProtection: 'true' }],
    ['cloudformation:DescribeStacks', { StackName: 's' }],
    ['cloudformation:UpdateTerminationProtection', { StackName: 's', EnableTerminationProtection: 'false' }],
    ['cloudformation:DeleteStack', { StackName: id }]
  ])
})

type Ask = (name: string) => Promise<unknown>
it.each<[string, Ask]>([
  ['DescribeStacks', name => stacks.describe(name)],
  ['CreateChangeSet', name => stacks.createChangeSet({ ...request, stackName: name })],
  ['DescribeChangeSet', name => stacks.describeChangeSet(name, 'c')],
  ['ExecuteChangeSet', name => stacks.executeChangeSet(name, 'c', 'x')],
  ['DeleteChangeSet', name => stacks.deleteChangeSet(name, 'c')],
  ['UpdateTerminationProtection', name => stacks.protect(name, true)],
  ['DescribeStackResources', name => stacks.heldVersions(name)],
  ['DescribeStackEvents', name => stacks.events(name)],
  ['DeleteStack', name => stacks.delete(name, name)]
])('%s that is not allowed names the action and the stack as IAM does', async (action, ask) => {
  const withdraw = account.emulator.faults.add({ action: `cloudformation:${action}`, kind: 'denied', message: 'no' })
  const resource = `arn:aws:cloudformation:${region}:${accountId}:stack/t/*`
  await expect(ask('t')).rejects.toMatchObject({
    ...{ code: 'ACCESS_DENIED', finding: { expected: `permission for cloudformation:${action} on ${resource}` } }
  })
  withdraw()
})

it.each<[string, string, Ask, unknown]>([
  ['InvalidChangeSetStatus', 'ExecuteChangeSet', name => stacks.executeChangeSet(name, 'c', 'x'), 'not-executable'],
  ['ChangeSetNotFound', 'ExecuteChangeSet', name => stacks.executeChangeSet(name, 'c', 'x'), 'not-executable'],
  [
    'OperationInProgressException',
    'CreateChangeSet',
    name => stacks.createChangeSet({ ...request, stackName: name }),
    'not-now'
  ],
  [
    'AlreadyExistsException',
    'CreateChangeSet',
    name => stacks.createChangeSet({ ...request, stackName: name }),
    'exists'
  ],
  ['InvalidChangeSetStatus', 'DeleteChangeSet', name => stacks.deleteChangeSet(name, 'c'), undefined],
  ['ChangeSetNotFoundException', 'DescribeChangeSet', name => stacks.describeChangeSet(name, 'c'), null]
])('%s to %s is an answer', async (code, action, ask, expected) => {
  account.emulator.faults.add({ action: `cloudformation:${action}`, kind: 'error', code, status: 400, message: 'so' })
  expect(await ask('t')).toBe(expected)
})

it.each<[string, string, Ask]>([
  ['DescribeStacks', 'ValidationError', name => stacks.describe(name)],
  ['CreateChangeSet', 'TokenAlreadyExistsException', name => stacks.createChangeSet({ ...request, stackName: name })],
  ['ExecuteChangeSet', 'InsufficientCapabilitiesException', name => stacks.executeChangeSet(name, 'c', 'x')],
  ['DeleteChangeSet', 'ValidationError', name => stacks.deleteChangeSet(name, 'c')],
  ['DescribeChangeSet', 'ValidationError', name => stacks.describeChangeSet(name, 'c')],
  ['DescribeStackResources', 'ValidationError', name => stacks.heldVersions(name)]
])('%s with any other error fails: %s', async (action, code, ask) => {
  account.emulator.faults.add({ action: `cloudformation:${action}`, kind: 'error', code, status: 400, message: 'else' })
  await expect(ask('t')).rejects.toMatchObject({ code: 'AWS_FAILED', finding: { found: `${code}: else` } })
})
