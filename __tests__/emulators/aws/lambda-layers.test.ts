import { createHash } from 'node:crypto'
import {
  DeleteLayerVersionCommand,
  GetLayerVersionByArnCommand,
  GetLayerVersionCommand,
  ListLayersCommand,
  ListLayerVersionsCommand,
  PublishLayerVersionCommand,
  type PublishLayerVersionCommandInput,
  type PublishLayerVersionCommandOutput
} from '@aws-sdk/client-lambda'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { listLayers } from '../../../emulators/aws/lambda/reader.js'
import { smallZip, startAws, zipOf, type Aws } from './layer-fixtures.js'
import { failure, region, sandbox } from './start-emulator.js'

let aws: Aws
beforeAll(async () => {
  aws = await startAws()
  await aws.put('v1.zip', smallZip('one'))
  await aws.put('text.zip', Buffer.from('no zip'))
})
afterAll(() => aws.emulator.close())
afterEach(() => expect(aws.emulator.defects).toEqual([]))

const arnOf = (name: string): string => `arn:aws:lambda:${region}:${sandbox}:layer:${name}`

type Input = Partial<PublishLayerVersionCommandInput>
function publish(input: Input = {}): Promise<PublishLayerVersionCommandOutput> {
  const Content = { ZipFile: smallZip('one') }
  return aws.lambda.send(new PublishLayerVersionCommand({ LayerName: 'plain', Content, ...input }))
}
const versionsOf = (name: string): readonly number[] =>
  listLayers(aws.emulator.world, sandbox, region)
    .find(layer => layer.name === name)
    ?.versions.map(one => one.version) ?? []

