/** A prune as the action runs it, in the emulated account: what it asks, what it deletes, and what it says of each layer. */
import { expect, it } from '@jest/globals'
import { addFunction } from '../../../emulators/aws/lambda/function-calls.js'
import { CodedError } from '../../../src/model/errors.js'
import { prune } from '../../../src/operate/prune/prune.js'
import { layer, sandbox } from '../../support/configs.js'
import { accountId, otherAccountId, region } from '../../trials/account.js'
import { deployedWorld, type RunOptions } from '../deployed-world.js'

const at = (commit: string) =>
  ({ engine: 'lambda', content: { x: `x ${commit}`, y: `y ${commit}` }, commit, run: `${commit}/1` }) as const
const { account, run, told } = deployedWorld(prune, ['x', 'y'], [at('1'), at('2'), at('3')])
const ended = new CodedError('CANCELLED', { expected: 'this run to end', found: 'a signal', mend: 'run again' })
const where = `in sandbox (${accountId})`

const old = { createdDate: '2026-01-01T00:00:00.000+0000' }
/** All of them are old enough. */
function pruned(options: RunOptions = {}): ReturnType<typeof run> {
  for (const { versions } of account().emulator.world.region(accountId, region).layers.values())
    for (const version of versions) Object.assign(version, old)
  return run(options)
}
const left = (id: string) =>
  account()
    .versions(`dev-${id}-layer`)
    .map(({ version }) => version)
const arnOf = (id: string, version: number) =>
  account()
    .versions(`dev-${id}-layer`)
    .find(each => each.version === version)!.arn
const calls = () => account().emulator.calls.map(({ api }) => api.split(':')[1]!)
const deletions = () =>
  account()
    .emulator.writes()
    .map(({ api, resource }) => `${api} ${resource}`)
    .sort()

