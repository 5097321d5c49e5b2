/** The bill of materials in the bucket, beside the artifact: written once, with the same guards. */
import { asCodedError } from '../../model/errors.js'
import type { Artifact } from '../../model/index.js'
import type { AwsRegion } from '../../ports/aws.js'
import { billKey, type Target } from '../target.js'

/** As CycloneDX is registered with IANA. */
const contentType = 'application/vnd.cyclonedx+json; version=1.6'

/**
 * One call, before the version is published: a run that is killed later leaves nothing to be made up for. One that is there already was
 * written for the same content. Without it the layer is as good, so that nothing is thrown.
 * @param isKnown the artifact was there when the plan was made, and most likely so was this: it is looked for before anything is written
 * @returns what is missing, for a warning; `null`: nothing
 */
export async function storeBill(
  region: AwsRegion,
  target: Target,
  { bill, contentDigest }: Pick<Artifact, 'bill' | 'contentDigest'>,
  isKnown: boolean
): Promise<string | null> {
  if (bill === undefined) return null
  const place = { bucket: target.bucket, owner: target.accountId, key: billKey(target.layerName, contentDigest) }
  try {
    // Whoever may not look may still write: it is never written over.
    if (isKnown && (await region.objects.head(place).catch(() => null)) !== null) return null
    await region.objects.putIfAbsent(place, { ...bill, contentType, metadata: { 'content-digest': contentDigest } })
    return null
  } catch (error) {
    const { message } = asCodedError(error)
    return `${target.layerName} in ${target.region}: its bill of materials is not at s3://${place.bucket}/${place.key}, and is not written by a later run unless the layer is published again: ${message}`
  }
}
