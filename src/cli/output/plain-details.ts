/** Our own Markdown (details of discover, prune and rollout) as text for a terminal: tables drawn, pictures and marks left out. */
import { paint } from './terminal.js'
import { table } from './table.js'

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
