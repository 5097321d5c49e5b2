/** What is deployed against what was meant: bytes, version, record, and who may use it. */
import { CodedError, type Finding } from '../../model/errors.js'
import type { DeployedVersion, LayerProperties, Verdict, Access } from '../../model/index.js'
import type { LayerVersionDetail, LayerVersions, LayerPermissions } from '../../ports/aws.js'
import type { DeployRecord } from '../deploy-record.js'
import { targetKey, type Target, noAccess, samePrincipals } from '../target.js'
import type { EngineContext, Foreknown, Observation, Published, PublishOrder, StoredArtifact } from './engine.js'
import type { StackDescription } from '../../ports/inventory.js'
import { parameterValueOutput } from './cloudformation/stack-access.js'

/** A version together with the record of what it was made from. */
export interface Current {
  readonly version: number
  readonly record: Partial<DeployRecord>
}

/**
 * Reads the version back and compares its CodeSha256 with the artifact's.
 * @throws CodedError PUBLISH_UNVERIFIED: the ARN is given to nobody
 */
export async function verifyPublished(
  layers: LayerVersions,
  target: Target,
  version: number,
  artifact: Pick<StoredArtifact, 'sha256'>,
  outcome: Published['outcome']
): Promise<Published> {
  return comparePublished(target, version, await layers.get(target.layerName, version), artifact, outcome)
}

/** The same for a version that was read already; `null`: it is not there. */
export function comparePublished(
  target: Target,
  version: number,
  detail: LayerVersionDetail | null,
  artifact: Pick<StoredArtifact, 'sha256'>,
  outcome: Published['outcome']
): Published {
  if (detail === null || detail.codeSha256 !== artifact.sha256) {
    throw new CodedError('PUBLISH_UNVERIFIED', unverified(target, version, artifact.sha256, detail))
  }
  const { arn, codeSha256, sizeBytes } = detail
  return { outcome, version, arn, codeSha256, sizeBytes, duplicates: [], unrecordedVersions: [] }
}

/** A deployed version whose bytes are not the recorded ones is given out by no later run either. */
function storedBytesVerdict(target: Target, recordedSha256: string | null, detail: LayerVersionDetail): Verdict {
  const [guard, subject] = ['PUBLISH_UNVERIFIED', targetKey(target)] as const
  if (recordedSha256 === null || recordedSha256 === detail.codeSha256) {
    return { guard, subject, passed: true, detail: `version ${detail.version} holds the recorded bytes` }
  }
  return { guard, subject, passed: false, finding: unverified(target, detail.version, recordedSha256, detail) }
}

/** The record names another source than the commit wants: what the version is does not decide whether it changes. */
export function changesAnyway({ sourceDigest }: DeployedVersion, known: Foreknown | undefined): boolean {
  const wanted = known?.wantedSource ?? null
  return wanted !== null && sourceDigest !== null && sourceDigest !== wanted
}

/** AWS was asked for the version that our records name, and has none. */
export function isGone({ properties, unread }: DeployedVersion): boolean {
  return properties === null && unread !== true
}

function unverified(target: Target, version: number, sha256: string, detail: LayerVersionDetail | null) {
  const { layerName, region } = target
  return {
    expected: `version ${version} of ${layerName} in ${region} with the SHA-256 ${sha256}`,
    found: detail === null ? 'no such version' : `SHA-256 ${detail.codeSha256}`,
    mend: `look for who changes the artifact bucket or the layer beside this action, delete version ${version} of ${layerName} and run again`
  }
}

/** What is on record, with what Lambda says of the version. @param propertiesOf what a version declares, as the engine writes it */
export async function readVersion(
  context: Pick<EngineContext, 'region'>,
  target: Target,
  { unread: _unread, ...recorded }: DeployedVersion,
  propertiesOf: (version: LayerVersionDetail) => LayerProperties
): Promise<Omit<Observation, 'protectionDiffers'>> {
  const detail = await context.region(target.region).layers.get(target.layerName, recorded.version)
  if (detail === null) return { deployed: { ...recorded, properties: null }, verdicts: [] }
  const { arn, sizeBytes } = detail
  const bytes = storedBytesVerdict(target, recorded.artifactSha256, detail)
  return { deployed: { ...recorded, arn, sizeBytes, properties: propertiesOf(detail) }, verdicts: [bytes] }
}

