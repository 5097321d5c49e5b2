/**
 * G13: real processes of dist/, killed at random moments, against an AWS that nobody here wrote. moto is a judge for STS, S3 and
 * Lambda, so the engine is `lambda`. `G13_SEED` chooses other moments, `G13_TRIALS` another number of trials.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { LambdaClient, ListLayerVersionsCommand } from '@aws-sdk/client-lambda'
import type { RunOptions, RunOutcome } from '../../emulators/runner/index.js'
import { makeExampleWorld, region, sandboxAccount, type ExampleWorld } from '../../emulators/world/example-world.js'
import type { FaultFigure, FigureResult } from './figure.js'
import { startMoto, type Moto } from './moto.js'
import { seededRandom } from '../seeded-random.js'

const seed = Number(process.env['G13_SEED'] ?? 20_261_126)
const wanted = Number(process.env['G13_TRIALS'] ?? 210)
/** Of these, main steps that die in their first 100 ms: of the others one to three run at once. */
const earlyShare = 2 / 7
const layerName = 'dev-da-flask-layer'
const bucketName = `${sandboxAccount}-code-deployment`

/** Twenty seconds pass for the next run in one: a claim that nobody comes back for is waited out in time. */
const fastClock = `--import=data:text/javascript,${encodeURIComponent(
  'const now = Date.now; const start = now(); Date.now = () => start + 20 * (now() - start)'
)}`

export const killedProcesses: FaultFigure = {
  id: 'G13',
  what: 'real processes killed at random moments, 1 to 3 at once, against moto; main steps killed in their first 100 ms, then the post step',
  async run() {
    const moto = await startMoto(sandboxAccount, region)
    if (typeof moto === 'string') return { trials: 0, bad: [], note: `skipped: ${moto}` }
    try {
      return await against(moto)
    } finally {
      await moto.close()
    }
  }
}

async function against(moto: Moto): Promise<FigureResult> {
  const world = await makeExampleWorld({ config: configuration })
  const account = await openAccount(moto)
  try {
    const random = seededRandom(seed)
    const early = Math.round(wanted * earlyShare)
    const bad: string[] = []
    let [trials, ended, versions] = [0, 0, 0]
    const wholeMilliseconds = await measure(world, moto)
    for (; trials < early; trials += 1) bad.push(...(await dieEarly(world, moto, account, random, trials)))
    for (; trials < wanted; trials += 1) {
      const trial = await killSome({ world, moto, account, random, trial: trials, wholeMilliseconds })
      bad.push(...trial.findings)
      ended += trial.killed
      versions += 1
    }
    const note = `${early} died early; ${ended} processes killed of 1 to 3 at once; ${versions} new versions in ${wanted - early} trials; seed ${seed}`
    return { trials, bad, note }
  } finally {
    account.close()
    await world.close()
  }
}

const configuration = `version: 1
environments:
  sandbox:
    branch: test
    stage: dev
    account-id: "${sandboxAccount}"
    regions: [${region}]
    artifact-bucket: ${bucketName}
    engine: lambda
defaults: { compatible-runtimes: [python3.10] }
layers:
  da_flask: { path: da_flask }
`

interface Account {
  versions(): Promise<readonly number[]>
  /** Key and entity tag of every object. */
  objects(): Promise<readonly string[]>
  close(): void
}

/** What moto holds, past the action. */
async function openAccount({ env }: Moto): Promise<Account> {
  const credentials = {
    accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? ''
  }
  const options = { endpoint: env['AWS_ENDPOINT_URL'] ?? '', region, credentials }
  const s3 = new S3Client({ ...options, forcePathStyle: true })
  const lambda = new LambdaClient(options)
  const place = { CreateBucketConfiguration: { LocationConstraint: region } } as const
  await s3.send(new CreateBucketCommand({ Bucket: bucketName, ...place }))
  return {
    versions: async () => {
      const { LayerVersions = [] } = await lambda.send(new ListLayerVersionsCommand({ LayerName: layerName }))
      return LayerVersions.map(({ Version = 0 }) => Version)
    },
    objects: async () => {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucketName }))
      return Contents.map(({ Key = '', ETag = '' }) => `${Key} ${ETag}`)
    },
    close: () => {
      s3.destroy()
      lambda.destroy()
    }
  }
}

