/** Sizes as a reader compares them: the zip and its change, what it unpacks to, and which packages that is. */
import { bytesText, packageText } from '../../model/packages.js'
import type { LayerResult } from '../../model/index.js'
import { htmlCode, inlineCode } from '../../redaction/escape.js'

/** More layers than these make a table that nobody reads: the output `plan` has them all. */
const MOST_LAYERS = 40

/** `zip 1.2 MB (+34.0 kB), 4.1 MB unzipped`; empty where this run built nothing. */
export function sizeText({ status, sizeBytes, previousSizeBytes = null, unzippedBytes }: LayerResult): string {
  if (sizeBytes === null || (status !== 'published' && unzippedBytes === undefined)) return ''
  const change = previousSizeBytes === null ? 0 : sizeBytes - previousSizeBytes
  const sign = change < 0 ? '−' : '+'
  const text =
    previousSizeBytes === null ? '' : change === 0 ? ' (as before)' : ` (${sign}${bytesText(Math.abs(change))})`
  const unzipped = unzippedBytes === undefined ? '' : `, ${bytesText(unzippedBytes)} unzipped`
  return `zip ${bytesText(sizeBytes)}${text}${unzipped}`
}

/** `numpy 2.2.6 47.4 MB · pandas 2.2.3 39.1 MB`, the largest ten. */
export function packagesText({ packages = [] }: LayerResult): string {
  return packages.map(one => inlineCode(packageText(one))).join(' · ')
}

/** A folded table of every layer that this run built, once for all regions; empty where it built none. */
export function sizesBlock(rows: readonly LayerResult[]): string {
  const built = [...new Map(rows.filter(row => row.packages !== undefined).map(row => [row.layerId, row])).values()]
  if (built.length === 0) return ''
  const lines = built
    .slice(0, MOST_LAYERS)
    .map(row => `| ${inlineCode(row.layerId)} | ${sizeText(row)} | ${packagesText(row)} |`)
  const left = built.length - lines.length
  return [
    `<details><summary>Sizes of ${built.length === 1 ? htmlCode(built[0]?.layerId ?? '') : `${built.length} layers`}, and the largest packages</summary>`,
    ['| Layer | Size | Largest packages, unzipped |', '| --- | --- | --- |', ...lines].join('\n'),
    ...(left === 0 ? [] : [`*${left} more are in the output \`plan\`.*`]),
    '</details>'
  ].join('\n\n')
}
