/** The state of the emulated AWS and the contract between its HTTP server and its services. */

/** Who an access key belongs to. */
export interface Principal {
  readonly accountId: string
  readonly arn: string
  readonly userId: string
}

export interface StoredObject {
  readonly key: string
  readonly body: Buffer
  /** With quotes, as S3 sends it. */
  readonly etag: string
  /** Base64. */
  readonly checksumSha256: string
  readonly metadata: Readonly<Record<string, string>>
  readonly contentType: string
  readonly lastModified: number
}

export interface Bucket {
  readonly name: string
  readonly ownerAccountId: string
  readonly region: string
  readonly objects: Map<string, StoredObject>
}

export interface LayerVersionRecord {
  readonly version: number
  readonly arn: string
  readonly layerArn: string
  readonly description: string
  readonly licenseInfo: string | null
  readonly compatibleRuntimes: readonly string[]
  readonly compatibleArchitectures: readonly string[]
  /** Base64, of the zip. */
  readonly codeSha256: string
  readonly codeSize: number
  readonly createdDate: string
  readonly zip: Buffer
  deleted: boolean
}

export interface LayerRecord {
  readonly name: string
  readonly arn: string
  /** Oldest first; a number is never used again, so deleted versions stay here, marked. */
  readonly versions: LayerVersionRecord[]
}

/** State of one account in one region; CloudFormation keeps its own records in `stacks`. */
export interface RegionState {
  readonly accountId: string
  readonly region: string
  readonly partition: string
  readonly layers: Map<string, LayerRecord>
  /** By stack id. Typed by the CloudFormation service. */
  readonly stacks: Map<string, unknown>
  readonly parameters: Map<string, { value: string; type: string; version: number }>
}

export interface World {
  /** Milliseconds since 1970; tests may advance it. */
  now(): number
  readonly principals: ReadonlyMap<string, Principal>
  readonly buckets: Map<string, Bucket>
  region(accountId: string, region: string): RegionState
  /** How many reads a CloudFormation operation stays in progress for (default 1): polling moves time, not a timer. */
  readonly inProgressReads: number
}

/** One request after authentication and parsing of the outer HTTP. */
export interface AwsRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly principal: Principal
  readonly region: string
  readonly requestId: string
}

export interface AwsResponse {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

/** What a request asks for, worked out before it is handled: the call log, faults and IAM go by it. */
export interface Operation {
  /** `s3:PutObject`, `lambda:PublishLayerVersion`, … as IAM names the action. */
  readonly action: string
  /** The resource's ARN as IAM sees it, or `*`. */
  readonly resource: string
  /** Does it change state? */
  readonly write: boolean
}

export interface Service {
  /** Name in the credential scope of the signature: `s3`, `lambda`, `cloudformation`, `sts`, `ssm`. */
  readonly name: string
  operation(request: AwsRequest): Operation
  handle(request: AwsRequest, world: World): Promise<AwsResponse> | AwsResponse
  /** An error in this service's own wire format. */
  error(request: AwsRequest, code: string, message: string, status: number): AwsResponse
}
