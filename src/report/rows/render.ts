/**
 * One layer in one region as a table row, one finding as a list item: the same words in the comment and the summary, and who may
 * use a layer.
 */
import type { ErrorCode, Finding } from '../../model/errors.js'
import type { LayerResult, LayerStatus, Reason, RunResult, Verdict } from '../../model/index.js'
import { commitUrl, runUrl, type ReportContext } from '../context.js'
import { FRAGMENT_LIMIT, inlineCode, markdownText } from '../../redaction/escape.js'

export const statusWords: Readonly<Record<LayerStatus, { readonly emoji: string; readonly word: string }>> = {
  failed: { emoji: '❌', word: 'failed' },
  'not-attempted': { emoji: '⏸️', word: 'not attempted' },
  published: { emoji: '✅', word: 'published' },
  'rolled-back': { emoji: '⏪', word: 'rolled back' },
  planned: { emoji: '📝', word: 'planned' },
  skipped: { emoji: '⏭️', word: 'skipped' },
  unchanged: { emoji: '➖', word: 'unchanged' }
}

/** More of a kind say nothing more to a reader. */
const MOST_GATES = 10

/** The order of rows: what a reader must act on comes first, and is cut last. */
export const statusOrder = Object.keys(statusWords) as readonly LayerStatus[]

export const reasonWords: Readonly<Record<Reason, string>> = {
  'source-changed': 'its source changed',
  'never-deployed': 'never deployed here',
  'recipe-changed': 'how it is built changed',
  forced: 'deployed by force',
  'base-unknown': 'nothing to compare with, so it counts as changed',
  'version-missing': 'its version was deleted',
  'stack-gone': 'its stack was deleted, so the same content was published anew',
  'access-changed': 'its sharing or its parameter changed',
  'same-content': 'its source changed, its content did not',
  unchanged: 'its source did not change',
  removed: 'no longer configured or no longer there',
  refused: 'a guard refused the run',
  'stale-run': 'a newer commit is deployed',
  'rolled-back': 'the content of an earlier version again',
  cancelled: 'the run was cancelled',
  failed: 'an error, see below'
}

/** Few columns, the widest last: on a phone the first three show. */
export const tableHead = [
  '| Layer | Result | Version | Why | Source | Layer version ARN |',
  '| --- | --- | --- | --- | --- | --- |'
] as const

/** One table row, without line break. */
export function tableRow(row: LayerResult): string {
  const { emoji, word } = statusWords[row.status]
  const cells = [
    `${inlineCode(row.layerId)}<br>${inlineCode(row.region)}`,
    `${emoji} ${word}`,
    versionCell(row),
    whyCell(row),
    sourceCell(row),
    row.arn === null ? '–' : inlineCode(row.arn, 300)
  ]
  return `| ${cells.join(' | ')} |`
}

/** The version that stands now, and the one before it, to go back to. */
function versionCell({ version, previousVersion }: LayerResult): string {
  if (version === null) return previousVersion === null ? '–' : `– (before: ${previousVersion})`
  const before = previousVersion === null || previousVersion === version ? '' : ` (before: ${previousVersion})`
  return `**${version}**${before}`
}

function sourceCell(row: LayerResult): string {
  const from = row.fromCommit === null ? null : inlineCode(shortCommit(row.fromCommit))
  const to = row.toCommit === null ? null : inlineCode(shortCommit(row.toCommit))
  if (from === to) return to ?? '–'
  if (from === null) return `${to ?? '–'} (new)`
  return `${from} → ${to ?? 'removed'}`
}

function whyCell(row: LayerResult): string {
  return row.error === null ? reasonWords[row.reason] : `${reasonWords[row.reason]} (${inlineCode(row.error.code)})`
}

/** Seven digits of an object id; anything else as it is. */
export function shortCommit(commit: string): string {
  return /^[0-9a-f]{40,64}$/.test(commit) ? commit.slice(0, 7) : commit
}

