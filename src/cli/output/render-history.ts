/** Each layer with its versions, newest first. */
import type { HistoryVersion } from '../../operate/history/history.js'
import type { LayerHistory } from '../../operate/history/observe-history.js'
import { shortCommit } from '../../report/rows/render.js'
import { table } from './table.js'
import { paint, printable } from './terminal.js'

const head = ['VERSION', 'PUBLISHED', 'CONTENT', 'COMMIT', 'SOURCE', 'RUN', 'NOTE']

export function historyText(layers: readonly LayerHistory[], colour: boolean, width?: number): string {
  const style = paint(colour)
  const blocks = layers.map(({ environment, accountId, region, layerId, layerName, versions, olderVersions }) => {
    const title = style('bold', printable(`${layerId}: ${layerName} in ${environment} (${accountId}, ${region})`))
    if (versions.length === 0) return `${title}\nno version`
    const rows = table(head, versions.map(cells), {
      width,
      draw: (text, row) => (versions[row]?.deployed === true ? style('green', text) : text)
    })
    const older = olderVersions === 0 ? '' : `\n${style('dim', `and ${olderVersions} older: --limit shows more`)}`
    return `${title}\n${rows}${older}`
  })
  return `${blocks.join('\n\n')}\n`
}

function cells(version: HistoryVersion): readonly string[] {
  const { publishedAt, contentDigest, codeSha256, commit, sourceCommit, run, witness } = version
  return [
    String(version.version),
    `${publishedAt.slice(0, 10)} ${publishedAt.slice(11, 16)}`,
    contentDigest?.slice(0, 12) ?? (codeSha256 === null ? '-' : `sha ${codeSha256.slice(0, 8)}`),
    commit === null ? '-' : shortCommit(commit),
    sourceCommit === null ? '-' : shortCommit(sourceCommit),
    run ?? '-',
    [
      version.deployed ? 'deployed' : '',
      version.sameAs === null ? '' : `content of version ${version.sameAs}`,
      witness === 'artifact' ? 'first built at that commit' : ''
    ]
      .filter(note => note !== '')
      .join(', ')
  ]
}
