/** What the buckets hold before anything is written, and what is refused for it: the answers of S3 as data. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { contentDigestOfZip } from '../../../../src/build-layers/archive/read-archive.js'
import { sha256Hex } from '../../../../src/model/digest.js'
import type { Artifact } from '../../../../src/model/index.js'
import type { ObjectPlace } from '../../../../src/ports/inventory.js'
import { observeContents } from '../../../../src/publish-layers/observe/contents/bucket-contents.js'
import type { Facts } from '../../../../src/publish-layers/plan/facts.js'
import { artifactKey, targetKey, targetsOf, type Target } from '../../../../src/publish-layers/target.js'
import { layer, production, sandbox } from '../../../support/configs.js'
import { artifact, deployed, facts, target } from '../../../support/plans.js'
import { zipOf } from '../../../support/zip-file.js'
import { awsWith, failure, saidLog } from '../stated-ports.js'

const zip = zipOf([{ path: 'python/hello.py', content: 'one' }])
const otherZip = zipOf([{ path: 'python/hello.py', content: 'two' }])
const withSecret = zipOf([
  { path: 'python/hello.py', content: 'one' },
  { path: 'python/.pypirc', content: '[pypi]\nusername = x\npassword = y' }
])
const layers = [layer('da_flask'), layer('b')]
const two = { ...sandbox, regions: ['us-east-2', 'eu-west-1'], artifactBucketTemplate: '{region}-code' }
const key = targetKey(target)

let scratch = ''
let built: Artifact
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'contents-'))
  built = await builtOf('da_flask', zip)
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

async function builtOf(layerId: string, bytes: Buffer): Promise<Artifact> {
  const file = join(scratch, `${layerId}-${sha256Hex(bytes)}.zip`)
  await writeFile(file, bytes)
  const contentDigest = contentDigestOfZip(bytes)
  return artifact({ layerId, file, contentDigest, artifactSha256: sha256Hex(bytes), sizeBytes: bytes.length })
}

type Answer = Buffer | Error | null

interface World {
  readonly facts?: Partial<Facts>
  readonly targets?: readonly Target[]
  readonly artifacts?: readonly Artifact[]
  /** By `bucket/key`; what is missing is not there. */
  readonly objects?: Readonly<Record<string, Answer>>
  /** By bucket, whatever the key. */
  readonly refusing?: Readonly<Record<string, Error>>
}

async function look({
  facts: changes = {},
  targets = [target],
  artifacts = [built],
  objects = {},
  refusing = {}
}: World) {
  const heads: string[] = []
  const answer = ({ bucket, key: name }: ObjectPlace): Buffer | null => {
    const found = refusing[bucket] ?? objects[`${bucket}/${name}`] ?? null
    if (found instanceof Error) throw found
    return found
  }
  const aws = awsWith({
    head: async place => {
      heads.push(`${place.bucket} ${place.owner}`)
      const body = await Promise.resolve(answer(place))
      return body === null ? null : { sha256: sha256Hex(body), sizeBytes: body.length, metadata: {} }
    },
    get: async place => {
      const body = await Promise.resolve(answer(place))
      return body === null ? null : { body, etag: '', ageSeconds: 0 }
    },
    end: async (place, count) => {
      const body = await Promise.resolve(answer(place))
      return body === null ? null : { bytes: body.subarray(-count), sizeBytes: body.length }
    }
  })
  const ports = { aws, log: saidLog(), signal: new AbortController().signal, scratchDirectory: scratch }
  const map = new Map(artifacts.map(each => [each.layerId, each]))
  const { buckets, packages } = await observeContents(facts(changes), targets, map, layers, ports)
  const verdicts = buckets.verdicts.map(({ guard, subject, passed }) => `${guard} ${subject} ${passed}`)
  return { heads, verdicts, stored: Object.fromEntries(buckets.stored), packages, detail: buckets.verdicts }
}

const place = (one: Target = target, what: Artifact = built) =>
  `${one.bucket}/${artifactKey(one.layerName, what.contentDigest)}`
const ours = (one: Target) => `BUCKET_OWNER_MISMATCH ${one.bucket} in ${one.region} true`

