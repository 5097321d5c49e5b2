/** Lists of an account and region, and what deletes and downloads: the exact requests, and what the emulated AWS's answers become. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { addFunction } from '../../../emulators/aws/lambda/function-calls.js'
import { publishLayerVersion } from '../../../emulators/aws/lambda/layers.js'
import { createAws } from '../../../src/adapters/aws/index.js'
import type { Inventory } from '../../../src/ports/inventory.js'
import { storedObject, zipOf } from '../../support/zip-file.js'
import { accountId, bucketName, openAccount, otherAccountId, region, type Account } from '../../trials/account.js'
import { requestsTo } from './requests-of.js'

const zip = zipOf([{ path: 'python/a.py', content: '' }])
const bucket = { bucket: bucketName, owner: accountId }
const arnOf = (layer: string, version: number) => `arn:aws:lambda:${region}:${accountId}:layer:${layer}:${version}`
const declared = { description: '', licenseInfo: '', compatibleRuntimes: [], compatibleArchitectures: [] }

let account: Account
let inventory: Inventory
beforeAll(async () => {
  account = await openAccount()
  inventory = await openInventory()
})
beforeEach(() => {
  const { world } = account.emulator
  const state = world.region(accountId, region)
  for (const each of [state.layers, state.functions, world.buckets.get(bucketName)!.objects]) each.clear()
})

function openInventory(options: { readonly endpoint?: string } = {}): Promise<Inventory> {
  const { signal } = new AbortController()
  const timing = { connectSeconds: 2, attemptSeconds: 3, callSeconds: 10, publishSeconds: 2 }
  const aws = createAws({ environment: process.env, signal, homeRegion: region, accountId, timing, ...options })
  return aws.region(region).inventory()
}
const asked = requestsTo(() => account)
function publish(layer: string, versions = 1): void {
  const caller = { principal: { accountId, arn: '', userId: '' }, region }
  for (let version = 1; version <= versions; version++) {
    const record = publishLayerVersion(account.emulator.world, caller, { LayerName: layer, Content: { ZipFile: zip } })
    Object.assign(record, { createdDate: '2026-11-23T12:00:00.250+0000' })
  }
}
const version = (layer: string, number: number) => ({
  ...{ version: number, arn: arnOf(layer, number), ...declared, createdAt: '2026-11-23T12:00:00.250Z' }
})
const layersPath = '/2018-10-31/layers'

describe('layers', () => {
  it('are listed with their latest version, over all pages, sorted by name', async () => {
    const names = Array.from({ length: 51 }, (_none, index) => `l-${String(index).padStart(2, '0')}`)
    for (const name of names.toReversed()) publish(name)
    publish('l-07')
    expect(await inventory.layerNames()).toEqual(names)
    expect(asked()).toEqual([
      ['lambda:ListLayers', { path: layersPath, MaxItems: '50' }],
      ['lambda:ListLayers', { path: layersPath, MaxItems: '50', Marker: expect.any(String) }]
    ])
    const latest = await inventory.latestVersions()
    expect(latest.get('l-07')).toEqual(version('l-07', 2))
    await expect(inventory.latestVersions(1)).rejects.toThrow('lambda:ListLayers has more than 1 pages')
    expect((await inventory.latestVersions(2)).size).toBe(51)
  })

  it('have versions, the newest first, over all pages', async () => {
    publish('x', 51)
    const versions = await inventory.versions('x')
    expect(versions.map(each => each.version)).toEqual(Array.from({ length: 51 }, (_none, index) => 51 - index))
    expect(versions[50]).toEqual(version('x', 1))
    const path = `${layersPath}/x/versions`
    expect(asked()).toEqual([
      ['lambda:ListLayerVersions', { path }],
      ['lambda:ListLayerVersions', { path, Marker: expect.any(String) }]
    ])
  })

  it.each([
    ['2026-11-23T12:00:00.250+0200', '2026-11-23T10:00:00.250Z'],
    ['2026-11-23T12:00:00Z', '2026-11-23T12:00:00.000Z']
  ])('were created when Lambda says: %s', async (createdDate, createdAt) => {
    publish('x')
    Object.assign(account.emulator.world.region(accountId, region).layers.get('x')!.versions[0]!, { createdDate })
    expect(await inventory.versions('x')).toMatchObject([{ createdAt }])
  })

  it('of a time that nobody can read are no answer of Lambda', async () => {
    publish('x')
    const [first] = account.emulator.world.region(accountId, region).layers.get('x')!.versions
    Object.assign(first!, { createdDate: 'soon' })
    await expect(inventory.versions('x')).rejects.toMatchObject({ code: 'AWS_FAILED' })
  })

  it('lose a version, once or twice', async () => {
    publish('x', 2)
    await inventory.deleteVersion('x', 1)
    await inventory.deleteVersion('x', 1)
    account.emulator.faults.add({
      ...{ action: 'lambda:DeleteLayerVersion', kind: 'error', code: 'ResourceNotFoundException', status: 404 }
    })
    await inventory.deleteVersion('x', 1)
    expect(account.versions('x').map(each => each.version)).toEqual([2])
    expect(asked()[0]).toEqual(['lambda:DeleteLayerVersion', { path: `${layersPath}/x/versions/1` }])
    account.emulator.faults.add({ action: 'lambda:DeleteLayerVersion', kind: 'denied', message: 'no' })
    await expect(inventory.deleteVersion('x', 2)).rejects.toMatchObject({
      finding: { expected: `permission for lambda:DeleteLayerVersion on ${arnOf('x', 2)}` }
    })
  })
})

describe('the zip of a version', () => {
  it('is downloaded by its link', async () => {
    publish('x')
    expect(Buffer.from((await inventory.download('x', 1))!).equals(zip)).toBe(true)
    expect(await inventory.download('x', 2)).toBeNull()
    account.emulator.world.layerDownloads = 'refused'
    expect(await inventory.download('x', 1)).toBeNull()
    account.emulator.world.layerDownloads = 'answered'
    account.emulator.faults.add({ action: 'lambda:GetLayerVersion', kind: 'denied', message: 'no' })
    await expect(inventory.download('x', 1)).rejects.toMatchObject({
      finding: { expected: `permission for lambda:GetLayerVersion on ${arnOf('x', 1)}` }
    })
  })

  /** Lambda's own answer is not to be had with another link: this one plays both. */
  let server: Server
  let link: { readonly status: number; readonly location: boolean } = { status: 200, location: true }
  beforeAll(async () => {
    server = createServer((request, response) => {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/the-zip`
      if (request.url === '/the-zip') {
        response.writeHead(link.status).end('bytes')
        return
      }
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ Content: link.location ? { Location: url } : {} }))
    })
    await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  })
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise(closed => server.close(closed))
  })

  it.each([
    [200, true, 'bytes'],
    [403, true, null],
    [404, true, null],
    [500, true, 'AWS_FAILED'],
    [200, false, 'AWS_FAILED']
  ])('whose link answers %i (a link: %s)', async (status, location, expected) => {
    link = { status, location }
    const { port } = server.address() as AddressInfo
    const theirs = await openInventory({ endpoint: `http://127.0.0.1:${port}` })
    const read = await theirs.download('x', 1).catch((error: unknown) => (error as { code: string }).code)
    expect(read instanceof Uint8Array ? Buffer.from(read).toString() : read).toBe(expected)
  })
})

