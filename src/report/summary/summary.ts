/** The job summary: everything, on one page. Source: GitHub Actions, "Workflow commands: adding a job summary" (1 MiB). */
import type { LayerResult, RunResult } from '../../model/index.js'
import type { ReportContext } from '../context.js'
import { cutCharacters, inlineCode } from '../../redaction/escape.js'
import { promotionPicture } from './promotion-picture.js'
import {
  countsSayAll,
  countWords,
  footText,
  hasOwnDetails,
  noteMarks,
  notesOf,
  rowsToShow,
  statusOrder,
  statusWords,
  tableHead,
  tableRow,
  type Note
} from '../rows/render.js'
import { consumersBlock } from '../rows/row-detail.js'
import { changesBlock, sizesBlock } from '../rows/package-changes.js'

/** GitHub drops a larger summary whole. */
export const SUMMARY_LIMIT_BYTES = 1_048_576
/** Room for the parts that are not rows: the picture and the notes, each bounded below. */
const NOTES_LIMIT_CHARACTERS = 200_000
const VISIBLE_ROWS = 50

/** Markdown of at most `limitBytes` bytes of UTF-8, cut at a row, the unchanged layers first (F77). */
export function renderSummary(result: RunResult, context: ReportContext, limitBytes = SUMMARY_LIMIT_BYTES): string {
  const rows = [...rowsToShow(result)].sort(byUrgency)
  const notes = notesOf(result)
  const head = headOf(result, context, rows, notes)
  const tail = tailOf(result, context, notes)
  const fixed = byteLength(head) + byteLength(tail) + 1_000
  const lines = rows.map(row => tableRow(row))
  const shown = fitting(lines, limitBytes - fixed)
  const text = `${head}${table(lines.slice(0, shown))}${cutNote(rows.length - shown)}${tail}`
  // Reached only where the fixed parts alone are over a limit far below GitHub's.
  return byteLength(text) <= limitBytes ? text : cutCharacters(text, Math.floor(limitBytes / 4))
}

function byUrgency(a: LayerResult, b: LayerResult): number {
  const rank = statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status)
  if (rank !== 0) return rank
  const [one, other] = [`${a.layerId} ${a.region}`, `${b.layerId} ${b.region}`]
  return one < other ? -1 : one > other ? 1 : 0
}

function headOf(
  result: RunResult,
  { event }: Pick<ReportContext, 'event'>,
  rows: readonly LayerResult[],
  notes: readonly Note[]
): string {
  const name = result.environment === null ? result.command : inlineCode(result.environment.name)
  const counts = countWords(rows.map(row => row.status))
  const icon =
    result.conclusion === 'failure' ? statusWords.failed.emoji : result.conclusion === 'neutral' ? '⏭️' : '✅'
  const plain = countsSayAll(result) && event.kind !== 'merge_group'
  const headline = plain ? [] : notes.filter(note => note.kind === 'headline').map(note => note.text)
  return `${[`## ${icon} Lambda layers: ${name}`, ...headline, counts === '' ? '' : `**${counts}**`]
    .filter(block => block !== '')
    .join('\n\n')}\n\n`
}

function table(lines: readonly string[]): string {
  if (lines.length === 0) return ''
  const visible = [...tableHead, ...lines.slice(0, VISIBLE_ROWS)].join('\n')
  const folded = lines.slice(VISIBLE_ROWS)
  if (folded.length === 0) return `${visible}\n\n`
  const rest = [...tableHead, ...folded].join('\n')
  return `${visible}\n\n<details><summary>and ${folded.length} more</summary>\n\n${rest}\n\n</details>\n\n`
}

function cutNote(left: number): string {
  return left === 0 ? '' : `*${left} more do not fit here: the output \`layer-versions\` has them.*\n\n`
}

function tailOf(result: RunResult, context: ReportContext, notes: readonly Note[]): string {
  const list = (kind: Note['kind']): readonly string[] =>
    notes.filter(note => note.kind === kind).map(note => `${noteMarks[kind]}${note.text}`)
  const items = [...list('failure'), ...list('gate'), ...list('warning')]
  let room = NOTES_LIMIT_CHARACTERS
  const kept = items.filter(item => (room -= item.length) > 0)
  const left = items.length - kept.length
  const blocks = [
    kept.join('\n'),
    left === 0 ? '' : `*${left} more are in the log.*`,
    sizesBlock(result.layers),
    changesBlock(result.layers),
    consumersBlock(result.consumers),
    hasOwnDetails(result.command) ? '' : promotionPicture(result, context.environments),
    footText(result, context)
  ]
  return `${blocks.filter(block => block !== '').join('\n\n')}\n`
}

function fitting(lines: readonly string[], room: number): number {
  let left = room
  const index = lines.findIndex(line => (left -= byteLength(line) + 1) < 0)
  return index === -1 ? lines.length : index
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}
