/** Two texts of the one comment become one: jobs and runs that report at different times converge, in any order. */
import {
  COMMENT_LIMIT,
  detailText,
  noteLine,
  parseComment,
  renderDocument,
  rowLine,
  sortedRows,
  type CommentDocument,
  type Row,
  type Section,
  type SectionNote,
  rowKey,
  sectionName
} from './comment-document.js'

/**
 * `section` (as `renderSection` gives it) merged into the comment that exists. Sections of other environments, rows of
 * other layers, and whatever cannot be parsed stay, but what is outside `scope` goes. For one row the newer run wins, and within a run the later report.
 * At most `limit` characters, cut at a row, with a note that points to the job summary (F75).
 */
export function mergeComment(
  existing: string | null,
  section: string,
  { limit = COMMENT_LIMIT, scope = null }: { readonly limit?: number; readonly scope?: CommentScope | null } = {}
): string {
  const ours = parseComment(section)
  const before = existing === null ? { loose: [], sections: [] } : parseComment(existing)
  const theirs = scope === null ? before : { ...before, sections: standing(before.sections, ours.sections, scope) }
  const byName = new Map<string, Section>()
  for (const one of [...theirs.sections, ...ours.sections]) {
    const before = byName.get(one.name)
    byName.set(one.name, before === undefined ? one : mergeSection(before, one))
  }
  const sections = [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  return renderWithin({ loose: theirs.loose, sections: withOnePicture(sections) }, limit)
}

function standing(theirs: readonly Section[], ours: readonly Section[], scope: CommentScope): readonly Section[] {
  const speaker = ours.find(({ name }) => name === scope.section)?.run ?? '0.0'
  const isNewer = (run: string): boolean => compareRuns(run, speaker) > 0
  return theirs.flatMap(section => withinScope(section, scope, isNewer) ?? [])
}

/** The picture of the promotion is the same in every section but for what it points out: the newest run's is shown. */
function withOnePicture(sections: readonly Section[]): readonly Section[] {
  const drawn = sections.filter(({ picture }) => picture !== '')
  const [newest] = drawn.toSorted((a, b) => compareRuns(b.run, a.run))
  return sections.map(section => (section === newest ? section : { ...section, picture: '' }))
}

/** What was found out about the same commits before is not forgotten where this report could not find it out. */
function keepCommits(row: Row, known: Row | undefined): Row {
  const carries = row.commits === '' && row.range !== '-' && known?.range === row.range
  return carries ? { ...row, commits: known.commits } : row
}

export function mergeSection(before: Section, after: Section): Section {
  const newest = compareRuns(after.run, before.run) >= 0 ? after : before
  const rows = new Map(before.rows)
  for (const row of after.rows.values()) {
    const known = rows.get(row.key)
    if (known === undefined || compareRuns(row.run, known.run) >= 0) rows.set(row.key, row)
  }
  const complete = [...rows].map(([key, row]) => [key, keepCommits(row, before.rows.get(key))] as const)
  return {
    name: after.name,
    title: newest.title === '' ? before.title : newest.title,
    run: newest.run,
    cut: newest.cut || (before.run === after.run && before.cut),
    rows: new Map(complete),
    notes: mergeNotes(before, after, rows, newest.run),
    foot: newest.foot,
    picture: newest.picture,
    looseRows: union(before.looseRows, after.looseRows),
    looseLines: union(before.looseLines, after.looseLines)
  }
}

/** A row's notes live and die with the row; the whole run's notes are those of the newest run. */
function mergeNotes(
  before: Section,
  after: Section,
  rows: ReadonlyMap<string, Row>,
  newestRun: string
): readonly SectionNote[] {
  const belongs = (side: Section, note: SectionNote): boolean =>
    note.key === null ? note.run === newestRun : rows.get(note.key) === side.rows.get(note.key) && rows.has(note.key)
  const kept = [before, after].flatMap(side => side.notes.filter(note => belongs(side, note)))
  const distinct = [...new Map(kept.map(note => [`${note.kind} ${note.text}`, note])).values()]
  return distinct.sort((a, b) => (noteOrder(a) < noteOrder(b) ? -1 : 1))
}

function noteOrder(note: SectionNote): string {
  return `${note.kind} ${note.key ?? ''} ${note.text}`
}

function union(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])]
}

/** `<run id>.<attempt>`, as numbers: run ids grow, and a re-run keeps its id and counts its attempts. */
function compareRuns(a: string, b: string): number {
  const [aRun = 0, aAttempt = 0] = a.split('.').map(Number)
  const [bRun = 0, bAttempt = 0] = b.split('.').map(Number)
  return aRun - bRun || aAttempt - bAttempt
}

