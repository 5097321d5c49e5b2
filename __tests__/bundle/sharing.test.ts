/** Sharing and the parameter through dist/, in two regions of AWS China: plan, deploy, rollback, another configuration. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { listStacks } from '../../emulators/aws/cloudformation/reader.js'
import { statementsOf } from '../../emulators/aws/lambda/layer-permissions.js'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { asCloneOfGitHub, makeHome, runCommandLine } from '../../emulators/world/command-line.js'
import { account } from '../../emulators/world/example-world.js'
import {
  makeActionWorld,
  productionAccount,
  repository,
  sandboxAccount,
  type ActionWorld
} from '../support/action-world.js'
import { workflowDispatch } from '../support/events.js'
import { configText, type ConfigOptions } from './config-text.js'
import { changedOf, errorsOf, rowsOf, shownBy } from './reading.js'

const regions = ['cn-north-1', 'cn-northwest-1'] as const
const [first] = regions
const third = '000000000003'
const layer = 'dev-alpha-layer'
const root = (accountId: string) => `arn:aws-cn:iam::${accountId}:root`
const inChina = (accountId: string, name: string) => ({
  ...account(accountId, name),
  arn: `arn:aws-cn:iam::${accountId}:user/deployer`
})

describe.each(['cloudformation', 'lambda'] as const)('engine %s', engine => {
  const named = engine === 'cloudformation'
  const configured = (...sandbox: readonly string[]): string => {
    const parameter = named ? ['ssm-parameter: "/layers/{region}/{stage}/{layer}"'] : []
    const options: ConfigOptions = { engine, regions, bucket: 'code-{region}', layers: { alpha: '{ path: alpha }' } }
    return configText({ ...options, sandbox: [...parameter, ...sandbox] })
  }
  const release = (number: number) => ({ 'alpha/python/alpha.py': `release = ${number}\n` })
  let world: ActionWorld
  const runs: RunOutcome[] = []
  beforeAll(async () => {
    const accounts = [inChina(sandboxAccount, 'SANDBOX'), inChina(productionAccount, 'PRODUCTION')]
    const buckets = regions.flatMap(region =>
      [sandboxAccount, productionAccount].map(owner => ({
        ...{ name: `${owner}-code-${region}`, ownerAccountId: owner, region }
      }))
    )
    world = await makeActionWorld({
      config: configured(`share-with: ["${productionAccount}"]`),
      submodules: {},
      files: release(1),
      aws: { accounts, buckets }
    })
  })
  afterAll(() => world.close())
  beforeEach(() => {
    world.aws.resetCalls()
  })

  const state = (region: string) => world.aws.world.region(sandboxAccount, region)
  const readers = (version: number) =>
    regions.map(region => {
      const record = state(region).layers.get(layer)?.versions[version - 1]
      return record === undefined
        ? null
        : statementsOf(record).map(({ Principal }) => (Principal as { AWS: string }).AWS)
    })
  const parameters = () =>
    regions.map(region => state(region).parameters.get(`/layers/${region}/dev/alpha`)?.value ?? null)
  const arns = (version: number) =>
    regions.map(region => (named ? `arn:aws-cn:lambda:${region}:${sandboxAccount}:layer:${layer}:${version}` : null))
  const kept = (run: RunOutcome): RunOutcome => {
    runs.push(run)
    return run
  }
  const push = async (...args: Parameters<ActionWorld['push']>) => kept(await world.push(...args))
  const comment = () => world.github.state.comments.at(-1)?.body ?? ''

  it('a pull request says what it will be shared with, and writes nothing', async () => {
    await world.push('test', { inputs: { command: 'plan' } })
    await world.superproject.commitFiles({ 'README.md': 'news\n' }, { branch: 'feature', from: 'test' })
    const run = kept(await world.pullRequest(1, 'feature', 'test'))
    expect(errorsOf(run)).toEqual([])
    expect(comment()).toContain(`to be shared with \`${productionAccount}\``)
    if (named) expect(comment()).toContain('ARN to be in the parameter `/layers/cn-north-1/dev/alpha`')
    expect(world.aws.writes()).toEqual([])
  })

  it('the deploy shares each version and names it, in each region', async () => {
    const run = await push('test')
    expect(errorsOf(run)).toEqual([])
    expect(run.outputs).toMatchObject({ alpha_version: '1', regions: JSON.stringify(regions) })
    expect(rowsOf(run)['alpha']?.[regions[1]]).toMatchObject({ status: 'published', version: 1 })
    expect(readers(1)).toEqual([[root(productionAccount)], [root(productionAccount)]])
    expect(parameters()).toEqual(arns(1))
    expect(run.summary).toContain(`shared with \`${productionAccount}\``)
    await world.superproject.commitFiles(release(2), { branch: 'test' })
    expect(errorsOf(await push('test'))).toEqual([])
    expect([readers(1), readers(2)]).toEqual([1, 2].map(() => [[root(productionAccount)], [root(productionAccount)]]))
    expect(parameters()).toEqual(arns(2))
  })

  it('a rollback takes both along', async () => {
    const sha = await world.superproject.push('test')
    const run = kept(
      await world.run({
        event: workflowDispatch({ ref: 'refs/heads/test', sha }),
        checkout: { branch: 'test', commit: sha, depth: 0 },
        account: sandboxAccount,
        inputs: { command: 'rollback', version: 'previous', layers: 'alpha' }
      })
    )
    expect(errorsOf(run)).toEqual([])
    expect(rowsOf(run)['alpha']?.[first]).toMatchObject({ status: 'rolled-back', version: 3 })
    expect(readers(3)).toEqual([[root(productionAccount)], [root(productionAccount)]])
    expect(parameters()).toEqual(arns(3))
  })

  it('other accounts: planned, in the matrix, done without a version, then nothing is left to do', async () => {
    await push('test')
    const config = configured(`share-with: ["${third}"]`)
    await world.superproject.commitFiles({ '.github/layer-deploy.yml': config }, { branch: 'test' })
    world.aws.resetCalls()
    const plan = await push('test', { inputs: { command: 'plan' } })
    expect(plan.outputs).toMatchObject({ changed: 'true' })
    expect(plan.outputs['plan']).toContain('"action":"update sharing and parameter"')
    expect(plan.summary).toContain('its sharing or its parameter changed')
    expect(world.aws.writes()).toEqual([])
    const { include } = JSON.parse(plan.outputs['matrix'] ?? '') as { include: Record<string, string>[] }
    expect(include.map(({ layers }) => layers)).toEqual(['alpha', 'alpha'])
    const run = await push('test')
    expect(errorsOf(run)).toEqual([])
    expect(changedOf(run)).toEqual(['alpha'])
    expect(rowsOf(run)['alpha']?.[first]).toMatchObject({ status: 'unchanged', reason: 'access-changed', version: 4 })
    expect(readers(4)).toEqual([[root(third)], [root(third)]])
    expect(world.aws.writes().filter(({ api }) => api === 's3:PutObject' && !named)).toHaveLength(named ? 0 : 2)
    world.aws.resetCalls()
    expect((await push('test')).outputs).toMatchObject({ changed: 'false' })
    expect(world.aws.writes()).toEqual([])
  })

  it('nothing speaks of the partition aws: reports, outputs, requests, stacks, policies', async () => {
    const foreign = (text: string) => /.{0,60}arn:aws:.{0,60}/.exec(text)?.[0] ?? null
    expect(runs.map(run => foreign(shownBy(run)))).toEqual(runs.map(() => null))
    expect(foreign(comment())).toBeNull()
    expect(foreign(JSON.stringify(world.github.state.statuses))).toBeNull()
    const stacks = regions.flatMap(region => listStacks(world.aws.world, sandboxAccount, region))
    expect(stacks).toHaveLength(named ? 2 : 0)
    expect(foreign(JSON.stringify(stacks))).toBeNull()
    expect(foreign(JSON.stringify(regions.map(region => [...state(region).parameters])))).toBeNull()

    const home = await makeHome(await mkdtemp(join(tmpdir(), 'home-')), world.aws, {
      sandbox: { accountId: sandboxAccount, region: first }
    })
    const directory = await world.superproject.cloneForRun({ branch: 'test', depth: 0 })
    await asCloneOfGitHub(directory, world.superproject.server.url, repository)
    const args = ['iam-policy', '--json', '--repository-id', '4711']
    const policies = await runCommandLine({ directory, home, args, env: { AWS_ENDPOINT_URL: world.aws.url } })
    await rm(home, { recursive: true })
    expect(policies).toMatchObject({ exitCode: 0, stderr: '' })
    expect(policies.stdout).toContain('arn:aws-cn:lambda:cn-northwest-1')
    expect(foreign(policies.stdout)).toBeNull()
  })

  it('never met a defect of the emulators', () => {
    expect({ aws: world.aws.defects, github: world.github.violations }).toEqual({ aws: [], github: [] })
  })
})
