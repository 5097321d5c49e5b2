/** Where the bytes of a version are, asked of the emulated account: which requests are made, what is believed, and what is said. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { publishLayerVersion } from '../../../emulators/aws/lambda/layers.js'
import { createAws } from '../../../src/adapters/aws/index.js'
import { contentDigestOfZip, maximumArchiveBytes } from '../../../src/build-layers/archive/read-archive.js'
import { sha256Hex } from '../../../src/model/digest.js'
import { findContent, type FoundContent } from '../../../src/operate/rollback/find-content.js'
import { markedDescription } from '../../../src/publish-layers/engines/lambda/find-version.js'
import { targetsOf } from '../../../src/publish-layers/target.js'
import { layer, sandbox } from '../../support/configs.js'
import { storedObject, zipOf } from '../../support/zip-file.js'
import { accountId, bucketName, openAccount, region, type Account } from '../../trials/account.js'
import { shortTiming } from '../../trials/deploy.js'

const x = layer('x')
const [target] = targetsOf(sandbox, [x], [region])
const folder = 'layer-deploy/artifacts/dev-x-layer/'
const commit = 'a1'.repeat(20)

/** Two archives of one content: the other has a folder, which is no content. */
const file = { path: 'python/hello.py', content: 'hello = 1\n' }
const zip = zipOf([file])
const otherZip = zipOf([{ path: 'python/', content: '', mode: 0o040755 }, file])
const digest = contentDigestOfZip(zip)
const keyOf = (contentDigest: string) => `${folder}${contentDigest}.zip`
const [key, decoy] = [keyOf(digest), keyOf('0'.repeat(64))]
const address = `s3://${bucketName}/${key}`
/** IAM's action is the same for a look. */
const notThere = { action: 's3:GetObject', code: 'NoSuchKey', status: 404, kind: 'error' } as const
const garbage = Buffer.from('no archive')

let account: Account
let scratchDirectory: string
beforeAll(async () => {
  account = await openAccount()
  scratchDirectory = await mkdtemp(join(tmpdir(), 'find-content-'))
})
afterAll(async () => {
  expect(account.emulator.defects).toEqual([])
  await account.close()
  await rm(scratchDirectory, { recursive: true })
})
beforeEach(() => {
  const { world } = account.emulator
  world.buckets.get(bucketName)!.objects.clear()
  world.region(accountId, region).layers.clear()
  world.layerDownloads = 'answered'
  account.emulator.resetCalls()
})

const put = (at: string, body: Buffer, metadata = {}, checksum: 'SHA256' | 'none' = 'SHA256') =>
  account.emulator.world.buckets.get(bucketName)!.objects.set(at, storedObject(at, body, metadata, checksum))

interface Published {
  readonly description?: string
  readonly bytes?: Buffer
  readonly runtimes?: readonly string[]
}

/** What is found of the one version that there is. */
async function found({ description = '', bytes = zip, runtimes = [] }: Published = {}): Promise<FoundContent> {
  const { world } = account.emulator
  const principal = { accountId, arn: '', userId: '' }
  const content = { ZipFile: zip }
  const record = publishLayerVersion(world, { principal, region }, { LayerName: 'dev-x-layer', Content: content })
  const codeSha256 = Buffer.from(sha256Hex(bytes), 'hex').toString('base64')
  const [version] = world.region(accountId, region).layers.get('dev-x-layer')!.versions
  expect(version).toBe(record)
  const compatible = { compatibleRuntimes: runtimes }
  Object.assign(record, { zip: bytes, codeSha256, codeSize: bytes.length, description, ...compatible })
  const { signal } = new AbortController()
  const aws = createAws({ environment: process.env, signal, homeRegion: region, accountId, timing: shortTiming })
  const wanted = (await aws.region(region).layers.get('dev-x-layer', 1))!
  account.emulator.resetCalls()
  const answer = await findContent({
    region: aws.region(region),
    target: target!,
    layer: x,
    wanted,
    scratchDirectory
  })
  expect(account.emulator.faults.pending()).toEqual([])
  return answer
}

