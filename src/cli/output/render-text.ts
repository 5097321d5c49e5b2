/** A run's result as plain text: a table, what failed and why, one closing sentence. */
import type { LayerResult, LayerStatus, RunResult } from '../../model/index.js'
import { annotationsOf } from '../../report/status/annotations.js'
import { reasonWords, rowsToShow, shortCommit, statusWords } from '../../report/rows/render.js'
import { renderBuilt } from './render-built.js'
import { paint, printable, type Paint } from './terminal.js'

const styles: Partial<Record<LayerStatus, Parameters<Paint>[0]>> = {
  published: 'green',
  'rolled-back': 'yellow',
  planned: 'yellow',
  failed: 'red',
  'not-attempted': 'red',
  skipped: 'dim',
  unchanged: 'dim'
}

/** For standard output; ends in a line break. */
export function renderText(result: RunResult, colour: boolean): string {
  const style = paint(colour)
  const rows = rowsToShow(result)
  const blocks = [
    placeLine(result, style),
    rows.length === 0 ? '' : layerTable(rows, style),
    renderBuilt(rows),
    style('bold', `${printable(result.headline)}${result.dryRun ? ' (dry run: nothing was written)' : ''}`)
  ]
  return `${blocks.filter(block => block !== '').join('\n')}\n`
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

function layerTable(rows: readonly LayerResult[], style: Paint): string {
  const cells = rows.map(row => [
    row.layerId,
    row.region,
    statusWords[row.status].word,
    versionText(row),
    row.error === null ? reasonWords[row.reason] : row.error.code
  ])
  return table(['LAYER', 'REGION', 'STATUS', 'VERSION', 'WHY'], cells, (text, row, column) => {
    const status = rows[row]?.status
    return column === 2 && status !== undefined ? style(styles[status] ?? 'dim', text) : text
  })
}

function versionText({ version, previousVersion }: LayerResult): string {
  if (version === null) return previousVersion === null ? '-' : String(previousVersion)
  return previousVersion === null || previousVersion === version ? String(version) : `${previousVersion} -> ${version}`
}

/** Columns as wide as their widest cell. `draw` paints a cell that is padded already. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  draw: (text: string, row: number, column: number) => string = text => text
): string {
  const texts = [head, ...rows].map(row => row.map(printable))
  const widths = head.map((_, column) => Math.max(...texts.map(row => (row[column] ?? '').length)))
  return texts
    .map((row, index) =>
      row
        .map((text, column) => {
          const padded = column === head.length - 1 ? text : text.padEnd(widths[column] ?? 0)
          return index === 0 ? padded : draw(padded, index - 1, column)
        })
        .join('  ')
        .trimEnd()
    )
    .join('\n')
}