function renderWithin(document: CommentDocument, limit: number): string {
  let current = document
  let text = renderDocument(current)
  while (text.length > limit) {
    const smaller = withLess(current, text.length - limit, limit)
    if (smaller === null) throw new Error(`a comment of ${text.length} characters cannot be cut to ${limit}`)
    current = smaller
    text = renderDocument(current)
  }
  return text
}

/** Leaves out the least: rows from the end (unchanged ones stand there), unless notes fill half; foreign text last. */
function withLess(document: CommentDocument, excess: number, limit: number): CommentDocument | null {
  const largest = (size: (section: Section) => number): Section | undefined =>
    [...document.sections].sort((a, b) => size(b) - size(a)).find(section => size(section) > 0)
  const replace = (old: Section, part: Partial<Section>): CommentDocument => ({
    ...document,
    sections: document.sections.map(section => (section === old ? { ...section, ...part, cut: true } : section))
  })
  // Links, commits and the copy of an ARN go first: the rows say what happened, and the job summary says it all.
  const detailed = largest(section => [...section.rows.values()].filter(({ detail }) => detail !== '').length)
  if (detailed !== undefined) {
    const rows = sortedRows(detailed).filter(({ detail }) => detail !== '')
    const kept = new Set(withoutEnd(rows, row => detailText(row).length + 2, excess))
    const bare = (row: Row): Row => (kept.has(row) ? row : { ...row, detail: '', range: '-', commits: '' })
    const fewer = new Map([...detailed.rows].map(([key, row]) => [key, bare(row)]))
    const sections = document.sections.map(section => (section === detailed ? { ...section, rows: fewer } : section))
    return { ...document, sections }
  }
  if (document.sections.some(({ picture }) => picture !== '')) {
    return { ...document, sections: document.sections.map(section => ({ ...section, picture: '' })) }
  }
  const noted = largest(section => notesSize(section))
  const rowed = largest(section => section.rows.size)
  if (noted !== undefined && (rowed === undefined || notesSize(noted) > limit / 2)) {
    return replace(noted, { notes: withoutEnd(noted.notes, noteSize, excess) })
  }
  if (rowed !== undefined) {
    return replace(rowed, { rows: new Map(withoutEnd(sortedRows(rowed), rowSize, excess).map(row => [row.key, row])) })
  }
  const loose = largest(section => section.looseRows.length + section.looseLines.length)
  if (loose !== undefined) return replace(loose, { looseRows: [], looseLines: [] })
  return document.loose.length > 0 ? { ...document, loose: [] } : null
}

function rowSize(row: Row): number {
  return rowLine(row).length + 1
}

function noteSize(note: SectionNote): number {
  return noteLine(note, '').length + 1
}

function notesSize(section: Section): number {
  return section.notes.reduce((sum, note) => sum + noteSize(note), 0)
}

/** No more than make up for `excess` characters, of which there is one at least: what is left may still be too much. */
function withoutEnd<T>(items: readonly T[], size: (item: T) => number, excess: number): readonly T[] {
  let kept = items.length
  let freed = 0
  for (const item of items.toReversed()) {
    if (freed >= excess) break
    kept -= 1
    freed += size(item)
  }
  return items.slice(0, kept)
}

/** What a run that speaks for every layer and region leaves standing in the comment. */
export interface CommentScope {
  /** The section of the environment that the pull request aims at: a branch is mapped to one, so the others are of an earlier aim. */
  readonly section: string
  /** Keys of the rows that are configured. */
  readonly rows: ReadonlySet<string>
}

export function commentScope(
  environment: string,
  layers: readonly { readonly id: string }[],
  regions: readonly string[]
): CommentScope {
  const rows = layers.flatMap(({ id }) => regions.map(region => rowKey(id, region)))
  return { section: sectionName(environment), rows: new Set(rows) }
}

/**
 * @param isNewer whether a run reported after the one that speaks: what it wrote stays
 * @returns `null` where nothing of the section stands
 */
function withinScope(section: Section, scope: CommentScope, isNewer: (run: string) => boolean): Section | null {
  if (section.name !== scope.section) return isNewer(section.run) ? section : null
  const stands = ([key, row]: [string, Row]): boolean => scope.rows.has(key) || isNewer(row.run)
  // The notes of a row go with it where the sections are merged.
  return { ...section, rows: new Map([...section.rows].filter(stands)) }
}
