/** Engine `lambda` marks a version by its content digest: ListLayerVersions tells no hash, but it tells the description. */
import type { LayerVersionSummary } from '../../../ports/inventory.js'
import type { LayerProperties } from '../../../model/index.js'

const marker = / ?\[content:([0-9a-f]{64})\]$/

/** The description as Lambda keeps it: `text [content:<64 hex>]`. */
export function markedDescription(description: string, contentDigest: string): string {
  return `${description} [content:${contentDigest}]`
}

export function contentDigestOf(description: string): string | null {
  return marker.exec(description)?.[1] ?? null
}

/** What the version declares, without our mark. */
export function declaredProperties(version: LayerVersionSummary): LayerProperties {
  const { licenseInfo, compatibleRuntimes, compatibleArchitectures } = version
  const description = version.description.replace(marker, '')
  return { description, licenseInfo, compatibleRuntimes, compatibleArchitectures }
}
