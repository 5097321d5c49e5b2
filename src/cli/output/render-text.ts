/** A run's result as plain text: a table, what was built, what failed and why, one closing sentence. */
import type { LayerResult, LayerStatus, RunResult } from '../../model/index.js'
import { annotationsOf } from '../../report/status/annotations.js'
import { reasonWords, rowsToShow, shortCommit, statusWords } from '../../report/rows/render.js'
import { table } from './table.js'
import { paint, printable, type Paint } from './terminal.js'
import {
  licencesText,
  markedFirst,
  ownFilesText,
  packageChangeText,
  roomText,
  sizeText
} from '../../report/rows/package-changes.js'

export { table } from './table.js'

const styles: Partial<Record<LayerStatus, Parameters<Paint>[0]>> = {
  published: 'green',
  'rolled-back': 'yellow',
  planned: 'yellow',
  failed: 'red',
  'not-attempted': 'red',
  skipped: 'dim',
  unchanged: 'dim'
}

/**
 * For standard output; ends in a line break, or is empty. What stands on standard error as an error is not said again.
 * @param width of the terminal; absent: as wide as it gets
 */
export function renderText(result: RunResult, colour: boolean, width?: number): string {
  const style = paint(colour)
  const rows = rowsToShow(result)
  const blocks = [
    placeLine(result, style),
    rows.length === 0 ? '' : layerTable(rows, style, width),
    arnLines(rows),
    renderBuilt(rows),
    isTold(result)
      ? ''
      : style('bold', `${printable(result.headline)}${result.dryRun ? ' (dry run: nothing was written)' : ''}`)
  ]
  return blocks.flatMap(block => (block === '' ? [] : [`${block}\n`])).join('')
}

function isTold({ headline, errors }: RunResult): boolean {
  return errors.some(({ message }) => message === headline)
}

/** Whole, a line each: an ARN is there to be copied. */
function arnLines(rows: readonly LayerResult[]): string {
  return rows
    .flatMap(({ layerId, region, arn }) => (arn === null ? [] : [printable(`${layerId} in ${region}: ${arn}`)]))
    .join('\n')
}

/** Errors and warnings, for standard error; empty where there are none. */
export function renderNotes(result: RunResult, colour: boolean): string {
  const style = paint(colour)
  return annotationsOf(result)
    .map(({ level, message, place }) => {
      const at = place.file === undefined || message.startsWith(place.file) ? '' : `${place.file}: `
      return `${style(level === 'error' ? 'red' : 'yellow', level)}: ${printable(at + message)}\n`
    })
    .join('')
}

function placeLine({ environment, branch, headCommit }: RunResult, style: Paint): string {
  if (environment === null) return ''
  const where = `${environment.name} (${environment.accountId}, ${environment.stage})`
  const commit = headCommit === null ? '' : ` at ${shortCommit(headCommit)}`
  return style('dim', printable(`${where}${branch === null ? '' : `, branch ${branch}${commit}`}`))
}

function layerTable(rows: readonly LayerResult[], style: Paint, width: number | undefined): string {
  const cells = rows.map(row => [
    row.layerId,
    row.region,
    statusWords[row.status].word,
    versionText(row),
    row.error === null ? reasonWords[row.reason] : row.error.code
  ])
  const draw = (text: string, row: number, column: number): string => {
    const status = rows[row]?.status
    return column === 2 && status !== undefined ? style(styles[status] ?? 'dim', text) : text
  }
  return table(['LAYER', 'REGION', 'STATUS', 'VERSION', 'WHY'], cells, { width, draw })
}

function versionText({ version, previousVersion }: LayerResult): string {
  if (version === null) return previousVersion === null ? '-' : String(previousVersion)
  return previousVersion === null || previousVersion === version ? String(version) : `${previousVersion} -> ${version}`
}

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

/** @param width of the terminal, in columns */
export function plainDetails(markdown: string, width: number, colour: boolean): string {
  const style = paint(colour)
  const lines = markdown.replace(/```mermaid\n[\s\S]*?\n```\n?/g, '').split('\n')
  const out: string[] = []
  let fenced = false
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? ''
    if (line.startsWith('```')) fenced = !fenced
    else if (fenced) out.push(`  ${line}`)
    else if (line.startsWith('|')) {
      const rows: string[][] = []
      for (; (lines[index] ?? '').startsWith('|'); index++) rows.push(cellsOf(lines[index] ?? ''))
      index--
      const [head = [], , ...body] = rows
      out.push(
        ...table(
          head.map(cell => cell.toUpperCase()),
          body,
          { width }
        ).split('\n')
      )
    } else if (/^#+ /.test(line)) out.push(style('bold', plain(line.replace(/^#+ /, ''))))
    else out.push(plain(line))
  }
  return `${out
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`
}

function cellsOf(line: string): string[] {
  return line
    .replace(/^\|\s?|\s?\|$/g, '')
    .split(/\s\|\s?|\s?\|\s/)
    .map(cell => plain(cell.trim()))
}

/** What `escape.ts` wrote for Markdown, back as the text that it stands for. */
function plain(text: string): string {
  return text
    .replace(/<br>/g, ' ')
    .replace(/<\/?code>/g, '')
    .replace(/\*\*([^*]+)\*\*/g, '$1')
    .replace(/(?<!\w)\*([^*]+)\*(?!\w)/g, '$1')
    .replace(/`([^`]*)`/g, '$1')
    .replace(/&#8203;/g, '')
    .replace(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)))
}
