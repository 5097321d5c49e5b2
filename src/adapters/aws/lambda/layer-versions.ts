/** Layer versions over the SDK, and the policy of each: who may use it from outside its account. */
import type * as Lambda from '@aws-sdk/client-lambda'
import type { LayerVersionSummary } from '../../../ports/inventory.js'
import { partitionOf } from '../../../model/naming/regions.js'
import { asCodedError } from '../../../model/errors.js'
import type { LayerProperties } from '../../../model/index.js'
import type {
  LayerVersionDetail,
  LayerVersions,
  PublishAnswer,
  LayerPermission,
  LayerPermissions
} from '../../../ports/aws.js'
import { base64ToHex } from '../../../model/digest.js'
import { errorName, httpStatus, UnreadableAnswer } from '../aws-errors.js'
import { call } from '../calls.js'
import type { AwsSession } from '../client-options.js'
import { type LambdaClients, nullIfMissing, type LoadedLambda } from './lambda-client.js'

/** More pages than AWS can hold versions of one layer within its code storage: a loop that must end. */
const maximumPages = 2_000

interface Session extends AwsSession, LambdaClients {
  readonly layerArn: (layerName: string) => string
}

export function createLayerVersions(region: string, aws: AwsSession, clients: LambdaClients): LayerVersions {
  const session: Session = {
    ...aws,
    ...clients,
    layerArn: name => `arn:${partitionOf(region)}:lambda:${region}:${aws.accountId}:layer:${name}`
  }
  return {
    list: layerName => list(session, layerName),
    get: (layerName, version) => get(session, layerName, version),
    publish: request => publish(session, request)
  }
}

function list(session: Session, layerName: string): Promise<readonly LayerVersionSummary[]> {
  // Service Authorization Reference, AWS Lambda: ListLayerVersions knows no resource.
  const subject = { action: 'lambda:ListLayerVersions', resource: '*' }
  return call(subject, { signal: session.signal, seconds: session.timing.callSeconds }, async options => {
    const { sdk, client } = await session.reader()
    const versions: LayerVersionSummary[] = []
    let marker: string | undefined
    for (let page = 0; page < maximumPages; page++) {
      const request = { LayerName: layerName, ...(marker === undefined ? {} : { Marker: marker }) }
      const answer = await client.send(new sdk.ListLayerVersionsCommand(request), options).catch(nullIfMissing)
      if (answer === null) break
      if (answer.LayerVersions === undefined) throw new UnreadableAnswer('a list without versions')
      versions.push(...answer.LayerVersions.map(summary))
      marker = answer.NextMarker
      if (marker === undefined || marker === '') break
    }
    return versions.sort((a, b) => b.version - a.version)
  })
}

function get(session: Session, layerName: string, version: number): Promise<LayerVersionDetail | null> {
  const subject = { action: 'lambda:GetLayerVersion', resource: `${session.layerArn(layerName)}:${version}` }
  return call(subject, { signal: session.signal, seconds: session.timing.callSeconds }, async options => {
    const { sdk, client } = await session.reader()
    const request = new sdk.GetLayerVersionCommand({ LayerName: layerName, VersionNumber: version })
    const answer = await client.send(request, options).catch(nullIfMissing)
    return answer === null ? null : detail(answer)
  })
}

async function publish(session: Session, request: Parameters<LayerVersions['publish']>[0]): Promise<PublishAnswer> {
  const subject = { action: 'lambda:PublishLayerVersion', resource: session.layerArn(request.layerName) }
  const limits = { signal: session.signal, seconds: session.timing.publishSeconds, attempts: 1 }
  try {
    const version = await call(subject, limits, async options => {
      const { sdk, client } = await session.publisher()
      const command = new sdk.PublishLayerVersionCommand({
        LayerName: request.layerName,
        Description: request.description,
        ...(request.licenseInfo === '' ? {} : { LicenseInfo: request.licenseInfo }),
        CompatibleRuntimes: [...request.compatibleRuntimes] as never,
        CompatibleArchitectures: [...request.compatibleArchitectures] as never,
        Content: { S3Bucket: request.bucket, S3Key: request.key }
      })
      return detail(await client.send(command, { ...options, requestTimeout: limits.seconds * 1000 }))
    })
    return { kind: 'published', version }
  } catch (error) {
    if (session.signal.aborted) throw error
    const coded = asCodedError(error)
    const { cause } = coded
    if (isHeldBack(cause)) return { kind: 'throttled', error: coded }
    const status = httpStatus(cause) ?? 0
    if (coded.code === 'NO_CREDENTIALS' || (status >= 400 && status < 500)) throw coded
    return { kind: 'unknown', error: coded }
  }
}

/** Refused before any effect: too many requests, or a clock that the SDK has corrected by the answer's date. */
function isHeldBack(error: unknown): boolean {
  const corrected = (error as { $metadata?: { clockSkewCorrected?: boolean } } | undefined)?.$metadata
  return (
    httpStatus(error) === 429 ||
    ['ThrottlingException', 'TooManyRequestsException'].includes(errorName(error)) ||
    corrected?.clockSkewCorrected === true
  )
}

