/** G9: runs whose every credential is a canary; a build prints them in every form, and things fail. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listStacks } from '../../emulators/aws/cloudformation/reader.js'
import { listLayers } from '../../emulators/aws/lambda/reader.js'
import { readZip } from '../../emulators/aws/zip-check.js'
import {
  makeExampleWorld,
  productionAccount,
  region,
  repository,
  sandboxAccount,
  type ExampleWorld
} from '../../emulators/world/example-world.js'
import { push } from '../../emulators/world/push-events.js'
import { pullRequest } from '../../emulators/world/pull-request-events.js'
import type { WorkflowEvent } from '../../emulators/world/workflow-event.js'
import { mainInProcess } from '../support/main-in-process.js'
import { canaries, checkoutToken, hitsIn, indexPassword, leak, submodulePassword } from './canary-forms.js'
import type { Mishap } from './canary-mishaps.js'

interface CanaryRun {
  /** What was found: place, form and name of each canary; empty where all is well. */
  readonly hits: readonly string[]
  /** The log as a person sees it. */
  readonly text: string
  readonly exitCode: number
}

export interface CanaryWorld {
  /** In this process. @param round from 0; which call a fault hits, and what the layer holds */
  run(mishap: Mishap, round: number): Promise<CanaryRun>
  /** Through dist/, its post step too. */
  runBundle(mishap: Mishap, round: number): Promise<CanaryRun>
  close(): Promise<void>
}

const commands = {
  build:
    'python3 leak.py && mkdir -p $LAYER_BUILD_DIR/python && cp leak.py $LAYER_BUILD_DIR/python && echo $LEAK_ROUND > $LAYER_BUILD_DIR/python/round',
  check: 'python3 $LEAK_WORKSPACE/leaky/leak.py; false'
}

/** What the build is shown of the job. Keys of AWS and inputs can not be named here. */
const shown = 'PRIVATE_API_KEY, TWINE_PASSWORD, PIP_INDEX_URL, LEAK_VALUES, LEAK_WORKSPACE, LEAK_ROUND, LEAK_EXIT'

function configText(
  change: { engine?: string; account?: string; bucket?: string; check?: string; more?: string } = {}
) {
  const { engine = 'cloudformation', account = sandboxAccount, bucket = `${sandboxAccount}-code-deployment` } = change
  const check = change.check === undefined ? '' : `, check: "${change.check}"`
  const place = `account-id: "${account}", regions: [${region}], artifact-bucket: ${bucket}, engine: ${engine}`
  return `version: 1
environments:
  sandbox: { branch: test, stage: dev, ${place} }
${change.more ?? ''}
defaults: { compatible-runtimes: [python3.10] }
layers:
  leaky: { path: leaky, build: { command: "${commands.build}"${check}, environment: [${shown}] } }
  da_flask: { path: da_flask }
`
}

const production = `  production: { branch: main, stage: prod, account-id: "${productionAccount}", regions: [${region}], artifact-bucket: x-code }`
const files = {
  'leaky/leak.py': leak,
  'lambda.yml': configText({ engine: 'lambda' }).replaceAll('stage: dev', 'stage: direct'),
  'check.yml': configText({ check: commands.check }),
  'account.yml': configText({ account: productionAccount }),
  'bucket.yml': configText({ bucket: 'bucket-of-nobody' }),
  'two.yml': configText({ more: production })
}

