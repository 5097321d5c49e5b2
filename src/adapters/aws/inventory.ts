/** Lists of an account and region over the SDK, and the deletion of a layer version. Loaded by those commands only. */
import type * as Lambda from '@aws-sdk/client-lambda'
import { partitionOf } from '../../model/naming/regions.js'
import {
  TooManyPages,
  type FunctionVersion,
  type Inventory,
  type ObjectPlace,
  type PublishedVersion,
  type StackDescription
} from '../../ports/inventory.js'
import { errorName, type Subject, UnreadableAnswer } from './aws-errors.js'
import { call } from './calls.js'
import { type CloudFormationClient, stackDescription } from './cloudformation.js'
import type { AwsSession } from './client-options.js'
import type { LambdaClients } from './lambda/lambda-client.js'
import { summary } from './lambda/layer-versions.js'
import { bucketError, type S3Session } from './s3/s3-session.js'

/** A loop over pages must end; no account has as many as these hold. */
const maximumPages = 2_000
/** A page of ListLayers holds at most 50 (AWS Lambda API reference). */
const layersOnPage = 50
/** A layer's zip has up to 250 MB. */
const downloadSeconds = 300

interface Session extends AwsSession {
  readonly region: string
  /** Of Lambda, in this account and region. */
  readonly arn: (resource: string) => string
  readonly lambda: LambdaClients['reader']
  readonly cloudFormation: CloudFormationClient
  readonly s3: S3Session['s3']
}

/** What the other calls of the region are made with, and share a rate budget with. */
interface Clients {
  readonly lambda: LambdaClients
  readonly cloudFormation: CloudFormationClient
  readonly s3: S3Session
}

export function createInventory(
  region: string,
  aws: AwsSession,
  { lambda: { reader }, cloudFormation, s3: { s3 } }: Clients
): Inventory {
  const session: Session = {
    ...aws,
    ...{ region, cloudFormation, s3 },
    arn: resource => `arn:${partitionOf(region)}:lambda:${region}:${aws.accountId}:${resource}`,
    lambda: reader
  }
  return {
    layerNames: async () => [...(await latestVersions(session)).keys()].sort(),
    versions: layerName => versions(session, layerName),
    functionVersions: () => functionVersions(session),
    aliases: functionName => aliases(session, functionName),
    latestVersions: mostPages => latestVersions(session, mostPages),
    stacks: mostPages => stacks(session, mostPages),
    keys: (place, prefix, mostPages) => keys(session, place, prefix, mostPages),
    bucketPolicy: place => bucketPolicy(session, place),
    deleteVersion: (layerName, version) => deleteVersion(session, layerName, version),
    download: (layerName, version) => download(session, layerName, version)
  }
}

/** All pages of a list. Service Authorization Reference, AWS Lambda: the lists of layers and functions know no resource. */
async function pages<Page, Item>(
  session: Session,
  subject: Subject,
  ask: (marker: string | undefined, options: { readonly abortSignal: AbortSignal }) => Promise<Page>,
  read: (page: Page) => { readonly items: readonly Item[] | undefined; readonly next: string | undefined },
  mostPages = maximumPages
): Promise<readonly Item[]> {
  const found: Item[] = []
  let marker: string | undefined
  for (let page = 0; page < mostPages; page++) {
    const limits = { signal: session.signal, seconds: session.timing.callSeconds }
    const { items, next } = await call(subject, limits, async options => {
      const answer = read(await ask(marker, options))
      if (answer.items === undefined) throw new UnreadableAnswer(`a page of ${subject.action} without its list`)
      return { items: answer.items, next: answer.next }
    })
    found.push(...items)
    if (next === undefined || next === '') return found
    marker = next
  }
  throw new TooManyPages(`${subject.action} has more than ${mostPages} pages`)
}

const everything = (action: string): Subject => ({ action, resource: '*' })

async function latestVersions(session: Session, mostPages?: number): Promise<ReadonlyMap<string, PublishedVersion>> {
  const { sdk, client } = await session.lambda()
  const found = await pages(
    session,
    everything('lambda:ListLayers'),
    (Marker, options) => {
      const request = { MaxItems: layersOnPage, ...(Marker !== undefined && { Marker }) }
      return client.send(new sdk.ListLayersCommand(request), options)
    },
    page => ({ items: page.Layers, next: page.NextMarker }),
    mostPages
  )
  return new Map(
    found.flatMap(({ LayerName, LatestMatchingVersion: latest }) =>
      LayerName === undefined || latest === undefined ? [] : [[LayerName, published(latest)] as const]
    )
  )
}

function published(version: Lambda.LayerVersionsListItem): PublishedVersion {
  return { ...summary(version), createdAt: timeOf(version.CreatedDate) }
}

async function versions(session: Session, LayerName: string): Promise<readonly PublishedVersion[]> {
  const { sdk, client } = await session.lambda()
  const found = await pages(
    session,
    everything('lambda:ListLayerVersions'),
    (Marker, options) =>
      client.send(new sdk.ListLayerVersionsCommand({ LayerName, ...(Marker !== undefined && { Marker }) }), options),
    page => ({
      items: page.LayerVersions?.map(published),
      next: page.NextMarker
    })
  )
  return [...found].sort((a, b) => b.version - a.version)
}

/** Lambda writes `2026-11-23T12:00:00.000+0000`, which is no ISO 8601 to every reader. */
function timeOf(text: string | undefined): string {
  const time = new Date((text ?? '').replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))
  if (Number.isNaN(time.getTime())) throw new UnreadableAnswer(`a layer version created at ${JSON.stringify(text)}`)
  return time.toISOString()
}

