/** Engine `lambda` keeps here what the tags hold for a stack: `layer-deploy/state/<layer-name>.json`, replaced by compare and swap. */
import type { ObjectPlace } from '../../../ports/inventory.js'
import { CodedError } from '../../../model/errors.js'
import type { ObjectStore } from '../../../ports/aws.js'
import {
  fieldsOf,
  readRecord,
  type DeployRecord,
  isOwn,
  isUnowned,
  ownerText,
  type Owner
} from '../../deploy-record.js'
import type { Verdict } from '../../../model/index.js'
import { targetKey, type Target } from '../../target.js'
import type { Current } from '../verify.js'

/** A run's announcement that it is about to publish, see claim.ts. All but the id is for people who look at the file. */
interface Claim {
  /** One of its own for each claim that is written. */
  readonly id: string
  readonly contentDigest: string
  readonly run: string
  /** Milliseconds since 1970, by the holder's clock. */
  readonly at: number
}

export interface StateFile {
  /** `null`: nothing is published yet. */
  readonly version: number | null
  readonly record: Partial<DeployRecord>
  /** Who that version was shared with by us. */
  readonly sharedWith: readonly string[]
  readonly claim: Claim | null
}

export interface ReadState {
  readonly state: StateFile
  /** `null`: there is no file yet. */
  readonly etag: string | null
  /** For how long the file has been as it is, at least, by the store's clock. */
  readonly ageSeconds: number
}

/** Some hundred accounts and a claim need a few kB. */
const maximumStateBytes = 1024 * 1024

/** Below it lie the state files of a bucket. */
export const statePrefix = 'layer-deploy/state/'

export const emptyState: StateFile = { version: null, record: {}, sharedWith: [], claim: null }

export async function readState(objects: ObjectStore, target: Target): Promise<ReadState> {
  const object = await objects.get(statePlace(target), maximumStateBytes)
  if (object === null) return { state: emptyState, etag: null, ageSeconds: 0 }
  const { body, etag, ageSeconds } = object
  return { state: parseState(new TextDecoder().decode(body), target), etag, ageSeconds }
}

/** `null` where somebody else wrote in between. */
export async function writeState(
  objects: ObjectStore,
  target: Target,
  before: ReadState,
  state: StateFile
): Promise<ReadState | null> {
  const written = await objects.replace(statePlace(target), renderState(state, target), before.etag)
  return written === 'conflict' ? null : { state, etag: written.etag, ageSeconds: 0 }
}

/** Whose the layer is, also before anything is published: a claim is a name put to it. */
export function stateVerdict(target: Target, owner: Owner, { record }: StateFile): Verdict {
  const [guard, subject] = ['LAYER_NOT_OURS', targetKey(target)] as const
  const detail = `${target.layerName} belongs to ${ownerText(owner)}`
  if (isUnowned(record) || isOwn(owner, record)) return { guard, subject, passed: true, detail }
  const { bucket, key } = statePlace(target)
  const finding = {
    expected: `the layer ${target.layerName} in ${target.region} of ${ownerText(owner)}`,
    found: `a layer of ${ownerText(record)}`,
    mend: `give the layer another layer-name, or write the new owner into s3://${bucket}/${key} to hand it over (docs/ownership.md)`
  }
  return { guard, subject, passed: false, finding }
}

/** @throws CodedError LAYER_NOT_OURS */
export function assertOwn(target: Target, owner: Owner, state: StateFile): void {
  const verdict = stateVerdict(target, owner, state)
  if (verdict.passed === false) throw new CodedError(verdict.guard, verdict.finding)
}

/** Who holds it, for a state whose version nobody recorded yet. */
export function ownedBy({ repository, repositoryId }: Owner, { record }: StateFile): Partial<DeployRecord> {
  if (!isUnowned(record)) return record
  return { ...record, repository, ...(repositoryId != null && { repositoryId }) }
}

/** `null`: nothing is deployed by this file's account. */
export function currentOf({ version, record }: StateFile): Current | null {
  return version === null ? null : { version, record }
}

export function statePlace(target: Target): ObjectPlace {
  return { bucket: target.bucket, owner: target.accountId, key: `${statePrefix}${target.layerName}.json` }
}

function renderState(state: StateFile, target: Target): string {
  const { record, sharedWith, claim } = state
  const document = {
    'layer-name': target.layerName,
    version: state.version,
    ...fieldsOf(record),
    ...(sharedWith.length > 0 && { 'shared-with': sharedWith }),
    claim:
      claim === null
        ? null
        : { id: claim.id, 'content-digest': claim.contentDigest, run: claim.run, at: new Date(claim.at).toISOString() }
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

/** @throws CodedError PUBLISH_UNVERIFIED for a file that this engine did not write */
export function parseState(text: string, target: Target): StateFile {
  const corrupt = (found: string): CodedError =>
    new CodedError('PUBLISH_UNVERIFIED', {
      expected: `the state of ${target.layerName} in s3://${target.bucket}/layer-deploy/state/${target.layerName}.json`,
      found,
      mend: 'restore the file from an earlier object version, or delete it to start from the published versions'
    })
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    throw corrupt('text that is no JSON')
  }
  if (document === null || typeof document !== 'object' || Array.isArray(document))
    throw corrupt('JSON that is no object')
  const values = document as Record<string, unknown>
  const version = values['version']
  if (version !== null && !(typeof version === 'number' && Number.isSafeInteger(version) && version > 0)) {
    throw corrupt(`the version ${JSON.stringify(version)}`)
  }
  const sharedWith = values['shared-with'] ?? []
  if (!Array.isArray(sharedWith) || !sharedWith.every(one => typeof one === 'string')) {
    throw corrupt(`shared-with ${JSON.stringify(sharedWith)}`)
  }
  return { version, record: readRecord(values, ''), sharedWith, claim: parseClaim(values['claim'], corrupt) }
}

function parseClaim(value: unknown, corrupt: (found: string) => CodedError): Claim | null {
  if (value === null || value === undefined) return null
  const claim = value as Record<string, unknown>
  const { id, 'content-digest': contentDigest, run, at } = claim
  const time = typeof at === 'string' ? Date.parse(at) : Number.NaN
  const isText = typeof id === 'string' && typeof contentDigest === 'string' && typeof run === 'string'
  if (!isText || Number.isNaN(time)) throw corrupt('a claim that cannot be read')
  return { id, contentDigest, run, at: time }
}