export async function openCanaryWorld(): Promise<CanaryWorld> {
  const key = { accessKeyId: 'AKIACANARYEXAMPLE', secretAccessKey: canaries.AWS_SECRET_ACCESS_KEY }
  const account = { accountId: sandboxAccount, ...key, sessionToken: canaries.AWS_SESSION_TOKEN }
  const world = await makeExampleWorld({
    config: configText(),
    token: checkoutToken,
    files,
    aws: {
      accounts: [account],
      buckets: [{ name: `${sandboxAccount}-code-deployment`, ownerAccountId: sandboxAccount, region }]
    },
    rateLimit: { limit: 1_000_000, windowSeconds: 3_600 }
  })
  const sha = await world.superproject.push('test')
  const ends = { head: { ref: 'feature', sha }, base: { ref: 'test', sha } }
  world.github.seed.pullRequest({ number: 7, ...ends, mergeCommit: sha })
  const url = `http://octo:${submodulePassword}@127.0.0.1:9/da_flask.git`
  await world.superproject.commitFiles(
    { '.gitmodules': `[submodule "da_flask"]\n\tpath = da_flask\n\turl = ${url}\n` },
    { branch: 'broken', from: 'test' }
  )
  const commits = { right: sha, broken: await world.superproject.push('broken') }
  const scratch = await mkdtemp(join(tmpdir(), 'canaries-'))
  const place: Place = { world, commits, scratch, newInAws: watchAws(world), runs: 0 }
  return {
    run: (mishap, round) => runHere(place, mishap, round),
    runBundle: (mishap, round) => runThere(place, mishap, round),
    async close() {
      await world.close()
      await rm(scratch, { recursive: true, force: true })
    }
  }
}

interface Place {
  readonly world: ExampleWorld
  readonly commits: { readonly right: string; readonly broken: string }
  readonly scratch: string
  readonly newInAws: () => string
  runs: number
}

function eventOf({ commits }: Place, mishap: Mishap): WorkflowEvent & { readonly commit: string } {
  const commit = mishap.checkout === 'broken' ? commits.broken : commits.right
  const ids = { baseCommit: commit, headCommit: commit, mergeCommit: commit }
  const pull = { repository, number: 7, base: 'test', head: 'feature', ...ids }
  const event =
    mishap.event === 'pull request' ? pullRequest(pull) : push({ repository, branch: 'test', after: commit })
  return { ...event, commit }
}

function variablesOf(mishap: Mishap, round: number, workspace: string): Record<string, string> {
  const secrets: Record<string, string> = { ...canaries, ...mishap.variables }
  const inJob = Object.fromEntries(Object.keys(canaries).map(name => [name, secrets[name] ?? '']))
  return {
    ...{ PIP_INDEX_URL: `https://reader:${indexPassword}@127.0.0.1:9/simple`, RUNNER_DEBUG: '1', INPUT_FORCE: 'true' },
    ...{ LEAK_WORKSPACE: workspace, LEAK_ROUND: String(round), LEAK_VALUES: JSON.stringify(inJob) },
    ...secrets
  }
}

async function runHere(place: Place, mishap: Mishap, round: number): Promise<CanaryRun> {
  const { world, scratch } = place
  const id = `${++place.runs}`
  const { commit, eventName, payload, ref, sha } = eventOf(place, mishap)
  const workspace = await world.superproject.cloneForRun({ branch: 'test', commit })
  if (mishap.checkout === 'no configuration') await rm(join(workspace, '.github'), { recursive: true })
  const names = ['output', 'state', 'summary', 'event']
  const fileOf = (name: string): string => join(scratch, `${id}-${name}`)
  const eventText = mishap.event === 'corrupt' ? `{${JSON.stringify(canaries)}` : JSON.stringify(payload)
  for (const name of names) await writeFile(fileOf(name), name === 'event' ? eventText : '')
  mishap.faults?.(world, round)
  const { printed, exitCode } = await mainInProcess({
    ...{ PATH: process.env['PATH'] ?? '', HOME: scratch, RUNNER_TEMP: scratch, GITHUB_WORKSPACE: workspace },
    ...{ GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id, GITHUB_EVENT_NAME: eventName },
    ...{ GITHUB_EVENT_PATH: fileOf('event'), GITHUB_REF: ref, GITHUB_SHA: sha, GITHUB_API_URL: world.github.url },
    ...{ GITHUB_OUTPUT: fileOf('output'), GITHUB_STATE: fileOf('state'), GITHUB_STEP_SUMMARY: fileOf('summary') },
    ...world.aws.env(sandboxAccount, region),
    ...variablesOf(mishap, round, workspace)
  })
  const [outputs, state, summary] = await Promise.all(names.slice(0, 3).map(name => readFile(fileOf(name), 'utf8')))
  for (const path of [workspace, ...names.map(fileOf)]) await rm(path, { recursive: true, force: true })
  return found(place, mishap, { log: withoutMasks(printed), outputs, state, summary }, exitCode)
}