describe('functions', () => {
  it('are listed with every version, over all pages', async () => {
    const versions = Array.from({ length: 50 }, (_none, index) => ({ version: String(index + 1), layers: [] }))
    addFunction(account.emulator.world, accountId, region, {
      name: 'f',
      layers: [arnOf('x', 1), arnOf('y', 2)],
      versions
    })
    const found = await inventory.functionVersions()
    expect(found).toHaveLength(51)
    expect(found.slice(0, 2)).toEqual([
      { functionName: 'f', version: '$LATEST', layers: [arnOf('x', 1), arnOf('y', 2)] },
      { functionName: 'f', version: '1', layers: [] }
    ])
    const [api, path] = ['lambda:ListFunctions', '/2015-03-31/functions']
    expect(asked()).toEqual([
      [api, { path, FunctionVersion: 'ALL' }],
      [api, { path, FunctionVersion: 'ALL', Marker: expect.any(String) }]
    ])
  })

  it('have aliases', async () => {
    const aliases = Object.fromEntries(Array.from({ length: 51 }, (_none, index) => [`a${index}`, '1']))
    addFunction(account.emulator.world, accountId, region, {
      name: 'f',
      layers: [],
      aliases: { ...aliases, live: '2' }
    })
    expect(await inventory.aliases('f')).toEqual({ ...aliases, live: '2' })
    expect(asked()[0]).toEqual(['lambda:ListAliases', { path: '/2015-03-31/functions/f/aliases' }])
    expect(asked().at(-1)?.[1]).toHaveProperty('Marker')
    account.emulator.faults.add({ action: 'lambda:ListAliases', kind: 'denied', message: 'no' })
    await expect(inventory.aliases('f')).rejects.toMatchObject({
      finding: { expected: `permission for lambda:ListAliases on arn:aws:lambda:${region}:${accountId}:function:f` }
    })
  })
})

