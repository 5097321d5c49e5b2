/** This run's section of the pull request comment: the text that `mergeComment` joins with what stands there. */
import type { LayerResult, RunResult } from '../../model/index.js'
import type { ReportContext } from '../context.js'
import { inlineCode } from '../../redaction/escape.js'
import { renderDocument, rowKey, sectionName, type Row, type Section } from './comment-document.js'
import { mergeSection } from './comment-merge.js'
import { detailsOf } from '../rows/row-detail.js'
import { countsSayAll, footText, notesOf, tableRow, type Note } from '../rows/render.js'
import { promotionPicture } from '../summary/promotion-picture.js'

export { COMMENT_LIMIT, isOurComment } from './comment-document.js'
export { mergeComment } from './comment-merge.js'
export { commentScope, type CommentScope } from './comment-merge.js'

/** The whole comment of a run that finds none: marker and one section. `null`: there is no environment to report on. */
export function renderSection(result: RunResult, context: ReportContext): string | null {
  if (result.environment === null) return null
  return renderDocument({ loose: [], sections: [sectionOf(result, result.environment.name, context)] })
}

function sectionOf(result: RunResult, environment: string, context: ReportContext): Section {
  const run = context.runId === null ? '0.0' : `${context.runId.replace(/\D/g, '') || '0'}.${context.runAttempt}`
  const key = (row: Pick<LayerResult, 'layerId' | 'region'>): string => rowKey(row.layerId, row.region)
  const details = detailsOf(result, context)
  const text = (row: LayerResult): Row => {
    const detail = details.get(row) ?? { text: '', range: '-', commits: '' }
    const { range, commits } = detail
    return { key: key(row), run, status: row.status, text: tableRow(row), detail: detail.text, range, commits }
  }
  const section: Section = {
    name: sectionName(environment),
    title: inlineCode(environment),
    run,
    cut: false,
    rows: new Map(result.layers.map(row => [key(row), text(row)])),
    notes: commentNotes(result).map(({ kind, row, text }) => ({
      kind,
      run,
      key: row === null ? null : key(row),
      text
    })),
    foot: footText(result, context),
    picture: promotionPicture({ ...result, layers: [] }, context.environments, 'promotions'),
    looseRows: [],
    looseLines: []
  }
  // Merging with itself sorts it, so that a section has one text.
  return mergeSection(section, section)
}

/** A headline that says again what the counts above the table say is left out. */
function commentNotes(result: RunResult): readonly Note[] {
  const plain = countsSayAll(result)
  return notesOf(result).filter(note => !(plain && note.kind === 'headline'))
}