/** `HeadObject <key>` and so on, in order. */
const asked = () =>
  account.emulator.calls.map(({ api, resource, query, headers }) => {
    if (api.startsWith('s3:')) expect(headers['x-amz-expected-bucket-owner']).toBe(accountId)
    const prefix = new URLSearchParams(query).get('prefix')
    return `${api.split(':')[1] ?? ''} ${prefix ?? resource.replace(/^.*\/(\w{4})\w*[.]/, '$1….')}`
  })
const short = `${digest.slice(0, 4)}….zip`

describe('in the bucket', () => {
  const inBucket = {
    ...{ kind: 'stored', place: { bucket: bucketName, owner: accountId, key }, contentDigest: digest },
    ...{ sha256: sha256Hex(zip), sizeBytes: zip.length, sourceCommit: null }
  }

  it('a version that names its content is looked for under its key alone', async () => {
    put(key, zip, { 'source-commit': commit })
    put(decoy, zip)
    const content = await found({ description: markedDescription('', digest) })
    expect(content).toMatchObject({ ...inBucket, sourceCommit: commit })
    expect(asked()).toEqual([`HeadObject ${short}`, `GetObject ${short}`])
  })

  it('of any other version every artifact of the layer is asked for its hash, and the one of that hash is read', async () => {
    put(decoy, otherZip)
    put(key, zip, { 'source-commit': 'unknown' })
    put(key.replace('.zip', '.cdx.json'), Buffer.from('{}'))
    put(keyOf('not-a-digest'), zip)
    put(keyOf(digest).replace('dev-x-layer', 'dev-x-layer-too'), zip)
    expect(await found()).toMatchObject(inBucket)
    expect(asked()).toEqual([
      `ListObjectsV2 ${folder}`,
      'HeadObject 0000….zip',
      `HeadObject ${short}`,
      `GetObject ${short}`
    ])
  })

  it('what only its writer says of its hash is read, and believed where the bytes are the version’s', async () => {
    put(key, zip, { 'artifact-sha256': sha256Hex(zip) }, 'none')
    expect(await found()).toMatchObject(inBucket)
    put(key, otherZip, { 'artifact-sha256': sha256Hex(zip) }, 'none')
    account.emulator.world.region(accountId, region).layers.clear()
    expect(await found()).toEqual({ kind: 'altered', found: `${address} with SHA-256 ${sha256Hex(otherZip)}` })
  })

  it('is inspected for what the version declares, and leaves nothing in the scratch folder', async () => {
    put(key, zip)
    const refused = ({ verdicts = [] }: { readonly verdicts?: readonly { guard: string; passed: unknown }[] }) =>
      verdicts.flatMap(({ guard, passed }) => (passed === true ? [] : [guard]))
    const fit = (await found({ runtimes: ['python3.12'] })) as object
    expect(refused(fit)).toEqual([])
    account.emulator.world.region(accountId, region).layers.clear()
    const unfit = (await found({ runtimes: ['nodejs22.x'] })) as object
    expect(refused(unfit)).toEqual(['ARCHIVE_LAYOUT'])
    expect(await readdir(scratchDirectory)).toEqual([])
  })

  it('an object of more bytes than a layer may have is not read', async () => {
    const bytes = maximumArchiveBytes + 1
    const metadata = { 'artifact-sha256': sha256Hex(zip) }
    const large = { ...storedObject(key, zip, metadata), body: Buffer.alloc(bytes) }
    account.emulator.world.buckets.get(bucketName)!.objects.set(key, large)
    expect(await found()).toEqual({ kind: 'altered', found: `${address} of ${bytes} bytes` })
    expect(asked()).not.toContain(`GetObject ${short}`)
  })

  it('the version’s bytes that are no archive are of no use', async () => {
    put(decoy, garbage)
    expect(await found({ bytes: garbage })).toEqual({
      kind: 'gone',
      found: expect.stringMatching(/^s3:\/\/\S+\/0{64}[.]zip with the version's bytes, .*no end of central directory/)
    })
  })

  it.each([
    ['look', 1],
    ['reading', 2]
  ])('what goes before its %s is as what was not there', async (_what, nth) => {
    put(key, zip)
    account.emulator.faults.add({ ...notThere, nth })
    const content = await found()
    // The version itself names the content, whose key is looked at once more.
    expect(content).toMatchObject(inBucket)
    expect(asked()).toContain('GetLayerVersion arn:aws:lambda:us-east-2:111122223333:layer:dev-x-layer:1')
  })
})

describe('in the version itself', () => {
  const download = 'dev-x-layer-us-east-2.zip'
  it.each([
    ['nothing', null],
    ['the right bytes under a wrong name', decoy]
  ])('where the bucket has %s', async (_what, at) => {
    if (at !== null) put(at, zip, { 'source-commit': commit })
    expect(await found()).toMatchObject({
      ...{ kind: 'from-version', file: join(scratchDirectory, download), contentDigest: digest },
      ...{ sha256: sha256Hex(zip), sizeBytes: zip.length, sourceCommit: null },
      verdicts: expect.arrayContaining([expect.objectContaining({ guard: 'ARCHIVE_LAYOUT', passed: true })])
    })
    expect((await readFile(join(scratchDirectory, download))).equals(zip)).toBe(true)
    await rm(join(scratchDirectory, download))
  })

  it('the same content in other bytes lies in the bucket: those are published', async () => {
    put(key, otherZip, { 'source-commit': commit })
    const stored = { kind: 'stored', sha256: sha256Hex(otherZip), sizeBytes: otherZip.length, contentDigest: digest }
    const content = await found()
    expect(content).toMatchObject({ ...stored, place: { bucket: bucketName, owner: accountId, key } })
    expect(content).toMatchObject({ sourceCommit: commit, verdicts: expect.arrayContaining([expect.anything()]) })
    expect(await readdir(scratchDirectory)).toEqual([])
  })

  it('another content under its key is somebody’s', async () => {
    const foreign = zipOf([{ ...file, content: 'hello = 2\n' }])
    put(key, foreign)
    const content = `content ${contentDigestOfZip(foreign)}`
    expect(await found()).toEqual({ kind: 'altered', found: `${address} with ${content}` })
  })

  it('what goes between the look and the reading is gone', async () => {
    put(key, otherZip)
    account.emulator.faults.add({ ...notThere, nth: 3 })
    expect(await found()).toEqual({ kind: 'gone', found: `${address}, which went meanwhile` })
  })

  it('a bucket that may not be read is an error, no answer', async () => {
    put(key, otherZip)
    account.emulator.faults.add({ action: 's3:GetObject', nth: 3, kind: 'denied' })
    await expect(found()).rejects.toMatchObject({ code: 'ACCESS_DENIED' })
  })

  it.each([
    [
      'refused',
      'gone',
      /^no such artifact in s3:\/\/111122223333-code-deployment, and a version that AWS Lambda does not give out$/
    ],
    ['altered', 'altered', /^no such artifact in \S+, and SHA-256 [0-9a-f]{64} in what AWS Lambda gives out$/]
  ] as const)('a download that is %s', async (downloads, kind, words) => {
    account.emulator.world.layerDownloads = downloads
    expect(await found()).toEqual({ kind, found: expect.stringMatching(words) })
  })

  it('a version that is no archive is gone', async () => {
    expect(await found({ bytes: garbage })).toEqual({
      kind: 'gone',
      found: expect.stringMatching(
        /^no such artifact in \S+, and a version whose zip cannot be read: .*no end of central/
      )
    })
  })
})
