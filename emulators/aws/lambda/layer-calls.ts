/** One function per Lambda call: request members in, response members out. */
import { z } from 'zod'
import type { AwsRequest, LayerVersionRecord, RegionState, World } from '../world.js'
import { AwsError, type Caller } from './aws-error.js'
import { checkLayerName, pageSize } from './constraints.js'
import { downloadLink } from './layer-downloads.js'
import { pageOf } from './paging.js'
import { sharedVersion } from './layer-permissions.js'
import { maximumRequestBytes, requestTooLarge } from './layer-content.js'
import { deleteLayerVersion, findLayerVersion, liveVersions, ownLayerName, publishLayerVersion } from './layers.js'

type Json = Readonly<Record<string, unknown>>

const publishBody = z.strictObject({
  Content: z.strictObject({
    ZipFile: z.base64().optional(),
    S3Bucket: z.string().optional(),
    S3Key: z.string().optional(),
    S3ObjectVersion: z.string().optional()
  }),
  Description: z.string().optional(),
  LicenseInfo: z.string().optional(),
  CompatibleRuntimes: z.array(z.string()).optional(),
  CompatibleArchitectures: z.array(z.string()).optional()
})

export function publish(world: World, request: AwsRequest, layerName: string): Json {
  if (request.body.length >= maximumRequestBytes) throw requestTooLarge()
  const parsed = publishBody.safeParse(parseJson(request.body))
  if (!parsed.success) throw new AwsError('SerializationException', z.prettifyError(parsed.error).replace(/\n/g, ' '))
  const { Content, ...members } = parsed.data
  const ZipFile = Content.ZipFile === undefined ? undefined : Buffer.from(Content.ZipFile, 'base64')
  const input = { ...members, LayerName: layerName, Content: { ...Content, ZipFile } }
  return detailMembers(world, request, publishLayerVersion(world, request, input))
}

export function getVersion(world: World, request: AwsRequest, nameOrArn: string, version: string): Json {
  if (nameOrArn.startsWith('arn:') && nameOrArn.split(':')[4] !== request.principal.accountId) {
    checkLayerName(nameOrArn)
    return detailMembers(world, request, sharedVersion(world, request, nameOrArn, versionNumber(version)))
  }
  const { state, name } = reach(world, request, nameOrArn, 'lambda:GetLayerVersion')
  return detailMembers(world, request, findLayerVersion(state, name, versionNumber(version)))
}

export function getVersionByArn(world: World, request: AwsRequest, arn: string): Json {
  const parts = /^(arn:[^:]+:lambda:[^:]+:\d{12}:layer:[a-zA-Z0-9-_]+):(\d+)$/.exec(arn)
  if (parts === null) {
    const message = `1 validation error detected: Value '${arn}' at 'arn' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+`
    throw new AwsError('ValidationException', message)
  }
  return getVersion(world, request, parts[1] ?? '', parts[2] ?? '')
}

export function removeVersion(world: World, request: AwsRequest, nameOrArn: string, version: string): void {
  const { state, name } = reach(world, request, nameOrArn, 'lambda:DeleteLayerVersion')
  deleteLayerVersion(state, name, versionNumber(version))
}

/** Newest first, without CodeSha256. An unknown layer has an empty list. */
export function listVersions(world: World, request: AwsRequest, nameOrArn: string): Json {
  const { state, name } = reach(world, request, nameOrArn, 'lambda:ListLayerVersions')
  const live = liveVersions(state.layers.get(name)).slice(request.staleReads ?? 0)
  const seen = live.filter(version => (version.unlistedReads ?? 0) === 0)
  for (const version of live) version.unlistedReads = Math.max(0, (version.unlistedReads ?? 0) - 1)
  const matching = seen.filter(version => isCompatible(version, request.query))
  const page = pageOf(matching, request.query, pageSize(request.query.get('MaxItems')))
  return { LayerVersions: page.items.map(versionListMembers), NextMarker: page.nextMarker }
}

/** Sorted by name; a layer whose versions were all deleted is gone. */
export function listLayers(world: World, request: AwsRequest): Json {
  const state = world.region(request.principal.accountId, request.region)
  const layers = [...state.layers.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  const latest = layers.flatMap(layer => {
    const version = liveVersions(layer).find(one => isCompatible(one, request.query))
    if (version === undefined) return []
    return [{ LayerName: layer.name, LayerArn: layer.arn, LatestMatchingVersion: versionListMembers(version) }]
  })
  const page = pageOf(latest, request.query, pageSize(request.query.get('MaxItems')))
  return { Layers: page.items, NextMarker: page.nextMarker }
}

export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    throw new AwsError('SerializationException', 'Could not parse request body into json')
  }
}

export function reach(
  world: World,
  request: Caller,
  nameOrArn: string,
  action: string
): { state: RegionState; name: string } {
  checkLayerName(nameOrArn)
  const state = world.region(request.principal.accountId, request.region)
  return { state, name: ownLayerName(state, nameOrArn, action, request) }
}

export function versionNumber(text: string): number {
  const number = Number(text)
  if (Number.isSafeInteger(number) && number >= 1) return number
  const message = `1 validation error detected: Value '${text}' at 'versionNumber' failed to satisfy constraint: Member must have value greater than or equal to 1`
  throw new AwsError('ValidationException', message)
}

function versionListMembers(version: LayerVersionRecord): Json {
  return {
    LayerVersionArn: version.arn,
    Version: version.version,
    Description: version.description,
    CreatedDate: version.createdDate,
    ...(version.compatibleRuntimes.length > 0 && { CompatibleRuntimes: version.compatibleRuntimes }),
    ...(version.compatibleArchitectures.length > 0 && { CompatibleArchitectures: version.compatibleArchitectures }),
    ...(version.licenseInfo !== null && { LicenseInfo: version.licenseInfo })
  }
}

function detailMembers(world: World, request: AwsRequest, version: LayerVersionRecord): Json {
  const Location = downloadLink(world, request.endpoint ?? '', version)
  return {
    ...versionListMembers(version),
    LayerArn: version.layerArn,
    Content: { Location, CodeSha256: version.codeSha256, CodeSize: version.codeSize }
  }
}

function isCompatible(version: LayerVersionRecord, query: URLSearchParams): boolean {
  const runtime = query.get('CompatibleRuntime')
  const architecture = query.get('CompatibleArchitecture')
  return (
    (runtime === null || version.compatibleRuntimes.includes(runtime)) &&
    (architecture === null || version.compatibleArchitectures.includes(architecture))
  )
}
