/** Who may write to the bucket does not choose what is published: production's bucket holds the archive before production deploys it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { listLayers } from '../../emulators/aws/lambda/reader.js'
import type { StoredObject } from '../../emulators/aws/world.js'
import {
  makeActionWorld,
  productionAccount,
  region,
  sandboxAccount,
  type ActionWorld
} from '../support/action-world.js'
import { storedObject, zipOf } from '../support/zip-file.js'
import { configText } from './config-text.js'
import { codesOf, errorsOf, rowsOf } from './reading.js'

// Long enough for the packer to compress it.
const text = (release: number): string => `release = ${release}\n${'# the same line\n'.repeat(100)}`
const files = (release: number) => ({ 'alpha/python/alpha.py': text(release) })
const zipped = (release: number) => [{ path: 'python/alpha.py', content: text(release) }]

describe.each(['cloudformation', 'lambda'] as const)('engine %s', engine => {
  let world: ActionWorld
  let release = 0
  beforeAll(async () => {
    const config = configText({ engine, layers: { alpha: '{ path: alpha }' } })
    world = await makeActionWorld({ config, submodules: {}, files: files(0) })
  })
  afterAll(() => world.close())
  beforeEach(() => {
    world.aws.resetCalls()
  })
  /** Another content, which the sandbox has proven. */
  const prove = async (): Promise<void> => {
    release++
    await world.superproject.commitFiles(files(release), { branch: 'test' })
    expect(errorsOf(await world.push('test'))).toEqual([])
    await world.superproject.mergeBranch('test', 'main')
    world.aws.resetCalls()
  }
  beforeAll(prove)

  const bucketOf = (account: string) => world.aws.world.buckets.get(`${account}-code-deployment`)!
  const proven = (): StoredObject => {
    const mine = [...bucketOf(sandboxAccount).objects.values()].filter(({ key }) => key.endsWith('.zip'))
    return mine.at(-1)!
  }
  const put = (body: Buffer, metadata: Record<string, string>, checksum?: 'none'): string => {
    const key = proven().key.replace('/dev-', '/prod-')
    bucketOf(productionAccount).objects.set(key, storedObject(key, body, metadata, checksum))
    return key
  }
  const published = () => listLayers(world.aws.world, productionAccount, region)[0]?.versions ?? []
  const refused = async () => {
    const before = published().length
    const run = await world.push('main')
    expect({ exitCode: run.exitCode, codes: codesOf(run) }).toEqual({ exitCode: 1, codes: ['ARTIFACT_ALTERED'] })
    expect(world.aws.writes()).toEqual([])
    expect(published()).toHaveLength(before)
    expect(rowsOf(run)['alpha']?.[region]).toMatchObject({ status: 'not-attempted' })
  }

  it.each([
    ['another content under the record of ours', () => zipOf([{ path: 'python/alpha.py', content: 'stolen = 1\n' }])],
    ['bytes before our archive', () => Buffer.concat([Buffer.from('#!/bin/sh\n'), proven().body])]
  ])('F136 %s is refused with zero writes', async (_name, body) => {
    const { metadata } = proven()
    const bytes = body()
    const sha256 = Buffer.from(storedObject('', bytes, {}).checksumSha256, 'base64').toString('hex')
    const key = put(bytes, { ...metadata, 'artifact-sha256': sha256 })
    await refused()
    bucketOf(productionAccount).objects.delete(key)
  })

  it('F127 other bytes without a SHA-256 of S3 are refused', async () => {
    const key = put(zipOf([{ path: 'python/alpha.py', content: 'stolen = 2\n' }]), proven().metadata, 'none')
    await refused()
    bucketOf(productionAccount).objects.delete(key)
  })

  it('F136 the same content in other bytes is read, and published as it lies there', async () => {
    await prove()
    const body = zipOf(zipped(release))
    expect(body.equals(proven().body)).toBe(false)
    put(body, {})
    const run = await world.push('main')
    expect(errorsOf(run)).toEqual([])
    const sha256 = Buffer.from(storedObject('', body, {}).checksumSha256, 'base64').toString('hex')
    expect(rowsOf(run)['alpha']?.[region]).toMatchObject({ status: 'published', 'artifact-sha256': sha256 })
    expect(world.aws.writes().filter(({ api, path }) => api === 's3:PutObject' && path.includes('.zip'))).toEqual([])
    expect(published().at(-1)?.codeSha256).toBe(storedObject('', body, {}).checksumSha256)
  })

  it('F136 what an object says of itself proves nothing: our bytes under a foreign record are used', async () => {
    await prove()
    put(proven().body, { 'artifact-sha256': '0'.repeat(64), 'content-digest': '1'.repeat(64) })
    const run = await world.push('main')
    expect(errorsOf(run)).toEqual([])
    expect(rowsOf(run)['alpha']?.[region]).toMatchObject({ status: 'published' })
  })

  it('F127 our bytes without a SHA-256 of S3, as in a restored bucket, are hashed and used', async () => {
    await prove()
    put(proven().body, {}, 'none')
    const run = await world.push('main')
    expect(errorsOf(run)).toEqual([])
    expect(rowsOf(run)['alpha']?.[region]).toMatchObject({ status: 'published' })
    const own = proven().key.replace('/dev-', '/prod-')
    expect(world.aws.calls.filter(({ api, path }) => api === 's3:GetObject' && path.endsWith(own))).toHaveLength(1)
  })

  it('F136 the record of the writer is still written', async () => {
    await prove()
    expect(errorsOf(await world.push('main'))).toEqual([])
    const own = bucketOf(productionAccount).objects.get(proven().key.replace('/dev-', '/prod-'))
    expect(Object.keys(own?.metadata ?? {}).sort()).toEqual(
      ['artifact-sha256', 'commit', 'content-digest', 'source-commit', 'source-digest'].sort()
    )
  })

  it('never met a defect of the emulators', () => {
    expect({ aws: world.aws.defects, github: world.github.violations }).toEqual({ aws: [], github: [] })
  })
})
