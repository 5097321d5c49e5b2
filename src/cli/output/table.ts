/** Columns for a terminal: as wide as their widest cell, within the terminal's width, and nothing is ever cut. */
import { printable } from './terminal.js'

export interface TableOptions {
  /** Columns of the terminal; absent: as wide as it gets. */
  readonly width?: number | undefined
  /** Paints a cell that is padded already. */
  readonly draw?: (text: string, row: number, column: number) => string
}

const gap = '  '
/** A last column narrower than this is no column any more. */
const narrowest = 16

/** Where the last column does not fit it goes on below; where the others leave it no room, each row becomes a block of lines. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { width, draw = text => text }: TableOptions = {}
): string {
  const texts = [head, ...rows].map(row => row.map(printable))
  const widths = head.map((_, column) => Math.max(...texts.map(row => lengthOf(row[column] ?? ''))))
  const before = widths.slice(0, -1).reduce((sum, each) => sum + each + gap.length, 0)
  const last = widths.at(-1) ?? 0
  const room = width === undefined ? last : Math.min(last, width - before)
  if (width !== undefined && before + last > width && room < narrowest) return blocks(texts, draw)
  return texts
    .flatMap((row, index) => {
      const cells = row.slice(0, -1).map((text, column) => {
        const padded = text + ' '.repeat(Math.max(0, (widths[column] ?? 0) - lengthOf(text)))
        return index === 0 ? padded : draw(padded, index - 1, column)
      })
      const [first = '', ...further] = wrapped(row.at(-1) ?? '', room)
      const painted = index === 0 ? first : draw(first, index - 1, head.length - 1)
      const indent = ' '.repeat(before)
      return [[...cells, painted].join(gap).trimEnd(), ...further.map(text => `${indent}${text}`)]
    })
    .join('\n')
}

/** `LAYER   da_flask` a line, a blank line between rows. */
function blocks([head = [], ...rows]: readonly (readonly string[])[], draw: NonNullable<TableOptions['draw']>): string {
  const width = Math.max(...head.map(lengthOf))
  return rows
    .map((row, index) =>
      row
        .map((text, column) => `${(head[column] ?? '').padEnd(width)}${gap}${draw(text, index, column)}`.trimEnd())
        .join('\n')
    )
    .join('\n\n')
}

/** At blanks; a word that is longer than the room stays whole. */
function wrapped(text: string, room: number): readonly string[] {
  if (lengthOf(text) <= room) return [text]
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const line = lines.at(-1)
    if (line !== undefined && lengthOf(line) + 1 + lengthOf(word) <= room) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines
}

function lengthOf(text: string): number {
  return Array.from(text).length
}
