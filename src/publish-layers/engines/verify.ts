import { CodedError } from '../../errors.js'
import type { DeployedVersion } from '../../model.js'
import type { LayerVersionDetail, LayerVersions } from '../../ports/aws.js'
import type { Target } from '../target.js'
import type { Published, StoredArtifact } from './engine.js'

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
  const detail = await layers.get(target.layerName, version)
  return comparePublished(target, version, detail, artifact, outcome)
}

export function comparePublished(
  target: Target,
  version: number,
  detail: LayerVersionDetail | null,
  artifact: Pick<StoredArtifact, 'sha256'>,
  outcome: Published['outcome']
): Published {
  if (detail === null || detail.codeSha256 !== artifact.sha256) {
    throw new CodedError('PUBLISH_UNVERIFIED', {
      expected: `version ${version} of ${target.layerName} in ${target.region} with the SHA-256 ${artifact.sha256}`,
      found: detail === null ? 'no such version' : `SHA-256 ${detail.codeSha256}`,
      mend: 'do not use this version; look for who changes the artifact bucket or the layer beside this action, and run again'
    })
  }
  return { outcome, version, arn: detail.arn, codeSha256: detail.codeSha256, sizeBytes: detail.sizeBytes }
}

/** `arn:aws:lambda:us-east-2:111122223333:layer:name:7` → 7 (AWS Lambda API reference, LayerVersionArn). */
export function versionOfArn(arn: string): number {
  const match = /^arn:[^:]+:lambda:[^:]+:\d{12}:layer:[^:]+:([1-9]\d*)$/.exec(arn)
  if (match?.[1] === undefined) throw new Error(`not a layer version ARN: ${JSON.stringify(arn)}`)
  return Number(match[1])
}

/** The run that planned on `planned` must not write over what another run deployed since. */
export function assertNotOvertaken(
  target: Target,
  planned: DeployedVersion | null,
  current: { readonly version: number; readonly commit: string | null } | null
): void {
  if ((planned?.version ?? null) === (current?.version ?? null)) return
  const name = (version: number | undefined) => (version === undefined ? 'no version' : `version ${version}`)
  throw new CodedError('STALE_RUN', {
    expected: `${name(planned?.version)} of ${target.layerName} in ${target.region}, as when this run was planned`,
    found: `${name(current?.version)}${current?.commit == null ? '' : ` of commit ${current.commit}`}, deployed by another run meanwhile`,
    mend: 'let the newer run stand, or run again to plan anew'
  })
}
