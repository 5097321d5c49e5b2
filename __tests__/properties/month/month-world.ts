/** A team's repository and its two accounts, and the action run in them: in this process, or as the bundle where it is stopped. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DeleteLayerVersionCommand, LambdaClient, PublishLayerVersionCommand } from '@aws-sdk/client-lambda'
import { listStacks } from '../../../emulators/aws/cloudformation/reader.js'
import { listLayers } from '../../../emulators/aws/lambda/reader.js'
import { readZip } from '../../../emulators/aws/zip-check.js'
import type { Call } from '../../../emulators/aws/index.js'
import { installationToken } from '../../../emulators/world/action-world.js'
import {
  makeExampleWorld,
  productionAccount,
  region,
  repository,
  sandboxAccount,
  type ExampleWorld
} from '../../../emulators/world/example-world.js'
import { workflowDispatch } from '../../../emulators/world/dispatch-event.js'
import { push } from '../../../emulators/world/push-events.js'
import { mainInProcess } from '../../support/main-in-process.js'
import type { Engine } from '../../../src/model/index.js'
import { zipOf } from '../../support/zip-file.js'
import type { AccountName, Branch, LayerId, Tree } from './month-model.js'

const accounts: Readonly<Record<AccountName, string>> = { sandbox: sandboxAccount, production: productionAccount }
const stages: Readonly<Record<AccountName, string>> = { sandbox: 'dev', production: 'prod' }
const nameOf = (account: AccountName, layer: LayerId): string => `${stages[account]}-${layer}-layer`

export interface Job {
  readonly commit: string
  readonly branch: Branch
  readonly account: AccountName
  /** Default: a push of the commit. */
  readonly inputs?: Readonly<Record<string, string>>
}
export interface Ended {
  readonly exitCode: number
  readonly codes: readonly string[]
  /** The first error as it was told. */
  readonly told: string
  /** Calls of AWS that asked for a change. */
  readonly writes: number
}
/** Where the bundle is stopped: at that write of the run, before or after its effect. */
export interface Stop {
  readonly write: number
  readonly moment: 'before' | 'after'
  readonly how: 'killed' | 'cancelled'
}
interface SeenVersion {
  readonly version: number
  /** `null`: no release of the team's. */
  readonly release: number | null
  readonly declared: string
}

export interface MonthWorld {
  commit(branch: Branch, tree: Tree, from?: string): Promise<string>
  /** What is pushed is what the branch is now. */
  push(branch: Branch): Promise<void>
  run(job: Job): Promise<Ended>
  /** Through dist/; several at once where there are several jobs. The clock is quick: what a stopped run left is waited out in time. */
  runBundle(jobs: readonly Job[], stop?: Stop): Promise<readonly Ended[]>
  versions(account: AccountName, layer: LayerId): readonly SeenVersion[]
  /** Which version the account's own record names. */
  pointer(account: AccountName, layer: LayerId): number | null
  publishByHand(account: AccountName, layer: LayerId): Promise<void>
  deleteByHand(account: AccountName, layer: LayerId, version: number): Promise<void>
  /** Every version becomes old enough to be pruned. */
  makeOld(): void
  /** What the emulators found no AWS or GitHub would be asked. */
  defects(): readonly unknown[]
  close(): Promise<void>
}

const fastClock = `--import=data:text/javascript,${encodeURIComponent(
  'const now = Date.now; const start = now(); Date.now = () => start + 20 * (now() - start)'
)}`

function configOf(engine: Engine, { description }: Tree): string {
  const place = (account: string) =>
    `account-id: "${account}", regions: [${region}], artifact-bucket: ${account}-code-deployment, engine: ${engine}`
  const declared = description === '' ? '' : `, description: "${description}"`
  return `version: 1
environments:
  sandbox: { branch: test, stage: dev, ${place(sandboxAccount)} }
  production: { branch: main, stage: prod, ${place(productionAccount)}, promote-from: sandbox }
defaults: { compatible-runtimes: [python3.10] }
layers:
  alpha: { path: alpha${declared} }
  beta: { path: beta }
`
}