describe('PublishLayerVersion', () => {
  it('answers with number, ARNs, digest and size, and gives the same back when read', async () => {
    const zip = smallZip('one')
    const answer = await publish({
      LayerName: 'full',
      Content: { S3Bucket: 'sandbox-code', S3Key: 'v1.zip' },
      Description: 'd',
      LicenseInfo: 'MIT',
      CompatibleRuntimes: ['python3.10'],
      CompatibleArchitectures: ['x86_64']
    })
    const expected = {
      LayerArn: arnOf('full'),
      LayerVersionArn: `${arnOf('full')}:1`,
      Version: 1,
      Description: 'd',
      LicenseInfo: 'MIT',
      CompatibleRuntimes: ['python3.10'],
      CompatibleArchitectures: ['x86_64'],
      Content: { CodeSha256: createHash('sha256').update(zip).digest('base64'), CodeSize: zip.length }
    }
    expect(answer).toMatchObject({ ...expected, $metadata: { httpStatusCode: 201 } })
    expect(await aws.lambda.send(new GetLayerVersionCommand({ LayerName: 'full', VersionNumber: 1 }))).toMatchObject(
      expected
    )
    const byArn = new GetLayerVersionByArnCommand({ Arn: `${arnOf('full')}:1` })
    expect(await aws.lambda.send(byArn)).toMatchObject(expected)
    const byLayerArn = new GetLayerVersionCommand({ LayerName: arnOf('full'), VersionNumber: 1 })
    expect(await aws.lambda.send(byLayerArn)).toMatchObject(expected)
  })

  it('makes a new version for the same content, and never uses a number again', async () => {
    await publish({ LayerName: 'numbers' })
    await publish({ LayerName: 'numbers' })
    await aws.lambda.send(new DeleteLayerVersionCommand({ LayerName: 'numbers', VersionNumber: 2 }))
    expect((await publish({ LayerName: 'numbers' })).Version).toBe(3)
    expect(versionsOf('numbers')).toEqual([1, 3])
  })

  it.each<[string, Input, string, RegExp]>([
    [
      'text for a zip',
      { Content: { ZipFile: Buffer.from('no zip') } },
      'InvalidParameterValueException',
      /^Could not unzip uploaded file/
    ],
    ['text for a zip in S3', s3('text.zip'), 'InvalidParameterValueException', /^Could not unzip uploaded file/],
    ['a zip without entries', { Content: { ZipFile: zipOf([]) } }, 'InvalidParameterValueException', /non-empty zip/],
    ['no bytes', { Content: { ZipFile: Buffer.alloc(0) } }, 'InvalidParameterValueException', /non-empty zip/],
    ['no content', { Content: {} }, 'InvalidParameterValueException', /provide a source/],
    [
      'two contents',
      { Content: { ZipFile: smallZip('x'), S3Bucket: 'sandbox-code', S3Key: 'v1.zip' } },
      'InvalidParameterValueException',
      /do not provide other/
    ],
    ['too much unzipped', tooLarge(262_144_001), 'InvalidParameterValueException', /smaller than 262144000 bytes/],
    [
      'a missing key',
      s3('none.zip'),
      'InvalidParameterValueException',
      /S3 Error Code: NoSuchKey\. S3 Error Message: The specified key does not exist\./
    ],
    ['a missing bucket', s3('v1.zip', 'none'), 'InvalidParameterValueException', /NoSuchBucket/],
    [
      'a bucket in another region',
      s3('v1.zip', 'far-code'),
      'InvalidParameterValueException',
      /PermanentRedirect.*in this region: eu-west-1/
    ],
    [
      "another account's bucket",
      s3('v1.zip', 'production-code'),
      'AccessDeniedException',
      /access has been denied by S3/
    ],
    [
      'an object version',
      { Content: { S3Bucket: 'sandbox-code', S3Key: 'v1.zip', S3ObjectVersion: '1' } },
      'InvalidParameterValueException',
      /NoSuchVersion/
    ],
    ['a dotted name', { LayerName: 'a.b' }, 'ValidationException', /'layerName' failed/],
    ['a name of 141 characters', { LayerName: 'a'.repeat(141) }, 'ValidationException', /less than or equal to 140/],
    [
      "another account's ARN",
      { LayerName: arnOf('x').replace(sandbox, '444455556666') },
      'AccessDeniedException',
      /not authorized to perform: lambda:PublishLayerVersion/
    ],
    [
      'a description of 257 characters',
      { Description: 'd'.repeat(257) },
      'ValidationException',
      /'description'.*equal to 256/
    ],
    [
      'a licence of 513 characters',
      { LicenseInfo: 'd'.repeat(513) },
      'ValidationException',
      /'licenseInfo'.*equal to 512/
    ],
    [
      'an unknown runtime',
      { CompatibleRuntimes: ['python9.9' as 'python3.9'] },
      'ValidationException',
      /'compatibleRuntimes'/
    ],
    [
      '16 runtimes',
      { CompatibleRuntimes: Array(16).fill('python3.10') },
      'ValidationException',
      /less than or equal to 15/
    ],
    [
      'an unknown architecture',
      { CompatibleArchitectures: ['x86' as 'arm64'] },
      'ValidationException',
      /'compatibleArchitectures'/
    ],
    [
      '3 architectures',
      { CompatibleArchitectures: Array(3).fill('arm64') },
      'ValidationException',
      /less than or equal to 2/
    ]
  ])('refuses %s, and publishes nothing', async (_what, input, name, message) => {
    const before = JSON.stringify(listLayers(aws.emulator.world, sandbox, region))
    expect(await failure(publish(input))).toMatchObject({ name, message: expect.stringMatching(message) })
    expect(JSON.stringify(listLayers(aws.emulator.world, sandbox, region))).toBe(before)
  })

  it('takes exactly the allowed lengths, and exactly 262,144,000 unzipped bytes as declared', async () => {
    const input = {
      LayerName: 'a'.repeat(140),
      Description: 'd'.repeat(256),
      CompatibleRuntimes: Array(15).fill('python3.10')
    }
    expect((await publish(input)).Version).toBe(1)
    // Declared, but not held: past the size check, and stopped by the next one.
    const stopped = await failure(publish(tooLarge(262_144_000)))
    expect(stopped.message).toMatch(/^Could not unzip/)
  })

  it('refuses a zip over 50 MB in the request, and takes it from S3', async () => {
    const large = zipOf([{ name: 'python/large', content: Buffer.alloc(52_428_800, 7), deflate: false }])
    expect(await failure(publish({ Content: { ZipFile: large } }))).toMatchObject({
      name: 'RequestEntityTooLargeException',
      status: 413
    })
    await aws.put('large.zip', large)
    expect((await publish({ LayerName: 'large', ...s3('large.zip') })).Content?.CodeSize).toBe(large.length)
  })
})

