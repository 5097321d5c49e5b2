/** Every request of a layer's whole life, and every answer of our emulators, judged by botocore's service models. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { RunOutcome } from '../../emulators/runner/index.js'
import {
  type ActionWorld,
  makeActionWorld,
  ownProcesses,
  productionAccount,
  sandboxAccount
} from '../support/action-world.js'
import { workflowDispatch } from '../support/events.js'
import { configText } from '../bundle/config-text.js'
import { codesOf, errorsOf } from '../bundle/reading.js'
import { recorder, type Exchange, type Recorder } from './recorder.js'

interface Verdict {
  readonly operations: Readonly<Record<string, number>>
  readonly requests: number
  readonly answers: number
  readonly differing: readonly string[]
}

async function judged(exchanges: readonly Exchange[]): Promise<Verdict> {
  const judge = spawn('python3', [join(import.meta.dirname, 'service-models.py')], { stdio: ['pipe', 'pipe', 'pipe'] })
  const said: Buffer[] = []
  const wrong: Buffer[] = []
  judge.stdout.on('data', (chunk: Buffer) => void said.push(chunk))
  judge.stderr.on('data', (chunk: Buffer) => void wrong.push(chunk))
  judge.stdin.end(JSON.stringify(exchanges))
  const code = await new Promise(closed => judge.once('close', closed))
  expect([code, Buffer.concat(wrong).toString()]).toEqual([0, ''])
  return JSON.parse(Buffer.concat(said).toString()) as Verdict
}

describe.each(['cloudformation', 'lambda'] as const)('engine %s', engine => {
  const configured = (...sandbox: readonly string[]): string =>
    configText({ engine, layers: { alpha: '{ path: alpha }' }, sandbox })
  const source = (release: number) => ({ 'alpha/python/alpha.py': `release = ${release}\n` })
  let world: ActionWorld
  let recorded: Recorder
  let env: Record<string, string> = {}
  beforeAll(async () => {
    world = await makeActionWorld({ steps: ownProcesses, config: configured(), submodules: {}, files: source(1) })
    recorded = await recorder(world.aws.url)
    env = { AWS_ENDPOINT_URL: recorded.url }
  })
  afterAll(async () => {
    recorded.close()
    await world.close()
  })

  const ended = (run: RunOutcome): void => expect([errorsOf(run), run.exitCode]).toEqual([[], 0])
  const deployed = async (files: Record<string, string>): Promise<void> => {
    await world.superproject.commitFiles(files, { branch: 'test' })
    ended(await world.push('test', { env }))
  }
  const command = async (inputs: Record<string, string>): Promise<RunOutcome> => {
    const sha = await world.superproject.push('test')
    const event = workflowDispatch({ ref: 'refs/heads/test', sha })
    return world.run({ event, checkout: { branch: 'test', commit: sha }, account: sandboxAccount, inputs, env })
  }

  it('a whole life differs nowhere from the models', async () => {
    ended(await world.push('test', { env }))
    await deployed({ 'README.md': 'x\n' })
    await deployed(source(2))
    const parameter = engine === 'cloudformation' ? ['ssm-parameter: "/layers/{stage}/{layer}"'] : []
    await deployed({ '.github/layer-deploy.yml': configured(`share-with: ["${productionAccount}"]`, ...parameter) })
    ended(await command({ command: 'rollback', layers: 'alpha', version: 'previous' }))
    ended(await command({ command: 'discover' }))
    world.aws.world.advance(2 * 24 * 60 * 60 * 1000)
    ended(await command({ command: 'prune', keep: '1', 'dry-run': 'true' }))
    const wrong = await world.push('test', { env, account: productionAccount })
    expect(codesOf(wrong)).toEqual(['ACCOUNT_MISMATCH'])
    await deployed(source(4))
    await world.superproject.mergeBranch('test', 'main')
    ended(await world.push('main', { env }))

    const verdict = await judged(recorded.exchanges)
    const { operations, requests, answers, differing } = verdict
    const kinds = Object.keys(operations).length
    console.log(
      `judge botocore, ${engine}: ${requests} requests, ${answers} answers, ${kinds} operations, ${differing.length} differing`
    )
    expect(differing).toEqual([])
    expect(answers).toBe(requests)
    expect(requests).toBeGreaterThan(50)
    const expected = engine === 'lambda' ? 'lambda:PublishLayerVersion' : 'cloudformation:CreateChangeSet'
    expect(Object.keys(operations)).toEqual(expect.arrayContaining(['sts:GetCallerIdentity', 's3:PutObject', expected]))
  })

  it('what the models forbid is found', async () => {
    const { exchanges } = recorded
    const put = exchanges.find(({ service, method }) => service === 's3' && method === 'PUT')!
    const caller = exchanges.find(({ service }) => service === 'sts')!
    const form = (text: string) => ({ ...caller, body: Buffer.from(text).toString('base64') })
    const { differing } = await judged([
      { ...put, headers: { ...put.headers, 'x-amz-storage-class': 'NOWHERE', 'x-amz-unheard-of': '1' } },
      form('Action=GetCallerIdentity&Version=2011-06-15&Other=1'),
      {
        ...caller,
        answer: Buffer.from('<R><GetCallerIdentityResult><Who/></GetCallerIdentityResult></R>').toString('base64')
      }
    ])
    expect(differing).toEqual([
      expect.stringContaining('PutObject.StorageClass: NOWHERE'),
      expect.stringContaining('x-amz-unheard-of is not known'),
      expect.stringContaining('Who is not known'),
      expect.stringContaining('Other is not known')
    ])
  })
})