export async function openMonthWorld(engine: Engine, first: Tree): Promise<MonthWorld> {
  let boundary: ((call: Call, moment: 'before' | 'after') => void | Promise<void>) | null = null
  const world = await makeExampleWorld({
    config: configOf(engine, first),
    submodules: { alpha: { 'python/alpha/__init__.py': `release = ${first.alpha}\n` } },
    files: { 'beta/python/beta.py': `release = ${first.beta}\n` },
    aws: { onBoundary: (call, moment) => boundary?.(call, moment) },
    rateLimit: { limit: 1_000_000, windowSeconds: 3_600 }
  })
  const scratch = await mkdtemp(join(tmpdir(), 'month-'))
  const gitlinks = new Map([[first.alpha, world.superproject.firstSubmoduleCommits['alpha']!]])
  let runs = 100
  const clientOf = (account: AccountName): LambdaClient => {
    const env = world.aws.env(accounts[account], region)
    const keys = { accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '', secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '' }
    return new LambdaClient({ region, endpoint: world.aws.url, credentials: keys, maxAttempts: 1 })
  }
  const clients = { sandbox: clientOf('sandbox'), production: clientOf('production') }
  return {
    commit: async (branch, tree, from) => {
      let gitlink = gitlinks.get(tree.alpha)
      if (gitlink === undefined) {
        const content = { 'python/alpha/__init__.py': `release = ${tree.alpha}\n` }
        gitlink = await world.superproject.commitSubmodule('alpha', content)
        gitlinks.set(tree.alpha, gitlink)
      }
      const files = {
        ...{ alpha: { gitlink }, 'beta/python/beta.py': `release = ${tree.beta}\n` },
        ...{ '.github/layer-deploy.yml': configOf(engine, tree), 'README.md': `${tree.note}\n` }
      }
      return world.superproject.commitFiles(files, { branch, ...(from === undefined ? {} : { from }) })
    },
    push: async branch => {
      world.github.seed.branch(branch, await world.superproject.push(branch))
    },
    run: job => runHere(world, scratch, String(++runs), job),
    runBundle: async (jobs, stop) => {
      world.aws.resetCalls()
      const cut = stop === undefined ? null : cutAt(world, stop)
      boundary = cut?.boundary ?? null
      const stopping = stop === undefined ? {} : { [stop.how === 'killed' ? 'dieAfter' : 'cancelAfter']: cut!.reached }
      const outcomes = await Promise.all(
        jobs.map(({ commit, branch, account, inputs = {} }) =>
          world.run({
            ...{ event: eventOf(branch, commit, inputs), checkout: { branch, commit }, inputs },
            ...{ account: accounts[account], env: { NODE_OPTIONS: fastClock }, options: stopping }
          })
        )
      )
      boundary = null
      cut?.release()
      return outcomes.map(({ exitCode, annotations }) => {
        const errors = annotations.filter(({ level }) => level === 'error').map(({ message }) => message)
        return { exitCode, ...told(errors), writes: world.aws.writes().length }
      })
    },
    versions: (account, layer) => {
      const layers = listLayers(world.aws.world, accounts[account], region)
      const found = layers.find(({ name }) => name === nameOf(account, layer))
      return (found?.versions ?? []).map(({ version, zip, description }) => ({
        version,
        release: releaseIn(zip),
        declared: description.replace(/ ?\[content:[0-9a-f]{64}\]$/, '')
      }))
    },
    pointer: (account, layer) => pointerIn(world, engine, account, layer),
    publishByHand: async (account, layer) => {
      const ZipFile = zipOf([{ path: 'python/by_hand.py', content: `${++runs}\n` }])
      await clients[account].send(
        new PublishLayerVersionCommand({ LayerName: nameOf(account, layer), Content: { ZipFile } })
      )
    },
    deleteByHand: async (account, layer, VersionNumber) => {
      await clients[account].send(new DeleteLayerVersionCommand({ LayerName: nameOf(account, layer), VersionNumber }))
    },
    makeOld: () => {
      for (const account of Object.values(accounts))
        for (const { versions } of world.aws.world.region(account, region).layers.values())
          for (const each of versions as { createdDate: string }[]) each.createdDate = '2026-01-01T00:00:00.000+0000'
    },
    defects: () => world.aws.defects,
    close: async () => {
      for (const client of Object.values(clients)) client.destroy()
      await world.close()
      await rm(scratch, { recursive: true, force: true })
    }
  }
}

