/**
 * What folds out below the table for one changed row: the commits between, the size, the way back, the ARN to copy, and who uses
 * an older version.
 */
import type { LayerResult, RunResult, SourceHistory, Consumer, LayerConsumers } from '../../model/index.js'
import { accessFacts, shortCommit } from './render.js'
import type { ReportContext } from '../context.js'
import { htmlCode, inlineCode, markdownText } from '../../redaction/escape.js'
import { changesText, contentDiffers, hasMarks, packagesText, sizeText } from './package-changes.js'

export interface RowDetail {
  /** Lines of Markdown, from `<details><summary>` on, without the closing tag. */
  readonly text: string
  /** `<old>...<new>`, `-` where the layer is no submodule that moved. */
  readonly range: string
  /** The list of commits; empty where it is not known. */
  readonly commits: string
}

/** Subjects of more commits say less than the link does. */
export const MOST_COMMITS = 10

/** More than these make a comment that nobody reads: the rows say what happened, and the job summary holds the ARNs. */
const MOST_DETAILS = 40
/** Where more rows changed, one that has no commits and no change of its content to show has no detail, and no fold. */
const FEW_ROWS = 20
/** Of so many rows the table alone fills most of a comment: characters that are left for details, at about so many a row. */
const [ROOM, OF_ROW] = [60_000, 260] as const

/** All of them stand in the job summary. */
const MOST_CONSUMERS = 5

/** By row; unchanged rows have none. The commits stand with the first region of a layer. */
export function detailsOf(result: RunResult, context: ReportContext): ReadonlyMap<LayerResult, RowDetail> {
  const seen = new Set<string>()
  const details = new Map<LayerResult, RowDetail>()
  const changed = result.layers.filter(isShown)
  const isShort = changed.length > FEW_ROWS
  const told = (row: LayerResult): boolean => result.history?.has(row.layerId) === true || contentDiffers(row)
  let room = isShort ? Math.max(0, ROOM - OF_ROW * result.layers.length) : Infinity
  for (const row of isShort ? markedRowsFirst(changed.filter(told)) : changed) {
    if (details.size >= MOST_DETAILS) break
    const first = !seen.has(row.layerId)
    seen.add(row.layerId)
    const detail = detailOf(row, result, { first, isShort }, context)
    if (detail === null) continue
    room -= detail.text.length + detail.commits.length
    if (room < 0) break
    details.set(row, detail)
  }
  return details
}

/** What a reviewer must not read over is told before there is no more room. */
function markedRowsFirst(rows: readonly LayerResult[]): readonly LayerResult[] {
  return [...rows.filter(hasMarks), ...rows.filter(row => !hasMarks(row))]
}

function isShown({ status, reason }: LayerResult): boolean {
  return reason === 'access-changed' || (status !== 'unchanged' && status !== 'skipped')
}

function detailOf(
  row: LayerResult,
  result: RunResult,
  { first, isShort }: { readonly first: boolean; readonly isShort: boolean },
  context: ReportContext
): RowDetail | null {
  const { fromCommit, toCommit, arn } = row
  const history = result.history?.get(row.layerId)
  const moved = fromCommit !== null && toCommit !== null && fromCommit !== toCommit
  const link =
    moved && history?.repository != null ? compareUrl(context, history.repository, fromCommit, toCommit) : null
  const facts = [
    link === null ? '' : `[Compare ${shortCommit(fromCommit ?? '')} → ${shortCommit(toCommit ?? '')}](${link})`,
    sizeText(row),
    provenText(row, result),
    row.status === 'published' && row.previousVersion !== null
      ? `to go back: \`rollback\` with \`version: ${row.previousVersion}\``
      : '',
    ...accessFacts(row),
    usersOf(row, result)
  ].filter(fact => fact !== '')
  const published = row.status === 'published' && arn !== null && /^[\w:./-]+$/.test(arn)
  const commits = first && moved && history !== undefined ? commitList(history) : ''
  const packages = first ? packagesText(row) : ''
  const changes = first ? changesText(row, isShort) : ''
  if (facts.length === 0 && !published && commits === '') return null
  const count = history?.total === undefined || history.total === null ? '' : `, ${counted(history.total)}`
  const arrow = moved
    ? `: ${htmlCode(shortCommit(fromCommit))} → ${htmlCode(shortCommit(toCommit))}${first ? count : ''}`
    : ''
  const text = [
    `<details><summary>${htmlCode(row.layerId)} in ${htmlCode(row.region)}${arrow}</summary>`,
    facts.join(' · '),
    changes,
    packages === '' ? '' : `Largest: ${packages}`,
    published ? `\`\`\`text\n${arn}\n\`\`\`` : ''
  ]
  return {
    text: text.filter(block => block !== '').join('\n\n'),
    range:
      moved && first && history !== undefined
        ? `${shortCommit(fromCommit)}...${shortCommit(toCommit)}`.replace(/[^\w.-]/g, '_')
        : '-',
    commits
  }
}