async function functionVersions(session: Session): Promise<readonly FunctionVersion[]> {
  const { sdk, client } = await session.lambda()
  const found = await pages(
    session,
    everything('lambda:ListFunctions'),
    (Marker, options) => {
      const request = { FunctionVersion: 'ALL', ...(Marker !== undefined && { Marker }) } as const
      return client.send(new sdk.ListFunctionsCommand(request), options)
    },
    page => ({ items: page.Functions?.map(functionVersion), next: page.NextMarker })
  )
  return found
}

function functionVersion({ FunctionName, Version, Layers }: Lambda.FunctionConfiguration): FunctionVersion {
  if (FunctionName === undefined || Version === undefined)
    throw new UnreadableAnswer('a function without name or version')
  return { functionName: FunctionName, version: Version, layers: (Layers ?? []).flatMap(({ Arn }) => Arn ?? []) }
}

async function aliases(session: Session, FunctionName: string): Promise<Readonly<Record<string, string>>> {
  const { sdk, client } = await session.lambda()
  const found = await pages(
    session,
    { action: 'lambda:ListAliases', resource: session.arn(`function:${FunctionName}`) },
    (Marker, options) =>
      client.send(new sdk.ListAliasesCommand({ FunctionName, ...(Marker !== undefined && { Marker }) }), options),
    page => ({ items: page.Aliases, next: page.NextMarker })
  )
  return Object.fromEntries(found.map(({ Name, FunctionVersion }) => [Name ?? '', FunctionVersion ?? '']))
}

async function stacks(session: Session, mostPages?: number): Promise<readonly StackDescription[]> {
  const { sdk, client } = await session.cloudFormation()
  const found = await pages(
    session,
    everything('cloudformation:DescribeStacks'),
    (token, options) =>
      client.send(new sdk.DescribeStacksCommand(token === undefined ? {} : { NextToken: token }), options),
    page => ({ items: page.Stacks, next: page.NextToken }),
    mostPages
  )
  return found.map(stackDescription)
}

async function keys(
  session: Session,
  place: Omit<ObjectPlace, 'key'>,
  prefix: string,
  mostPages?: number
): Promise<readonly string[]> {
  const { sdk, client } = await session.s3()
  const bucket = { Bucket: place.bucket, ExpectedBucketOwner: place.owner, Prefix: prefix }
  const found = await pages(
    session,
    { action: 's3:ListBucket', resource: `arn:${partitionOf(session.region)}:s3:::${place.bucket}` },
    (token, options) =>
      client
        .send(
          new sdk.ListObjectsV2Command({ ...bucket, ...(token !== undefined && { ContinuationToken: token }) }),
          options
        )
        .catch((error: unknown) => {
          throw bucketError(place, session.region, error)
        }),
    // A bucket without such keys has no list at all.
    page => ({ items: page.Contents ?? (page.KeyCount === 0 ? [] : undefined), next: page.NextContinuationToken }),
    mostPages
  )
  return found.flatMap(({ Key }) => Key ?? [])
}

function bucketPolicy(session: Session, place: Omit<ObjectPlace, 'key'>): Promise<string | null> {
  const { bucket, owner } = place
  const subject = { action: 's3:GetBucketPolicy', resource: `arn:${partitionOf(session.region)}:s3:::${bucket}` }
  return call(subject, { signal: session.signal, seconds: session.timing.callSeconds }, async options => {
    const { sdk, client } = await session.s3()
    const request = new sdk.GetBucketPolicyCommand({ Bucket: bucket, ExpectedBucketOwner: owner })
    const answer = await client.send(request, options).catch((error: unknown) => {
      if (errorName(error) === 'NoSuchBucketPolicy') return null
      throw bucketError(place, session.region, error)
    })
    return answer?.Policy ?? null
  })
}

function deleteVersion(session: Session, LayerName: string, VersionNumber: number): Promise<void> {
  const resource = session.arn(`layer:${LayerName}:${VersionNumber}`)
  const subject = { action: 'lambda:DeleteLayerVersion', resource }
  // Deleting twice is deleting once: a number is never used again.
  return call(subject, { signal: session.signal, seconds: session.timing.callSeconds }, async options => {
    const { sdk, client } = await session.lambda()
    try {
      await client.send(new sdk.DeleteLayerVersionCommand({ LayerName, VersionNumber }), options)
    } catch (error) {
      if (errorName(error) !== 'ResourceNotFoundException') throw error
    }
  })
}

function download(session: Session, LayerName: string, VersionNumber: number): Promise<Uint8Array | null> {
  const subject = { action: 'lambda:GetLayerVersion', resource: session.arn(`layer:${LayerName}:${VersionNumber}`) }
  return call(subject, { signal: session.signal, seconds: downloadSeconds }, async ({ abortSignal }) => {
    const { sdk, client } = await session.lambda()
    const request = new sdk.GetLayerVersionCommand({ LayerName, VersionNumber })
    const version = await client.send(request, { abortSignal }).catch((error: unknown) => {
      if (errorName(error) === 'ResourceNotFoundException') return null
      throw error
    })
    if (version === null) return null
    const { Location } = version.Content ?? {}
    if (Location === undefined) throw new UnreadableAnswer('a layer version without a link to its content')
    const answer = await session.connections.fetch(Location, { signal: abortSignal })
    if (answer.status === 403 || answer.status === 404) return null
    if (!answer.ok) throw new UnreadableAnswer(`status ${answer.status} for the content of a layer version`)
    return new Uint8Array(await answer.arrayBuffer())
  })
}
