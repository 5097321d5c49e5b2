/**
 * The pull request comment as a value: text ⇄ sections of rows and notes, each found again by a marker (an HTML
 * comment, which GitHub keeps and does not show). Foreign text can hold no marker: `escape.ts` lets no `<` through.
 */
import type { LayerStatus } from '../../model/index.js'
import { sha256Hex } from '../../model/digest.js'
import { countWords, noteMarks, statusOrder, statusWords, tableHead, type Note } from '../rows/render.js'

const COMMENT_MARKER = '<!-- layer-deploy -->'
/** "Body is too long (maximum is 65536 characters)", GitHub REST API, issue comments. */
export const COMMENT_LIMIT = 65_536
/** More rows than this fold: the reader sees first what to act on. */
const VISIBLE_ROWS = 20
/** More details than this fold together. */
const VISIBLE_DETAILS = 8

export interface Row {
  readonly key: string
  /** `<run id>.<attempt>` of the run that wrote it: a newer run's row wins. */
  readonly run: string
  readonly status: LayerStatus
  readonly text: string
  /** Lines of Markdown below the table, from `<details><summary>` on; empty: none. */
  readonly detail: string
  /** The commits that `commits` lists: `<old>...<new>`, `-` where there are none to list. */
  readonly range: string
  readonly commits: string
}

export interface SectionNote {
  readonly kind: Note['kind']
  readonly run: string
  /** The row that it belongs to; `null`: the whole run. */
  readonly key: string | null
  readonly text: string
}

export interface Section {
  readonly name: string
  readonly title: string
  readonly run: string
  /** Rows or notes were left out for want of room. */
  readonly cut: boolean
  readonly rows: ReadonlyMap<string, Row>
  readonly notes: readonly SectionNote[]
  readonly foot: string
  /** A fenced mermaid block; empty: none. */
  readonly picture: string
  /** What someone else wrote, or another release: kept as it is. */
  readonly looseRows: readonly string[]
  readonly looseLines: readonly string[]
}

export interface CommentDocument {
  /** Lines outside every section. */
  readonly loose: readonly string[]
  readonly sections: readonly Section[]
}

/** Whether a comment's text is one of ours. Its author is checked apart: anyone can write the marker (F73). */
export function isOurComment(body: string): boolean {
  return body.startsWith(COMMENT_MARKER)
}

/** An environment's name as a marker carries it: no white space, no `-->`, bounded. */
export function sectionName(environment: string): string {
  return token(environment)
}

export function rowKey(layerId: string, region: string): string {
  return `${token(layerId)} ${token(region)}`
}

function token(text: string): string {
  const plain = /^[\w.-]{1,100}$/.test(text) && !text.includes('--')
  return plain ? text : `~${sha256Hex(text).slice(0, 24)}`
}

const OPEN = /^<!-- layer-deploy:environment (\S+) -->$/
const CLOSE = /^<!-- \/layer-deploy:environment \S+ -->$/
const RUN = /^<!-- layer-deploy:run (\d+\.\d+)( cut)? -->$/
const TITLE = /^### (.*) <!-- layer-deploy:title -->$/
const ROW = /^\| <!-- layer-deploy:row (\S+ \S+) (\S+) (\d+\.\d+) --> (.*)$/
const NOTE = /^(?:- \S+ )?(.*) <!-- layer-deploy:note (headline|gate|failure|warning) (\d+\.\d+) (-|\S+ \S+) -->$/
/** What the two give where they match: none of their groups is optional. */
type RowGroups = [line: string, key: string, status: string, run: string, cells: string]
type NoteGroups = [line: string, text: string, kind: Note['kind'], run: string, key: string]
const DETAIL = /^<!-- layer-deploy:detail (\S+ \S+) (\S+) -->$/
const COMMITS = '<!-- layer-deploy:commits -->'
const DETAIL_END = '<!-- /layer-deploy:detail -->'
const PICTURE = '<!-- layer-deploy:picture -->'
const PICTURE_END = '<!-- /layer-deploy:picture -->'
const FOOT = /^(.*) <!-- layer-deploy:foot -->$/
const MADE = ' <!-- layer-deploy:made -->'
const DELIMITER = /^\|(?: *:?-+:? *\|)+$/

