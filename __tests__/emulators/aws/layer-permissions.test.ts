import {
  AddLayerVersionPermissionCommand,
  GetLayerVersionByArnCommand,
  GetLayerVersionPolicyCommand,
  LambdaClient,
  PublishLayerVersionCommand,
  RemoveLayerVersionPermissionCommand,
  type AddLayerVersionPermissionCommandInput
} from '@aws-sdk/client-lambda'
import { CreateStackCommand, DeleteStackCommand } from '@aws-sdk/client-cloudformation'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { listStacks } from '../../../emulators/aws/cloudformation/reader.js'
import { parameters, smallZip, startAws, type Aws } from './layer-fixtures.js'
import { accounts, failure, production, region, sandbox } from './start-emulator.js'

let aws: Aws
let consumer: LambdaClient
beforeAll(async () => {
  aws = await startAws()
  await aws.put('v1.zip', smallZip('one'))
  const { accessKeyId, secretAccessKey } = accounts[1]
  consumer = new LambdaClient({ endpoint: aws.emulator.url, region, credentials: { accessKeyId, secretAccessKey } })
})
afterAll(async () => {
  consumer.destroy()
  await aws.emulator.close()
})
afterEach(() => expect(aws.emulator.defects).toEqual([]))

let count = 0
/** A new layer's version 1. */
async function layer(): Promise<string> {
  const LayerName = `shared-${++count}`
  await aws.lambda.send(new PublishLayerVersionCommand({ LayerName, Content: { ZipFile: smallZip('one') } }))
  return LayerName
}
const arnOf = (name: string) => `arn:aws:lambda:${region}:${sandbox}:layer:${name}:1`
const add = (LayerName: string, input: Partial<AddLayerVersionPermissionCommandInput> = {}) =>
  aws.lambda.send(
    new AddLayerVersionPermissionCommand({
      ...{ LayerName, VersionNumber: 1, StatementId: 'one', Action: 'lambda:GetLayerVersion', Principal: production },
      ...input
    })
  )
const remove = (LayerName: string, StatementId = 'one', RevisionId?: string) =>
  aws.lambda.send(
    new RemoveLayerVersionPermissionCommand({
      ...{ LayerName, VersionNumber: 1, StatementId },
      ...(RevisionId === undefined ? {} : { RevisionId })
    })
  )
const policy = async (LayerName: string) => {
  const answer = await aws.lambda.send(new GetLayerVersionPolicyCommand({ LayerName, VersionNumber: 1 }))
  return JSON.parse(answer.Policy ?? '') as { Version: string; Statement: readonly unknown[] }
}
const read = (name: string) => consumer.send(new GetLayerVersionByArnCommand({ Arn: arnOf(name) }))

