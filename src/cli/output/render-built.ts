/** What a run has built, below the table: sizes, and which packages change. */
import type { LayerResult } from '../../model/index.js'
import {
  licencesText,
  markedFirst,
  ownFilesText,
  packageChangeText,
  roomText,
  sizeText
} from '../../report/rows/package-changes.js'
import { printable } from './terminal.js'

/** Of a layer; `--json` has them all. */
const MOST_PACKAGES = 10

/** Each layer once, with its first region. Empty where nothing was built. */
export function renderBuilt(rows: readonly LayerResult[]): string {
  const built = rows.filter(({ unzippedBytes }) => unzippedBytes !== undefined)
  const first = [...new Map(built.toReversed().map(row => [row.layerId, row])).values()].toReversed()
  return first.flatMap(linesOf).map(printable).join('\n')
}

function linesOf(row: LayerResult): readonly string[] {
  const changes = markedFirst(row.packagesChanged ?? [])
  const more = changes.length - MOST_PACKAGES
  return [
    `${row.layerId}: ${sizeText(row)}; ${roomText(row)}`,
    ...changes.slice(0, MOST_PACKAGES).map(change => `- ${packageChangeText(change)}`),
    ...(more > 0 ? [`- and ${more} more packages`] : []),
    ...[ownFilesText(row), licencesText(row)].filter(text => text !== '')
  ]
}
