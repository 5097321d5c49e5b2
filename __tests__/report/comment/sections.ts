/** Parts of a comment, with defaults. */
import type { Row, Section, SectionNote } from '../../../src/report/comment/comment-document.js'

export function row(key: string, part: Partial<Row> = {}): Row {
  return { key, run: '7.1', status: 'published', text: `| ${key} |`, detail: '', range: '-', commits: '', ...part }
}

export function note(text: string, part: Partial<SectionNote> = {}): SectionNote {
  return { kind: 'warning', run: '7.1', key: null, text, ...part }
}

export function section({
  rows = [],
  ...part
}: Partial<Omit<Section, 'rows'>> & { readonly rows?: readonly Row[] } = {}): Section {
  return {
    ...{ name: 'sandbox', title: '`sandbox`', run: '7.1', cut: false, notes: [], foot: '', picture: '' },
    ...{ looseRows: [], looseLines: [] },
    rows: new Map(rows.map(one => [one.key, one])),
    ...part
  }
}
