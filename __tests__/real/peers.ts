/** Emulators of AWS that nobody here wrote, as processes of their own: MiniStack and moto. What is seen there is read by AWS's own clients. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CloudFormationClient, ListStacksCommand } from '@aws-sdk/client-cloudformation'
import {
  GetLayerVersionPolicyCommand,
  LambdaClient,
  ListLayersCommand,
  ListLayerVersionsCommand
} from '@aws-sdk/client-lambda'
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'

export interface Peer {
  readonly name: string
  readonly engine: 'cloudformation' | 'lambda'
  readonly argv: (port: number) => readonly [string, ...string[]]
  readonly env: (port: number) => Readonly<Record<string, string>>
  /** MiniStack takes 12 digits as an access key for the account; moto knows whose a key is that it gave out for a role. */
  readonly accounts: 'by key' | 'by role'
}
const ministack = {
  name: 'MiniStack',
  argv: () => ['ministack'] as const,
  env: (port: number) => ({ GATEWAY_PORT: String(port) }),
  accounts: 'by key' as const
}
export const peers: readonly Peer[] = [
  { ...ministack, engine: 'cloudformation' },
  { ...ministack, engine: 'lambda' },
  {
    ...{ name: 'moto', engine: 'lambda', accounts: 'by role' },
    argv: port => ['moto_server', '-H', '127.0.0.1', '-p', String(port)],
    env: () => ({})
  }
]

export interface Place {
  readonly account: string
  readonly region: string
}
export interface RunningPeer {
  /** What a job of the account has in its environment. */
  job(account: string, region: string): Record<string, string>
  createBucket(place: Place, name: string): Promise<void>
  /** Live versions, oldest first. */
  versions(place: Place, layerName: string): Promise<readonly number[]>
  /** Whom the version's policy lets read it; `null`: it has none. */
  readers(place: Place, layerName: string, version: number): Promise<readonly string[] | null>
  parameter(place: Place, name: string): Promise<string | null>
  /** All that a write would change: layers with their versions, objects with their times, stacks with theirs. */
  everything(places: readonly Place[], bucketOf: (place: Place) => string): Promise<unknown>
  end(): void
}

interface Keys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

export async function startPeer(peer: Peer, accounts: readonly string[]): Promise<RunningPeer> {
  const folder = mkdtempSync(join(tmpdir(), 'peer-'))
  const port = await freePort()
  const [program, ...rest] = peer.argv(port)
  const env = { ...process.env, ...peer.env(port) }
  const child = spawn(program, rest, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  const keep = (chunk: Buffer): void => void (said = `${said}${chunk.toString()}`.slice(-4_000))
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const endpoint = `http://127.0.0.1:${port}`
  await untilReady(
    child,
    () => said,
    () => fetch(endpoint)
  )
  const keys = new Map<string, Keys>()
  for (const account of accounts) keys.set(account, await keysOf(peer, endpoint, account))
  return {
    ...reader(endpoint, keys),
    job: (account, region) => {
      const { accessKeyId, secretAccessKey, sessionToken } = keys.get(account)!
      const token = sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }
      const given = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, ...token }
      return { ...given, AWS_ENDPOINT_URL: endpoint, AWS_REGION: region, AWS_EC2_METADATA_DISABLED: 'true' }
    },
    end: () => {
      child.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

async function keysOf({ accounts }: Peer, endpoint: string, account: string): Promise<Keys> {
  const own = { accessKeyId: account, secretAccessKey: 'secret-EXAMPLE' }
  if (accounts === 'by key') return own
  const sts = new STSClient({ region: 'us-east-2', endpoint, credentials: own })
  const role = { RoleArn: `arn:aws:iam::${account}:role/deployer`, RoleSessionName: 'deploy' }
  const { Credentials } = await sts.send(new AssumeRoleCommand(role))
  sts.destroy()
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
}

function reader(endpoint: string, keys: ReadonlyMap<string, Keys>): Omit<RunningPeer, 'job' | 'end'> {
  const options = ({ account, region }: Place) => ({
    ...{ region, endpoint, maxAttempts: 1 },
    credentials: keys.get(account)!
  })
  const lambda = (place: Place) => new LambdaClient(options(place))
  const s3 = (place: Place) => new S3Client({ ...options(place), forcePathStyle: true })
  const versionsOf = async (place: Place, LayerName: string) => {
    const { LayerVersions = [] } = await lambda(place).send(new ListLayerVersionsCommand({ LayerName }))
    return LayerVersions
  }
  const stacksOf = async (place: Place) => {
    const client = new CloudFormationClient(options(place))
    const { StackSummaries = [] } = await client.send(new ListStacksCommand({}))
    return StackSummaries.map(({ StackId, StackStatus, LastUpdatedTime }) => [StackId, StackStatus, LastUpdatedTime])
  }
  return {
    createBucket: async (place, Bucket) => {
      const LocationConstraint = place.region as 'us-east-2'
      await s3(place).send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } }))
    },
    versions: async (place, layerName) =>
      (await versionsOf(place, layerName)).map(({ Version = 0 }) => Version).sort((a, b) => a - b),
    readers: async (place, LayerName, VersionNumber) => {
      const asked = new GetLayerVersionPolicyCommand({ LayerName, VersionNumber })
      const answer = await lambda(place)
        .send(asked)
        .catch((error: unknown) => {
          if ((error as Error).name === 'ResourceNotFoundException') return null
          throw error
        })
      if (answer === null) return null
      const { Statement } = JSON.parse(answer.Policy ?? '') as { Statement: readonly { Principal: unknown }[] }
      return Statement.map(({ Principal }) => principalOf(Principal))
    },
    parameter: async ({ account, region }, Name) => {
      // Neither the product nor its tests have a client of SSM; no signature is checked there.
      const scope = `${keys.get(account)!.accessKeyId}/20260101/${region}/ssm/aws4_request`
      const headers = {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AmazonSSM.GetParameter',
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=${'0'.repeat(64)}`
      }
      const answer = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify({ Name }) })
      const { Parameter } = (await answer.json()) as { Parameter?: { Value: string } }
      return Parameter?.Value ?? null
    },
    everything: (places, bucketOf) =>
      Promise.all(
        places.map(async place => {
          const { Layers = [] } = await lambda(place).send(new ListLayersCommand({}))
          const versions = await Promise.all(Layers.map(({ LayerName = '' }) => versionsOf(place, LayerName)))
          const { Contents = [] } = await s3(place).send(new ListObjectsV2Command({ Bucket: bucketOf(place) }))
          const objects = Contents.map(({ Key, ETag, LastModified }) => [Key, ETag, LastModified])
          return { place, versions: versions.flat(), objects, stacks: await stacksOf(place) }
        })
      )
  }
}

/** An account alone or its root's ARN: AWS takes either ("Granting Lambda layer access to other accounts"). */
function principalOf(principal: unknown): string {
  const text = typeof principal === 'string' ? principal : ((principal as { AWS?: string }).AWS ?? '')
  return /\d{12}/.exec(text)?.[0] ?? text
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  await new Promise(closed => server.close(closed))
  return port
}

async function untilReady(peer: ChildProcess, said: () => string, work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    if (peer.exitCode !== null) throw new Error(`the peer ended: ${said()}`)
    try {
      await work()
      return
    } catch (error) {
      if (attempt === 100) throw new Error(`the peer does not answer: ${said()}`, { cause: error })
      await new Promise(waited => setTimeout(waited, 300))
    }
  }
}
