import { crc32, deflateRawSync } from 'node:zlib'
import { CloudFormationClient, type CreateChangeSetCommandInput } from '@aws-sdk/client-cloudformation'
import {
  CreateChangeSetCommand,
  DescribeChangeSetCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  type DescribeChangeSetCommandOutput,
  type Stack
} from '@aws-sdk/client-cloudformation'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { startAwsEmulator, type AwsEmulator, type AwsEmulatorOptions } from '../../../emulators/aws/index.js'
import { accounts, production, region, sandbox } from './start-emulator.js'

export interface ZipFile {
  readonly name: string
  readonly content: string | Buffer
  /** Default: true. */
  readonly deflate?: boolean
  /** States another size in the headers. */
  readonly statedBytes?: number
}

/** A zip written by hand, so that single fields can be wrong. */
export function zipOf(files: readonly ZipFile[]): Buffer {
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  let offset = 0
  for (const { name, content, deflate = true, statedBytes } of files) {
    const body = Buffer.from(content)
    const data = deflate ? deflateRawSync(body) : body
    const shared = Buffer.alloc(22)
    shared.writeUInt16LE(0x800, 0)
    shared.writeUInt16LE(deflate ? 8 : 0, 2)
    shared.writeUInt32LE(crc32(body), 8)
    shared.writeUInt32LE(data.length, 12)
    shared.writeUInt32LE(statedBytes ?? body.length, 16)
    shared.writeUInt16LE(Buffer.byteLength(name), 20)
    const local = Buffer.concat([u32(0x04034b50), u16(20), shared, u16(0), Buffer.from(name), data])
    const central = [u32(0x02014b50), u16(0x31e), u16(20), shared, u16(0), u16(0), u16(0), u16(0)]
    centrals.push(Buffer.concat([...central, u32(0o100644 * 65536), u32(offset), Buffer.from(name)]))
    locals.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(centrals)
  const count = u16(files.length)
  const end = Buffer.concat([u32(0x06054b50), u16(0), u16(0), count, count, u32(directory.length), u32(offset), u16(0)])
  return Buffer.concat([...locals, directory, end])
}

export const smallZip = (text: string): Buffer => zipOf([{ name: 'python/hello.py', content: text }])

export interface Aws {
  readonly emulator: AwsEmulator
  readonly lambda: LambdaClient
  readonly cloudformation: CloudFormationClient
  readonly s3: S3Client
  put(key: string, body: Buffer, bucket?: string): Promise<void>
}

/** The whole emulator, and clients of the sandbox account in us-east-2. */
export async function startAws(options: Partial<AwsEmulatorOptions> = {}): Promise<Aws> {
  const emulator = await startAwsEmulator({
    accounts,
    buckets: [
      { name: 'sandbox-code', ownerAccountId: sandbox, region },
      { name: 'production-code', ownerAccountId: production, region },
      { name: 'far-code', ownerAccountId: sandbox, region: 'eu-west-1' }
    ],
    ...options
  })
  const { accessKeyId, secretAccessKey } = accounts[0]
  const client = { endpoint: emulator.url, region, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 }
  const s3 = new S3Client({ ...client, forcePathStyle: true })
  return {
    emulator,
    s3,
    lambda: new LambdaClient(client),
    cloudformation: new CloudFormationClient(client),
    async put(key, body, bucket = 'sandbox-code') {
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }))
    }
  }
}

/** A stack of one layer. `retain: false` leaves both policies out. */
export function layerTemplate(options: { retain?: boolean; description?: string; more?: object } = {}): string {
  const { retain = true, description = 'shared code', more = {} } = options
  return JSON.stringify({
    AWSTemplateFormatVersion: '2010-09-09',
    Parameters: { Bucket: { Type: 'String' }, Key: { Type: 'String' } },
    Resources: {
      Layer: {
        Type: 'AWS::Lambda::LayerVersion',
        ...(retain && { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' }),
        Properties: {
          LayerName: 'dev-da-flask-layer',
          Description: description,
          CompatibleRuntimes: ['python3.10'],
          Content: { S3Bucket: { Ref: 'Bucket' }, S3Key: { Ref: 'Key' } }
        }
      },
      ...more
    },
    Outputs: { LayerVersionArn: { Value: { Ref: 'Layer' } } }
  })
}

export function parameters(key: string): { ParameterKey: string; ParameterValue: string }[] {
  return [
    { ParameterKey: 'Bucket', ParameterValue: 'sandbox-code' },
    { ParameterKey: 'Key', ParameterValue: key }
  ]
}

export const stackName = 'dev-da-flask-layer'

export type ChangeSetInput = Omit<CreateChangeSetCommandInput, 'StackName' | 'ChangeSetName'> & {
  ChangeSetName?: string
}

/** Creates a change set and reads it until it is settled. */
export async function makeChangeSet(aws: Aws, input: ChangeSetInput): Promise<DescribeChangeSetCommandOutput> {
  const ChangeSetName = input.ChangeSetName ?? 'c1'
  await aws.cloudformation.send(new CreateChangeSetCommand({ StackName: stackName, ...input, ChangeSetName }))
  for (let read = 0; read < 10; read += 1) {
    const command = new DescribeChangeSetCommand({ StackName: stackName, ChangeSetName, IncludePropertyValues: true })
    const found = await aws.cloudformation.send(command)
    if (found.Status === 'CREATE_COMPLETE' || found.Status === 'FAILED') return found
  }
  throw new Error('the change set is never settled')
}

export async function execute(
  aws: Aws,
  changeSetName = 'c1',
  more: { ClientRequestToken?: string } = {}
): Promise<void> {
  const input = { StackName: stackName, ChangeSetName: changeSetName, ...more }
  await aws.cloudformation.send(new ExecuteChangeSetCommand(input))
}

export async function readStack(aws: Aws, nameOrId = stackName): Promise<Stack> {
  const { Stacks = [] } = await aws.cloudformation.send(new DescribeStacksCommand({ StackName: nameOrId }))
  return Stacks[0]!
}

/** Every status that reading the stack shows, in order, until one that lasts. */
export async function statuses(aws: Aws, nameOrId = stackName): Promise<string[]> {
  const seen: string[] = []
  for (let read = 0; read < 20; read += 1) {
    const { StackStatus } = await readStack(aws, nameOrId)
    seen.push(StackStatus ?? '')
    if (StackStatus?.endsWith('_IN_PROGRESS') !== true) return seen
  }
  throw new Error(`the stack is never settled: ${seen.join(' ')}`)
}

/** Change set, execution, and reads until the end. Returns the stack. */
export async function deploy(aws: Aws, input: ChangeSetInput): Promise<Stack> {
  await makeChangeSet(aws, input)
  await execute(aws, input.ChangeSetName)
  await statuses(aws)
  return readStack(aws)
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