/** Another run, or a killed one, brought exactly what is ordered since the plan was made. */
export function isDone(order: Pick<PublishOrder, 'record' | 'previous'>, current: Current | null): current is Current {
  const { record, previous } = order
  if (current === null || !sameOrigin(current.record, record)) return false
  return previous === null || previous.version !== current.version || !sameOrigin(recordOf(previous), record)
}

/** The same content from the same source: the commit and the run may differ. */
export function sameOrigin(a: Partial<DeployRecord>, b: Partial<DeployRecord>): boolean {
  return a.contentDigest === b.contentDigest && a.sourceDigest === b.sourceDigest
}

function recordOf({ contentDigest, sourceDigest }: DeployedVersion): Partial<DeployRecord> {
  return { ...(contentDigest !== null && { contentDigest }), ...(sourceDigest !== null && { sourceDigest }) }
}

/** Another run deployed since this one was planned: what it deployed, so that the caller can tell a newer commit from an older one. */
export class Overtaken extends CodedError {
  constructor(
    finding: Finding,
    readonly current: Current | null
  ) {
    super('STALE_RUN', finding)
  }
}

/**
 * The run that planned on `planned` must not write over what another run deployed or recorded since.
 * @throws Overtaken (STALE_RUN)
 */
export function assertNotOvertaken(target: Target, planned: DeployedVersion | null, current: Current | null): void {
  const sameVersion = (planned?.version ?? null) === (current?.version ?? null)
  // A version that nobody had recorded when we looked may have got its record from a newer run since.
  const sameCommit = (planned?.commit ?? null) === (current?.record.commit ?? null)
  if (sameVersion && sameCommit) return
  const name = (version: number | undefined) => (version === undefined ? 'no version' : `version ${version}`)
  const commit = current?.record.commit
  const finding = {
    expected: `${name(planned?.version)} of ${target.layerName} in ${target.region}, as when this run was planned`,
    found: `${name(current?.version)}${commit === undefined ? '' : ` of commit ${commit}`}, deployed by another run meanwhile`,
    mend: 'run again to plan anew, or leave what the newer run made'
  }
  throw new Overtaken(finding, current)
}

/**
 * Reads the policy of the version back. Nothing is asked where nobody is, nor was, told of it.
 * @param before what was recorded of this very version; absent for a new one
 * @throws CodedError PUBLISH_UNVERIFIED
 */
export async function verifySharing(
  permissions: LayerPermissions,
  target: Target,
  version: number,
  before: Access = noAccess
): Promise<void> {
  const { sharedWith } = target.access
  if (sharedWith.length === 0 && before.sharedWith.length === 0) return
  const found = (await permissions.list(target.layerName, version)).map(({ principal }) => principal)
  if (samePrincipals(sharedWith, found)) return
  throw new CodedError('PUBLISH_UNVERIFIED', {
    expected: `version ${version} of ${target.layerName} in ${target.region} to be shared with ${words(sharedWith)}`,
    found: `a policy for ${words(found)}`,
    mend: 'correct share-with, or remove what was added beside this action (aws lambda remove-layer-version-permission), and run again'
  })
}

/** @throws CodedError PUBLISH_UNVERIFIED */
export function verifyParameter(target: Target, arn: string, stack: StackDescription): void {
  const { ssmParameter } = target.access
  const found = stack.outputs[parameterValueOutput]
  if (ssmParameter === null || found === arn) return
  throw new CodedError('PUBLISH_UNVERIFIED', {
    expected: `the parameter ${ssmParameter} in ${target.region} to hold ${arn}`,
    found: found ?? `a stack ${stack.name} without the output ${parameterValueOutput}`,
    mend: `look for who changes the stack ${stack.name} beside this action, and run again`
  })
}

function words(principals: readonly string[]): string {
  return principals.length === 0 ? 'nobody' : principals.join(', ')
}
