/** What a layer holds and what changes in it, in Markdown: packages, sizes, and how far it is from the most that Lambda takes. */
import { maxUnzippedBytes, isOlder, bytesText, packageText } from '../../model/packages.js'
import type { LayerResult, PackageChange } from '../../model/index.js'
import { htmlCode, inlineCode } from '../../redaction/escape.js'

/** Of a layer, to be seen at once in the comment. */
const SHOWN = 10
/** And folded behind them; the job summary has more. */
const FOLDED = 40
/** In the job summary, of all layers. */
const MOST = 2000

/** `flask 3.0.2 → 3.0.1 (older; licence MIT → ISC)`, without markup. */
export function packageChangeText(change: PackageChange): string {
  const { name, from, to } = change
  const versions = from === null || to === null || from === to ? (to ?? from ?? '') : `${from} → ${to}`
  const marks = marksOf(change)
  return `${name} ${versions}${marks.length === 0 ? '' : ` (${marks.join('; ')})`}`
}

/** What a reviewer must not read over. */
function marksOf({ from, to, licence, yanked }: PackageChange): readonly string[] {
  return [
    ...(from === null ? ['added'] : to === null ? ['removed'] : isOlder(from, to) ? ['older'] : []),
    ...(licence === undefined ? [] : [`licence ${licence.from || 'none'} → ${licence.to || 'none'}`]),
    ...(yanked === true ? ['yanked from its index'] : [])
  ]
}

function isMarked({ from, to, licence, yanked }: PackageChange): boolean {
  return licence !== undefined || yanked === true || (from !== null && to !== null && isOlder(from, to))
}

export function hasMarks({ packagesChanged }: LayerResult): boolean {
  return packagesChanged?.some(isMarked) === true
}

/** Whether it is known of something that it changes. */
export function contentDiffers(row: LayerResult): boolean {
  return (row.packagesChanged ?? []).length > 0 || ownFilesDiffer(row)
}

/** What is marked stands first, so that no fold hides it. */
export function markedFirst(changes: readonly PackageChange[]): readonly PackageChange[] {
  return [...changes.filter(isMarked), ...changes.filter(change => !isMarked(change))]
}

/** `Own files: 2 added, 5 changed, 1 removed`; empty where there is nothing to say. */
export function ownFilesText({ contentChange, status }: LayerResult): string {
  if (contentChange === undefined) return ''
  const { ownFiles } = contentChange
  // A deploy does not look: its plan has told.
  if (ownFiles === null) return status === 'planned' ? 'Own files: not known what changes' : ''
  const { added, changed, removed } = ownFiles
  const parts = [`${grouped(added)} added`, `${grouped(changed)} changed`, `${grouped(removed)} removed`]
  const told = parts.filter(part => !part.startsWith('0 '))
  return `Own files: ${told.length === 0 ? 'none changes' : told.join(', ')}`
}

function ownFilesDiffer({ contentChange }: LayerResult): boolean {
  return Object.values(contentChange?.ownFiles ?? {}).some(count => count > 0)
}

/** Nobody is to take silence for the same licences. */
export function licencesText({ contentChange, packagesChanged, status }: LayerResult): string {
  if (status !== 'planned' || packagesChanged == null || contentChange?.licencesCompared !== false) return ''
  return 'Licences: not compared, for want of a bill of materials of what is deployed'
}

/** `48,000,000 of 262,144,000 bytes unzipped, 214,144,000 left`; empty where this run built nothing. */
export function roomText({ unzippedBytes }: Pick<LayerResult, 'unzippedBytes'>): string {
  if (unzippedBytes === undefined) return ''
  const left = maxUnzippedBytes - unzippedBytes
  const distance = left < 0 ? `${grouped(-left)} too many` : `${grouped(left)} left`
  return `${grouped(unzippedBytes)} of ${grouped(maxUnzippedBytes)} bytes unzipped, ${distance}`
}

/**
 * The comment's block of one layer; its last line is never the end of the fold. Empty where this run built nothing.
 * @param isShort without a fold: what is not shown is counted
 */
export function changesText(row: LayerResult, isShort = false): string {
  const room = roomText(row)
  if (room === '') return ''
  const changes = row.packagesChanged
  // A deploy does not look: its plan has told.
  if (changes === undefined || changes === null)
    return row.status === 'planned' ? `Packages: not known what changes\n\n${room}` : room
  const rest = [ownFilesText(row), licencesText(row), room].filter(text => text !== '')
  if (changes.length === 0) return ['Packages: none changes', ...rest].join('\n\n')
  const sorted = markedFirst(changes)
  const shown = sorted.slice(0, SHOWN)
  const folded = isShort ? [] : sorted.slice(SHOWN, SHOWN + FOLDED)
  const left = changes.length - shown.length - folded.length
  const counted = isShort && left > 0 ? [`- and ${left} more packages in the job summary`] : []
  return [
    [...shown.map(line), ...counted].join('\n'),
    ...(folded.length === 0
      ? []
      : [
          `<details><summary>and ${changes.length - shown.length} more packages</summary>`,
          [...folded.map(line), ...(left === 0 ? [] : [`- and ${left} more in the job summary`])].join('\n'),
          '</details>'
        ]),
    ...rest
  ].join('\n\n')
}

/** The job summary's: every change of every layer, once where all regions have the same. Empty where there is none. */
export function changesBlock(rows: readonly LayerResult[]): string {
  let room = MOST
  const seen = new Set<string>()
  const blocks = rows.flatMap(row => {
    const changes = row.packagesChanged ?? []
    const own = ownFilesText(row)
    const key = `${row.layerId} ${JSON.stringify(changes)} ${own}`
    const nothing = changes.length === 0 && !ownFilesDiffer(row)
    if (nothing || seen.has(key) || room === 0) return []
    seen.add(key)
    const shown = changes.slice(0, room)
    room -= shown.length
    const left = changes.length - shown.length
    const packages = changes.length === 0 ? 'no package changes' : `${changes.length} packages change`
    const count = changes.length === 1 ? '1 package changes' : packages
    const title = `${htmlCode(row.layerId)}: ${count}${own === '' ? '' : `; ${own.toLowerCase()}`}`
    const lines = [...shown.map(line), ...(left === 0 ? [] : [`- and ${left} more in the output \`layer-versions\``])]
    const rest = [own, licencesText(row), roomText(row)]
    return [`<details><summary>${title}</summary>`, lines.join('\n'), ...rest, '</details>']
  })
  return blocks.filter(block => block !== '').join('\n\n')
}

/** What can be nothing but a name and versions reads as it is, in the raw text too. */
function line(change: PackageChange): string {
  const text = packageChangeText(change)
  const { name, from, to, licence } = change
  const plainLicence = [licence?.from, licence?.to].every(each => /^[A-Za-z0-9 .+()-]{0,100}$/.test(each ?? ''))
  const plain = /^[a-z0-9]+(?:-[a-z0-9]+){0,20}$/.test(name) && !/^gh-\d/.test(name)
  const versions = [from, to].every(version => version === null || /^[0-9][A-Za-z0-9.+ -]{0,100}$/.test(version))
  return `- ${plain && versions && plainLicence && text.length <= 300 ? text : inlineCode(text, 300)}`
}

function grouped(count: number): string {
  return count.toLocaleString('en-US')
}

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