describe('the policy of a layer version', () => {
  it('lets an account in, an organization, everybody', async () => {
    const name = await layer()
    const { Statement, RevisionId } = await add(name)
    const account = {
      ...{ Sid: 'one', Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${production}:root` } },
      ...{ Action: 'lambda:GetLayerVersion', Resource: arnOf(name) }
    }
    expect(JSON.parse(Statement ?? '')).toEqual(account)
    expect(RevisionId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    await add(name, { StatementId: 'two', Principal: '*', OrganizationId: 'o-a1b2c3d4e5' })
    await add(name, { StatementId: 'three', Principal: '*' })
    expect(await policy(name)).toEqual({
      Version: '2012-10-17',
      Id: 'default',
      Statement: [
        account,
        {
          ...account,
          ...{ Sid: 'two', Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }
        },
        { ...account, Sid: 'three', Principal: '*' }
      ]
    })
  })

  it('another account reads a version that is shared with it, and no other', async () => {
    const name = await layer()
    expect(await failure(read(name))).toMatchObject({ name: 'AccessDeniedException', status: 403 })
    await add(name, { Principal: '000000000003' })
    await add(name, { StatementId: 'two', Principal: '*', OrganizationId: 'o-a1b2c3d4e5' })
    expect(await failure(read(name))).toMatchObject({ name: 'AccessDeniedException' })
    await add(name, { StatementId: 'three' })
    expect((await read(name)).LayerVersionArn).toBe(arnOf(name))
    await remove(name, 'three')
    expect(await failure(read(name))).toMatchObject({ name: 'AccessDeniedException' })
  })

  it('a statement id is given once, and what is not there cannot be removed', async () => {
    const name = await layer()
    expect(await failure(policy(name))).toMatchObject({ name: 'ResourceNotFoundException', status: 404 })
    await add(name)
    expect(await failure(add(name))).toMatchObject({ name: 'ResourceConflictException', status: 409 })
    expect(await failure(remove(name, 'two'))).toMatchObject({ name: 'ResourceNotFoundException', status: 404 })
    await remove(name)
    expect(await failure(policy(name))).toMatchObject({ name: 'ResourceNotFoundException' })
    expect(await failure(add(name, { VersionNumber: 2 }))).toMatchObject({ name: 'ResourceNotFoundException' })
  })

  it('a revision id that is not the last one is refused', async () => {
    const name = await layer()
    const { RevisionId = '' } = await add(name)
    await add(name, { StatementId: 'two', RevisionId })
    expect(await failure(add(name, { StatementId: 'three', RevisionId }))).toMatchObject({
      name: 'PreconditionFailedException',
      status: 412
    })
    expect(await failure(remove(name, 'one', RevisionId))).toMatchObject({ status: 412 })
  })

  it.each([
    [{ Action: 'lambda:InvokeFunction' }, 'ValidationException', /'action' failed to satisfy/],
    [{ Principal: '44445555666' }, 'ValidationException', /'principal' failed to satisfy/],
    [{ StatementId: 'a b' }, 'ValidationException', /'statementId' failed to satisfy/],
    [{ StatementId: 'x'.repeat(101) }, 'ValidationException', /less than or equal to 100/],
    [{ OrganizationId: 'o-A', Principal: '*' }, 'ValidationException', /'organizationId' failed to satisfy/],
    [{ OrganizationId: 'o-a1b2c3d4e5' }, 'InvalidParameterValueException', /principal is \*/]
  ])('refuses %j', async (input, name, message) => {
    const found = await failure(add(await layer(), input))
    expect(found).toMatchObject({ name })
    expect(found.message).toMatch(message)
  })

  it('grows to 20 kB', async () => {
    const name = await layer()
    const ids = Array.from({ length: 150 }, (_, n) => `statement-${n}`)
    const outcome = await failure(
      ids.reduce<Promise<unknown>>(
        (before, StatementId) => before.then(() => add(name, { StatementId })),
        Promise.resolve()
      )
    )
    expect(outcome).toMatchObject({ name: 'PolicyLengthExceededException' })
    expect((await policy(name)).Statement.length).toBeGreaterThan(60)
  })
})

describe('AWS::Lambda::LayerVersionPermission', () => {
  it('lets in what it names, and takes that back with its stack', async () => {
    const StackName = 'with-permission'
    const TemplateBody = JSON.stringify({
      Parameters: { Bucket: { Type: 'String' }, Key: { Type: 'String' } },
      Resources: {
        Layer: {
          Type: 'AWS::Lambda::LayerVersion',
          DeletionPolicy: 'Retain',
          Properties: { LayerName: 'in-stack', Content: { S3Bucket: { Ref: 'Bucket' }, S3Key: { Ref: 'Key' } } }
        },
        Permission: {
          Type: 'AWS::Lambda::LayerVersionPermission',
          Properties: { Action: 'lambda:GetLayerVersion', LayerVersionArn: { Ref: 'Layer' }, Principal: production }
        }
      },
      Outputs: { Permission: { Value: { Ref: 'Permission' } }, Id: { Value: { 'Fn::GetAtt': ['Permission', 'Id'] } } }
    })
    await aws.cloudformation.send(new CreateStackCommand({ StackName, TemplateBody, Parameters: parameters('v1.zip') }))
    const stack = () => listStacks(aws.emulator.world, sandbox, region).find(({ name }) => name === StackName)
    expect((await read('in-stack')).Version).toBe(1)
    expect(
      stack()
        ?.resources.map(({ physicalId }) => physicalId)
        .join()
    ).toMatch(/in-stack:1#[0-9a-f-]{36}/)
    await aws.cloudformation.send(new DeleteStackCommand({ StackName }))
    expect(await failure(read('in-stack'))).toMatchObject({ name: 'AccessDeniedException' })
  })
})
