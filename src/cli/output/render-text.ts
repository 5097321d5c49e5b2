/** A run's result as plain text: a table, what failed and why, one closing sentence. */
import type { LayerResult, LayerStatus, RunResult } from '../../model/index.js'
import { annotationsOf } from '../../report/status/annotations.js'
import { reasonWords, rowsToShow, shortCommit, statusWords } from '../../report/rows/render.js'
import { renderBuilt } from './render-built.js'
import { table } from './table.js'
import { paint, printable, type Paint } from './terminal.js'

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
