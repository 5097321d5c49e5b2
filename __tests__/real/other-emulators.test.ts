/** The whole life of a layer through dist/ on emulators that nobody here wrote: MiniStack with its CloudFormation, and moto. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { LambdaClient, ListLayerVersionsCommand } from '@aws-sdk/client-lambda'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { makeActionWorld, region, sandboxAccount, type ActionWorld } from '../support/action-world.js'
import { workflowDispatch } from '../support/events.js'
import { configText } from '../bundle/config-text.js'
import { errorsOf, rowsOf } from '../bundle/reading.js'

const layerName = 'dev-alpha-layer'
const source = (release: number) => ({ 'alpha/python/alpha.py': `release = ${release}\n` })

/** A version that is younger than a day is never pruned, and no emulator lets us date one back. */
const laterClock = `const now = Date.now
const ahead = 2 * 24 * 60 * 60 * 1000
globalThis.Date = class extends Date {
  constructor(...given) {
    if (given.length === 0) super(now() + ahead)
    else super(...given)
  }
  static now() { return now() + ahead }
}`
const twoDaysLater = `--import=data:text/javascript,${encodeURIComponent(laterClock)}`

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  await new Promise(closed => server.close(closed))
  return port
}

interface Peer {
  readonly name: string
  readonly engine: 'cloudformation' | 'lambda'
  readonly argv: (port: number) => readonly [string, ...string[]]
  readonly env: (port: number) => Readonly<Record<string, string>>
}
const peers: readonly Peer[] = [
  {
    ...{ name: 'MiniStack', engine: 'cloudformation' },
    argv: () => ['ministack'],
    env: port => ({ GATEWAY_PORT: String(port) })
  },
  {
    ...{ name: 'MiniStack', engine: 'lambda' },
    argv: () => ['ministack'],
    env: port => ({ GATEWAY_PORT: String(port) })
  },
  {
    ...{ name: 'moto', engine: 'lambda' },
    argv: port => ['moto_server', '-H', '127.0.0.1', '-p', String(port)],
    env: () => ({ MOTO_ACCOUNT_ID: sandboxAccount })
  }
]

describe.each(peers)('F125 $name, engine $engine', ({ engine, argv, env }) => {
  let world: ActionWorld
  let peer: ChildProcess
  let said = ''
  let folder = ''
  let job: Record<string, string> = {}
  let lambda: LambdaClient

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'peer-'))
    const port = await freePort()
    const [program, ...rest] = argv(port)
    peer = spawn(program, rest, {
      cwd: folder,
      env: { ...process.env, ...env(port) },
      stdio: ['ignore', 'pipe', 'pipe']
    })
    const keep = (chunk: Buffer): void => void (said = `${said}${chunk.toString()}`.slice(-4_000))
    peer.stdout?.on('data', keep)
    peer.stderr?.on('data', keep)
    // Both take a number of 12 digits as access key for the account.
    const keys = { AWS_ACCESS_KEY_ID: sandboxAccount, AWS_SECRET_ACCESS_KEY: 'secret-EXAMPLE' }
    const endpoint = `http://127.0.0.1:${port}`
    job = { ...keys, AWS_ENDPOINT_URL: endpoint, AWS_REGION: region, AWS_EC2_METADATA_DISABLED: 'true' }
    const credentials = { accessKeyId: keys.AWS_ACCESS_KEY_ID, secretAccessKey: keys.AWS_SECRET_ACCESS_KEY }
    const options = { region, endpoint, credentials, maxAttempts: 1 }
    lambda = new LambdaClient(options)
    const s3 = new S3Client({ ...options, forcePathStyle: true })
    await untilReady(
      peer,
      () => said,
      () =>
        s3.send(
          new CreateBucketCommand({
            Bucket: `${sandboxAccount}-code-deployment`,
            CreateBucketConfiguration: { LocationConstraint: region }
          })
        )
    )
    s3.destroy()
    world = await makeActionWorld({
      config: configText({ engine, layers: { alpha: '{ path: alpha }' } }),
      submodules: {},
      files: source(1)
    })
  }, 120_000)
  afterAll(async () => {
    lambda.destroy()
    peer.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
    await world.close()
  })

  const versions = async (): Promise<(number | undefined)[]> => {
    const { LayerVersions = [] } = await lambda.send(new ListLayerVersionsCommand({ LayerName: layerName }))
    return LayerVersions.map(({ Version }) => Version).sort()
  }
  const row = (outcome: RunOutcome) => {
    expect([errorsOf(outcome), outcome.exitCode]).toEqual([[], 0])
    const { status, version } = rowsOf(outcome)['alpha']![region]!
    return `${status} ${version ?? '-'}`
  }
  const command = async (inputs: Record<string, string>, env = job): Promise<RunOutcome> => {
    const sha = await world.superproject.push('test')
    const checkout = { branch: 'test', commit: sha, depth: 0 }
    const event = workflowDispatch({ ref: 'refs/heads/test', sha })
    return world.run({ event, checkout, account: sandboxAccount, inputs, env })
  }

  it('is deployed, left alone, bumped, rolled back and pruned', async () => {
    expect(row(await world.push('test', { env: job }))).toBe('published 1')
    await world.superproject.commitFiles({ 'README.md': 'x\n' }, { branch: 'test' })
    expect(row(await world.push('test', { env: job }))).toBe('unchanged 1')
    await world.superproject.commitFiles(source(2), { branch: 'test' })
    expect(row(await world.push('test', { env: job }))).toBe('published 2')
    expect(row(await command({ command: 'rollback', layers: 'alpha', version: 'previous' }))).toBe('rolled-back 3')
    await world.superproject.commitFiles(source(4), { branch: 'test' })
    expect(row(await world.push('test', { env: job }))).toBe('published 4')
    const pruned = await command({ command: 'prune', keep: '1' }, { ...job, NODE_OPTIONS: twoDaysLater })
    expect([errorsOf(pruned), pruned.exitCode]).toEqual([[], 0])
    expect(await versions()).toEqual([4])
    // None of it went to the emulator of our own.
    expect(world.aws.calls).toEqual([])
  }, 280_000)
})

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
