import { CloudFormationClient, DescribeStacksCommand, ListStacksCommand } from '@aws-sdk/client-cloudformation'
import { LambdaClient, ListLayerVersionsCommand } from '@aws-sdk/client-lambda'
import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { startAwsEmulator, type AwsEmulator, type FaultKind } from '../../../emulators/aws/index.js'
import { accounts, failure, region, sandbox, sandboxKeys } from './start-emulator.js'

let emulator: AwsEmulator
beforeAll(async () => {
  const buckets = [{ name: 'sandbox-code', ownerAccountId: sandbox, region }]
  emulator = await startAwsEmulator({ accounts, buckets })
})
afterAll(() => emulator.close())
beforeEach(() => emulator.faults.clear())

const config = (
  secretAccessKey: string = sandboxKeys.secretAccessKey,
  accessKeyId: string = sandboxKeys.accessKeyId
) => ({
  endpoint: emulator.url,
  region,
  maxAttempts: 1,
  credentials: { accessKeyId, secretAccessKey }
})
const layers = (...keys: string[]) =>
  new LambdaClient(config(...keys)).send(new ListLayerVersionsCommand({ LayerName: 'dev-da-flask-layer' }))
const stacks = (...keys: string[]) => new CloudFormationClient(config(...keys)).send(new ListStacksCommand({}))

it('serves STS, S3, Lambda and CloudFormation from one address', async () => {
  expect((await new STSClient(config()).send(new GetCallerIdentityCommand({}))).Account).toBe(sandbox)
  await new S3Client(config()).send(new HeadBucketCommand({ Bucket: 'sandbox-code' }))
  expect((await layers()).LayerVersions).toEqual([])
  expect(
    await failure(new CloudFormationClient(config()).send(new DescribeStacksCommand({ StackName: 'none' })))
  ).toMatchObject({ name: 'ValidationError', message: 'Stack with id none does not exist' })
  expect(emulator.calls.map(call => call.service)).toEqual(['sts', 's3', 'lambda', 'cloudformation'])
  expect(emulator.defects).toEqual([])
})

describe('what each service calls it', () => {
  it('an unknown access key', async () => {
    expect(await failure(layers('x', 'AKIAUNKNOWNEXAMPLE'))).toMatchObject({
      name: 'UnrecognizedClientException',
      status: 403
    })
    expect(await failure(stacks('x', 'AKIAUNKNOWNEXAMPLE'))).toMatchObject({
      name: 'InvalidClientTokenId',
      status: 403
    })
  })

  it('a wrong secret', async () => {
    expect(await failure(layers('wrong'))).toMatchObject({ name: 'InvalidSignatureException', status: 403 })
    expect(await failure(stacks('wrong'))).toMatchObject({ name: 'SignatureDoesNotMatch', status: 403 })
  })

  const rows: [FaultKind, lambda: object, cloudformation: object][] = [
    ['throttle', { name: 'TooManyRequestsException', status: 429 }, { name: 'Throttling', status: 400 }],
    ['error-500-before', { name: 'ServiceException', status: 500 }, { name: 'InternalFailure', status: 500 }],
    ['denied', { name: 'AccessDeniedException', status: 403 }, { name: 'AccessDenied', status: 403 }],
    ['expired-token', { name: 'ExpiredTokenException', status: 403 }, { name: 'ExpiredToken', status: 403 }]
  ]
  it.each(rows)('%s', async (kind, lambda, cloudformation) => {
    emulator.faults.add({ action: '*', kind, times: 2 })
    expect(await failure(layers())).toMatchObject(lambda)
    expect(await failure(stacks())).toMatchObject(cloudformation)
  })
})