type Draft = { -readonly [Key in keyof Section]: Section[Key] } & {
  rows: Map<string, Row>
  notes: SectionNote[]
  looseRows: string[]
  looseLines: string[]
}

/** Never throws: a line that it does not know is kept as loose. */
export function parseComment(body: string): CommentDocument {
  const loose: string[] = []
  const sections: Section[] = []
  let current: Draft | null = null
  let block: Block | null = null
  for (const line of body.split(/\r\n|\r|\n/)) {
    const opened = OPEN.exec(line)?.[1]
    if (block !== null && opened === undefined && !CLOSE.test(line)) {
      block = readBlockLine(block, line)
      continue
    }
    block = current === null ? null : openBlock(current, line)
    if (block !== null) continue
    if (opened !== undefined) {
      current = emptyDraft(opened)
      sections.push(current)
    } else if (CLOSE.test(line)) current = null
    else if (current !== null) readLine(current, line)
    else if (line !== COMMENT_MARKER && line !== '' && !line.endsWith(MADE)) loose.push(line)
  }
  return { loose, sections }
}

/** Lines that belong together and hold no marker of their own. */
interface Block {
  readonly section: Draft
  /** `null`: the picture. */
  readonly key: string | null
  readonly range: string
  readonly lines: string[]
  readonly commits: string[]
  readonly inCommits: boolean
}

function openBlock(section: Draft, line: string): Block | null {
  const [, key, range = '-'] = DETAIL.exec(line) ?? []
  const empty = { section, range, lines: [], commits: [], inCommits: false }
  if (key !== undefined) return { ...empty, key }
  return line === PICTURE ? { ...empty, key: null } : null
}

/** `null` at its end. */
function readBlockLine(block: Block, line: string): Block | null {
  const { section, key, range, lines, commits, inCommits } = block
  if (key === null && line === PICTURE_END) {
    section.picture = lines.join('\n')
    return null
  }
  if (key !== null && line === DETAIL_END) {
    const row = section.rows.get(key)
    const text = (all: readonly string[]): string => all.join('\n').trim()
    if (row !== undefined) {
      section.rows.set(key, {
        ...row,
        range,
        detail: text(lines).replace(/(?<!\n)\n*<\/details>$/, ''),
        commits: text(commits).replace(/(?<!\n)\n*<\/details>$/, '')
      })
    }
    return null
  }
  if (key !== null && line === COMMITS) return { ...block, inCommits: true }
  ;(inCommits ? commits : lines).push(line)
  return block
}

function emptyDraft(name: string): Draft {
  const lists = { rows: new Map<string, Row>(), notes: [], looseRows: [], looseLines: [] }
  return {
    name,
    title: name.startsWith('~') ? '' : `\`${name}\``,
    run: '0.0',
    cut: false,
    foot: '',
    picture: '',
    ...lists
  }
}

function readLine(section: Draft, line: string): void {
  const [, run, cut] = RUN.exec(line) ?? []
  const title = TITLE.exec(line)?.[1]
  const foot = FOOT.exec(line)?.[1]
  const row = ROW.exec(line) as RowGroups | null
  const note = NOTE.exec(line) as NoteGroups | null
  if (run !== undefined) {
    section.run = run
    section.cut = cut !== undefined
  } else if (title !== undefined) section.title = title
  else if (foot !== undefined) section.foot = foot
  else if (row !== null && isStatus(row[2])) {
    const [, key, status, rowRun, cells] = row
    section.rows.set(key, { key, run: rowRun, status, text: `| ${cells}`, detail: '', range: '-', commits: '' })
  } else if (note !== null) {
    const [, text, kind, noteRun, key] = note
    section.notes.push({ kind, run: noteRun, key: key === '-' ? null : key, text })
  } else if (line === tableHead[0] || line === '' || line.endsWith(MADE)) return
  else if (DELIMITER.test(line)) {
    // The head of a table of another release: its rows are kept below our own head.
    if (line !== tableHead[1]) section.looseRows.pop()
  } else if (line.startsWith('|')) section.looseRows.push(line)
  else section.looseLines.push(line)
}

function isStatus(text: string): text is LayerStatus {
  return Object.hasOwn(statusWords, text)
}

