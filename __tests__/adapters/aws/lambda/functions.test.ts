/** Functions for `rollout`: the exact requests, and what the emulated Lambda's answers become. */
import { beforeAll, beforeEach, expect, it } from '@jest/globals'
import { addFunction, type NewFunction } from '../../../../emulators/aws/lambda/function-calls.js'
import { publishLayerVersion } from '../../../../emulators/aws/lambda/layers.js'
import { createAws } from '../../../../src/adapters/aws/index.js'
import type { Functions } from '../../../../src/ports/aws.js'
import { zipOf } from '../../../support/zip-file.js'
import { accountId, openAccount, region, type Account } from '../../../trials/account.js'
import { requestsTo } from '../requests-of.js'

const zip = zipOf([{ path: 'python/a.py', content: '' }])
const layer = (version: number) => `arn:aws:lambda:${region}:${accountId}:layer:l:${version}`
const functionArn = `arn:aws:lambda:${region}:${accountId}:function:f`

let account: Account
let functions: Functions
beforeAll(async () => {
  account = await openAccount()
  const { signal } = new AbortController()
  functions = await createAws({ environment: process.env, signal, homeRegion: region, accountId })
    .region(region)
    .functions()
  const caller = { principal: { accountId, arn: '', userId: '' }, region }
  for (let version = 1; version <= 2; version++)
    publishLayerVersion(account.emulator.world, caller, { LayerName: 'l', Content: { ZipFile: zip } })
})
beforeEach(() => {
  account.emulator.world.region(accountId, region).functions.clear()
})
const asked = requestsTo(() => account)
const add = (changes: Partial<NewFunction> = {}) =>
  addFunction(account.emulator.world, accountId, region, { name: 'f', layers: [layer(1)], ...changes })

it('are listed by name with the layers of $LATEST, over all pages', async () => {
  const names = Array.from({ length: 51 }, (_none, index) => `f-${String(index).padStart(2, '0')}`)
  for (const name of names) add({ name, layers: name === 'f-50' ? [layer(1), layer(2)] : [] })
  const listed = await functions.list()
  expect([...listed.keys()]).toEqual(names)
  expect([listed.get('f-00'), listed.get('f-50')]).toEqual([[], [layer(1), layer(2)]])
  const path = '/2015-03-31/functions'
  expect(asked()).toEqual([
    ['lambda:ListFunctions', { path }],
    ['lambda:ListFunctions', { path, Marker: expect.any(String) }]
  ])
})

it('are read with all that a change of layers is judged by; one that is not there is an answer', async () => {
  add({ runtime: 'python3.12', architectures: ['arm64'] })
  expect(await functions.read('f')).toEqual({
    ...{ functionName: 'f', runtime: 'python3.12', architectures: ['arm64'], codeBytes: expect.any(Number) },
    ...{ layers: [{ arn: layer(1), sizeBytes: 1 }], revisionId: expect.stringMatching(/./) },
    ...{ update: 'successful', updateReason: '' }
  })
  expect(await functions.read('none')).toBeNull()
  const path = (name: string) => `/2015-03-31/functions/${name}/configuration`
  expect(asked()).toEqual(['f', 'none'].map(name => ['lambda:GetFunctionConfiguration', { path: path(name) }]))
})

it('have tags', async () => {
  add({ tags: { team: 'orders' } })
  expect(await functions.tags('f')).toEqual({ team: 'orders' })
  expect(asked()).toEqual([['lambda:ListTags', { path: `/2017-03-31/tags/${functionArn}` }]])
})

it('take other layers at the revision that was read, and only at that', async () => {
  add()
  const { revisionId } = (await functions.read('f'))!
  account.emulator.resetCalls()
  expect(await functions.setLayers('f', [layer(2)], revisionId)).toBe('accepted')
  expect(asked()).toEqual([
    [
      'lambda:UpdateFunctionConfiguration',
      { path: '/2015-03-31/functions/f/configuration', Layers: [layer(2)], RevisionId: revisionId }
    ]
  ])
  expect(await functions.read('f')).toMatchObject({ update: 'in-progress' })
  expect(await functions.read('f')).toMatchObject({ update: 'successful', layers: [{ arn: layer(2) }] })
  expect(await functions.setLayers('f', [layer(1)], revisionId)).toBe('changed')
})

it('say why an update failed', async () => {
  add({ failsWith: [{ layer: layer(2), reason: 'too large' }] })
  const { revisionId } = (await functions.read('f'))!
  await functions.setLayers('f', [layer(2)], revisionId)
  await functions.read('f')
  expect(await functions.read('f')).toMatchObject({ update: 'failed', updateReason: 'too large' })
})

it.each<[string, string, () => Promise<unknown>]>([
  ['ListFunctions', '*', () => functions.list()],
  ['GetFunctionConfiguration', functionArn, () => functions.read('f')],
  ['ListTags', functionArn, () => functions.tags('f')],
  ['UpdateFunctionConfiguration', functionArn, () => functions.setLayers('f', [], 'r')]
])('%s that is not allowed names the action and the resource as IAM does', async (action, resource, ask) => {
  add()
  account.emulator.faults.add({ action: `lambda:${action}`, kind: 'denied', message: 'no' })
  await expect(ask()).rejects.toMatchObject({
    ...{ code: 'ACCESS_DENIED', finding: { expected: `permission for lambda:${action} on ${resource}` } }
  })
})

it.each(['PreconditionFailedException', 'ResourceConflictException'])('%s is a change meanwhile', async code => {
  add()
  account.emulator.faults.add({ action: 'lambda:UpdateFunctionConfiguration', kind: 'error', code, status: 400 })
  expect(await functions.setLayers('f', [], 'r')).toBe('changed')
})
