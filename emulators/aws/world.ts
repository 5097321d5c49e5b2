/** The state of the emulated AWS and the contract between its HTTP server and its services. */
import type { Statement } from './iam/policy-document.js'

/** Who an access key belongs to. */
export interface Principal {
  readonly accountId: string
  readonly arn: string
  readonly userId: string
  /** When the access key was made, milliseconds since 1970. Default: now. */
  readonly keyCreatedAt?: number
}

/** A role of an account, as far as it is read. */
export interface RoleRecord {
  readonly accountId: string
  readonly name: string
  /** Who may assume it: a policy document. */
  readonly trust: unknown
  /** Managed policies that are attached, by name: policy documents. */
  readonly policies: Readonly<Record<string, unknown>>
}

export interface StoredObject {
  readonly key: string
  readonly body: Buffer
  /** With quotes, as S3 sends it. */
  readonly etag: string
  /** Base64, of the whole body, whatever the uploader chose. */
  readonly checksumSha256: string
  readonly metadata: Readonly<Record<string, string>>
  readonly contentType: string
  readonly lastModified: number
  readonly encryption?: Encryption
  /** What S3 states on request: the checksum that the uploader chose. None: CRC64NVME over the whole object. */
  readonly statedChecksum?: StatedChecksum
}

/** At rest. `keyId`: the ARN of a key of AWS KMS; absent: S3's own. */
export interface Encryption {
  readonly algorithm: 'AES256' | 'aws:kms'
  readonly keyId?: string
}

/** `value` is base64, with `-<parts>` after it where `type` is `COMPOSITE`. */
export interface StatedChecksum {
  readonly algorithm: ChecksumAlgorithm
  readonly type: ChecksumType
  readonly value: string
}
export type ChecksumAlgorithm = 'CRC32' | 'CRC32C' | 'CRC64NVME' | 'SHA1' | 'SHA256'
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE'

export interface MultipartUpload {
  readonly uploadId: string
  readonly key: string
  readonly metadata: Readonly<Record<string, string>>
  readonly contentType: string
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly type: ChecksumType } | null
  readonly encryption?: Encryption
  /** By part number. */
  readonly parts: Map<number, { readonly body: Buffer; readonly etag: string }>
}

export interface Bucket {
  readonly name: string
  readonly ownerAccountId: string
  readonly region: string
  readonly objects: Map<string, StoredObject>
  /** By upload id. */
  readonly uploads?: Map<string, MultipartUpload>
  /** Other accounts that a bucket policy lets in. */
  readonly allowedAccountIds?: readonly string[]
  readonly settings?: BucketSettings
}

export interface BucketSettings {
  /** Default `false`, as S3 makes buckets. */
  readonly versioned?: boolean
  /** Default `true`. */
  readonly publicAccessBlocked?: boolean
  /** Default `AES256`; `null`: none. */
  readonly encryption?: string | null
  /** A bucket policy for everybody (`Principal: '*'`); its denials count, for the owner too. */
  readonly policy?: unknown
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
  /** How many further ListLayerVersions calls do not show it yet; see `World.staleListReads`. */
  unlistedReads?: number
  /** Who may use it from outside its account. Default: nobody. */
  policy?: readonly PolicyStatement[]
}

export interface LayerRecord {
  readonly name: string
  readonly arn: string
  /** Oldest first; a number is never used again, so deleted versions stay here, marked. */
  readonly versions: LayerVersionRecord[]
}

export interface FunctionRecord {
  readonly name: string
  readonly arn: string
  /** `$LATEST` first; `layers` are layer version ARNs. */
  readonly versions: readonly { readonly version: string; readonly layers: readonly string[] }[]
  /** Alias → version. */
  readonly aliases: Readonly<Record<string, string>>
  readonly runtime: string
  readonly architectures: readonly string[]
  readonly tags: Readonly<Record<string, string>>
  /** Grows with each change. */
  readonly revision: number
  /** How many reads still show the last update as in progress. */
  readonly updating: number
  /** How many reads an update takes. */
  readonly updateReads: number
  /** Why the last update failed. */
  readonly failure: string | null
  /** Updates that give the function one of these layer versions fail. */
  readonly failsWith: readonly { readonly layer: string; readonly reason: string }[]
}

/** State of one account in one region; CloudFormation keeps its own records in `stacks`. */
export interface RegionState {
  readonly accountId: string
  readonly region: string
  readonly partition: string
  readonly layers: Map<string, LayerRecord>
  readonly functions: Map<string, FunctionRecord>
  /** By stack id. Typed by the CloudFormation service. */
  readonly stacks: Map<string, unknown>
  readonly parameters: Map<string, { value: string; type: string; version: number }>
}

export interface World {
  /** Milliseconds since 1970; tests may advance it. */
  now(): number
  readonly principals: ReadonlyMap<string, Principal>
  readonly buckets: Map<string, Bucket>
  readonly roles: RoleRecord[]
  region(accountId: string, region: string): RegionState
  /** How many reads a CloudFormation operation stays in progress for (default 1): polling moves time, not a timer. */
  readonly inProgressReads: number
  /** The policies of a principal; `null`: it may do everything. */
  statementsOf?: (principalArn: string) => readonly Statement[] | null
  /** How many ListLayerVersions calls after a publish do not show the new version yet (default 0). A test may change it. */
  staleListReads?: number
  /** What becomes of downloads of layer versions by their link. Default: they are answered. A test may change it. */
  layerDownloads?: 'answered' | 'refused' | 'altered'
}

/** One request after authentication and parsing of the outer HTTP. */
export interface AwsRequest {
  readonly method: string
  /** As sent: still percent-encoded, without the query. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly principal: Principal
  readonly region: string
  readonly requestId: string
  /** `http://127.0.0.1:<port>`, for links in answers. */
  readonly endpoint?: string
  /** Set by the fault `stale-read`: this many of the newest records are not yet seen by a list. */
  readonly staleReads?: number
  /** Would IAM allow the same principal this further operation? (S3 says 403 for 404 to who may not list.) */
  readonly allows?: (operation: Operation) => boolean
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
  /** The API's own name where IAM names another action: `HeadObject` (IAM: `s3:GetObject`). */
  readonly api?: string
  /** No policy can deny it (`sts:GetCallerIdentity`). */
  readonly needsNoPermission?: boolean
  /** What the request says under IAM's condition keys of the service: `s3:prefix`, `cloudformation:ChangeSetName`, … */
  readonly context?: Readonly<Record<string, string | readonly string[] | null>>
  /** What the caller must be allowed besides: `cloudformation:TagResource` for a change set with tags. */
  readonly further?: readonly Operation[]
}

export interface Service {
  /** Name in the credential scope of the signature: `s3`, `lambda`, `cloudformation`, `sts`, `ssm`. */
  readonly name: string
  operation(request: AwsRequest, world: World): Operation
  handle(request: AwsRequest, world: World): Promise<AwsResponse> | AwsResponse
  /** An error in this service's own wire format. */
  error(request: AwsRequest, code: string, message: string, status: number): AwsResponse
}

export interface PolicyStatement {
  readonly Sid: string
  readonly Effect: 'Allow'
  readonly Principal: '*' | { readonly AWS: string }
  readonly Action: string
  readonly Resource: string
  readonly Condition?: { readonly StringEquals: { readonly 'aws:PrincipalOrgID': string } }
}
