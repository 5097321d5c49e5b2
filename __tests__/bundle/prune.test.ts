/** Old versions go, used ones stay: through dist/, as a workflow and from a terminal. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { addFunction } from '../../emulators/aws/lambda/function-calls.js'
import { listLayers } from '../../emulators/aws/lambda/reader.js'
import { asCloneOfGitHub, makeHome, runCommandLine } from '../../emulators/world/command-line.js'
import {
  makeActionWorld,
  productionAccount,
  region,
  repository,
  sandboxAccount,
  type ActionWorld
} from '../support/action-world.js'
import { workflowDispatch } from '../support/events.js'
import { configText } from './config-text.js'
import { codesOf, errorsOf, versionsIn } from './reading.js'

let world: ActionWorld
beforeAll(async () => {
  world = await makeActionWorld({
    config: configText({ engine: 'lambda', layers: { alpha: '{ path: alpha }' } }),
    submodules: {},
    files: { 'alpha/python/alpha.py': '0\n' }
  })
  await world.push('test')
  // What others left in the account, a month ago: more versions of our layer than a page of a list has, and a foreign layer.
  const { layers } = world.aws.world.region(sandboxAccount, region)
  const ours = layers.get('dev-alpha-layer')!
  const first = ours.versions.pop()!
  const createdDate = new Date(Date.now() - 30 * 86_400_000).toISOString().replace('Z', '+0000')
  for (let version = 1; version <= 55; version++) {
    ours.versions.push({
      ...first,
      version,
      arn: `${ours.arn}:${version}`,
      createdDate,
      description: `release ${version}`
    })
  }
  layers.set('foreign', {
    ...ours,
    name: 'foreign',
    arn: ours.arn.replace('dev-alpha-layer', 'foreign'),
    versions: ours.versions.map(each => ({ ...each }))
  })
  await world.superproject.commitFiles({ 'alpha/python/alpha.py': '1\n' }, { branch: 'test' })
  await world.push('test', { inputs: { force: 'true' } })
  const arn = (version: number) => `${ours.arn}:${version}`
  for (let number = 0; number < 55; number++) {
    addFunction(world.aws.world, sandboxAccount, region, { name: `f${String(number).padStart(2, '0')}`, layers: [] })
  }
  addFunction(world.aws.world, sandboxAccount, region, {
    name: 'orders',
    layers: [arn(50)],
    versions: [{ version: '1', layers: [arn(7)] }],
    aliases: { live: '1' }
  })
})
afterAll(() => world.close())
beforeEach(() => {
  world.aws.resetCalls()
})
const prune = async (inputs: Record<string, string>, account = sandboxAccount) => {
  const sha = await world.superproject.push('test')
  const event = workflowDispatch({ ref: 'refs/heads/test', sha })
  return world.run({
    event,
    checkout: { branch: 'test', commit: sha },
    account,
    inputs: { command: 'prune', ...inputs }
  })
}
const numbers = () =>
  listLayers(world.aws.world, sandboxAccount, region)
    .find(({ name }) => name === 'dev-alpha-layer')!
    .versions.map(({ version }) => version)

it('F46 refuses the wrong account, without a write', async () => {
  const run = await prune({ keep: '3' }, productionAccount)
  expect(codesOf(run)).toEqual(['ACCOUNT_MISMATCH'])
  expect(world.aws.writes()).toEqual([])
})

it('a dry run shows every version with its reason and deletes none', async () => {
  const before = numbers()
  const run = await prune({ keep: '3', 'dry-run': 'true' })
  expect(errorsOf(run)).toEqual([])
  expect(run.summary).toContain('| 7 |')
  expect(run.summary).toContain('used by function orders:1')
  expect(run.summary).toContain('would be deleted')
  expect(numbers()).toEqual(before)
  expect(world.aws.writes()).toEqual([])
})

it('a terminal shows the plan and deletes nothing without --yes', async () => {
  const before = numbers()
  const home = await makeHome(await mkdtemp(join(tmpdir(), 'home-')), world.aws, {
    s: { accountId: sandboxAccount, region }
  })
  const directory = await world.superproject.cloneForRun({ branch: 'test' })
  await asCloneOfGitHub(directory, world.superproject.server.url, repository)
  const args = 'prune -e sandbox -p s --keep 3'.split(' ')
  const run = await runCommandLine({ directory, home, args, env: { AWS_ENDPOINT_URL: world.aws.url } })
  await rm(home, { recursive: true })
  expect(run).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('run again with --yes') })
  expect(run.stdout).toContain('would be deleted')
  expect(numbers()).toEqual(before)
})

it('deletes what nobody uses: not the newest, not what a function or an alias has, not another layer', async () => {
  const latest = numbers().at(-1)!
  const run = await prune({ keep: '3' })
  expect(errorsOf(run)).toEqual([])
  expect(numbers()).toEqual([7, 50, latest - 2, latest - 1, latest].sort((a, b) => a - b))
  expect(versionsIn(world, sandboxAccount)['foreign']).toHaveLength(55)
  expect(world.aws.writes().every(({ action }) => action === 'lambda:DeleteLayerVersion')).toBe(true)
  expect(run.outputs['conclusion']).toBe('success')
})

it('a second prune finds nothing to delete', async () => {
  expect((await prune({ keep: '3' })).outputs['conclusion']).toBe('success')
  expect(world.aws.writes()).toEqual([])
  expect(world.aws.defects).toEqual([])
})
