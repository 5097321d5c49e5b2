/** Functions move to the deployed layer version, named ones alone: through dist/, on the emulators. */
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { addFunction, type NewFunction } from '../../emulators/aws/lambda/function-calls.js'
import {
  makeActionWorld,
  productionAccount,
  region,
  sandboxAccount,
  type ActionWorld
} from '../support/action-world.js'
import { workflowDispatch } from '../support/events.js'
import { configText } from './config-text.js'
import { codesOf, errorsOf, warningsOf } from './reading.js'

const layerArn = `arn:aws:lambda:${region}:${sandboxAccount}:layer:dev-alpha-layer`
let world: ActionWorld
beforeAll(async () => {
  world = await makeActionWorld({
    config: configText({
      layers: { alpha: '{ path: alpha, consumers: { functions: [orders, "billing-*", ghost] } }' },
      sandbox: ['report-consumers: true']
    }),
    submodules: {},
    files: { 'alpha/python/alpha.py': '0\n' }
  })
  await world.push('test')
  await world.superproject.commitFiles({ 'alpha/python/alpha.py': '1\n' }, { branch: 'test' })
  add({
    name: 'orders',
    layers: [`${layerArn}:1`],
    versions: [{ version: '1', layers: [`${layerArn}:1`] }],
    aliases: { live: '1' }
  })
  const deployed = await world.push('test')
  expect(deployed.outputs['alpha_version']).toBe('2')
  expect(JSON.parse(deployed.outputs['consumers']!)).toEqual({
    alpha: {
      [region]: [
        { function: 'orders', 'function-version': '$LATEST', aliases: [], 'layer-version': 1, status: 'older' },
        { function: 'orders', 'function-version': '1', aliases: ['live'], 'layer-version': 1, status: 'older' }
      ]
    }
  })
  expect(deployed.summary).toContain('Functions on an older layer version')
})
afterAll(async () => {
  expect(world.aws.defects).toEqual([])
  await world.close()
})
beforeEach(() => {
  functions().clear()
  world.aws.resetCalls()
})

const functions = () => world.aws.world.region(sandboxAccount, region).functions
const add = (added: NewFunction) => {
  addFunction(world.aws.world, sandboxAccount, region, added)
}
const latest = (name: string) => functions().get(name)!.versions[0]!.layers
const rollout = async (inputs: Record<string, string> = {}, account = sandboxAccount) => {
  const sha = await world.superproject.push('test')
  const event = workflowDispatch({ ref: 'refs/heads/test', sha })
  const checkout = { branch: 'test', commit: sha }
  return world.run({ event, checkout, account, inputs: { command: 'rollout', ...inputs } })
}
const statuses = (run: Awaited<ReturnType<typeof rollout>>) =>
  (JSON.parse(run.outputs['plan']!) as { functions: { function: string; status: string }[] }).functions.map(
    ({ function: name, status }) => `${name} ${status}`
  )

it('moves what is named and on an older version, at the same position; nothing else', async () => {
  const other = `arn:aws:lambda:${region}:444455556666:layer:other:7`
  add({ name: 'orders', layers: [other, `${layerArn}:1`], updateReads: 3 })
  add({ name: 'billing-new', layers: [`${layerArn}:2`] })
  add({ name: 'billing-pinned', layers: [`${layerArn}:1`], tags: { pin: 'until May' } })
  add({ name: 'foreign', layers: [`${layerArn}:1`] })
  const run = await rollout()
  expect(errorsOf(run)).toEqual([])
  expect(statuses(run)).toEqual(['billing-new current', 'billing-pinned skipped', 'orders moved'])
  expect(latest('orders')).toEqual([other, `${layerArn}:2`])
  expect(latest('foreign')).toEqual([`${layerArn}:1`])
  expect(latest('billing-pinned')).toEqual([`${layerArn}:1`])
  expect(warningsOf(run)).toEqual([expect.stringContaining('ghost')])
  expect(world.aws.writes().map(({ action }) => action)).toEqual(['lambda:UpdateFunctionConfiguration'])
  world.aws.resetCalls()
  expect(statuses(await rollout())).toContain('orders current')
  expect(world.aws.writes()).toEqual([])
})

it('a dry run writes nothing', async () => {
  add({ name: 'orders', layers: [`${layerArn}:1`] })
  expect(statuses(await rollout({ 'dry-run': 'true' }))).toEqual(['orders planned'])
  expect(world.aws.writes()).toEqual([])
})

it('F46 the wrong account is refused, without a write', async () => {
  add({ name: 'orders', layers: [`${layerArn}:1`] })
  expect(codesOf(await rollout({}, productionAccount))).toEqual(['ACCOUNT_MISMATCH'])
  expect(world.aws.writes()).toEqual([])
})

it('one function that is not compatible refuses all, without a write', async () => {
  add({ name: 'billing-old', layers: [`${layerArn}:1`], runtime: 'python3.9' })
  add({ name: 'orders', layers: [`${layerArn}:1`] })
  expect(codesOf(await rollout())).toEqual(['WRONG_ARCHITECTURE'])
  expect(world.aws.writes()).toEqual([])
})

it('stops at the first failure and gives that function its former layers back', async () => {
  add({ name: 'billing-a', layers: [`${layerArn}:1`] })
  add({ name: 'billing-b', layers: [`${layerArn}:1`], failsWith: [{ layer: `${layerArn}:2`, reason: 'too large' }] })
  add({ name: 'orders', layers: [`${layerArn}:1`] })
  const run = await rollout()
  expect(run.exitCode).toBe(1)
  expect(statuses(run)).toEqual(['billing-a moved', 'billing-b failed', 'orders not-attempted'])
  expect(errorsOf(run)[0]).toContain('too large')
  expect(latest('billing-a')).toEqual([`${layerArn}:2`])
  expect(latest('billing-b')).toEqual([`${layerArn}:1`])
  expect(latest('orders')).toEqual([`${layerArn}:1`])
})

it('a function that somebody else changes meanwhile is left alone', async () => {
  add({ name: 'orders', layers: [`${layerArn}:1`] })
  const taken = { code: 'PreconditionFailedException', status: 412 }
  world.aws.faults.add({ action: 'lambda:UpdateFunctionConfiguration', kind: 'error', ...taken })
  const run = await rollout()
  expect(codesOf(run)).toEqual(['STALE_RUN'])
  expect(statuses(run)).toEqual(['orders failed'])
  expect(latest('orders')).toEqual([`${layerArn}:1`])
})

it.each(['reset-after', 'error-500-after', 'throttle'] as const)(
  'an answer that is lost (%s) is no second write of another kind, and the next run finds all done',
  async kind => {
    add({ name: 'orders', layers: [`${layerArn}:1`] })
    world.aws.faults.add({ action: 'lambda:UpdateFunctionConfiguration', nth: 1, kind })
    expect(statuses(await rollout())).toEqual(['orders moved'])
    expect(statuses(await rollout())).toEqual(['orders current'])
  }
)