export interface WireVersion {
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

export function summary(wire: WireVersion): LayerVersionSummary {
  if (wire.Version === undefined || wire.LayerVersionArn === undefined)
    throw new UnreadableAnswer(`a layer version without number or ARN: ${JSON.stringify(wire)}`)
  return { version: wire.Version, arn: wire.LayerVersionArn, ...properties(wire) }
}

function detail(
  wire: WireVersion & {
    readonly Content?: { CodeSha256?: string | undefined; CodeSize?: number | undefined } | undefined
  }
): LayerVersionDetail {
  const { CodeSha256, CodeSize } = wire.Content ?? {}
  if (CodeSha256 === undefined || CodeSize === undefined) throw new UnreadableAnswer('a layer version without content')
  return { ...summary(wire), codeSha256: base64ToHex(CodeSha256), sizeBytes: CodeSize }
}

/** The one action that a layer version can be shared for (AWS Lambda API reference, AddLayerVersionPermission). */
const sharedAction = 'lambda:GetLayerVersion'

export function createLayerPermissions(region: string, aws: AwsSession, clients: LambdaClients): LayerPermissions {
  const layerArn = `arn:${partitionOf(region)}:lambda:${region}:${aws.accountId}:layer`
  const run = <T>(
    action: string,
    layerName: string,
    version: number,
    work: (loaded: LoadedLambda, options: { readonly abortSignal: AbortSignal }) => Promise<T>
  ): Promise<T> => {
    const subject = { action: `lambda:${action}`, resource: `${layerArn}:${layerName}:${version}` }
    const limits = { signal: aws.signal, seconds: aws.timing.callSeconds }
    return call(subject, limits, async options => work(await clients.reader(), options))
  }
  return {
    list: (LayerName, VersionNumber) =>
      run('GetLayerVersionPolicy', LayerName, VersionNumber, async ({ sdk, client }, options) => {
        const request = new sdk.GetLayerVersionPolicyCommand({ LayerName, VersionNumber })
        const answer = await client.send(request, options).catch(nullIfMissing)
        return answer === null ? [] : readPolicy(answer)
      }),
    add: (LayerName, VersionNumber, permission) =>
      run('AddLayerVersionPermission', LayerName, VersionNumber, async ({ sdk, client }, options) => {
        const request = { LayerName, VersionNumber, ...wirePermission(permission) }
        try {
          await client.send(new sdk.AddLayerVersionPermissionCommand(request), options)
          return 'added'
        } catch (error) {
          if (errorName(error) === 'ResourceConflictException') return 'exists'
          throw error
        }
      }),
    remove: (LayerName, VersionNumber, StatementId) =>
      run('RemoveLayerVersionPermission', LayerName, VersionNumber, async ({ sdk, client }, options) => {
        const request = new sdk.RemoveLayerVersionPermissionCommand({ LayerName, VersionNumber, StatementId })
        await client.send(request, options).catch(nullIfMissing)
      })
  }
}

function wirePermission({ statementId: StatementId, principal }: LayerPermission) {
  const organization = principal.startsWith('o-') ? { OrganizationId: principal } : {}
  const Principal = /^\d{12}$/.test(principal) ? principal : '*'
  return { StatementId, Action: sharedAction, Principal, ...organization }
}

function readPolicy({ Policy }: Lambda.GetLayerVersionPolicyCommandOutput): readonly LayerPermission[] {
  const document = parsed(Policy ?? '')
  if (!Array.isArray(document?.Statement)) throw new UnreadableAnswer('a policy without statements')
  return document.Statement.map((statement: unknown) => {
    const { Sid } = statement as { Sid?: unknown }
    return { statementId: typeof Sid === 'string' ? Sid : '', principal: principalOf(statement as PolicyStatement) }
  })
}

function parsed(policy: string): { readonly Statement?: unknown } | null {
  try {
    return JSON.parse(policy) as { readonly Statement?: unknown } | null
  } catch {
    throw new UnreadableAnswer('a policy that is no JSON')
  }
}

interface PolicyStatement {
  readonly Effect?: unknown
  readonly Action?: unknown
  readonly Principal?: unknown
  readonly Condition?: unknown
}

/** In the words of the configuration where the statement says just that; else the statement itself. */
function principalOf(statement: PolicyStatement): string {
  const { Effect, Action, Principal, Condition } = statement
  if (Effect === 'Allow' && Action === sharedAction) {
    const aws = typeof Principal === 'string' ? Principal : (Principal as { AWS?: unknown } | null | undefined)?.AWS
    const account = typeof aws === 'string' ? /^(?:arn:[^:]+:iam::(\d{12}):root|(\d{12}))$/.exec(aws) : null
    if (account !== null && Condition === undefined) return account[1] ?? account[2] ?? ''
    if (aws === '*') {
      if (Condition === undefined) return 'public'
      const organization = /^\{"StringEquals":\{"aws:PrincipalOrgID":"(o-[a-z0-9]+)"\}\}$/.exec(
        JSON.stringify(Condition)
      )
      if (organization?.[1] !== undefined) return organization[1]
    }
  }
  return JSON.stringify({ Effect, Action, Principal, Condition })
}
