import type * as Lambda from '@aws-sdk/client-lambda'
import type { LayerVersionDetail, LayerVersions, LayerVersionSummary } from '../../ports/aws.js'
import type { LayerProperties } from '../../model.js'
import { base64ToHex } from '../../sha256.js'
import { call, errorName } from './calls.js'
import { clientOptions } from './client-options.js'

/** More pages than AWS can hold versions of one layer within its code storage: a loop that must end. */
const maximumPages = 2_000

export function createLayerVersions(region: string, signal: AbortSignal): LayerVersions {
  const load = (maxAttempts: number) =>
    import('@aws-sdk/client-lambda').then(sdk => ({
      sdk,
      client: new sdk.LambdaClient(clientOptions(region, maxAttempts))
    }))
  type Loaded = { sdk: typeof Lambda; client: Lambda.LambdaClient }
  let reading: Promise<Loaded> | undefined
  let publishing: Promise<Loaded> | undefined
  const reader = () => (reading ??= load(5))
  const publisher = () => (publishing ??= load(1))

  return {
    list: layerName =>
      call('lambda:ListLayerVersions', layerName, signal, async abortSignal => {
        const { sdk, client } = await reader()
        const versions: LayerVersionSummary[] = []
        let marker: string | undefined
        for (let page = 0; page < maximumPages; page++) {
          const request = new sdk.ListLayerVersionsCommand({
            LayerName: layerName,
            ...(marker === undefined ? {} : { Marker: marker })
          })
          const answer = await client.send(request, { abortSignal }).catch(nullIfMissing)
          if (answer === null) break
          versions.push(...(answer.LayerVersions ?? []).map(summary))
          marker = answer.NextMarker
          if (marker === undefined || marker === '') break
        }
        return versions.sort((a, b) => b.version - a.version)
      }),

    get: (layerName, version) =>
      call('lambda:GetLayerVersion', `${layerName}:${version}`, signal, async abortSignal => {
        const { sdk, client } = await reader()
        const request = new sdk.GetLayerVersionCommand({ LayerName: layerName, VersionNumber: version })
        const answer = await client.send(request, { abortSignal }).catch(nullIfMissing)
        return answer === null ? null : detail(answer)
      }),

    publish: request =>
      call('lambda:PublishLayerVersion', request.layerName, signal, async abortSignal => {
        const { sdk, client } = await publisher()
        const answer = await client.send(
          new sdk.PublishLayerVersionCommand({
            LayerName: request.layerName,
            Description: request.description,
            ...(request.licenseInfo === '' ? {} : { LicenseInfo: request.licenseInfo }),
            CompatibleRuntimes: [...request.compatibleRuntimes] as never,
            CompatibleArchitectures: [...request.compatibleArchitectures] as never,
            Content: { S3Bucket: request.bucket, S3Key: request.key }
          }),
          { abortSignal }
        )
        return detail(answer)
      })
  }
}

interface WireVersion {
  readonly Version?: number | undefined
  readonly LayerVersionArn?: string | undefined
  readonly Description?: string | undefined
  readonly LicenseInfo?: string | undefined
  readonly CompatibleRuntimes?: readonly string[] | undefined
  readonly CompatibleArchitectures?: readonly string[] | undefined
}

function properties(wire: WireVersion): LayerProperties {
  return {
    description: wire.Description ?? '',
    licenseInfo: wire.LicenseInfo ?? '',
    compatibleRuntimes: wire.CompatibleRuntimes ?? [],
    compatibleArchitectures: wire.CompatibleArchitectures ?? []
  }
}

function summary(wire: WireVersion): LayerVersionSummary {
  if (wire.Version === undefined || wire.LayerVersionArn === undefined)
    throw new Error(`a layer version without number or ARN: ${JSON.stringify(wire)}`)
  return { version: wire.Version, arn: wire.LayerVersionArn, ...properties(wire) }
}

function detail(
  wire: WireVersion & {
    readonly Content?: { CodeSha256?: string | undefined; CodeSize?: number | undefined } | undefined
  }
): LayerVersionDetail {
  return {
    ...summary(wire),
    codeSha256: base64ToHex(wire.Content?.CodeSha256 ?? ''),
    sizeBytes: wire.Content?.CodeSize ?? 0
  }
}

function nullIfMissing(error: unknown): null {
  if (errorName(error) === 'ResourceNotFoundException') return null
  throw error
}