export function renderDocument({ loose, sections }: CommentDocument): string {
  // For who does not know yet what this is.
  const title = `## Lambda layers of this pull request${MADE}`
  const parts = [...(loose.length === 0 ? [] : [loose.join('\n')]), ...sections.map(renderSection)]
  return `${[COMMENT_MARKER, title, ...parts].join('\n\n')}\n`
}

function renderSection(section: Section): string {
  const rows = sortedRows(section)
  const notes = (kind: Note['kind']): readonly SectionNote[] => section.notes.filter(note => note.kind === kind)
  const list = (kind: Note['kind']): string =>
    notes(kind)
      .map(note => noteLine(note, noteMarks[kind]))
      .join('\n')
  const counts = countWords(rows.map(row => row.status))
  const blocks = [
    `### ${section.title} <!-- layer-deploy:title -->`,
    counts === '' ? '' : `${sectionIcon(section)} **${counts}**${MADE}`,
    list('headline'),
    // What keeps a deploy from happening comes before what would happen.
    list('failure'),
    ...renderRows(rows, section.looseRows),
    list('gate'),
    list('warning'),
    ...renderDetails(rows),
    section.cut ? `*There is more than fits here: the job summary of the workflow run shows it.*${MADE}` : '',
    section.looseLines.join('\n'),
    section.picture === '' ? '' : `${PICTURE}\n${section.picture}\n${PICTURE_END}`,
    section.foot === '' ? '' : `${section.foot} <!-- layer-deploy:foot -->`
  ]
  return [
    `<!-- layer-deploy:environment ${section.name} -->\n<!-- layer-deploy:run ${section.run}${section.cut ? ' cut' : ''} -->`,
    ...blocks.filter(block => block !== ''),
    `<!-- /layer-deploy:environment ${section.name} -->`
  ].join('\n\n')
}

function renderRows(rows: readonly Row[], looseRows: readonly string[]): readonly string[] {
  if (rows.length + looseRows.length === 0) return []
  const toActOn = rows.filter(row => row.status !== 'unchanged' && row.status !== 'skipped')
  const visible = rows.length <= VISIBLE_ROWS ? rows : toActOn.slice(0, VISIBLE_ROWS)
  const folded = rows.slice(visible.length)
  const shown = [...visible.map(rowLine), ...looseRows]
  const fold = countWords(folded.map(row => row.status))
  return [
    shown.length === 0 ? '' : [...tableHead, ...shown].join('\n'),
    ...(folded.length === 0
      ? []
      : [
          `<details><summary>${visible.length === 0 ? '' : 'and '}${fold}</summary>${MADE}`,
          [...tableHead, ...folded.map(rowLine)].join('\n'),
          `</details>${MADE}`
        ])
  ]
}

function renderDetails(rows: readonly Row[]): readonly string[] {
  const details = rows.filter(row => row.detail !== '').map(detailText)
  if (details.length <= VISIBLE_DETAILS) return details
  const summary = `<details><summary>Details of ${details.length} rows</summary>${MADE}`
  return [summary, ...details, `</details>${MADE}`]
}

export function detailText(row: Row): string {
  const commits = row.commits === '' ? '' : `\n\n${COMMITS}\n\n${row.commits}`
  return `<!-- layer-deploy:detail ${row.key} ${row.range} -->\n${row.detail}${commits}\n\n</details>\n${DETAIL_END}`
}

/** What to act on first; then by name. `statusOrder` puts unchanged rows last, so they are the first to be cut. */
export function sortedRows(section: Section): readonly Row[] {
  const rank = (row: Row): number => statusOrder.indexOf(row.status)
  return [...section.rows.values()].sort((a, b) => rank(a) - rank(b) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
}

function sectionIcon(section: Section): string {
  if (section.notes.some(note => note.kind === 'failure')) return statusWords.failed.emoji
  const first = sortedRows(section)[0]
  return first === undefined ? statusWords.skipped.emoji : statusWords[first.status].emoji
}

export function rowLine(row: Row): string {
  return row.text.replace('| ', () => `| <!-- layer-deploy:row ${row.key} ${row.status} ${row.run} --> `)
}

export function noteLine(note: SectionNote, mark: string): string {
  return `${mark}${note.text} <!-- layer-deploy:note ${note.kind} ${note.run} ${note.key ?? '-'} -->`
}
