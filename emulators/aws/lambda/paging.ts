import { AwsError } from './aws-error.js'

/** The marker is opaque to callers: base64 of how many items came before. */
export function pageOf<Item>(
  items: readonly Item[],
  query: URLSearchParams,
  size: number
): { items: readonly Item[]; nextMarker?: string } {
  const end = markerOffset(query.get('Marker')) + size
  const page = { items: items.slice(end - size, end) }
  return end >= items.length ? page : { ...page, nextMarker: Buffer.from(`from ${end}`).toString('base64') }
}

function markerOffset(marker: string | null): number {
  if (marker === null) return 0
  const found = /^from (\d+)$/.exec(Buffer.from(marker, 'base64').toString('utf8'))
  if (found === null) throw new AwsError('InvalidParameterValueException', 'Could not decrypt marker')
  return Number(found[1])
}
