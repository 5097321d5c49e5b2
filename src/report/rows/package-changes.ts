/** What changes in a layer, in Markdown: packages added, removed and moved, and how far it is from the most that Lambda takes. */
import { maxUnzippedBytes } from '../../model/packages.js'
import type { LayerResult, PackageChange } from '../../model/index.js'
import { htmlCode, inlineCode } from '../../redaction/escape.js'

/** Of a layer, to be seen at once in the comment. */
const SHOWN = 10
/** And folded behind them; the job summary has more. */
const FOLDED = 40
/** In the job summary, of all layers. */
const MOST = 2000

/** `flask 3.0.2 → 3.0.3`, without markup. */
export function packageChangeText({ name, from, to }: PackageChange): string {
  if (from === null) return `${name} ${to ?? ''} (added)`
  if (to === null) return `${name} ${from} (removed)`
  return `${name} ${from} → ${to}${isOlder(from, to) ? ' (older)' : ''}`
}

/** By the numbers of a release alone (Python Packaging User Guide, "Version specifiers"); what has more than numbers is not judged. */
function isOlder(from: string, to: string): boolean {
  if (![from, to].every(version => /^\d{1,9}(\.\d{1,9}){0,9}$/.test(version))) return false
  const [old, now] = [from, to].map(version => version.split('.').map(Number))
  for (let index = 0; index < 10; index++) {
    const step = (now?.[index] ?? 0) - (old?.[index] ?? 0)
    if (step !== 0) return step < 0
  }
  return false
}

/** `48,000,000 of 262,144,000 bytes unzipped, 214,144,000 left`; empty where this run built nothing. */
export function roomText({ unzippedBytes }: Pick<LayerResult, 'unzippedBytes'>): string {
  if (unzippedBytes === undefined) return ''
  const left = maxUnzippedBytes - unzippedBytes
  const distance = left < 0 ? `${grouped(-left)} too many` : `${grouped(left)} left`
  return `${grouped(unzippedBytes)} of ${grouped(maxUnzippedBytes)} bytes unzipped, ${distance}`
}

/** The comment's block of one layer; its last line is never the end of the fold. Empty where this run built nothing. */
export function changesText(row: LayerResult): string {
  const room = roomText(row)
  if (room === '') return ''
  const changes = row.packagesChanged
  // A deploy does not look: its plan has told.
  if (changes === undefined || changes === null)
    return row.status === 'planned' ? `Packages: not known what changes\n\n${room}` : room
  if (changes.length === 0) return `Packages: none changes\n\n${room}`
  const shown = changes.slice(0, SHOWN)
  const folded = changes.slice(SHOWN, SHOWN + FOLDED)
  const left = changes.length - shown.length - folded.length
  return [
    shown.map(line).join('\n'),
    ...(folded.length === 0
      ? []
      : [
          `<details><summary>and ${changes.length - shown.length} more packages</summary>`,
          [...folded.map(line), ...(left === 0 ? [] : [`- and ${left} more in the job summary`])].join('\n'),
          '</details>'
        ]),
    room
  ].join('\n\n')
}

/** The job summary's: every change of every layer, once where all regions have the same. Empty where there is none. */
export function changesBlock(rows: readonly LayerResult[]): string {
  let room = MOST
  const seen = new Set<string>()
  const blocks = rows.flatMap(row => {
    const changes = row.packagesChanged ?? []
    const key = `${row.layerId} ${JSON.stringify(changes)}`
    if (changes.length === 0 || seen.has(key) || room === 0) return []
    seen.add(key)
    const shown = changes.slice(0, room)
    room -= shown.length
    const left = changes.length - shown.length
    const title = `${htmlCode(row.layerId)}: ${changes.length === 1 ? '1 package changes' : `${changes.length} packages change`}`
    const lines = [...shown.map(line), ...(left === 0 ? [] : [`- and ${left} more in the output \`layer-versions\``])]
    return [`<details><summary>${title}</summary>`, lines.join('\n'), roomText(row), '</details>']
  })
  return blocks.filter(block => block !== '').join('\n\n')
}

/** What can be nothing but a name and versions reads as it is, in the raw text too. */
function line(change: PackageChange): string {
  const text = packageChangeText(change)
  const { name, from, to } = change
  const plain = /^[a-z0-9]+(?:-[a-z0-9]+){0,20}$/.test(name) && !/^gh-\d/.test(name)
  const versions = [from, to].every(version => version === null || /^[0-9][A-Za-z0-9.+ -]{0,100}$/.test(version))
  return `- ${plain && versions && text.length <= 300 ? text : inlineCode(text, 300)}`
}

function grouped(count: number): string {
  return count.toLocaleString('en-US')
}