describe('reading and deleting layers', () => {
  it('says ResourceNotFoundException for what is not, or no longer, there', async () => {
    await publish({ LayerName: 'gone' })
    await aws.lambda.send(new DeleteLayerVersionCommand({ LayerName: 'gone', VersionNumber: 1 }))
    await aws.lambda.send(new DeleteLayerVersionCommand({ LayerName: 'gone', VersionNumber: 1 }))
    for (const [LayerName, VersionNumber] of [
      ['gone', 1],
      ['gone', 2],
      ['never', 1]
    ] as const) {
      const read = aws.lambda.send(new GetLayerVersionCommand({ LayerName, VersionNumber }))
      expect(await failure(read)).toMatchObject({ name: 'ResourceNotFoundException', status: 404 })
    }
    const { LayerVersions } = await aws.lambda.send(new ListLayerVersionsCommand({ LayerName: 'gone' }))
    expect(LayerVersions).toEqual([])
  })

  it('lists newest first, in pages, without CodeSha256', async () => {
    for (let number = 1; number <= 5; number += 1) await publish({ LayerName: 'paged', Description: String(number) })
    const pages: (number | undefined)[][] = []
    let Marker: string | undefined
    do {
      const command: ListLayerVersionsCommand = new ListLayerVersionsCommand({
        LayerName: 'paged',
        MaxItems: 2,
        Marker
      })
      const page = await aws.lambda.send(command)
      expect(JSON.stringify(page)).not.toContain('CodeSha256')
      pages.push((page.LayerVersions ?? []).map(version => version.Version))
      Marker = page.NextMarker
    } while (Marker !== undefined)
    expect(pages).toEqual([[5, 4], [3, 2], [1]])
    const bad = aws.lambda.send(new ListLayerVersionsCommand({ LayerName: 'paged', MaxItems: 51 }))
    expect(await failure(bad)).toMatchObject({ name: 'ValidationException' })
    const lost = aws.lambda.send(new ListLayerVersionsCommand({ LayerName: 'paged', Marker: 'x' }))
    expect(await failure(lost)).toMatchObject({ name: 'InvalidParameterValueException' })
  })

  it('lists layers of this account and region with their latest version', async () => {
    await publish({ LayerName: 'aaa' })
    await publish({ LayerName: 'aaa' })
    const { Layers = [] } = await aws.lambda.send(new ListLayersCommand({}))
    expect(Layers[0]).toMatchObject({ LayerName: 'aaa', LatestMatchingVersion: { Version: 2 } })
    expect(Layers.map(layer => layer.LayerName)).not.toContain('gone')
    expect(listLayers(aws.emulator.world, sandbox, 'eu-west-1')).toEqual([])
  })

  it('staleListReads: the first n lists after a publish do not show it, a get does', async () => {
    aws.emulator.world.staleListReads = 2
    await publish({ LayerName: 'stale' })
    aws.emulator.world.staleListReads = 0
    const counts: number[] = []
    for (let read = 0; read < 3; read += 1) {
      const page = await aws.lambda.send(new ListLayerVersionsCommand({ LayerName: 'stale' }))
      counts.push(page.LayerVersions?.length ?? -1)
    }
    expect(counts).toEqual([0, 0, 1])
    const get = await aws.lambda.send(new GetLayerVersionCommand({ LayerName: 'stale', VersionNumber: 1 }))
    expect(get.Version).toBe(1)
  })
})

function s3(S3Key: string, S3Bucket = 'sandbox-code'): Input {
  return { Content: { S3Bucket, S3Key } }
}

function tooLarge(statedBytes: number): Input {
  return { Content: { ZipFile: zipOf([{ name: 'python/a', content: 'a', statedBytes }]) } }
}