it.each<[string, () => Promise<unknown>]>([
  ['lambda:ListLayers', () => inventory.layerNames()],
  ['lambda:ListLayerVersions', () => inventory.versions('x')],
  ['lambda:ListFunctions', () => inventory.functionVersions()],
  ['cloudformation:DescribeStacks', () => inventory.stacks()]
])('%s knows no resource', async (action, ask) => {
  account.emulator.faults.add({ action, kind: 'denied', message: 'no' })
  await expect(ask()).rejects.toMatchObject({ finding: { expected: `permission for ${action} on *` } })
})

describe('the bucket', () => {
  const put = (key: string) =>
    account.emulator.world.buckets.get(bucketName)!.objects.set(key, storedObject(key, zip, {}))
  it('lists the keys below a prefix, over all pages', async () => {
    expect(await inventory.keys(bucket, 'a/')).toEqual([])
    const keys = Array.from({ length: 1_001 }, (_none, index) => `a/${String(index).padStart(4, '0')}`)
    for (const key of [...keys, 'b/1']) put(key)
    account.emulator.resetCalls()
    expect(await inventory.keys(bucket, 'a/')).toEqual(keys)
    const first = {
      ...{ path: `/${bucketName}/`, 'list-type': '2', prefix: 'a/', 'x-amz-expected-bucket-owner': accountId }
    }
    expect(asked()).toEqual([
      ['s3:ListObjectsV2', first],
      ['s3:ListObjectsV2', { ...first, 'continuation-token': expect.any(String) }]
    ])
    await expect(inventory.keys(bucket, 'a/', 1)).rejects.toThrow('s3:ListBucket has more than 1 pages')
  })

  it('has a policy, or none', async () => {
    expect(await inventory.bucketPolicy(bucket)).toBeNull()
    const statement = {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:PutObject',
      Resource: `arn:aws:s3:::${bucketName}/*`
    }
    const policy = { Version: '2012-10-17', Statement: [statement] }
    Object.assign(account.emulator.world.buckets.get(bucketName)!, { settings: { policy } })
    expect(JSON.parse((await inventory.bucketPolicy(bucket))!)).toEqual(policy)
    Object.assign(account.emulator.world.buckets.get(bucketName)!, { settings: undefined })
    expect(asked()[0]).toEqual([
      's3:GetBucketPolicy',
      { path: `/${bucketName}/`, policy: '', 'x-amz-expected-bucket-owner': accountId }
    ])
  })

  it.each<[string, () => Promise<unknown>]>([
    ['s3:ListBucket', () => inventory.keys(bucket, 'a/')],
    ['s3:GetBucketPolicy', () => inventory.bucketPolicy(bucket)]
  ])('%s that is not allowed names the bucket as IAM does', async (action, ask) => {
    account.emulator.faults.add({ action, kind: 'denied' })
    await expect(ask()).rejects.toMatchObject({
      ...{ code: 'ACCESS_DENIED', finding: { expected: `permission for ${action} on arn:aws:s3:::${bucketName}` } }
    })
  })

  it.each<[string, { readonly bucket: string; readonly owner: string }]>([
    ['of another account', { ...bucket, owner: otherAccountId }],
    ['that is not there', { ...bucket, bucket: 'nowhere' }]
  ])('%s is refused, whatever is asked of it', async (_what, place) => {
    await expect(inventory.keys(place, 'a/')).rejects.toMatchObject({ code: 'BUCKET_OWNER_MISMATCH' })
    await expect(inventory.bucketPolicy(place)).rejects.toMatchObject({ code: 'BUCKET_OWNER_MISMATCH' })
  })
})
