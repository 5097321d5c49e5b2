/** The world as it starts: principals, buckets, empty regions, a clock that tests may advance. */
import type { Bucket, BucketSettings, Principal, RegionState, World } from './world.js'

/** An account and the one user whose access key acts for it. */
export interface AccountOption {
  readonly accountId: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Where given, requests must carry it (temporary credentials). */
  readonly sessionToken?: string
  /** Default `arn:aws:iam::<account>:user/deployer`. */
  readonly arn?: string
  /** Identity-based policies, documents or their JSON. Default: everything is allowed. */
  readonly policies?: readonly unknown[]
  /** When the access key was made, milliseconds since 1970. Default: now. */
  readonly keyCreatedAt?: number
}

export interface BucketOption {
  readonly name: string
  readonly ownerAccountId: string
  readonly region: string
  /** Other accounts that the bucket's policy lets in. */
  readonly allowedAccountIds?: readonly string[]
  readonly settings?: BucketSettings
}

export interface AdvanceableWorld extends World {
  /** Moves `now()` on. Signatures are checked against the real clock (plus the server's skew), not this one. */
  advance(milliseconds: number): void
  addBucket(bucket: BucketOption): Bucket
}

export interface WorldOptions {
  readonly accounts: readonly AccountOption[]
  readonly buckets?: readonly BucketOption[]
  /** How many reads a CloudFormation operation stays in progress for. Default 1. */
  readonly inProgressReads?: number
}

export function createWorld(options: WorldOptions): AdvanceableWorld {
  const regions = new Map<string, RegionState>()
  const buckets = new Map<string, Bucket>()
  let advanced = 0
  const world: AdvanceableWorld = {
    now: () => Date.now() + advanced,
    advance(milliseconds) {
      advanced += milliseconds
    },
    principals: new Map(options.accounts.map(account => [account.accessKeyId, principalOf(account)])),
    buckets,
    roles: [],
    addBucket(option) {
      const bucket: Bucket = { ...option, objects: new Map(), uploads: new Map() }
      buckets.set(bucket.name, bucket)
      return bucket
    },
    region(accountId, region) {
      const id = `${accountId} ${region}`
      const known = regions.get(id)
      if (known !== undefined) return known
      const fresh = emptyRegion(accountId, region)
      regions.set(id, fresh)
      return fresh
    },
    inProgressReads: options.inProgressReads ?? 1
  }
  for (const bucket of options.buckets ?? []) world.addBucket(bucket)
  return world
}

/** `aws-cn` and `aws-us-gov` are told by their region names. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn'
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
}

function principalOf(account: AccountOption): Principal {
  return {
    accountId: account.accountId,
    arn: account.arn ?? `arn:aws:iam::${account.accountId}:user/deployer`,
    userId: `AIDA${account.accountId}EXAMPLE`,
    ...(account.keyCreatedAt !== undefined && { keyCreatedAt: account.keyCreatedAt })
  }
}

function emptyRegion(accountId: string, region: string): RegionState {
  return {
    accountId,
    region,
    partition: partitionOf(region),
    layers: new Map(),
    functions: new Map(),
    stacks: new Map(),
    parameters: new Map()
  }
}
