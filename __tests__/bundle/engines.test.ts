/** The main job with the engine `lambda`, in several regions, and with each input that narrows or widens it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { RunOutcome } from '../../emulators/runner/index.js'
import {
  makeActionWorld,
  productionAccount,
  sandboxAccount,
  type ActionRun,
  type ActionWorld
} from '../support/action-world.js'
import { push } from '../support/events.js'
import { configText } from './config-text.js'
import { changedOf, errorsOf, rowsOf, statusesOf, versionsIn } from './reading.js'

const regions = ['us-east-2', 'eu-central-1'] as const
const [first, second] = regions
const buckets = [sandboxAccount, productionAccount].flatMap(ownerAccountId =>
  regions.map(region => ({ name: `${ownerAccountId}-code-${region}`, ownerAccountId, region }))
)

describe.each(['cloudformation', 'lambda'] as const)('engine %s, two regions', engine => {
  let world: ActionWorld
  beforeAll(async () => {
    world = await makeActionWorld({
      config: configText({
        engine,
        regions,
        bucket: 'code-{region}',
        layers: { alpha: '{ path: alpha }', beta: '{ path: beta, also-watch: [constraints.txt] }' }
      }),
      submodules: {},
      files: { 'alpha/python/alpha.py': '1\n', 'beta/python/beta.py': '1\n' },
      aws: { buckets }
    })
  })
  afterAll(() => world.close())
  beforeEach(() => {
    world.aws.resetCalls()
  })

  async function deploy(branch = 'test', job: Partial<ActionRun> = {}): Promise<RunOutcome> {
    const after = await world.superproject.push(branch)
    const account = branch === 'main' ? productionAccount : sandboxAccount
    return world.run({ event: push({ branch, after }), checkout: { branch, commit: after }, account, ...job })
  }
  const inSandbox = () => regions.map(region => versionsIn(world, sandboxAccount, region))

  it('dry-run plans a deploy and writes nothing', async () => {
    const outcome = await deploy('test', { inputs: { 'dry-run': 'true' } })
    expect(errorsOf(outcome)).toEqual([])
    expect(outcome.outputs).toMatchObject({ command: 'deploy', conclusion: 'success', changed: 'true' })
    expect(rowsOf(outcome)['alpha']?.[second]).toMatchObject({ status: 'planned', version: null })
    expect(world.aws.writes()).toEqual([])
    expect(world.github.state.deployments).toEqual([])
    expect(statusesOf(world)).toEqual(['layer-deploy/plan pending', 'layer-deploy/plan success'])
  })

  it('a job of the matrix deploys its layers in its region, and nothing else', async () => {
    const plan = await deploy('test', { inputs: { command: 'plan' } })
    const { include } = JSON.parse(plan.outputs['matrix'] ?? '') as { include: Record<string, string>[] }
    expect(include).toHaveLength(4)
    const entry = include.find(({ layers, region }) => layers === 'alpha' && region === second)!
    const { layers = '', region = '', environment = '' } = entry
    const outcome = await deploy('test', { inputs: { layers, regions: region, environment } })
    expect(errorsOf(outcome)).toEqual([])
    expect(outcome.outputs['regions']).toBe(JSON.stringify([second]))
    expect(inSandbox()).toEqual([{}, { 'dev-alpha-layer': [1] }])
    expect(world.aws.writes().every(call => call.region === second)).toBe(true)
    // The outputs per layer speak of the first region of the run.
    expect(outcome.outputs['alpha_arn']).toContain(`:${second}:`)
    expect(outcome.outputs).toMatchObject({ beta_version: '', beta_changed: 'false' })
  })

  it('publishes the rest', async () => {
    const outcome = await deploy()
    expect(errorsOf(outcome)).toEqual([])
    expect(outcome.outputs).toMatchObject({ conclusion: 'success', alpha_version: '1', beta_version: '1' })
    expect(rowsOf(outcome)['alpha']?.[second]).toMatchObject({ status: 'unchanged', version: 1 })
    const all = { 'dev-alpha-layer': [1], 'dev-beta-layer': [1] }
    expect(inSandbox()).toEqual([all, all])
  })

  it('an unchanged run makes no write', async () => {
    const outcome = await deploy()
    expect(outcome.outputs).toMatchObject({ conclusion: 'success', changed: 'false', matrix: '{"include":[]}' })
    expect(world.aws.writes()).toEqual([])
  })

  it('moved in one region only: that region catches up', async () => {
    await world.superproject.commitFiles({ 'alpha/python/alpha.py': '2\n' }, { branch: 'test' })
    await deploy('test', { inputs: { regions: first } })
    world.aws.resetCalls()
    const outcome = await deploy()
    expect(errorsOf(outcome)).toEqual([])
    expect(changedOf(outcome)).toEqual(['alpha'])
    expect(inSandbox().map(versions => versions['dev-alpha-layer'])).toEqual([
      [1, 2],
      [1, 2]
    ])
    expect(world.aws.writes().every(call => call.region === second)).toBe(true)
  })

  it('force with the same content makes no version', async () => {
    const before = inSandbox()
    const outcome = await deploy('test', { inputs: { force: 'true' } })
    expect(errorsOf(outcome)).toEqual([])
    expect(changedOf(outcome)).toEqual(['alpha', 'beta'])
    expect(rowsOf(outcome)['beta']?.[first]).toMatchObject({ status: 'unchanged', reason: 'same-content', version: 1 })
    expect(inSandbox()).toEqual(before)
  })

  it('a source that moved without its content moving makes no version, and is not looked at twice', async () => {
    const before = inSandbox()
    await world.superproject.commitFiles({ 'constraints.txt': 'flask==4\n' }, { branch: 'test' })
    const outcome = await deploy()
    expect(errorsOf(outcome)).toEqual([])
    expect(rowsOf(outcome)['beta']?.[first]).toMatchObject({ status: 'unchanged', reason: 'same-content' })
    expect(inSandbox()).toEqual(before)
    world.aws.resetCalls()
    expect((await deploy()).outputs).toMatchObject({ changed: 'false' })
    expect(world.aws.writes()).toEqual([])
  })

  it('what the sandbox has not proven is refused in production; what it has proven is published', async () => {
    await world.superproject.mergeBranch('test', 'main')
    const proven = await deploy('main')
    expect(errorsOf(proven)).toEqual([])
    expect(proven.outputs).toMatchObject({ environment: 'production', alpha_version: '1', beta_version: '1' })
    const digests = (run: RunOutcome) => rowsOf(run)['alpha']?.[first]?.['content-digest']
    expect(digests(proven)).toBe(digests(await deploy()))

    world.aws.resetCalls()
    await world.superproject.commitFiles({ 'alpha/python/alpha.py': 'hotfix\n' }, { branch: 'main' })
    const outcome = await deploy('main')
    expect(outcome.exitCode).toBe(1)
    expect(errorsOf(outcome)).toEqual([expect.stringMatching(/^NOT_PROMOTED: /)])
    expect(world.aws.writes()).toEqual([])
  })

  it('the emulators found nothing to complain of', () => {
    expect(world.github.violations).toEqual([])
    expect(world.aws.defects).toEqual([])
  })
})
