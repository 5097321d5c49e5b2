import type { CodedError } from '../model/errors.js'
import type { Capability, LayerProperties } from '../model/index.js'
import type { Inventory, LayerVersionSummary, ObjectPlace, StackDescription } from './inventory.js'

/**
 * What we ask of AWS. Every method has a deadline and throws coded errors: `NO_CREDENTIALS`, `ACCESS_DENIED`,
 * `BUCKET_OWNER_MISMATCH`, `DEADLINE_EXCEEDED`, `AWS_FAILED`. "Not there" is an answer (`null`), not an error.
 */
export interface CallerIdentity {
  readonly accountId: string
  readonly arn: string
}

export interface Aws {
  /** Where a credential source is configured, by name, without asking the network; empty: none is. */
  credentialSources(): readonly string[]
  callerIdentity(): Promise<CallerIdentity>
  region(region: string): AwsRegion
}

export interface AwsRegion {
  readonly region: string
  readonly objects: ObjectStore
  readonly layers: LayerVersions
  readonly permissions: LayerPermissions
  readonly stacks: Stacks
  /** Loaded on first use. */
  readonly inventory: () => Promise<Inventory>
  /** Loaded on first use. */
  readonly functions: () => Promise<Functions>
}

export interface ObjectHead {
  /** Lower-case hexadecimal, as S3 computed it; `null` where S3 vouches for no SHA-256 of the whole object. */
  readonly sha256: string | null
  readonly sizeBytes: number
  /** What its writer said of it. Whoever may write to the bucket may say anything: it proves nothing. */
  readonly metadata: Readonly<Record<string, string>>
}

export interface StoredObject {
  readonly body: Uint8Array
  readonly etag: string
  /** For how long it has been as it is, at least, by the store's own clock alone; 0 where the store does not tell. */
  readonly ageSeconds: number
}

/** A file on this machine, and what was measured of it. */
export interface LocalFile {
  readonly file: string
  readonly sha256: string
  readonly sizeBytes: number
}

export interface ObjectStore {
  /**
   * @param like a file that the object may hold the bytes of: of an object that was uploaded in parts, S3 vouches for the
   * checksum of its parts alone, which is compared with the file's
   */
  head(place: ObjectPlace, like?: LocalFile): Promise<ObjectHead | null>
  /** @throws CodedError AWS_FAILED where the object is larger than `maximumBytes` */
  get(place: ObjectPlace, maximumBytes: number): Promise<StoredObject | null>
  /** The last `count` bytes, or all where it has fewer, with the size of the whole. */
  end(place: ObjectPlace, count: number): Promise<{ readonly bytes: Uint8Array; readonly sizeBytes: number } | null>
  /** Writes once: `exists` where the key was there before, whatever its bytes. S3 verifies the SHA-256. */
  putIfAbsent(
    place: ObjectPlace,
    object: LocalFile & {
      /** Default: that of an archive. */
      readonly contentType?: string
      readonly metadata: Readonly<Record<string, string>>
    }
  ): Promise<'created' | 'exists'>
  /** Compare and swap: `etag` is what was read, `null` for "there is none yet". */
  replace(place: ObjectPlace, body: string, etag: string | null): Promise<{ readonly etag: string } | 'conflict'>
}

export interface LayerVersionDetail extends LayerVersionSummary {
  /** Lower-case hexadecimal. */
  readonly codeSha256: string
  /** Size of the zip. */
  readonly sizeBytes: number
}

export interface LayerVersions {
  /** Over all pages, newest first. A layer that does not exist has none. */
  list(layerName: string): Promise<readonly LayerVersionSummary[]>
  get(layerName: string, version: number): Promise<LayerVersionDetail | null>
  /**
   * One attempt: PublishLayerVersion has no idempotency token (AWS Lambda API reference).
   * @throws CodedError where AWS refused for good: nothing was published
   */
  publish(
    request: LayerProperties & { readonly layerName: string; readonly bucket: string; readonly key: string }
  ): Promise<PublishAnswer>
}

/** One statement of a layer version's policy. */
export interface LayerPermission {
  readonly statementId: string
  /** An account id, an organization id (`o-…`), or `public`; anything else as the policy has it. */
  readonly principal: string
}