async function change(world: ExampleWorld, trial: string): Promise<string> {
  const commit = await world.superproject.commitSubmodule('da_flask', {
    'python/da_flask/app.py': `trial = "${trial}"\n`
  })
  await world.superproject.bumpSubmodule('da_flask', commit, { branch: 'test' })
  return world.superproject.push('test')
}

function deploy(
  world: ExampleWorld,
  moto: Moto,
  options: Partial<RunOptions> = {},
  nodeOptions = ''
): Promise<RunOutcome> {
  const env = { ...moto.env, ...(nodeOptions === '' ? {} : { NODE_OPTIONS: nodeOptions }) }
  return world.push('test', { env, options })
}

/** The time of a whole deploy: kills fall anywhere in it. */
async function measure(world: ExampleWorld, moto: Moto): Promise<number> {
  await change(world, 'first')
  const { exitCode, durationMs, log } = await deploy(world, moto)
  if (exitCode !== 0) throw new Error(`the first deploy failed:\n${log.join('\n')}`)
  return durationMs
}

async function dieEarly(
  world: ExampleWorld,
  moto: Moto,
  account: Account,
  random: () => number,
  trial: number
): Promise<readonly string[]> {
  await change(world, `early ${trial}`)
  const before = [await account.versions(), await account.objects()]
  const from = world.github.calls.length
  const milliseconds = Math.floor(random() * 101)
  const cancelTimeline = { sigtermAfterMs: 0, sigkillAfterMs: 0 }
  const { exitCode, postExitCode } = await deploy(world, moto, { cancelAfter: milliseconds, cancelTimeline })
  const findings: string[] = []
  if (exitCode === 0) findings.push('the main step ended by itself')
  if (postExitCode !== 0) findings.push(`the post step ended with ${postExitCode}`)
  const after = [await account.versions(), await account.objects()]
  if (JSON.stringify(before) !== JSON.stringify(after)) findings.push('AWS was written to')
  const others = world.github.calls
    .slice(from)
    .filter(({ method, operation }) => method !== 'GET' && operation !== 'repos/create-commit-status')
  if (others.length > 0) findings.push(`GitHub was asked for ${others.map(({ operation }) => operation).join(', ')}`)
  return findings.map(finding => `G13 seed ${seed} trial ${trial}, killed after ${milliseconds} ms: ${finding}`)
}

interface KillTrial {
  readonly world: ExampleWorld
  readonly moto: Moto
  readonly account: Account
  readonly random: () => number
  readonly trial: number
  readonly wholeMilliseconds: number
}

async function killSome(order: KillTrial): Promise<{ readonly findings: readonly string[]; readonly killed: number }> {
  const { world, moto, account, random, trial, wholeMilliseconds } = order
  await change(world, `trial ${trial}`)
  const before = (await account.versions()).length
  const moments = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
    Math.floor(random() * 1.2 * wholeMilliseconds)
  )
  const outcomes = await Promise.all(moments.map(dieAfter => deploy(world, moto, { dieAfter })))
  // What a dead process asked for may still be under way in the server.
  await sleep(50)
  const next = await deploy(world, moto, {}, fastClock)
  const findings: string[] = []
  if (next.exitCode !== 0) findings.push(`the next run failed: ${JSON.stringify(next.annotations)}`)
  const made = (await account.versions()).length - before
  if (made !== 1) findings.push(`${made} new versions`)
  const held = await account.objects()
  const last = await deploy(world, moto)
  if (last.outputs['changed'] !== 'false') findings.push('the run after it found something to change')
  if (JSON.stringify(await account.objects()) !== JSON.stringify(held)) findings.push('the run after it wrote')
  const where = `G13 seed ${seed} trial ${trial}, killed after ${moments.join(' and ')} ms`
  return {
    findings: findings.map(finding => `${where}: ${finding}`),
    killed: outcomes.filter(({ exitCode }) => exitCode === 137).length
  }
}
