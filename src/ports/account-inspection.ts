import type { ObjectPlace } from './inventory.js'

/**
 * What `doctor` asks of an account; reads only. Throws coded errors like `Aws`: `ACCESS_DENIED`, `NO_CREDENTIALS`,
 * `DEADLINE_EXCEEDED`, `AWS_FAILED`.
 */
export interface AccountInspection {
  bucket(place: BucketPlace): Promise<BucketStanding>
  /** `true`: enabled. */
  bucketVersioning(place: BucketPlace): Promise<boolean>
  /** All four settings are on. */
  publicAccessBlocked(place: BucketPlace): Promise<boolean>
  /** `null`: none is configured. */
  bucketEncryption(place: BucketPlace): Promise<string | null>
  accessKeys(userName: string): Promise<readonly AccessKey[]>
  /** The trust policy of a role of the account, as JSON says it; `null`: there is no such role. */
  roleTrust(name: string): Promise<unknown>
  /** The managed policies that are attached to a role, as JSON says them. */
  rolePolicies(name: string): Promise<readonly unknown[]>
  /** Is each action allowed on each resource? Evaluated by IAM itself, nothing is done. */
  simulate(principalArn: string, question: SimulatedQuestion): Promise<readonly SimulatedAnswer[]>
}

export type BucketPlace = Pick<ObjectPlace, 'bucket' | 'owner'> & { readonly region: string }

export type BucketStanding =
  | { readonly kind: 'ours' }
  | { readonly kind: 'missing' }
  /** Of another account, or one that the caller may not see. */
  | { readonly kind: 'foreign' }
  /** `null`: AWS does not say which. */
  | { readonly kind: 'other-region'; readonly region: string | null }

interface AccessKey {
  readonly id: string
  readonly active: boolean
  /** Milliseconds since 1970. */
  readonly createdAt: number
}

export interface SimulatedQuestion {
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  /** Condition key → values. */
  readonly context: Readonly<Record<string, readonly string[]>>
}

export interface SimulatedAnswer {
  readonly action: string
  readonly resource: string
  readonly allowed: boolean
}