it('deletes what nobody needs, and says so in headline, rows, plan, page and progress', async () => {
  const result = await pruned()
  expect([left('x'), left('y')]).toEqual([[3], [3]])
  const of = (id: string) =>
    [1, 2].map(version => `arn:aws:lambda:${region}:${accountId}:layer:dev-${id}-layer:${version}`)
  expect(deletions()).toEqual([...of('x'), ...of('y')].map(arn => `lambda:DeleteLayerVersion ${arn}`))
  expect(told.toSorted()).toEqual(['x', 'y'].flatMap(id => [1, 2].map(version => `${id}: version ${version} deleted.`)))
  const state = account().state('dev-x-layer')!
  expect(result).toMatchObject({
    ...{ conclusion: 'success', headline: `4 layer versions deleted, 2 kept, ${where}`, changedLayers: [] },
    ...{ errors: [], warnings: [], environment: { name: 'sandbox' } },
    plan: {
      keep: 1,
      layers: [{ layer: 'x', versions: [{ action: 'keep' }, {}, { action: 'delete' }] }, { layer: 'y' }]
    }
  })
  expect(result.layers[0]).toMatchObject({
    ...{ layerId: 'x', region, layerName: 'dev-x-layer', status: 'unchanged', reason: 'unchanged', error: null },
    ...{ version: 3, previousVersion: 3, contentDigest: state['content-digest'], toCommit: state['source-commit'] }
  })
  expect(result.verdicts.map(({ guard, passed }) => `${guard} ${String(passed)}`)).toEqual([
    'ACCOUNT_MISMATCH true',
    'REGION_NOT_ALLOWED true',
    ...['x', 'y'].flatMap(() => ['LAYER_NOT_OURS true', 'PUBLISH_UNVERIFIED true'])
  ])
  expect(result.details).toMatch(/^## Layer versions\n/)
  expect(result.details?.match(/[*]{2}deleted[*]{2}/g)).toHaveLength(4)
})

it('a dry run deletes nothing and says what would be', async () => {
  const result = await pruned({ request: { dryRun: true } })
  expect(deletions()).toEqual([])
  expect(result).toMatchObject({
    conclusion: 'success',
    headline: `4 layer versions would be deleted, 2 kept, ${where}`
  })
  expect(result.details?.match(/[*]{2}would be deleted[*]{2}/g)).toHaveLength(4)
})

it('keeps as many as it is told, and asks no second time who uses what where nothing goes', async () => {
  const { headline, plan } = await pruned({ request: { keep: 3 } })
  expect(headline).toBe(`0 layer versions deleted, 6 kept, ${where}`)
  expect(plan).toMatchObject({ keep: 3 })
  expect(calls().filter(api => api === 'ListFunctions')).toHaveLength(1)
})

it('what functions of the region use stays', async () => {
  addFunction(account().emulator.world, accountId, region, { name: 'orders', layers: [arnOf('x', 1)] })
  const { details } = await pruned()
  expect([left('x'), left('y')]).toEqual([[1, 3], [3]])
  expect(details).toContain('used by function orders')
})

it('only the layers and regions that are named', async () => {
  const environment = { ...sandbox, engine: 'lambda', regions: ['eu-west-1', region] } as const
  await pruned({ request: { environment, regions: [region], layers: [layer('y')] } })
  expect([left('x'), left('y')]).toEqual([[1, 2, 3], [3]])
  expect(new Set(account().emulator.calls.map(call => call.region))).toEqual(new Set([region]))
})

it('every region of the environment, each by the functions that are there', async () => {
  const { world } = account().emulator
  const { layers } = world.region(accountId, region)
  const here = layers.get('dev-x-layer')!
  const versions = here.versions.map(each => ({ ...each, ...old, arn: each.arn.replace(region, 'eu-west-1') }))
  const there = { ...here, versions }
  world.region(accountId, 'eu-west-1').layers.set('dev-x-layer', there)
  addFunction(world, accountId, 'eu-west-1', { name: 'orders', layers: [there.versions[0]!.arn] })
  const environment = { ...sandbox, engine: 'lambda', regions: ['eu-west-1', region] } as const
  const result = await pruned({
    request: { environment, layers: [layer('x')] },
    // One bucket serves one region: what is deployed here is deployed there.
    wrap: engine => ({ ...engine, observe: (target, wait) => engine.observe({ ...target, region }, wait) })
  })
  expect(result.headline).toBe(`3 layer versions deleted, 3 kept, ${where}`)
  expect(result.layers.map(row => `${row.region} ${row.status}`)).toEqual([
    'eu-west-1 unchanged',
    `${region} unchanged`
  ])
  expect(there.versions.map(({ deleted }) => deleted)).toEqual([false, true, false])
  expect(left('x')).toEqual([3])
})

it('the wrong account is refused before anything is read of it', async () => {
  const environment = { ...sandbox, engine: 'lambda', accountId: otherAccountId } as const
  const result = await pruned({ request: { environment } })
  expect(result).toMatchObject({
    ...{ conclusion: 'failure', errors: [{ code: 'ACCOUNT_MISMATCH' }], layers: [] },
    headline: `ACCOUNT_MISMATCH: no version was deleted in sandbox (${otherAccountId})`
  })
  expect(calls()).toEqual(['GetCallerIdentity'])
})

it('a layer of somebody else refuses all of it; the page says what would have gone', async () => {
  const result = await pruned({
    wrap: engine => ({
      ...engine,
      observe: async (target, wait) => {
        const observation = await engine.observe(target, wait)
        if (target.layerId === 'x') return observation
        const finding = { expected: 'ours', found: 'theirs', mend: 'ask them' }
        return { ...observation, verdicts: [{ guard: 'LAYER_NOT_OURS', subject: '', passed: false, finding }] }
      }
    })
  })
  expect(result).toMatchObject({ conclusion: 'failure', errors: [{ code: 'LAYER_NOT_OURS' }] })
  expect(result.details).toContain('**would be deleted**')
  expect(deletions()).toEqual([])
})

it('one that fails is told in the row of its layer, and keeps no other', async () => {
  account().emulator.faults.add({ action: 'lambda:DeleteLayerVersion', kind: 'denied', resource: 'dev-x-layer:2' })
  const result = await pruned()
  expect([left('x'), left('y')]).toEqual([[2, 3], [3]])
  expect(result).toMatchObject({
    ...{ conclusion: 'failure', headline: `3 layer versions deleted, 3 kept, ${where}` },
    ...{ errors: [{ code: 'ACCESS_DENIED' }] },
    layers: [
      { layerId: 'x', status: 'failed', reason: 'failed', version: 3, error: { code: 'ACCESS_DENIED' } },
      { layerId: 'y', status: 'unchanged', reason: 'unchanged', error: null }
    ]
  })
})

it('what becomes the deployed version meanwhile stays, and the run says so', async () => {
  const result = await pruned({
    request: { layers: [layer('x')] },
    wrap: engine => ({
      ...engine,
      observe: async (target, wait) => {
        const observation = await engine.observe(target, wait)
        return wait ? observation : { ...observation, deployed: { ...observation.deployed!, version: 1 } }
      }
    })
  })
  expect(result.errors.map(({ finding }) => finding)).toEqual([
    {
      expected: 'version 1 of dev-x-layer to be an old one, as when this prune was planned',
      found: 'the deployed version',
      mend: 'run again to plan anew'
    }
  ])
  expect(left('x')).toEqual([1, 3])
})

it('a run that is ended deletes nothing more, and says why first', async () => {
  const controller = new AbortController()
  const result = await pruned({
    ports: { signal: controller.signal },
    request: { layers: [layer('x')] },
    wrap: engine => ({
      ...engine,
      observe: async (target, wait) => {
        const observation = await engine.observe(target, wait)
        if (!wait) controller.abort(ended)
        return observation
      }
    })
  })
  expect(result.errors[0]).toBe(ended)
  expect(result).toMatchObject({ conclusion: 'failure', headline: `CANCELLED: no version was deleted ${where}` })
  expect(left('x')).toEqual([1, 2, 3])
})