/** `2 published, 1 unchanged`, the ones to act on first. Empty without rows. */
export function countWords(statuses: readonly LayerStatus[]): string {
  return statusOrder
    .map(status => ({ status, count: statuses.filter(one => one === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${count} ${statusWords[status].word}`)
    .join(', ')
}

/** Something to tell beside the table. `row`: the layer and region that it belongs to, `null`: the whole run. */
export interface Note {
  readonly kind: 'headline' | 'gate' | 'failure' | 'warning'
  readonly row: { readonly layerId: string; readonly region: string } | null
  /** Markdown on one line, without list mark. */
  readonly text: string
}

/** What stands before a note in a list. */
export const noteMarks: Readonly<Record<Note['kind'], string>> = {
  headline: '',
  gate: '- ✅ ',
  failure: '- ❌ ',
  warning: '- ⚠️ '
}

/** Rows worth a table. `prune` and `discover` tell in details of their own what there is: of them only what failed. */
export function rowsToShow({ command, layers }: Pick<RunResult, 'command' | 'layers'>): readonly LayerResult[] {
  return hasOwnDetails(command) ? layers.filter(({ error }) => error !== null) : layers
}

export function hasOwnDetails(command: RunResult['command']): boolean {
  return command === 'prune' || command === 'discover' || command === 'rollout'
}

/** The headline, each failed guard and error once, each warning. */
export function notesOf(result: RunResult): readonly Note[] {
  const failed = result.verdicts.filter(verdict => verdict.passed === false)
  const aside = result.verdicts.filter(verdict => verdict.passed === 'stand-aside')
  const rowErrors = result.layers.flatMap(row => (row.error === null ? [] : [{ row, error: row.error }]))
  const notes: readonly Note[] = [
    { kind: 'headline', row: null, text: headline(result) },
    ...gatesOf(result.verdicts).map((text): Note => ({ kind: 'gate', row: null, text })),
    ...rowErrors.map(({ row, error }): Note => {
      const subject = `${row.layerId} in ${row.region}`
      return { kind: 'failure', row, text: findingText(error.code, subject, error.finding) }
    }),
    ...failed.map((verdict): Note => {
      return { kind: 'failure', row: null, text: findingText(verdict.guard, verdict.subject, verdict.finding) }
    }),
    ...aside.map((verdict): Note => {
      return { kind: 'warning', row: null, text: findingText(verdict.guard, verdict.subject, verdict.finding) }
    }),
    ...result.errors
      .filter(error => !isShown(error, rowErrors, [...failed, ...aside]))
      .map((error): Note => {
        const place = error.location === undefined ? '' : placeText(error.location)
        return { kind: 'failure', row: null, text: findingText(error.code, place, error.finding) }
      }),
    ...result.warnings.map((warning): Note => ({ kind: 'warning', row: null, text: markdownText(warning) }))
  ]
  return [...new Map(notes.map(note => [`${note.kind} ${note.text}`, note])).values()]
}

/** Gates that let the run pass, a line a kind: who reads why it went through need not open the log. */
function gatesOf(verdicts: readonly Verdict[]): readonly string[] {
  const passed = (guard: ErrorCode): readonly { readonly subject: string; readonly detail: string }[] =>
    verdicts.flatMap(one => (one.guard === guard && one.passed === true ? [one] : []))
  const list = (title: string, entries: readonly string[]): readonly string[] => {
    const more = entries.length > MOST_GATES ? ` and ${entries.length - MOST_GATES} more` : ''
    return entries.length === 0 ? [] : [`${title}: ${entries.slice(0, MOST_GATES).join(' · ')}${more}`]
  }
  const line = ({ subject, detail }: { readonly subject: string; readonly detail: string }): string =>
    `${inlineCode(subject)} ${plainOrEscaped(detail)}`
  return [
    ...list('Required checks', passed('REQUIRED_CHECKS').map(line)),
    ...list('Coverage', passed('COVERAGE_BELOW_MINIMUM').map(line)),
    ...list('Promotion', passed('NOT_PROMOTED').map(line))
  ]
}

/** `52 % (minimum 24 %)` reads as it is, in the raw text too; parentheses alone make no link. */
function plainOrEscaped(detail: string): string {
  return /^\w[\w .%()-]{0,200}$/.test(detail) && !/_|www\./i.test(detail) ? detail : markdownText(detail, 200)
}

/** The counts beside a table of rows say what the headline of a success says, but for what no count tells. */
export function countsSayAll({ conclusion, dryRun, command, layers }: RunResult): boolean {
  const counted = layers.length > 0 && conclusion === 'success' && !dryRun && !hasOwnDetails(command)
  return counted && layers.every(({ reason }) => reason !== 'removed')
}

function headline(result: RunResult): string {
  const dryRun = result.dryRun ? ' (dry run: nothing was written)' : ''
  return `${markdownText(result.headline)}${dryRun}`
}

/** A guard's failure is a verdict and, as the run's error, a coded error: it is told once. */
function isShown(
  error: { readonly code: ErrorCode; readonly finding: Finding },
  rowErrors: readonly { readonly error: unknown }[],
  verdicts: readonly { readonly guard: ErrorCode; readonly finding: Finding }[]
): boolean {
  return (
    rowErrors.some(one => one.error === error) ||
    verdicts.some(({ guard, finding }) => guard === error.code && sameFinding(finding, error.finding))
  )
}

function sameFinding(a: Finding, b: Finding): boolean {
  return a.expected === b.expected && a.found === b.found && a.mend === b.mend
}

function placeText(location: { readonly file: string; readonly line: number; readonly column: number }): string {
  return `${location.file}:${location.line}:${location.column}`
}

function findingText(code: ErrorCode, subject: string, finding: Finding): string {
  const about = subject === '' ? '' : ` ${inlineCode(subject, 200)}`
  const [expected, found, mend] = [finding.expected, finding.found, finding.mend].map(text =>
    markdownText(text, FRAGMENT_LIMIT)
  )
  return `**${code}**${about}<br>expected: ${expected ?? ''}<br>found: ${found ?? ''}<br>to do: ${mend ?? ''}`
}

/** Account, stage, branch, head commit and the link to the run, on one line. */
export function footText(result: RunResult, context: ReportContext): string {
  const { environment, branch, headCommit } = result
  const run = runUrl(context)
  const parts = [
    environment === null ? null : `account ${inlineCode(environment.accountId)}`,
    environment === null ? null : `stage ${inlineCode(environment.stage)}`,
    environment === null || environment.shareWith.length === 0
      ? null
      : `shared with ${principalsText(environment.shareWith)}`,
    branch === null ? null : `branch ${inlineCode(branch)}`,
    headCommit === null
      ? null
      : `head commit [${inlineCode(shortCommit(headCommit))}](${commitUrl(context, headCommit)})`,
    run === null ? null : `[workflow run](${run})`
  ]
  return parts.filter(part => part !== null).join(' · ')
}

/** Of accounts that a layer is shared with. */
const MOST_PRINCIPALS = 5

/** Of a row; nothing where neither is configured, or the version is not there. */
export function accessFacts({ status, reason, access }: LayerResult): readonly string[] {
  if (!['published', 'rolled-back', 'planned', 'unchanged'].includes(status)) return []
  if (access === undefined) return reason === 'access-changed' ? ['shared with nobody, in no parameter'] : []
  const { sharedWith, ssmParameter } = access
  const soon = status === 'planned' ? 'to be ' : ''
  return [
    ...(sharedWith.length > 0 ? [`${soon}shared with ${principalsText(sharedWith)}`] : []),
    ...(ssmParameter === null ? [] : [`ARN ${soon}in the parameter ${inlineCode(ssmParameter)}`])
  ]
}

function principalsText(principals: readonly string[]): string {
  if (principals.includes('public')) return '**every AWS account**'
  const shown = principals.slice(0, MOST_PRINCIPALS).map(principal => inlineCode(principal))
  const more = principals.length - shown.length
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