async function runThere(place: Place, mishap: Mishap, round: number): Promise<CanaryRun> {
  const { world } = place
  const { commit, ...event } = eventOf(place, mishap)
  let workspace = ''
  const inputs: Record<string, string> = {}
  const env: Record<string, string> = {}
  for (const [name, value] of Object.entries(variablesOf(mishap, round, '$WORKSPACE'))) {
    if (name.startsWith('INPUT_')) inputs[name.slice('INPUT_'.length).toLowerCase()] = value
    else env[name] = value
  }
  mishap.faults?.(world, round)
  const run = await world.run({
    ...{ event, checkout: { branch: 'test', commit }, account: sandboxAccount, inputs, env },
    options: mishap.event === 'corrupt' ? { eventText: `{${JSON.stringify(canaries)}` } : {},
    prepare: async folder => {
      workspace = folder
      env['LEAK_WORKSPACE'] = folder
      if (mishap.checkout === 'no configuration') await rm(join(folder, '.github'), { recursive: true })
    }
  })
  await rm(workspace, { recursive: true, force: true })
  const log = withoutMasks([run.rawStdout, run.stderr, run.postRawStdout, run.postStderr].join('\n'))
  const { summary, outputs, state, annotations } = run
  return found(place, mishap, { log, summary, read: JSON.stringify([outputs, state, annotations]) }, run.exitCode)
}

function withoutMasks(printed: string): string {
  return printed.replace(/^::add-mask::.*$/gm, '')
}

/** Looks everywhere that anybody can read, and makes ready for the next run. */
function found(
  { world, newInAws }: Place,
  { name }: Mishap,
  texts: Readonly<Record<string, string | undefined>> & { readonly log: string },
  exitCode: number
): CanaryRun {
  world.aws.faults.clear()
  world.github.faults.clear()
  const places = { ...texts, github: JSON.stringify([world.github.state, world.github.calls]), aws: newInAws() }
  const { comments, statuses, deployments, checkRuns } = world.github.state
  for (const list of [comments, statuses, deployments, checkRuns, world.github.calls]) list.length = 0
  const hits = Object.entries(places).flatMap(([where, text]) =>
    hitsIn(text ?? '').map(hit => `${name}: ${where}: ${hit}`)
  )
  return { hits, text: texts.log, exitCode }
}

/** What AWS holds since it was last asked: versions with all that is in their archives, objects, stacks. */
function watchAws({ aws }: ExampleWorld): () => string {
  const known = new Set<string>()
  const isNew = (name: string): boolean => !known.has(name) && known.add(name).has(name)
  return () => {
    const versions = listLayers(aws.world, sandboxAccount, region)
      .flatMap(({ versions }) => versions)
      .filter(({ arn }) => isNew(arn))
      .map(version => `${JSON.stringify({ ...version, zip: '' })}${contentOf(version.zip)}`)
    const objects = [...aws.world.buckets.values()].flatMap(bucket =>
      [...bucket.objects]
        .filter(([key, { etag }]) => isNew(`${key} ${etag}`))
        .map(([key, object]) => `${key}${JSON.stringify({ ...object, body: '' })}${contentOf(object.body)}`)
    )
    const stacks = JSON.stringify(listStacks(aws.world, sandboxAccount, region))
    return [...versions, ...objects, stacks].join('\n')
  }
}

/** The bytes as they are, and of a zip what it holds. */
function contentOf(bytes: Buffer): string {
  const isZip = bytes.subarray(0, 2).toString() === 'PK'
  const entries = isZip ? readZip(bytes).map(({ name, content }) => `${name}\n${content.toString('latin1')}`) : []
  return [bytes.toString('latin1'), ...entries].join('\n')
}

/** The action, in this process with that environment. */