/** Of a content that was built here: whoever reviews it need not wait for the other environment. */
function provenText({ layerId, unzippedBytes }: LayerResult, { verdicts, environment }: RunResult): string {
  if (unzippedBytes === undefined || environment?.promoteFrom == null) return ''
  const proven = verdicts.some(
    verdict =>
      verdict.guard === 'NOT_PROMOTED' &&
      verdict.subject === layerId &&
      verdict.passed === true &&
      verdict.foretold !== true &&
      verdict.overridden !== true
  )
  return proven ? `this content is proven by ${inlineCode(environment.promoteFrom)}` : ''
}

function usersOf({ layerId, region }: LayerResult, { consumers = [] }: RunResult): string {
  const users = consumers.find(each => each.layerId === layerId && each.region === region)
  return users === undefined ? '' : consumersLine(users, MOST_CONSUMERS)
}

function commitList({ subjects, total }: SourceHistory): string {
  if (subjects === null || subjects.length === 0) return ''
  const shown = subjects.slice(0, MOST_COMMITS)
  const more = (total ?? subjects.length) - shown.length
  const lines = shown.map(subject => `- ${markdownText(subject, 120) || '(no message)'}`)
  return [...lines, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n')
}

function counted(commits: number): string {
  return commits === 1 ? '1 commit' : `${commits} commits`
}

function compareUrl(context: ReportContext, repository: string, from: string, to: string): string {
  const path = repository.split('/').map(encodeURIComponent).join('/')
  return `${context.serverUrl}/${path}/compare/${encodeURIComponent(from)}...${encodeURIComponent(to)}`
}

/** One line for a layer and region: the first `limit` functions, and how many more there are. Empty where there is none. */
function consumersLine({ consumers }: Pick<LayerConsumers, 'consumers'>, limit: number): string {
  const older = consumers.filter(({ status }) => status === 'older')
  if (older.length === 0) return ''
  const shown = older.slice(0, limit).map(consumerText).join(', ')
  const more = older.length > limit ? ` and ${older.length - limit} more` : ''
  return `on an older version: ${shown}${more}`
}

function consumerText({ functionName, functionVersion, aliases, layerVersion }: Consumer): string {
  const version = functionVersion === '$LATEST' ? '' : `:${functionVersion}`
  const names = aliases.length === 0 ? '' : ` (${aliases.map(alias => inlineCode(alias)).join(', ')})`
  return `${inlineCode(`${functionName}${version}`)}${names} on ${layerVersion}`
}

/** Of the job summary: every function of every layer. Empty where none is on an older version. */
export function consumersBlock(consumers: readonly LayerConsumers[] | undefined): string {
  const lines = (consumers ?? []).flatMap(each => {
    const line = consumersLine(each, Number.POSITIVE_INFINITY)
    return line === '' ? [] : [`- ${inlineCode(each.layerId)} in ${inlineCode(each.region)}: ${line}`]
  })
  return lines.length === 0 ? '' : ['### Functions on an older layer version', ...lines].join('\n')
}