describe('what lies under the keys', () => {
  it('nothing yet', async () => {
    const { heads, verdicts, stored, detail } = await look({})
    expect(heads).toEqual([`${target.bucket} ${sandbox.accountId}`])
    expect([verdicts, stored]).toEqual([[ours(target)], { [key]: null }])
    expect(detail).toMatchObject([{ detail: expect.stringContaining(sandbox.accountId) }])
  })

  it('the same bytes', async () => {
    const { verdicts, stored } = await look({ objects: { [place()]: zip } })
    expect(stored).toMatchObject({ [key]: { bucket: target.bucket, sha256: built.artifactSha256 } })
    expect(verdicts).toEqual([ours(target)])
  })

  it('the same content in other bytes: those that lie there', async () => {
    const packed = { ...built, artifactSha256: 'e'.repeat(64) }
    const { stored, verdicts } = await look({ artifacts: [packed], objects: { [place()]: zip } })
    expect(stored).toMatchObject({ [key]: { sha256: sha256Hex(zip), sizeBytes: zip.length } })
    expect(verdicts).toEqual([ours(target)])
    expect((await readdir(scratch)).filter(name => name.startsWith('stored-'))).toEqual([])
  })

  it('other content: refused, the bucket is ours all the same', async () => {
    const { stored, verdicts, detail } = await look({ objects: { [place()]: otherZip } })
    expect([verdicts, stored]).toEqual([[ours(target), `ARTIFACT_ALTERED ${key} false`], {}])
    expect(detail[1]).toMatchObject({ finding: { found: expect.stringContaining(contentDigestOfZip(otherZip)) } })
  })

  it('a content that was inspected by nobody is inspected: a secret in it is refused', async () => {
    const packed = { ...(await builtOf('da_flask', withSecret)), artifactSha256: 'e'.repeat(64) }
    const { verdicts, detail } = await look({ artifacts: [packed], objects: { [place(target, packed)]: withSecret } })
    expect(verdicts).toContain(`ARTIFACT_ALTERED ${key} false`)
    expect(JSON.stringify(detail)).toContain('SECRET_IN_ARCHIVE')
  })

  it('a bucket of another account is refused once, and nothing else is said of it', async () => {
    const targets = targetsOf(two, layers, two.regions)
    const artifacts = [built, { ...built, layerId: 'b' }]
    const refusing = { 'us-east-2-code': failure('BUCKET_OWNER_MISMATCH', 'another account') }
    const { verdicts, stored, detail } = await look({ targets, artifacts, refusing })
    expect(verdicts.sort()).toEqual([
      'BUCKET_OWNER_MISMATCH eu-west-1-code in eu-west-1 true',
      'BUCKET_OWNER_MISMATCH us-east-2-code in us-east-2 false'
    ])
    expect(detail.find(({ passed }) => passed === false)).toMatchObject({ finding: { found: 'another account' } })
    expect(Object.keys(stored).sort()).toEqual(['b in eu-west-1', 'da_flask in eu-west-1'])
  })

  it('a bucket that is refused for one of its layers stays refused, whatever the next one says', async () => {
    const targets = targetsOf(sandbox, layers, sandbox.regions)
    const artifacts = [built, { ...built, layerId: 'b' }]
    const [, b] = targets
    const mismatch = failure('BUCKET_OWNER_MISMATCH')
    for (const refused of [target, b!]) {
      const { verdicts } = await look({ targets, artifacts, objects: { [place(refused)]: mismatch } })
      expect(verdicts).toEqual([`BUCKET_OWNER_MISMATCH ${target.bucket} in us-east-2 false`])
    }
  })

  it('a layer that was not built is not looked at', async () => {
    const targets = targetsOf(sandbox, layers, sandbox.regions)
    const { heads, stored } = await look({ targets })
    expect(heads).toHaveLength(1)
    expect(Object.keys(stored)).toEqual([key])
  })

  it.each([
    failure('ACCESS_DENIED'),
    failure('AWS_FAILED'),
    Object.assign(new Error('x'), { code: 'ARTIFACT_ALTERED' })
  ])('what is no answer of these two ends the run: %s', async error => {
    await expect(look({ objects: { [place()]: error } })).rejects.toBe(error)
  })
})

describe('a single archive may be sent unseen', () => {
  const running = () => deployed({ contentDigest: contentDigestOfZip(otherZip), sizeBytes: null })
  const before = () => ({
    [`${target.bucket}/${artifactKey(target.layerName, contentDigestOfZip(otherZip))}`]: otherZip
  })
  const world = (changes: Partial<Facts> = {}): World => ({
    facts: { deployed: new Map([[key, running()]]), ...changes },
    objects: before()
  })

  it('where the archive that runs was read under the owner’s name', async () => {
    const { heads, verdicts, stored, packages, detail } = await look(world())
    expect([heads, verdicts, stored]).toEqual([[], [ours(target)], {}])
    expect(detail).toMatchObject([{ detail: expect.stringContaining(sandbox.accountId) }])
    expect(packages.facts.deployed.get(key)?.sizeBytes).toBe(otherZip.length)
  })

  it.each<[string, () => World]>([
    ['it was not read', () => ({ ...world(), objects: {} })],
    ['nothing runs', () => world({ deployed: new Map([[key, null]]) })],
    ['the run writes nothing', () => world({ dryRun: true })],
    ['it is proven elsewhere', () => world({ environment: { ...sandbox, promoteFrom: production.name } })],
    ['it is large', () => ({ ...world(), artifacts: [{ ...built, sizeBytes: 5_000_001 }] })],
    [
      'another layer is published too',
      () => ({
        ...world(),
        targets: targetsOf(sandbox, layers, sandbox.regions),
        artifacts: [built, { ...built, layerId: 'b' }]
      })
    ]
  ])('but not where %s', async (_name, stated) => {
    const { heads } = await look(stated())
    expect(heads.length).toBeGreaterThan(0)
  })

  it('of just the size that may be sent', async () => {
    expect((await look({ ...world(), artifacts: [{ ...built, sizeBytes: 5_000_000 }] })).heads).toEqual([])
  })

  it('no target, nothing to ask', async () => {
    expect(await look({ targets: [] })).toMatchObject({ heads: [], verdicts: [], stored: {} })
    expect(await look({ ...world(), artifacts: [] })).toMatchObject({ heads: [], verdicts: [], stored: {} })
  })
})