const eventOf = (branch: Branch, commit: string, inputs: Readonly<Record<string, string>>) =>
  inputs['command'] === undefined
    ? push({ repository, branch, after: commit })
    : workflowDispatch({ repository, ref: `refs/heads/${branch}`, sha: commit })

/** Holds the call back until the process is gone, so that it is stopped nowhere else. */
function cutAt({ aws }: ExampleWorld, { write, moment, how }: Stop) {
  let [reach, release] = [(): void => undefined, (): void => undefined]
  const reached = new Promise<void>(resolve => (reach = resolve))
  const released = new Promise<void>(resolve => (release = resolve))
  const boundary = (call: Call, at: 'before' | 'after'): void | Promise<void> => {
    if (at !== moment || !call.write || aws.writes().length !== write) return
    reach()
    // A cancelled run goes on to its end, and waits for what it began.
    if (how === 'killed') return Promise.race([released, new Promise<void>(late => setTimeout(late, 500))])
  }
  return { boundary, reached, release: () => release() }
}

function told(errors: readonly string[]): Pick<Ended, 'codes' | 'told'> {
  const codes = errors.map(line => /(?:^|: )([A-Z_]{4,}): Expected /.exec(line)?.[1] ?? line)
  return { codes, told: errors[0] ?? '' }
}

function releaseIn(zip: Buffer): number | null {
  const file = readZip(zip).find(({ name }) => /^python\/(?:alpha\/__init__|beta)\.py$/.test(name))
  const release = /^release = (\d+)$/m.exec(file?.content.toString() ?? '')?.[1]
  return release === undefined ? null : Number(release)
}

function pointerIn({ aws }: ExampleWorld, engine: Engine, account: AccountName, layer: LayerId): number | null {
  const [id, name] = [accounts[account], nameOf(account, layer)]
  if (engine === 'lambda') {
    const state = aws.world.buckets.get(`${id}-code-deployment`)?.objects.get(`layer-deploy/state/${name}.json`)
    const version = state === undefined ? null : (JSON.parse(state.body.toString()) as { version?: unknown }).version
    return typeof version === 'number' ? version : null
  }
  const stack = listStacks(aws.world, id, region).find(each => each.name === name && each.status !== 'DELETE_COMPLETE')
  const arn = stack?.outputs['LayerVersionArn']
  return arn === undefined ? null : Number(arn.split(':').at(-1))
}

/** @actions/core writes every summary of a process to the file that it was told of first. */
const summaryFile = join(tmpdir(), `month-summary-${process.pid}`)

/** The action in this process: a fifth of what the bundle costs. */
async function runHere(world: ExampleWorld, scratch: string, id: string, job: Job): Promise<Ended> {
  const { commit, branch, account, inputs = {} } = job
  const { eventName, payload, ref, sha } = eventOf(branch, commit, inputs)
  const workspace = await world.superproject.cloneForRun({ branch, commit })
  const names = ['output', 'state', 'event']
  const fileOf = (name: string): string => join(scratch, `${id}-${name}`)
  for (const name of names) await writeFile(fileOf(name), name === 'event' ? JSON.stringify(payload) : '')
  const given = { ...inputs, 'github-token': installationToken }
  world.aws.resetCalls()
  const { printed, exitCode } = await mainInProcess({
    ...{ PATH: process.env['PATH'] ?? '', HOME: scratch, RUNNER_TEMP: scratch, GITHUB_WORKSPACE: workspace },
    ...{ GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id, GITHUB_EVENT_NAME: eventName },
    ...{ GITHUB_EVENT_PATH: fileOf('event'), GITHUB_REF: ref, GITHUB_SHA: sha, GITHUB_API_URL: world.github.url },
    ...{ GITHUB_OUTPUT: fileOf('output'), GITHUB_STATE: fileOf('state'), GITHUB_STEP_SUMMARY: summaryFile },
    ...{ GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', AWS_EC2_METADATA_DISABLED: 'true' },
    ...world.aws.env(accounts[account], region),
    ...Object.fromEntries(Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]))
  })
  await readFile(fileOf('output'))
  for (const path of [workspace, summaryFile, ...names.map(fileOf)]) await rm(path, { recursive: true, force: true })
  const errors = [...printed.matchAll(/^::error[^:]*::(.*)$/gm)].map(([, message = '']) => message)
  return { exitCode, ...told(errors), writes: world.aws.writes().length }
}
