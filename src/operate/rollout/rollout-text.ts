/** What a rollout says of itself: the headline, the table of functions, the plan as JSON. */
import type { RolloutStep } from './plan-rollout.js'
import type { CodedError } from '../../model/errors.js'
import type { Consumer } from '../../model/index.js'
import { inlineCode, markdownText } from '../../redaction/escape.js'
import type { OperationRequest } from '../operation.js'

const words: Readonly<Record<Consumer['status'], string>> = {
  older: 'uses an older version',
  current: 'up to date',
  planned: '**would move**',
  moved: '**moved**',
  skipped: 'skipped',
  failed: '**failed**',
  'not-attempted': 'not attempted'
}

export function rolloutHeadline(
  { environment, dryRun }: Pick<OperationRequest, 'environment' | 'dryRun'>,
  outcomes: readonly Outcome[],
  errors: readonly CodedError[]
): string {
  const where = `${environment.name} (${environment.accountId})`
  const count = (status: Consumer['status']) => outcomes.filter(outcome => outcome.status === status).length
  if (errors[0] !== undefined && count('moved') === 0) return `${errors[0].code}: no function was moved in ${where}`
  const moved = dryRun ? `${functions(count('planned'))} would move` : `${functions(count('moved'))} moved`
  const further = [
    count('failed') > 0 ? `${count('failed')} failed` : '',
    count('not-attempted') > 0 ? `${count('not-attempted')} not attempted` : '',
    count('current') > 0 ? `${count('current')} up to date` : '',
    count('skipped') > 0 ? `${count('skipped')} skipped` : ''
  ].filter(part => part !== '')
  return `${[moved, ...further].join(', ')}, in ${where}`
}

function functions(count: number): string {
  return count === 1 ? '1 function' : `${count} functions`
}

/** Markdown: one row for each function. */
export function rolloutDetails(outcomes: readonly Outcome[]): string {
  if (outcomes.length === 0) return '## Functions\n\nNo function of the configuration was found.\n'
  const rows = outcomes.map(({ step, status, error }) => {
    const { target, functionName, from, to, why } = step
    const versions = from === null ? '-' : from === to ? String(to) : `${from} → ${to}`
    const cells = [
      inlineCode(functionName),
      inlineCode(target.layerName),
      inlineCode(target.region),
      versions,
      words[status]
    ]
    return `| ${[...cells, markdownText(error?.message ?? why, 500)].join(' | ')} |`
  })
  return [
    '## Functions',
    '',
    '| Function | Layer | Region | Version | | Why |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
    'A rollout changes `$LATEST`. Published function versions, and aliases that point to them, keep their layers.',
    ''
  ].join('\n')
}

export function rolloutDocument(outcomes: readonly Outcome[]): unknown {
  return outcomes.map(({ step, status }) => ({
    function: step.functionName,
    layer: step.target.layerId,
    region: step.target.region,
    from: step.from,
    to: step.to,
    status,
    why: step.why
  }))
}

/** What became of one function. */
export interface Outcome {
  readonly step: RolloutStep
  readonly status: Consumer['status']
  readonly error: CodedError | null
}