export interface LayerPermissions {
  /** A version without a policy, or that is not there, has none. */
  list(layerName: string, version: number): Promise<readonly LayerPermission[]>
  /** `exists` where the version has a statement of that id. */
  add(layerName: string, version: number, permission: LayerPermission): Promise<'added' | 'exists'>
  /** Also where it is gone already. */
  remove(layerName: string, version: number, statementId: string): Promise<void>
}

export type PublishAnswer =
  | { readonly kind: 'published'; readonly version: LayerVersionDetail }
  /** Nothing was published; the same request may succeed later. */
  | { readonly kind: 'throttled'; readonly error: CodedError }
  /** Whether a version was published is not known. */
  | { readonly kind: 'unknown'; readonly error: CodedError }

export interface ChangeSetRequest {
  readonly stackName: string
  readonly changeSetName: string
  readonly type: 'CREATE' | 'UPDATE'
  readonly token: string
  /** `null`: the template that the stack has. */
  readonly templateBody: string | null
  /** `null`: the value that the stack has. */
  readonly parameters: Readonly<Record<string, string | null>>
  readonly capabilities: readonly Capability[]
  readonly tags: Readonly<Record<string, string>>
  readonly description: string
}

export interface ResourceChange {
  readonly action: string
  readonly logicalId: string
  /** Of the resource as it is before the change: for a layer version its ARN. `null` for a new one. */
  readonly physicalId: string | null
  readonly resourceType: string
  readonly replacement: string | null
  /** What happens to the old resource: `Retain`, `ReplaceAndRetain`, `Delete`, `ReplaceAndDelete`, … */
  readonly policyAction: string | null
}

export interface ChangeSetDescription {
  readonly id: string
  readonly status: string
  readonly executionStatus: string
  readonly statusReason: string
  readonly changes: readonly ResourceChange[]
}

export interface StackEvent {
  /** ISO 8601. */
  readonly time: string
  readonly logicalId: string
  readonly resourceType: string
  readonly status: string
  readonly reason: string
  readonly token: string
}

export interface Stacks {
  describe(stackName: string): Promise<StackDescription | null>
  /** `exists` where a change set of that name is there already; `not-now` where the stack came into being, went, or is changing. */
  createChangeSet(request: ChangeSetRequest): Promise<'created' | 'exists' | 'not-now'>
  describeChangeSet(stackName: string, changeSetName: string): Promise<ChangeSetDescription | null>
  /** `not-executable` where it was executed or made obsolete by somebody else. The same token again is the same execution. */
  executeChangeSet(stackName: string, changeSetName: string, token: string): Promise<'started' | 'not-executable'>
  /** Also where it is gone already; one that is being executed stays. */
  deleteChangeSet(stackName: string, changeSetName: string): Promise<void>
  protect(stackName: string, terminationProtection: boolean): Promise<void>
  /** Physical ids of the layer versions that the stack made and that are still there. */
  heldVersions(stackName: string): Promise<readonly string[]>
  /** Starts it. @param stackId the ARN: a stack that others made of the same name meanwhile is another one */
  delete(stackName: string, stackId: string): Promise<void>
  /** Newest first, the newest page only. */
  events(stackName: string): Promise<readonly StackEvent[]>
}

/** Lambda functions of one account and region, for `rollout`. Errors as in `Aws`. */
export interface Functions {
  /** Name → layer version ARNs of `$LATEST`, over all pages. */
  list(): Promise<ReadonlyMap<string, readonly string[]>>
  /** `$LATEST` as it is configured; `null`: there is no such function. */
  read(functionName: string): Promise<FunctionState | null>
  tags(functionName: string): Promise<Readonly<Record<string, string>>>
  /**
   * Replaces the whole list of layers of `$LATEST`, at `revisionId` only.
   * @returns `changed`: the function has another revision by now, or an update is under way: read it again
   */
  setLayers(functionName: string, layers: readonly string[], revisionId: string): Promise<'accepted' | 'changed'>
}

export interface FunctionState {
  readonly functionName: string
  /** Empty for a container image. */
  readonly runtime: string
  readonly architectures: readonly string[]
  /** In the order in which Lambda merges them. */
  readonly layers: readonly FunctionLayer[]
  /** Of the function's own zip. */
  readonly codeBytes: number
  readonly revisionId: string
  readonly update: 'successful' | 'in-progress' | 'failed'
  /** Why the last update failed; else empty. */
  readonly updateReason: string
}

interface FunctionLayer {
  /** Of the layer version. */
  readonly arn: string
  /** Of its zip. */
  readonly sizeBytes: number
}
